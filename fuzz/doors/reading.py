"""A report's text through the whole path from a Document to a Reading, by a network that guesses."""

from __future__ import annotations

from zlib import crc32

from doors.text import SEEDS as TEXTS
from doors.text import TOKENS
from onrecord.errors import OnrecordError
from onrecord.model import Model
from onrecord.pipeline import read
from onrecord.reading import Reading
from reading_in_process import documents
from standins import RandomScorer, plain

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_MODEL = Model.load()
SEEDS = [seed[1:] for seed in TEXTS]


def take(data: bytes) -> None:
    """Read the report; every span of the reading must lie in its text."""
    for document in documents(data[:4_000], "report.txt"):
        guess = RandomScorer(manifest=plain(_MODEL.manifest), tokenizer=_MODEL.tokenizer, seed=crc32(data) % 1_000)
        check(read(document, guess))


def check(reading: Reading) -> None:
    """Hold the spans of a reading against its text."""
    length = len(reading.document.text)
    spans = [span for each in reading.statements for span in (*each.source, *each.cue, *each.content)]
    spans += [each.span for several in (reading.times, reading.amounts, reading.checks) for each in several]
    spans += [span for each in reading.events for span in (each.span, each.trigger)]
    spans += [mention.span for each in reading.entities for mention in each.mentions]
    if not all(0 <= span.start <= span.end <= length for span in spans):
        raise AssertionError("a span outside the text")
