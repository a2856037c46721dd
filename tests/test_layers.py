"""The house as ARCHITECTURE.md draws it: arrows go one way, reading does no input or output, private stays private."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

HOME = Path(__file__).resolve().parents[1] / "src" / "onrecord"
# From the ground up: each part of the package imports only from those before it.
ORDER = (
    *("errors", "version", "wordlists", "cores", "child", "runtime", "settings"),
    *("encoding", "document", "reading", "examples"),
    *("layout", "ingest", "model", "attribution", "speakers", "values", "events", "checks", "pipeline", "given"),
    *("record", "compare", "exports", "installation", "adding", "batch"),
    *("assistants", "web", "cli", "spacy_component"),
)
READING = ("layout", "attribution", "speakers", "values", "events", "checks", "pipeline")
# Beyond their order: who knows formats knows nothing of language but what lines look like, and the other way round; the
# record is given readings, and asks nobody for them.
STRANGERS = {
    "ingest": {"model", "attribution", "speakers", "values", "events", "checks", "reading"},
    **{part: {"ingest"} for part in (*READING, "model", "given")},
    "record": {"ingest", "pipeline", "given", "values", "events", "checks"},
}
# What touches files, the network, other processes, chance or the clock.
OUTSIDE = {
    *("io", "pathlib", "shutil", "tempfile", "glob", "socket", "ssl", "http", "urllib", "subprocess", "sqlite3"),
    *("multiprocessing", "random", "secrets", "time", "logging", "sys"),
}
ALLOWED = re.compile(r"# (?:(?:ruff: )?noqa|type: ignore)\b")
ALLOWED_BECAUSE = re.compile(r"noqa: [A-Z]+\d+(?:, [A-Z]+\d+)* - \w|type: ignore\[[a-z-]+\]  # \w")

# Folders whose modules are named by what they are: a command, a route, a tool that annotates.
SPEAKING_FOR_THEMSELVES = {"cli", "web/api", "exports/back", "examples"}


class Facts(NamedTuple):
    """What a module imports, wherever in it, as (module, name); and what it calls, by the last part of the name."""

    imports: list[tuple[str, str]]
    calls: set[str]


@cache
def modules():
    """Return the facts of each module, by its name without the package's."""
    found = {}
    for path in sorted(HOME.rglob("*.py")):
        parts = path.relative_to(HOME).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = facts_of(path.read_text(encoding="utf-8"))
    return found


def facts_of(source):
    facts = Facts([], set())
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            facts.imports.extend((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            facts.imports.extend((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.Call):
            facts.calls.add(getattr(node.func, "id", getattr(node.func, "attr", "")))
    return facts


def own_imports(name):
    """Yield the modules of the package that a module imports."""
    for module, wanted in modules()[name].imports:
        home, _, rest = module.partition(".")
        if home == "onrecord":
            inner = f"{rest}.{wanted}".strip(".")
            yield inner if inner in modules() else rest


def part_of(name):
    return name.partition(".")[0]


def test_every_part_of_the_package_has_its_place():
    assert {part_of(name) for name in modules()} - {"", "__main__"} == set(ORDER)


def test_each_part_imports_only_from_those_below_it():
    wrong = [
        f"{name} imports {other}"
        for name in modules()
        if (part := part_of(name)) in ORDER
        for other in own_imports(name)
        if part_of(other) not in set(ORDER[: ORDER.index(part) + 1]) - STRANGERS.get(part, set())
    ]
    assert wrong == []


def test_no_two_modules_import_each_other():
    inside = {name: {other for other in own_imports(name) if other != name} for name in modules()}
    inside.pop("")  # the package itself, whose names are loaded when they are used
    inside["web.api.describing"].discard("web.api")  # which asks for all routes when it is called
    assert set(inside) <= set(TopologicalSorter(inside).static_order())  # or it says which are in a circle


def test_no_module_imports_a_private_name_of_another():
    wrong = [
        f"{name} imports {module}.{wanted}"
        for name, facts in modules().items()
        for module, wanted in facts.imports
        if part_of(module) == "onrecord" and wanted.startswith("_") and not wanted.startswith("__")
    ]
    assert wrong == []


@pytest.mark.parametrize("part", READING)
def test_reading_touches_nothing_outside(part):
    mine = {name: facts for name, facts in modules().items() if part_of(name) == part}
    assert mine
    for name, facts in mine.items():
        assert not {part_of(module) for module, _ in facts.imports} & OUTSIDE, name
        assert not facts.calls & {"open", "print", "input", "now", "today", "utcnow"}, name


def test_whatever_is_allowed_in_one_place_says_why():
    silent = [
        f"{path}:{number}"
        for folder in ("src", "tests", "training", "benchmarks", "fuzz", "docs")
        for path in sorted((HOME.parents[1] / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ALLOWED.search(line) and not ALLOWED_BECAUSE.search(line)
    ]
    assert silent == []


def test_architecture_names_what_is_there():
    told = (HOME.parents[1] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    homes = (HOME, HOME.parents[1])
    for row in re.findall(r"^\|(.+)\|$", told, re.MULTILINE)[2:]:
        _, where, first = row.split("|")
        places = re.findall(r"`([^`]+)`", where)
        assert places
        assert all(any((home / place).exists() for home in homes) for place in places), where
        for name in re.findall(r"`([^`]+)`", first):
            assert (HOME / name).exists() or any((HOME / place / name).exists() for place in places), row
    for place in re.findall(r"`((?:src/|tests/|ingest/|exports/|record/)[\w./]+)`", told):
        assert any((home / place).exists() for home in homes), place


@pytest.mark.parametrize(
    "folder",
    sorted(path.parent.relative_to(HOME).as_posix() for path in HOME.rglob("__init__.py") if path.parent != HOME),
)
def test_each_folder_says_what_its_modules_do(folder):
    told = (HOME / folder / "__init__.py").read_text(encoding="utf-8").split('"""')[1]
    names = {path.stem for path in (HOME / folder).glob("*.py")} - {"__init__"}
    if folder not in SPEAKING_FOR_THEMSELVES:
        assert names <= set(re.findall(r"\w+", told))
