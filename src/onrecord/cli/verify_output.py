"""Where the verdicts of ``onrecord verify`` go: blocks on the terminal, JSON, or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.blocks import Look, Row, broken, lay_out
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_csv, print_json
from onrecord.cli.search_output import link_and_id, where_of
from onrecord.compare.grading import FOUND, Graded
from onrecord.compare.intext import InText
from onrecord.compare.verifying import Asked, Searched, Verdict, verify
from onrecord.errors import BadQuery
from onrecord.exports.answers_json import verdict_answer
from onrecord.exports.describing import count
from onrecord.record.hits import Hit

if TYPE_CHECKING:
    from onrecord.record import Record

SHOWN: Final = 3
"""Sources that are shown on a terminal; JSON has them all."""
_COLUMNS: Final = (
    "words", "asked_speaker", "verdict", "wording", "code", "score", "speaker", "speakers", "said", "missing",
    "changed", "sources", "outlet", "published", "link", "statement", "note", "in_text", "in_text_link",
    "given_to", "elsewhere",
)  # fmt: skip


def show_verdict(verdict: Verdict, *, as_json: bool, color: str, width: int | None) -> None:
    """Print a verdict with its sources and its nearest misses."""
    if as_json:
        print_json(verdict_answer(verdict))
        return
    look = choose_look(color=color, width=width)
    click.echo("\n".join(_lines(verdict, look)), color=look.colour)


def show_verdicts(record: Record, asked: Sequence[Asked]) -> None:
    """Print a table of verdicts; a quotation that can't be looked for has a note in the place of one."""
    print_csv(_COLUMNS, [_cells(record, each) for each in asked])
    complain(f"{count(len(asked), 'quotation')} looked for")


def _cells(record: Record, asked: Asked) -> list[Any]:
    try:
        verdict = verify(record, asked)
    except BadQuery as error:
        told = [None] * (_COLUMNS.index("note") - 2)
        return [asked.words, asked.speaker, *told, str(error), *[None] * (len(_COLUMNS) - _COLUMNS.index("note") - 1)]
    best = verdict.sources[0] if verdict.sources else None
    hit = best and best.hit
    found = verdict.in_text[0] if verdict.in_text else None
    return [
        asked.words,
        asked.speaker,
        verdict.verdict,
        verdict.wording,
        verdict.code,
        verdict.score,
        hit and hit.speaker,
        hit and hit.speakers,
        hit and hit.words,
        best and "; ".join(span.of(best.hit.words) for span in best.missing),
        best and "; ".join(_changed(asked.words, best)),
        verdict.independent,
        hit and hit.outlet,
        hit and hit.published,
        hit and (hit.citation.link or hit.citation.address),
        hit and hit.statement,
        None if best else f"searched: {_told(verdict.searched)}",
        found and found.how,
        found and (found.citation.link or found.citation.address or found.citation.document),
        verdict.given_to,
        "; ".join(map(_in_short, verdict.otherwise)),
    ]


def _in_short(each: Graded) -> str:
    """Return what became of the words in a statement, whose it is and where it stands, in a cell."""
    facts = [*_grades(each), each.hit.speaker, each.hit.outlet, each.hit.published, each.hit.statement]
    return " · ".join(filter(None, facts))


# ---- on a terminal -------------------------------------------------------------------------------------------


def _lines(verdict: Verdict, look: Look) -> Iterator[str]:
    width = look.measure
    yield look.paint(verdict.verdict, "title") + look.dot + f"score {verdict.score:.2f}" + _sources(verdict, look)
    if verdict.asked.said != verdict.asked.words:
        yield from broken("Looked for what stands between the marks, without what is said around them.", width)
    if not verdict.sources:
        yield from broken(f"Searched: {_told(verdict.searched)}. What is not here may have been said elsewhere.", width)
    for found in verdict.in_text:
        yield ""
        yield from _in_text(found, look, width)
    for each in verdict.sources[:SHOWN]:
        yield ""
        yield from _source(verdict, each, look, width)
    if len(verdict.sources) > SHOWN:
        yield f"\n{count(len(verdict.sources) - SHOWN, 'source')} more; --json has them all"
    if verdict.first and len(verdict.sources) > 1:
        yield ""
        yield from broken(f"First: {where_of(verdict.first, look)}", width)
    if len(verdict.given_to) > 1:
        yield from broken(f"Given to: {look.show('; '.join(verdict.given_to))}", width)
    if verdict.beside:
        title = "elsewhere not the same" if verdict.verdict == "verbatim" else "nearest misses"
        yield "\n" + look.paint(title, "faint")
        for each in verdict.beside:
            yield from lay_out(Row(label=f"{each.score:.2f}", words=look.show(_quoted(each.hit))), look, width)
            yield from lay_out(Row(label="", words=look.dot.join(_of_miss(each, look)), style="faint"), look, width)


