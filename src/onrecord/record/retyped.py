"""A statement as fields of a form: what stands in them, and what somebody typed over it as a correction.

Words are the report's. Where they stand in several places, the one nearest to the statement is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, cast, get_args

from onrecord.document import Span
from onrecord.errors import BadChange
from onrecord.reading import CueClass, Entity, Form, Statement
from onrecord.record.correcting import Should, check_word
from onrecord.record.locating import locate_near, place_missed
from onrecord.record.missed import Missed
from onrecord.record.overlaying import SPANS, YES_OR_NO
from onrecord.record.packing import words_of
from onrecord.record.speakernames import BETWEEN_NAMES, speaker_names, split_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A statement in words."""

    speaker: str = ""
    """Names, several apart by semicolons; empty for nobody."""
    source: str = ""
    cue: str = ""
    content: str = ""
    """The report's words, pieces apart by `` … ``."""
    cue_class: str = "neutral"
    form: str = ""
    """Empty, or what stood there: as it follows from the quotation marks, or was read."""
    modality: str = ""
    """Empty, or what stood there; so ``negated``."""
    negated: str = ""
    """``yes`` or ``no``."""


def typed_of(text: str, statement: Statement, entities: Sequence[Entity] = ()) -> Typed:
    """Return what stands in the fields for a statement of a text, its speakers by the names of their entities."""
    return Typed(
        speaker=BETWEEN_NAMES.join(speaker_names(statement, {each.id: each for each in entities})),
        cue_class=statement.cue_class,
        form=statement.form,
        modality=statement.modality,
        negated=YES_OR_NO[statement.negated],
        **{part: words_of(text, getattr(statement, part)) or "" for part in SPANS},
    )


def rebase(typed: Typed, shown: Typed, now: Typed) -> tuple[Typed, tuple[str, ...]]:
    """Return what somebody typed over a form, over what the statement is now; and the fields that both changed.

    A form may have been open while somebody else corrected the statement: what was left as the form showed it stays as
    it is now.
    """
    changed = {name: words for name, words in asdict(typed).items() if _flat(words) != _flat(getattr(shown, name))}
    both = tuple(
        name
        for name, words in changed.items()
        if _flat(getattr(now, name)) not in {_flat(getattr(shown, name)), _flat(words)}
    )
    return replace(now, **changed), both


def should_of(text: str, statement: Statement, typed: Typed, entities: Sequence[Entity] = ()) -> Should:
    """Return what a statement of a text should be, of what is not as it was.

    Raises:
        BadChange: nothing is another, or words of the content are not in the text.
    """
    before = typed_of(text, statement, entities)
    changed: dict[str, Any] = {}
    if _flat(typed.speaker) != _flat(before.speaker):
        changed["speaker"] = split_names(typed.speaker)
    for part in ("source", "cue"):
        if _flat(getattr(typed, part)) != _flat(getattr(before, part)):
            changed[part] = getattr(typed, part)
    if _flat(typed.content) != _flat(before.content):
        content = locate_near(text, typed.content, _start(statement.content)) if _flat(typed.content) else ()
        changed["content_spans"] = content
    if typed.cue_class != before.cue_class:
        changed["cue_class"] = _class(typed.cue_class)
    if typed.form not in {"", before.form}:
        changed["form"] = _form(typed.form)
    if typed.modality not in {"", before.modality}:
        changed["modality"] = typed.modality  # which word it may be is checked with the correction
    if typed.negated not in {"", before.negated}:
        check_word("negation", typed.negated, tuple(YES_OR_NO.values()))
        changed["negated"] = typed.negated == YES_OR_NO[True]
    if not changed:
        raise BadChange("nothing is another than it was", advice="change a field, then send it")
    return Should(**changed)


def missed_of(text: str, typed: Typed, known: Sequence[Statement] = ()) -> Missed:
    """Return a statement that was missed; its words are where they are nearest to each other and no other statement is.

    Args:
        text: of the document.
        typed: what somebody put into the fields.
        known: the statements that the report has.

    Raises:
        BadChange: no content, or words that are not in the text.
    """
    taken = {statement.content for statement in known}
    place = place_missed(text, typed.content.strip(), source=typed.source, cue=typed.cue, taken=taken)
    return Missed(
        source_spans=place.source,
        cue_spans=place.cue,
        content_spans=place.content,
        speaker=split_names(typed.speaker),
        cue_class=_class(typed.cue_class),
    )


def _flat(words: str) -> str:
    return " ".join(words.split())


def _start(spans: Sequence[Span]) -> int:
    return spans[0].start if spans else 0


def _class(words: str) -> CueClass:
    check_word("cue class", words, get_args(CueClass))
    return cast("CueClass", words)


def _form(words: str) -> Form:
    check_word("form", words, get_args(Form))
    return cast("Form", words)
