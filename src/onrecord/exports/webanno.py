r"""WebAnno TSV 3.3 (https://inception-project.github.io, appendix "WebAnno TSV 3.3"), for INCEpTION: a file a report.

Offsets are UTF-16 units, as Java counts them; the files are UTF-8. One span layer, ``webanno.custom.Attribution``, with
string features: ``part`` (source, cue, content), ``statement``, the statement's id, which ties its parts together,
``speaker``, where the names of several are apart by semicolons, and ``cueClass``, ``form``, ``modality`` and
``negated``. Tokens are cut wherever a span begins or ends; the format has no annotation that begins or ends in white
space, so that is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.exports.formats import Options
from onrecord.exports.names import entities_of, on_one_line
from onrecord.exports.selectors import Utf16, cut_tokens
from onrecord.layout.sentences import find_sentences
from onrecord.record.choosing import Kept, all_spans
from onrecord.record.speakernames import speaker_names

FEATURES: Final = ("cueClass", "form", "modality", "negated", "part", "speaker", "statement")
HEADER: Final = f"#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Attribution|{'|'.join(FEATURES)}\n\n"
_LINE: Final = re.compile(r"[^\n]+")
_TEXT_ESCAPES: Final = {
    **{chr(code): "\\" + chr(code) for code in range(32) if not 7 < code < 14},
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    "\b": "\\b",
    "\\": "\\\\",
}
_TEXT: Final = str.maketrans(_TEXT_ESCAPES)
_VALUE: Final = re.compile(r"->|[\\\[\]|_;\t\n*]")
_VALUE_ESCAPES: Final = {"\t": "\\t", "\n": "\\n"}


class _Annotation(NamedTuple):
    span: Span
    values: tuple[str, ...]


def files(readings: Iterable[Kept], _options: Options) -> Iterator[tuple[str, bytes]]:
    """Yield the names of files and what is in them."""
    for kept in readings:
        yield f"{kept.reading.document.id}.tsv", document(kept).encode()


def document(kept: Kept) -> str:
    """Return the file of a report."""
    text = clean(kept.text)
    annotations = list(_annotations(kept, text))
    edges = sorted({edge for each in annotations for edge in each.span})
    sentences = [(sentence, tokens) for sentence in _sentences(text) if (tokens := cut_tokens(text, sentence, edges))]
    columns = _columns([token for _, tokens in sentences for token in tokens], annotations)
    utf16 = Utf16(text)
    written = [HEADER]
    at = 0
    for number, (sentence, tokens) in enumerate(sentences, 1):
        written.append("\n")
        written += [f"#Text={line.translate(_TEXT)}\n" for line in sentence.of(text).split("\n")]
        for place, token in enumerate(tokens, 1):
            start, end = utf16.of(token)
            cells = "\t".join([f"{number}-{place}", f"{start}-{end}", token.of(text), *columns[at]])
            written.append(f"{cells}\t\n")
            at += 1
    return "".join(written)


def _sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of all lines: every character that is no white space is in one."""
    for line in _LINE.finditer(text):
        inner = Span(*line.span()).trimmed(text)
        at = inner.start
        for sentence in [*find_sentences(text, inner)[1:], Span(inner.end, inner.end)] if inner.size else ():
            yield Span(at, sentence.start).trimmed(text)
            at = sentence.start


def _annotations(kept: Kept, text: str) -> Iterator[_Annotation]:
    entities = entities_of(kept)
    for statement in kept.reading.statements:
        speaker = on_one_line(speaker_names(statement, entities)) or None
        for part, span in all_spans(statement):
            inner = span.trimmed(text)
            if inner.size:
                how = (statement.cue_class, statement.form, statement.modality, str(statement.negated).lower())
                values = (*how, part, speaker, kept.ids[statement.id])
                yield _Annotation(inner, tuple("*" if each is None else _value(each) for each in values))


def _value(words: str) -> str:
    """Escape what the format reserves; a value of nothing would be none."""
    escaped = _VALUE.sub(lambda found: _VALUE_ESCAPES.get(found[0], f"\\{found[0]}"), words)
    return re.sub("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", escaped) or "*"


def _columns(tokens: Sequence[Span], annotations: Sequence[_Annotation]) -> list[list[str]]:
    """Return the cells of each token: its annotations stacked, numbered where more than one token or annotation is."""
    starts = [token.start for token in tokens]
    covered: defaultdict[int, list[int]] = defaultdict(list)
    ranges = []
    for number, (span, _) in enumerate(annotations):
        places = range(bisect_left(starts, span.start), bisect_left(starts, span.end))
        ranges.append(places)
        for place in places:
            covered[place].append(number)
    ids: dict[int, int] = {}
    for number, places in enumerate(ranges):
        if len(places) > 1 or any(len(covered[place]) > 1 for place in places):
            ids[number] = len(ids) + 1
    return [_cells([(annotations[each], ids.get(each)) for each in covered.get(at, ())]) for at in range(len(tokens))]


def _cells(stacked: Sequence[tuple[_Annotation, int | None]]) -> list[str]:
    if not stacked:
        return ["_"] * len(FEATURES)
    return [
        "|".join(each.values[feature] + (f"[{number}]" if number else "") for each, number in stacked)
        for feature in range(len(FEATURES))
    ]
