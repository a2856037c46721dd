"""The documentation is complete, is made anew when the code changes, and its examples run (reliability row DO1)."""

from __future__ import annotations

import re
import shutil
import sys
from difflib import SequenceMatcher
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import click
import pytest

import onrecord
from onrecord import errors
from onrecord.cli import main
from onrecord.settings import describe

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
MASKED = re.compile(r"\b[01]\.\d\d\b|\+[0-9a-f]{12}\b")
# A share of lines: int8 rounds differently on other processors, and an edge of a span may move.
ALIKE = 0.75


def load(name):
    spec = spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look there
    spec.loader.exec_module(module)
    return module


examples = load("examples")
VARYING = re.compile(f"{MASKED.pattern}|{examples.VARIES.pattern}")
reference = load("generate_reference")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_the_generated_pages_are_up_to_date(name):
    assert read(f"docs/reference/{name}") == reference.PAGES[name](), "run: make reference"


@pytest.mark.parametrize("page", ["docs/reference/settings.md", "SECURITY.md"])
@pytest.mark.parametrize("setting", [name for name, *_ in describe()])
def test_every_setting_is_documented(page, setting):
    assert f"| `{setting}` |" in read(page)


@pytest.mark.parametrize("name", [kind.__name__ for kind in reference.error_tree(errors.OnrecordError)])
def test_every_error_is_documented(name):
    assert f"| `{name}` |" in read("docs/reference/errors.md")


@pytest.mark.parametrize("name", sorted(name for name in dir(onrecord.Record) if not name.startswith("_")))
def test_every_method_of_a_record_is_documented_or_has_a_reason(name):
    of_faces = {"meaning_index", "tell_waiting"}  # which wait at a terminal, or serve many at once
    assert (f"`Record.{name}(" in read("docs/reference/python.md")) is (name not in of_faces)


@pytest.mark.parametrize("name", onrecord.__all__)
def test_every_public_name_is_documented(name):
    assert f"### `{name}`" in read("docs/reference/python.md")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_and_option_is_documented(command):
    page = read("docs/reference/cli.md")
    assert f"## onrecord {command}\n" in page
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert all(re.search(rf"\| `{name}[ `]", page) for name in parameter.opts), parameter


def test_every_page_is_in_the_menu():
    menu = read("mkdocs.yml")
    for page in DOCS.rglob("*.md"):
        assert f"- {page.relative_to(DOCS).as_posix()}\n" in menu


def test_every_link_between_pages_leads_somewhere():
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!<?https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


ROWS = {"ST": 9, "IN": 12, "FE": 6, "TG": 9, "NO": 2, "WEB": 10, "BA": 4, "DO": 3}
"""How many rows of each kind there are: ST1 to ST9, and so on."""


def test_the_reliability_page_has_every_row_and_a_test_or_a_reason_for_each():
    listed = [line.split(" | ") for line in read("docs/reliability.md").splitlines() if re.match(r"\| [A-Z]+\d", line)]
    named = {name for cells in listed for name in re.findall(r"[A-Z]+\d+", cells[0])}
    assert named == {f"{kind}{number}" for kind, count in ROWS.items() for number in range(1, count + 1)}
    without = {cells[0].strip("| ") for cells in listed if "`" not in cells[2]}
    assert without == {"TG3", "TG8"}  # the page says why


def test_every_test_that_the_reliability_page_names_is_there():
    named = re.findall(r"`(tests/[\w/.]+)(?:::(\w+))?`", read("docs/reliability.md"))
    assert named
    for file, test in named:
        assert not test or re.search(rf"^def {test}\(", read(file), re.MULTILINE), f"{file}::{test}"


def lines(output):
    """Return the lines, our messages first: before a pipe nothing says when they come among what it lets through."""
    return sorted(VARYING.sub("#", output).splitlines(), key=lambda line: not line.startswith("onrecord: "))


by_page = pytest.mark.parametrize("page", examples.pages(), ids=lambda page: page.relative_to(ROOT).as_posix())


@by_page
def test_every_block_of_a_page_is_seen_and_each_command_line_is_run_or_says_why_not(page):
    text = page.read_text(encoding="utf-8")
    assert "```" not in examples.BLOCK.sub("", text), "a fence that is indented, or says more than examples.py knows"
    blocks = list(examples.BLOCK.finditer(text))
    marks = sum(bool(block["skipped"] or block["asking"]) for block in blocks)
    assert marks == len(re.findall(r"<!-- (?:not run|asks)", text)), "a mark that no block follows"
    for block in blocks:
        assert block["language"] != "console" or block["body"].startswith("$ "), block["body"]


@by_page
def test_the_commands_that_are_not_run_have_the_options_that_they_are_given(page):
    for block in examples.BLOCK.finditer(page.read_text(encoding="utf-8")):
        if not block["skipped"]:
            continue
        for name, given in re.findall(r"\bonrecord ([a-z][a-z-]*)([^\n|;>#]*)", block["body"]):
            options = {option for parameter in main.commands[name].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z][a-z-]*", given)) <= options, f"onrecord {name}{given}"


@pytest.mark.skipif(not shutil.which("bash"), reason="the examples are commands of bash")
@by_page
def test_the_examples_print_what_the_page_says(page, tmp_path):
    if "<!-- asks a server -->" in read(page) and not (shutil.which("curl") and shutil.which("jq")):
        pytest.skip("the page asks by curl and jq")
    for example in examples.run_page(page, tmp_path):
        where = f"{page.name}:{example.line}: {example.command}"
        assert "Traceback" not in example.printed, f"{where}\n{example.printed}"
        assert example.code == 0 or "onrecord: " in example.expected, f"{where}\n{example.printed}"
        wanted, printed = lines(example.expected), lines(example.printed)
        same = SequenceMatcher(None, wanted, printed, autojunk=False).get_matching_blocks()
        found = sum(run.size for run in same)  # in their order
        least = ALIKE if re.search(r"onrecord (read|demo|people|events|timeline)|\bread\(", example.command) else 1.0
        assert found >= least * max(len(wanted), len(printed)), f"{where}\nrun: make reference\n{example.printed}"
