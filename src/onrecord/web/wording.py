"""What pages call things: forms, cue classes and confidences, in words that a reader knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from onrecord.compare.grading import Grade
from onrecord.compare.kinds import Kind
from onrecord.compare.tying import Tie
from onrecord.errors import BadQuery
from onrecord.reading import CheckKind, EventType, Form, StatementModality
from onrecord.record.filtering import first_day, last_day

Sure = Literal["sure", "likely", "unsure"]
FORMS: Final[Mapping[Form, str]] = {"direct": "verbatim", "indirect": "reported", "mixed": "partly verbatim"}
MODALITIES: Final[Mapping[StatementModality, str]] = {
    "said": "said",
    "future": "is yet to be said",
    "hypothetical": "might be said",
    "denied": "somebody denies having said it",
}
"""Whether a statement was said."""
TYPES: Final[Mapping[EventType, str]] = {
    "AGREE": "agreeing",
    "CONSULT": "meeting",
    "SUPPORT": "supporting",
    "CONCEDE": "giving in",
    "COOPERATE": "working together",
    "AID": "helping",
    "RETREAT": "withdrawing",
    "REQUEST": "asking for",
    "ACCUSE": "accusing",
    "REJECT": "refusing",
    "THREATEN": "threatening",
    "PROTEST": "protesting",
    "SANCTION": "sanctioning",
    "MOBILIZE": "mobilizing",
    "COERCE": "coercing",
    "ASSAULT": "attacking",
}
"""PLOVER's types of events."""
CHECKS: Final[Mapping[CheckKind, str]] = {
    "caption-off-story": "Caption of another story",
    "caption-other-date": "Caption of another day",
    "number-differs": "Numbers differ",
    "headline-other-speaker": "Headline names another speaker",
    "headline-clipped": "Headline clips the quotation",
    "headline-not-said": "Nobody says so in the text",
    "name-spelling": "Name spelt in two ways",
    "quotation-mark": "Quotation mark lost",
}
KINDS: Final[Mapping[Kind, str]] = {
    "identical": "the same words",
    "clipped": "clipped",
    "altered": "altered",
    "merged": "two in one",
    "spliced": "put together anew",
    "paraphrase": "in other words",
    "none": "not the same",
}
"""What became of a statement's words in another report."""
FULLER: Final = "fuller"
"""What a clipped quotation calls the one that it is clipped from."""
VERDICTS: Final[Mapping[Grade, tuple[str, str]]] = {
    "verbatim": ("Verbatim", "These words stand in the record, one behind the other."),
    "clipped": ("Clipped", "These words were said, but the quotation leaves out what stands in the same sentence."),
    "altered": ("Altered", "Some of the words are others in the record, or not there."),
    "merged": ("Two in one", "Two statements of one report were made one."),
    "spliced": ("Put together anew", "The words stand in the record, but not together, or not in this order."),
    "paraphrase": ("In other words", "The record has a statement that means nearly the same, in other words."),
    "other speaker": ("Said by somebody else", "The words are in the record, but given to another speaker."),
    "denied": (
        "Denied",
        "The record has the words only as denied, or as disputed, or with a “not” that the quotation leaves out.",
    ),
    "other time": ("At another time", "The words are in the record, but on none of these days."),
    "not in this record": (
        "Not in this record",
        "What is not here may have been said elsewhere. Statements are searched, not all that reports say.",
    ),
}
"""What a verdict is called, and what it comes to."""
FILTERS: Final[Mapping[str, str]] = {
    "person": "said by",
    "speaker": "said by",
    "subject": "about",
    "about": "about",
    "outlet": "in",
    "form": "form",
    "cue": "framed as",
    "type": "tells of",
}
"""The filters of a search."""
SURE: Final = 0.85
"""Calibrated confidence from which on a statement is drawn with the heaviest line."""
LIKELY: Final = 0.6


def runs_backwards(since: str | None, until: str | None) -> bool:
    """Tell whether the first of some days is after the last of them, so that there is nothing between.

    >>> runs_backwards("2024-10", "2024-09-30"), runs_backwards("2024-10-05", "2024-10"), runs_backwards("", "2024")
    (True, False, False)
    """
    try:
        return bool(since and until) and first_day(since or "") > last_day(until or "")
    except BadQuery:
        return False


def sureness(confidence: float) -> Sure:
    """Return the line that a confidence is drawn with.

    >>> sureness(0.97), sureness(0.7), sureness(0.2)
    ('sure', 'likely', 'unsure')
    """
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "unsure"


def became(tie: Tie) -> str:
    """Return what became of a statement's words in another report."""
    return FULLER if tie.is_fuller else KINDS[tie.kind]


def percent(share: float) -> str:
    """Return a share in percent, never rounded to 100.

    >>> percent(0.9312), percent(0.999)
    ('93 %', '99 %')
    """
    return f"{min(round(100 * share), 100 if share >= 1 else 99)} %"
