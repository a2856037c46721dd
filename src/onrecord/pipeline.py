"""The main path: one document to one reading, a pure function of text, model and settings.

1. lay out     the paragraphs that are read, and the quotation marks
2. cut         word pieces, packed into windows
3. attribute   each window's cues, and each cue's source and content
4. reread      contents that hold a word of saying, for speech reported inside speech
5. continue    quotations that no cue claims go on from the last speaker
6. state       form, cue class, negation and modality; nesting; ids
7. hear        who is mentioned: names, descriptions and pronouns, and what refers to what
8. resolve     who says each statement
9. date        every expression of time against the publication date
10. tell       who does what to whom, as PLOVER events
11. cast       everybody of the report as entities; whom each statement is said to and about, and its day
12. amounts    money, shares, measures, counts and casualties, and the statement that claims each
13. check      what in the report does not fit the rest of it
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from typing import Final, Literal, get_args

from onrecord.attribution.continuation import continue_quotations
from onrecord.attribution.edges import square_edges
from onrecord.attribution.hearers import part_hearers
from onrecord.attribution.joining import join_twins
from onrecord.attribution.linking import Attribution, Scorer, attribute, read_windows
from onrecord.attribution.nesting import contents_to_reread, find_outer, keep_nested
from onrecord.attribution.quotedby import give_to_quoted
from onrecord.attribution.sharing import part_shared
from onrecord.attribution.stating import state
from onrecord.checks.finding import find_checks
from onrecord.cores import CORES
from onrecord.document import Document, Span, ZoneKind
from onrecord.errors import BadSetting
from onrecord.events.sectors import with_sectors
from onrecord.events.telling import tell, to_events
from onrecord.events.triggers import tells
from onrecord.layout.blockquotes import find_quotations
from onrecord.layout.kickers import find_kicker
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.pullquotes import repeated_pullquotes
from onrecord.layout.quotemarks import Quotation, outermost
from onrecord.layout.sentences import sentences_of
from onrecord.model.states import SentenceStates
from onrecord.model.tokens import Tokens, tokenize
from onrecord.model.windows import Window, pack_windows
from onrecord.reading import Reader, Reading
from onrecord.settings import DEFAULTS, Settings
from onrecord.speakers.hearing import Heads, hear
from onrecord.speakers.ranking import Ranker
from onrecord.speakers.speaking import add_speakers, said_in
from onrecord.values.amounts import read_amounts
from onrecord.values.dating import date_statements
from onrecord.values.times import read_times
from onrecord.version import VERSION

UNREAD: Final[frozenset[ZoneKind]] = frozenset({"section", "byline", "credit", "furniture"})
"""Zones in which nobody speaks."""
SILENT: Final[frozenset[ZoneKind]] = frozenset({"dateline", "credit"})
"""Zones that share a paragraph with speech, but are none of it."""


Part = Literal["events", "times", "amounts", "checks"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
"""What is read besides statements and entities; amounts need times, checks need both, and they bring them along."""
Parts = Collection[Part] | tuple[Part, ...]  # the tuple is one already: but mypy takes ("times",) for none without it


def read(
    document: Document,
    model: Scorer,
    *,
    settings: Settings = DEFAULTS,
    explain: bool = False,
    parts: Parts = PARTS,
) -> Reading:
    """Read a document: find every attributed statement in it, and what else the ``parts`` ask for.

    Args:
        document: the report.
        model: a loaded :class:`onrecord.model.Model`.
        settings: the window size and the number of threads, which never changes a result.
        explain: keep the labels and scores of every token of a statement in its evidence.
        parts: what to read besides statements and entities. Without times, neither statements nor events have dates.

    Raises:
        BadSetting: there is no such part.
    """
    if unknown := sorted(set(parts) - set(PARTS)):
        known = f"there are {', '.join(PARTS)}"
        raise BadSetting(f"no part of a reading: {', '.join(unknown)}", where="parts", advice=known)
    text = document.text
    paragraphs = read_paragraphs(document)
    quotations = find_quotations(text, document.zones)
    whole = outermost(text, quotations)

    threads = settings.threads or CORES
    windows = cut(text, paragraphs, whole, model, settings)
    sentences = sentences_of(text, paragraphs)
    silent = find_silent(document)
    telling = sentences_that_tell(text, sentences, silent) if "events" in parts else []
    found: list[Attribution] = []
    kept: list[SentenceStates] = []
    heads = Heads(text)
    for each in read_windows(windows, model, threads=threads, explain=explain, keep=telling):
        found += each.attributions
        kept += each.lower
        heads.add(each.window, each.mentions)

    inner = reread(text, found, quotations, model, settings)
    found += keep_nested(text, list(attribute(inner, model, threads=threads, explain=explain)), found)
    found = part_hearers(text, give_to_quoted(text, square_edges(text, found, quotations, silent=silent)))
    found = part_shared(text, join_twins(text, found))

    rules = model.manifest.calibration.rules
    attributions = continue_quotations(text, found, whole, paragraphs, confidence=rules)
    statements = state(document, attributions, find_outer(attributions), quotations, sentences)

    hearing = hear(
        text,
        said_in(statements),
        paragraphs=paragraphs,
        sentences=sentences,
        quoted=[quotation.inner for quotation in whole],
        heads=heads,
        pairing=model.manifest.pairing,
        authors=document.authors,
        silent=silent,
    )
    ranker = Ranker(score=model.rank, ranking=model.manifest.ranking)
    answers = hearing.resolve(ranker)

    times = read_times(text, paragraphs, document.published) if {"times", "amounts", "checks"} & set(parts) else ()
    speakers = [answer.referents for answer in answers]
    told = tell(hearing.discourse, kept, statements, speakers, times, scorer=model)
    statements, cast = add_speakers(hearing.discourse, statements, answers)
    statements = date_statements(statements, times, text, document.published)
    counted = paragraphs if {"amounts", "checks"} & set(parts) else []
    amounts = read_amounts(text, counted, statements, avoid=[time.span for time in times])

    checks = find_checks(document, statements, cast.entities, times, amounts) if "checks" in parts else ()

    return Reading(
        document=document,
        reader=Reader(version=VERSION, model=model.version),
        statements=statements,
        entities=with_sectors(cast.entities) if "events" in parts else cast.entities,
        events=to_events(told, cast.ids),
        times=times,
        amounts=amounts,
        checks=checks,
    )


def sentences_that_tell(text: str, sentences: Iterable[Span], silent: Sequence[Span]) -> list[Span]:
    """Return those of the sentences that have a word of the lexicon of events, without the dateline before one.

    Args:
        text: the document's text.
        sentences: by start.
        silent: runs in which nobody speaks, by start.
    """
    ends = {run.start: run.end for run in silent}
    heard = (Span(ends.get(sentence.start, sentence.start), sentence.end).trimmed(text) for sentence in sentences)
    return [sentence for sentence in heard if tells(text, sentence)]


def read_all(
    documents: Iterable[Document],
    model: Scorer,
    *,
    settings: Settings = DEFAULTS,
    explain: bool = False,
    parts: Parts = PARTS,
) -> Iterator[Reading]:
    """Read documents side by side and yield their readings in order, each the same as :func:`read` gives.

    Several short reports keep the cores busier than the windows of one: on 2 cores a fifth more words a
    second. At most four documents a thread are held, so that memory does not grow with their number.
    """
    threads = settings.threads or CORES
    ahead = iter(documents)
    first = list(islice(ahead, 2))
    if len(first) < 2 or threads == 1:
        yield from (
            read(document, model, settings=settings, explain=explain, parts=parts) for document in chain(first, ahead)
        )
        return
    alone = replace(settings, threads=1)
    waiting: deque[Future[Reading]] = deque()
    pool = ThreadPoolExecutor(threads)
    try:
        for document in chain(first, ahead):
            waiting.append(pool.submit(read, document, model, settings=alone, explain=explain, parts=parts))
            if len(waiting) >= 4 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)  # an interrupt does not wait for the documents that are queued


def read_paragraphs(document: Document) -> list[Span]:
    """Return the paragraphs in which somebody may speak, by start; not the pull quotes that repeat the story."""
    repeated = repeated_pullquotes(document.text, document.zones)
    read = (span for span in find_paragraphs(document.text) if document.zone_at(span.start) not in UNREAD)
    return [span for span in read if not any(quote.contains(span) for quote in repeated)]


def find_silent(document: Document) -> list[Span]:
    """Return the runs that share a paragraph with speech, but are none of it, by start: datelines, credits, kickers."""
    # A text of which no line is surely its headline begins with it all the same, more often than not.
    headline = next((zone for zone in document.zones if zone.kind == "headline"), next(iter(document.zones), None))
    kicker = find_kicker(document.text, headline.start) if headline else None
    silent = [zone.span for zone in document.zones if zone.kind in SILENT]
    return sorted([kicker, *silent]) if kicker else silent


PARAGRAPHS_AT_ONCE: Final = 256
"""Paragraphs cut into word pieces at a time: enough for the tokenizer's threads, and little memory."""


