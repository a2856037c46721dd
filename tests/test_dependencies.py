"""The page on dependencies and ``pyproject.toml`` name the same packages, each with its extra, and say why."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROW = re.compile(r"\| `([\w.-]+)` \| ([^|]+) \| (?:([^|]+) \| )?([^|]+) \|")


def asked_for():
    """Return the extras of each package that is asked for by name; none for what every install has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {}
    for extra, lines in {"": project["dependencies"], **project["optional-dependencies"]}.items():
        for line in lines:
            found.setdefault(re.match(r"[\w.-]+", line)[0], set()).add(extra)
    return {name: extras - {""} for name, extras in found.items()}


def documented():
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").partition("## What comes along")[0]
    rows = [ROW.fullmatch(line) for line in page.splitlines() if line.startswith("| `")]
    assert all(rows)
    assert all(row[2].strip() and row[4].strip() for row in rows)
    named = [(row[1], set(re.findall(r"`(\w+)`", row[3] or ""))) for row in rows]
    assert len(dict(named)) == len(named)
    return dict(named)


def test_each_dependency_is_justified_and_no_other():
    assert documented() == asked_for()
