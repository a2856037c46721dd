"""Headlines made from a report's own attributions: "X did Y: minister", "Minister: X did Y", "X did Y, says minister".

Headlines are one line in thirty of the training reports and mostly attribute nothing; the reports of
the world's agencies attribute in many of them. A made headline stands before a report as its first
paragraph, with the attribution that it makes.
"""

from __future__ import annotations

import random
import re
from typing import Any

PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we", "you", "which", "that", "one", "some", "others"})
LONGEST_CONTENT = 110
LONGEST_SOURCE = 45
CUES_BEFORE = ("says", "said", "warns", "claims")


def with_headline(report: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """Return the report with a made headline before it; unchanged if none of its attributions makes one."""
    made = [parts for attribution in report["attributions"] if (parts := _parts(report["text"], attribution))]
    if not made:
        return report
    pieces = _arrange(*draw.choice(made), draw)
    headline = "".join(words for _, words in pieces)
    shift = len(headline) + 2
    spans: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": []}
    at = 0
    for role, words in pieces:
        if role:
            spans[role].append([at, at + len(words)])
        at += len(words)
    moved = [
        {role: [[start + shift, end + shift] for start, end in attribution.get(role) or []] for role in spans}
        for attribution in report["attributions"]
    ]
    return {"id": report["id"], "text": f"{headline}\n\n{report['text']}", "attributions": [spans, *moved]}


def _parts(text: str, attribution: dict[str, Any]) -> tuple[str, str] | None:
    """Return source and content of an attribution that could stand in a headline."""
    if len(attribution["source"]) != 1 or len(attribution["content"]) != 1:
        return None
    source = text[slice(*attribution["source"][0])].strip(" ,.;:")
    content = re.sub(r"^(?:that|to|if|whether|when)\s+", "", text[slice(*attribution["content"][0])].strip(" ,.;:"))
    fits = 20 <= len(content) <= LONGEST_CONTENT and 3 <= len(source) <= LONGEST_SOURCE and "\n" not in content
    return (source, content) if fits and source.lower() not in PRONOUNS else None


def _arrange(source: str, content: str, draw: random.Random) -> list[tuple[str, str]]:
    """Lay source and content out as headlines do: pieces of text with their role, "" for none."""
    source = re.sub(r"^(?:the|a|an) ", "", source, flags=re.IGNORECASE)
    if draw.random() < 0.35:
        source, content = _titled(source), _titled(content)
    if draw.random() < 0.15:
        content = f"‘{content}’"
    source, content = source[:1].upper() + source[1:], content[:1].upper() + content[1:]
    kind = draw.random()
    if kind < 0.4:
        mark = draw.choice((":", ":", ":", " –", " —", " -"))
        gap = mark[: -len(mark.strip())]
        return [("content", content), ("", gap), ("cue", mark.strip()), ("", " "), ("source", source)]
    if kind < 0.65:
        return [("source", source), ("cue", ":"), ("", " "), ("content", content)]
    if kind < 0.85:
        return [("content", content), ("", ", "), ("cue", draw.choice(CUES_BEFORE)), ("", " "), ("source", source)]
    return [("content", content), ("", ", "), ("source", source), ("", " "), ("cue", draw.choice(CUES_BEFORE))]


def _titled(words: str) -> str:
    return re.sub(r"\b([a-z])([a-z]{3,})", lambda found: found[1].upper() + found[2], words)
