"""A spaCy component: ``nlp.add_pipe("onrecord")`` marks who says what in each text.

    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    doc = nlp("“It holds,” said Ada Quill.")
    for span in doc.spans["statements"]:
        print(span._.speaker, span.text)

``doc.spans["statements"]`` has a span for each piece of what was said, ``"sources"`` and ``"cues"`` likewise; their
label is the statement's form, their ``id_`` the statement's id. ``doc._.onrecord`` is the whole reading; spans have
``_.statement``, ``_.speaker``, ``_.source`` and ``_.cue``. Tokens are widened to: where a statement begins or ends
inside a token, its span has the whole token, and the reading the exact characters.

All of it lies in ``doc.spans`` and ``doc.user_data``, so that it is kept by ``to_bytes``, ``to_disk`` and ``DocBin``.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from onrecord.document import Document, Span
from onrecord.errors import MissingExtra, OnrecordError
from onrecord.ingest.plaintext import read_text
from onrecord.model import Model
from onrecord.pipeline import PARTS, Part, read, read_all
from onrecord.reading import Reading, ReadingRecord, Statement, from_json, to_json
from onrecord.settings import DEFAULTS

try:
    from spacy.language import Language
    from spacy.tokens import Doc, SpanGroup
    from spacy.tokens import Span as TokenSpan
except ImportError as error:
    raise MissingExtra(
        "the spaCy component needs spaCy, which is not installed", advice='install it: pip install "onrecord[spacy]"'
    ) from error

KEY: Final = "onrecord"
"""Where ``doc.user_data`` has the reading, as the contract's JSON."""
GROUPS: Final = ("statements", "sources", "cues")
BATCH: Final = 32
"""Texts that ``nlp.pipe`` reads side by side, at most."""


class Reporter:
    """The component. The network is loaded with the first text, and once in each process.

    Args:
        model: the folder with the weights; None for those of the package.
        threads: windows, or in ``nlp.pipe`` texts, that are read at once; 0 for one a core.
        zones: tell headlines, bylines and the like from the lines of a text, as ``onrecord read`` does; otherwise all
            of it is running text.
        parts: what is read besides statements and entities.
    """

    def __init__(self, *, model: Path | None, threads: int, zones: bool, parts: Sequence[Part]) -> None:
        self._folder = model
        self._settings = replace(DEFAULTS, threads=threads)
        self._zones = zones
        self._parts = tuple(parts)
        self._loaded: tuple[int, Model] | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Read a text."""
        return mark(doc, read(self._document(doc), self._model(), settings=self._settings, parts=self._parts))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Read texts side by side; yield them in their order."""
        ahead = iter(stream)
        while docs := list(islice(ahead, min(batch_size, BATCH))):
            documents = map(self._document, docs)
            readings = read_all(documents, self._model(), settings=self._settings, parts=self._parts)
            yield from map(mark, docs, readings)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the network out of pickles: whoever opens one loads it."""
        return {**self.__dict__, "_loaded": None}

    def _document(self, doc: Doc) -> Document:
        text = doc.text
        if not self._zones or not text.strip():
            return Document.from_text(text)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return read_text(text, origin="spacy", sha256=digest, charset=None)

    def _model(self) -> Model:
        # A network that was loaded before a fork can't be used behind it.
        if self._loaded is None or self._loaded[0] != os.getpid():
            self._loaded = os.getpid(), Model.load(self._folder)
        return self._loaded[1]


@Language.factory(
    "onrecord",
    default_config={"model": None, "threads": 0, "zones": True, "parts": list(PARTS)},
    assigns=["doc.spans", "doc._.onrecord", "span._.statement", "span._.speaker", "span._.source", "span._.cue"],
)
def make_reporter(
    nlp: Language,  # noqa: ARG001 - what spaCy gives
    name: str,  # noqa: ARG001 - as above
    *,
    model: str | None,
    threads: int,
    zones: bool,
    parts: list[Part],
) -> Reporter:
    """Make the component for ``nlp.add_pipe("onrecord", config={...})``.

    Raises:
        OnrecordError: another package has extension attributes of the same names.
    """
    register_attributes()
    return Reporter(model=None if model is None else Path(model), threads=threads, zones=zones, parts=parts)


# ---- marking -------------------------------------------------------------------------------------------------


def mark(doc: Doc, reading: Reading) -> Doc:
    """Put a reading of its text on a doc."""
    doc.user_data[KEY] = to_json(reading).decode()
    marked: dict[str, list[TokenSpan]] = {name: [] for name in GROUPS}
    for statement in reading.statements:
        pieces = (statement.content, statement.source, statement.cue)
        for name, spans in zip(GROUPS, pieces, strict=True):
            marked[name] += tokens_of(doc, spans, statement)
    for name, found in marked.items():
        doc.spans[name] = SpanGroup(doc, name=name, spans=found)
    return doc


def tokens_of(doc: Doc, spans: Iterable[Span], statement: Statement) -> list[TokenSpan]:
    """Return spans of characters as the tokens that they touch; those of nothing but white space are left out."""
    return [
        found
        for span in spans
        if (
            found := doc.char_span(
                span.start, span.end, label=statement.form, span_id=statement.id, alignment_mode="expand"
            )
        )
        is not None
    ]


# ---- attributes ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _decoded(told: str) -> ReadingRecord:
    return from_json(told)


def reading_of(doc: Doc) -> ReadingRecord | None:
    """Return the reading of a doc; None where it was not read."""
    told = doc.user_data.get(KEY)
    return None if told is None else _decoded(told)


def statement_of(span: TokenSpan) -> Statement | None:
    """Return the statement that a span of :data:`GROUPS` belongs to; None for any other."""
    reading = reading_of(span.doc)
    found = reading.statements if reading is not None else ()
    return next((statement for statement in found if statement.id == span.id_), None)


def speaker_of(span: TokenSpan) -> str | None:
    """Return who says it; None where the report leaves it open, and for any other span."""
    statement = statement_of(span)
    return None if statement is None else statement.speaker_name


def source_of(span: TokenSpan) -> list[TokenSpan]:
    """Return the words that name who says it, in pieces."""
    statement = statement_of(span)
    return [] if statement is None else tokens_of(span.doc, statement.source, statement)


def cue_of(span: TokenSpan) -> list[TokenSpan]:
    """Return the words that say that it was said, in pieces."""
    statement = statement_of(span)
    return [] if statement is None else tokens_of(span.doc, statement.cue, statement)


_ATTRIBUTES: Final[tuple[tuple[Any, str, Callable[[Any], Any]], ...]] = (
    (Doc, "onrecord", reading_of),
    (TokenSpan, "statement", statement_of),
    (TokenSpan, "speaker", speaker_of),
    (TokenSpan, "source", source_of),
    (TokenSpan, "cue", cue_of),
)


def register_attributes() -> None:
    """Make the extension attributes known to spaCy, which has them once for all pipelines.

    Raises:
        OnrecordError: one of the names is taken.
    """
    for kind, name, getter in _ATTRIBUTES:
        if not kind.has_extension(name):
            kind.set_extension(name, getter=getter)
        elif kind.get_extension(name)[2] is not getter:
            where = f"{kind.__name__.lower()}._.{name}"
            advice = f"call {kind.__name__}.remove_extension({name!r}) first"
            raise OnrecordError("another extension has this name", where=where, advice=advice)
