"""Every regular expression of the package, as it is used, runs in linear time (reliability row NO2).

Each is run on texts that repeat what it looks for, and what patterns stumble over. Those that some text takes long are
held to the row's figures: a second for 100 kB, and 2.5 times as long for twice the length.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from re import _parser as parser  # the parts of a pattern, as re itself sees them

import pytest

import onrecord
from clock import grows_at_most, takes_at_most

PIECES = (
    *(" ", "\t", "\n", "\r\n", "a", "A", "1", "é", "_", "a ", "A ", "1 ", "A. ", "1,", "1.", "a-", "-", "'", '"',
    "’", "“"),
    *(".", ",", ";", ":", "/", "(", "[", "<", "<a ", "&", "@", "a@", "a.", "http://", "www.", "—", " and ", " of ",
    "Ab "),
)  # fmt: skip
GLIMPSE = 600
"""Characters of a first look: a quadratic pattern takes 2 ms and more, a linear one seldom a tenth of that."""
SUSPICIOUS = 0.0015
STEEP = 8
"""A second look is at four times as much: a quadratic pattern takes 16 times as long, a linear one 4 times."""
BOUNDED = {
    "onrecord.attribution.endings.DANGLING": "the last 40 characters of a content",
    "onrecord.attribution.edges.LAST_WORD": "the last 40 characters of a sentence",
    "onrecord.speakers.roles._OWNER": "the 60 characters before a name",
}
"""Patterns that are only run on so little that their growth is no matter."""
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split")


def patterns() -> dict[str, re.Pattern]:
    """Return every pattern that a module or a class of the package holds, by where it stands."""
    found: dict[str, re.Pattern] = {}
    for module in sorted(each.name for each in pkgutil.walk_packages(onrecord.__path__, "onrecord.")):
        if module.endswith("__main__"):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of extras that warn as they are loaded
                loaded = importlib.import_module(module)
        except ImportError:  # of an extra that is not installed
            continue
        for name, value in list(vars(loaded).items()):
            found |= dict(inside(value, f"{module}.{name}"))
            if isinstance(value, type) and value.__module__ == module:
                found |= dict(inside(dict(vars(value)), f"{module}.{name}"))
    return found


def inside(value, where, depth=3) -> Iterator[tuple[str, re.Pattern]]:
    if isinstance(value, re.Pattern):
        yield where, value
    elif depth and isinstance(value, tuple | list | set | frozenset) and len(value) < 1_000:
        for number, each in enumerate(value):
            yield from inside(each, f"{where}[{number}]", depth - 1)
    elif depth and isinstance(value, Mapping) and len(value) < 1_000:
        for key, each in value.items():
            yield from inside((key, each), f"{where}[{key!r}]", depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from inside(getattr(value, field.name, None), f"{where}.{field.name}", depth - 1)


def uses() -> dict[str, set[str]]:
    """Return by which methods the code runs what has some name."""
    found: dict[str, set[str]] = {}
    for path in Path(onrecord.__file__).parent.rglob("*.py"):
        for name, method in re.findall(rf"\b(\w+)\.({'|'.join(METHODS)})\b", path.read_text("utf-8")):
            found.setdefault(name, set()).add(method)
    return found


def methods(wheres, used) -> list[str]:
    """Return how the code uses a pattern; to search is the hardest of it, where that can't be told."""
    names = (where.rpartition(".")[2].partition("[")[0] for where in wheres)
    return sorted(set().union(*(used.get(name, {"search"}) for name in names)))


def looked_for(parts) -> Iterator[int]:
    """Yield the characters that stand in a pattern."""
    for part in parts:
        if isinstance(part, parser.SubPattern | list | tuple):
            yield from looked_for(part)
        elif isinstance(part, int) and not isinstance(part, bool) and 9 <= part < 0x2100:
            yield part


def texts(pattern, size):
    """Return what is hard for a pattern: its own words and letters, and what all stumble over, over and over."""
    letters = [chr(each) for each in looked_for(parser.parse(pattern.pattern, pattern.flags))]
    for piece in dict.fromkeys((*PIECES, *letters[:30], "".join(letters[:40]))):
        text = (piece * size)[:size]
        if isinstance(pattern.pattern, str):
            yield piece, text
        elif piece.isascii():
            yield piece, text.encode("ascii")


def run(pattern, method, text):
    if method in {"sub", "subn"}:
        getattr(pattern, method)(text[:0], text)
    elif method == "finditer":
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)


def took(pattern, method, text, tries):
    """Return the least processor time of some runs; one that is quick enough ends them."""
    least = float("inf")
    for _ in range(tries):
        began = time.process_time()
        run(pattern, method, text)
        least = min(least, time.process_time() - began)
        if least < SUSPICIOUS:
            break
    return least


@pytest.mark.timed
def test_every_pattern_runs_in_linear_time():
    used = uses()
    all_of_them = patterns()
    assert len(all_of_them) > 250
    assert BOUNDED.keys() <= all_of_them.keys()
    slow = []
    for pattern, wheres in by_pattern(all_of_them).items():
        if BOUNDED.keys() & set(wheres):
            continue
        for method in methods(wheres, used):
            slow += [f"{wheres[0]} {method} {piece!r}" for piece in too_slow(pattern, method)]
    assert slow == []


def by_pattern(named):
    """Return where each pattern stands: many are imported by several modules."""
    found: dict[re.Pattern, list[str]] = {}
    for where, pattern in named.items():
        found.setdefault(pattern, []).append(where)
    return found


def too_slow(pattern, method) -> Iterator[str]:
    for piece, text in texts(pattern, GLIMPSE):
        first = took(pattern, method, text, 3)
        if first < SUSPICIOUS or took(pattern, method, text * 4, 2) < STEEP * first:
            continue
        small, large, whole = (partial(run, pattern, method, text * times) for times in (4, 8, 100_000 // GLIMPSE))
        if not grows_at_most(2.5, small, large, noise=0.01) or not takes_at_most(1, whole):
            yield piece
