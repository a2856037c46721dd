r"""brat standoff (https://brat.nlplab.org/standoff.html): three files a report, and the annotation scheme once.

``ID.txt`` is the text, ``ID.ann`` its annotations, ``ID.ids`` the statements that were handed out: one that is
missing on the way back was deleted. Offsets are code points of ``ID.txt``. Discontinuous spans are pieces joined by
``;``, and a piece ends at each line break, as brat's own do. A statement is an event: of type Statement, its trigger
the cue, or of type Quotation where it has none, its trigger the content. The speaker's name is the event's note, which
is one text: the names of several are apart by semicolons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, get_args

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.exports.formats import Options
from onrecord.exports.names import entities_of, on_one_line
from onrecord.exports.selectors import one_line_pieces, words_at
from onrecord.reading import CueClass, Statement, StatementModality
from onrecord.record.choosing import Kept
from onrecord.record.speakernames import speaker_names

SCHEME: Final = f"""[entities]
Source
Content
[relations]
[events]
Statement\tSource*:Source, Content*:Content
Quotation\tSource*:Source
[attributes]
Negated\tArg:<EVENT>
Modality\tArg:<EVENT>, Value:{"|".join(get_args(StatementModality))}
CueClass\tArg:<EVENT>, Value:{"|".join(get_args(CueClass))}
"""


def files(readings: Iterable[Kept], _options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield the names of files and what is in them."""
    yield "annotation.conf", SCHEME.encode()
    for kept in readings:
        name = kept.reading.document.id
        shown = [kept.ids[each.id] for each in kept.reading.statements if _trigger(kept, each)]
        yield f"{name}.txt", clean(kept.text).encode()
        yield f"{name}.ann", "".join(f"{line}\n" for line in annotation_lines(kept)).encode()
        yield f"{name}.ids", "".join(f"{each}\n" for each in shown).encode()


def _trigger(kept: Kept, statement: Statement) -> tuple[Span, ...]:
    """Return the cue, or where there is none the content; nothing where both are line breaks only."""
    return one_line_pieces(kept.text, statement.cue) or one_line_pieces(kept.text, statement.content)


def annotation_lines(kept: Kept) -> Iterator[str]:
    """Yield the lines of the annotations."""
    counts = dict.fromkeys("TEA#", 0)

    def number(kind: str) -> str:
        counts[kind] += 1
        return f"{kind}{counts[kind]}"

    entities = entities_of(kept)
    for statement in kept.reading.statements:
        pieces = {part: one_line_pieces(kept.text, getattr(statement, part)) for part in ("source", "cue", "content")}
        trigger = _trigger(kept, statement)
        if not trigger:
            continue
        kind = "Statement" if pieces["cue"] else "Quotation"
        named = [(kind, trigger), ("Source", pieces["source"])]
        named += [("Content", pieces["content"])] if kind == "Statement" else []
        ids = []
        for label, spans in named:
            if spans:
                ids.append((label, number("T")))
                yield f"{ids[-1][1]}\t{label} {written(spans)}\t{' '.join(words_at(kept.text, each) for each in spans)}"
        event = number("E")
        yield f"{event}\t{' '.join(f'{label}:{target}' for label, target in ids)}"
        speaker = on_one_line(speaker_names(statement, entities))
        yield from _details(statement, event, speaker, kept.ids[statement.id], number)


def _details(statement: Statement, event: str, speaker: str, name: str, number: Callable[[str], str]) -> Iterator[str]:
    yield f"{number('A')}\tCueClass {event} {statement.cue_class}"
    if statement.negated:
        yield f"{number('A')}\tNegated {event}"
    if statement.modality != "said":
        yield f"{number('A')}\tModality {event} {statement.modality}"
    if speaker:
        yield f"{number('#')}\tAnnotatorNotes {event}\tspeaker: {speaker}"
    yield f"{number('#')}\tRecordId {event}\t{name}"


def written(spans: Sequence[Span]) -> str:
    """Return spans as brat writes them: ``0 5;16 23``."""
    return ";".join(f"{start} {end}" for start, end in spans)
