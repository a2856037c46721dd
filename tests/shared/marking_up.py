"""Marked-up reports: invented reports with the statements that a reader finds in them.

``NAME.txt`` is the report and ``NAME.json`` beside it what it covers, its statements and the entities that speak. A
span is the exact string, or ``{"text": ..., "occurrence": n}`` where its first occurrence is not meant.
"""

from __future__ import annotations

import json

from onrecord.document import Span


def names_in(folder):
    """The names of the reports of a folder, sorted."""
    return sorted(path.stem for path in folder.glob("*.txt"))


def report_text(folder, name):
    return (folder / f"{name}.txt").read_text(encoding="utf-8")


def marked_up(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def span_of(text, wanted):
    """The place of a string, or of its n-th occurrence."""
    words, occurrence = (wanted, 1) if isinstance(wanted, str) else (wanted["text"], wanted["occurrence"])
    start = -1
    for _ in range(occurrence):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def spans_of(text, statement, role):
    return tuple(span_of(text, wanted) for wanted in statement[role])