def _of_miss(each: Graded, look: Look) -> Iterator[str]:
    """Yield what became of the words there, unless only some of them are, and where it stands."""
    yield from _grades(each)
    if where := where_of(each.hit, look):
        yield where


def _grades(each: Graded) -> Iterator[str]:
    if each.grade in FOUND:
        yield each.grade
    if each.is_denied:
        yield "denied or disputed"


def _sources(verdict: Verdict, look: Look) -> str:
    if not verdict.sources:
        return ""
    told = look.dot + count(verdict.independent, "report")
    if verdict.wording != verdict.verdict:
        told += look.dot + f"the words are {verdict.wording}"
    return told


def _source(verdict: Verdict, each: Graded, look: Look, width: int | None) -> Iterator[str]:
    hit = each.hit
    speaker = look.show(hit.speaker) if hit.speaker else "speaker open"
    facts: list[str] = [fact for fact in (hit.form, hit.cue_class, hit.zone) if fact != "none"]
    if each.is_denied:
        facts.append("denied or disputed")
    if hit.standing != "counts":
        facts.append("in a copy, no second source" if hit.standing == "copy" else "in a text that was revised")
    yield look.paint(speaker, "speaker" if hit.speaker else "faint") + look.dot + look.dot.join(facts)
    yield from lay_out(Row(label="said", words=look.show(hit.words)), look, width)
    for joined in each.pieces[1:] or ([each.joined] if each.joined else []):
        yield from lay_out(Row(label="and", words=look.show(_quoted(joined))), look, width)
    for span in each.missing:
        yield from lay_out(Row(label="missing", words=look.show(span.of(hit.words)), style="warning"), look, width)
    for change in _changed(verdict.asked.words, each):
        yield from lay_out(Row(label="changed", words=look.show(change), style="warning"), look, width)
    if where := where_of(hit, look):
        yield from lay_out(Row(label="in", words=where), look, width)
    yield from link_and_id(hit.citation, hit.statement, look)


def _in_text(found: InText, look: Look, width: int | None) -> Iterator[str]:
    has = "the words" if found.how == "whole" else "all of the words in this order, others between them"
    yield from broken(f"But the text of a report has {has}; no statement that was read in it does:", width)
    yield from lay_out(Row(label="text", words=look.show(found.words)), look, width)
    facts = [where_of(found.citation, look)]
    if found.standing != "counts":
        facts.append("a copy, no second source" if found.standing == "copy" else "a text that was revised")
    if where := look.dot.join(filter(None, facts)):
        yield from lay_out(Row(label="in", words=where), look, width)
    yield from link_and_id(found.citation, found.citation.document, look)


def _quoted(hit: Hit) -> str:
    return f"{hit.speaker or 'speaker open'}: {hit.snippet.text}"


def _changed(asked: str, each: Graded) -> Iterator[str]:
    """Yield what is not the same but for what is missing, as a reader would tell it."""
    for change in each.changes:
        mine = change.this.of(asked)
        theirs = change.other.of(each.hit.words)
        if mine and theirs:
            yield f"“{mine}” where the report has “{theirs}”"
        elif mine:
            yield f"“{mine}” is not there"
        elif theirs and each.grade not in {"clipped", "verbatim"}:
            yield f"“{theirs}” is left out"


def _told(searched: Searched) -> str:
    days = f", {searched.since} to {searched.until}" if searched.since else ""
    return (
        f"{count(searched.statements, 'statement')} of {count(searched.reports, 'report')}"
        f" of {count(searched.outlets, 'outlet')}{days}"
    )