def cut(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], model: Scorer, settings: Settings
) -> Iterator[Window]:
    """Cut paragraphs into word pieces and pack them into windows."""
    quoted = [quotation.inner for quotation in quotations]
    tokens: list[Tokens] = []
    for start in range(0, len(paragraphs), PARAGRAPHS_AT_ONCE):
        tokens.extend(tokenize(text, paragraphs[start : start + PARAGRAPHS_AT_ONCE], quoted, model.tokenizer))
    # From the first word piece on: the vocabulary drops what pages put before it, such as a byte order mark.
    texts = [
        text[int(pieces.starts[0]) if len(pieces) else span.start : span.end]
        for pieces, span in zip(tokens, paragraphs, strict=True)
    ]
    return pack_windows(tokens, texts, limit=settings.max_window_tokens)


def reread(
    text: str, found: Sequence[Attribution], quotations: Sequence[Quotation], model: Scorer, settings: Settings
) -> Iterator[Window]:
    """Cut the contents that may hold speech of others into windows, each content by itself."""
    for piece in contents_to_reread(text, found):
        # The marks around the whole piece would make all of it somebody's quotation: only those inside it count.
        first = bisect_left(quotations, piece.start, key=lambda quotation: quotation.outer.start)
        last = bisect_left(quotations, piece.end, key=lambda quotation: quotation.outer.start)
        inside = [quotation for quotation in quotations[first:last] if 2 * quotation.inner.size < piece.size]
        yield from cut(text, [piece], outermost(text, inside), model, settings)
