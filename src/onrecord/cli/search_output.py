"""Where the hits of ``onrecord search`` go: blocks on the terminal, JSON, or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import chain
from typing import Any, Final

import click

from onrecord.cli.blocks import INDENT, Look, Row, broken, lay_out, show_label
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_csv, print_json
from onrecord.exports.describing import count, day
from onrecord.record.facets import Facet, Facets
from onrecord.record.hits import Citation, Hit, as_found
from onrecord.record.querying import Term, find_terms
from onrecord.record.searching import Search

_COLUMNS: Final = (
    "statement", "speaker", "speakers", "words", "cue", "source", "outlet", "published", "title", "form", "cue_class",
    "zone", "modality", "negated", "confidence", "standing",
)  # fmt: skip
_FACETS: Final = tuple(each.name for each in fields(Facets) if each.name != "counted")


def show_search(found: Search, *, facets: bool, as_json: bool, as_csv: bool, color: str, width: int | None) -> None:
    """Print the hits of a search.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--csv": as_csv})
    refuse_two_formats({"--facets": facets, "--csv": as_csv})
    if found.query.left_out:
        complain(f"of the words the first {len(found.query.terms)} are looked for; {found.query.left_out} are left out")
    _say_what_has_no_meaning(found)
    if as_json:
        print_json(_as_builtins(found, facets=facets))
        return
    shown = 0

    def counted() -> Iterator[Hit]:
        nonlocal shown
        for hit in found:
            shown += 1
            yield hit

    if as_csv:
        print_csv([*_COLUMNS, "link", "document", "page_sha256", "content_spans"], map(_cells, counted()))
    else:
        look = choose_look(color=color, width=width)
        facts = _facet_blocks(found, look) if facets else ()
        blocks = chain(facts, ("\n".join(_block(hit, found.query.terms, look)) for hit in counted()))
        for at, block in enumerate(blocks):
            click.echo(("\n" if at else "") + block, color=look.colour)
    _say_how_many(found, shown)


def _say_what_has_no_meaning(found: Search) -> None:
    if found.wanted.meaning is not None and (unmeant := found.without_meaning()):
        complain(
            f"{count(unmeant, 'statement')} can't be found by meaning: added by another version of onrecord, or without"
            " meanings; read their reports again with: onrecord add"
        )


def _say_how_many(found: Search, shown: int) -> None:
    counted = found.count()
    if counted.number == 0 and not shown:
        is_empty = found.wanted.words is not None and not found.query.terms
        complain("nothing was found" + (": there is no word in what is looked for" if is_empty else ""))
        _say_what_copies_have(found)
        return
    noun = "statement" if counted.number == 1 else "statements"
    kept = " nearest" if found.wanted.meaning is not None else ""
    more = f", {shown:,} shown; --limit 0 shows all" if shown < counted.number else ""
    complain(f"{counted}{kept} {noun}{more}")


def _say_what_copies_have(found: Search) -> None:
    """Say that a near copy has what its original lacks, or an earlier text what the later one has no more."""
    if not found.wanted.filters.copies and (elsewhere := found.with_copies().count()).number:
        noun = "statement" if elsewhere.number == 1 else "statements"
        complain(f"copies and revised texts have {elsewhere} {noun}, which count for nothing; --copies finds them")


def _as_builtins(found: Search, *, facets: bool) -> dict[str, Any]:
    wanted = found.wanted
    counted = found.count()
    told: dict[str, Any] = {
        "words": wanted.words,
        "understood": [str(term) for term in found.query.terms],
        "meaning": wanted.meaning,
        "count": counted.number,
        "count_is_least": counted.is_least,
    }
    if facets:
        told["facets"] = found.facets()
    return told | {"hits": [as_found(hit) for hit in found]}


def _cells(hit: Hit) -> list[Any]:
    citation = hit.citation
    cells = [getattr(hit, name) for name in _COLUMNS]
    return [*cells, citation.link, citation.document, citation.raw_sha256, citation.content]


# ---- on a terminal -------------------------------------------------------------------------------------------


def _block(hit: Hit, terms: Sequence[Term], look: Look) -> Iterator[str]:
    width = look.measure
    speaker = look.show(hit.speaker) if hit.speaker else "speaker open"
    facts = [look.show(fact) for fact in _facts(hit)]
    first, *rest = broken(look.dot.join([speaker, *facts]), width)
    yield look.paint(first[: len(speaker)], "speaker" if hit.speaker else "faint") + first[len(speaker) :]
    yield from rest
    for row in _rows(hit, look):
        for line in lay_out(row, look, width):
            yield _mark(line, terms, look) if row.label == "content" else line
    yield from link_and_id(hit.citation, hit.statement, look)


def _facts(hit: Hit) -> Iterator[str]:
    yield from (fact for fact in (hit.form, hit.cue_class, hit.zone) if fact != "none")
    if hit.negated:
        yield "negated"
    if hit.modality != "said" and not (hit.negated and hit.modality == "denied"):
        yield hit.modality
    if hit.standing != "counts":
        yield "in a copy" if hit.standing == "copy" else "in a text that was revised"
    if hit.is_put_in:
        yield "put in, not read"
    elif hit.is_corrected:
        yield "corrected"


def _rows(hit: Hit, look: Look) -> Iterator[Row]:
    yield Row(label="content", words=look.show(hit.snippet.text))
    if where := where_of(hit, look):
        yield Row(label="in", words=where)


def where_of(hit: Hit | Citation, look: Look) -> str:
    """Return where a statement, or a report, stands: outlet, day and title, as far as they are known."""
    return look.dot.join(look.show(fact) for fact in (hit.outlet, day(hit.published), hit.title) if fact)


def link_and_id(citation: Citation, shown: str, look: Look) -> Iterator[str]:
    """Yield the line with the link, where there is one, and that with the id of what it is of."""
    if link := citation.link or citation.address:
        # Never broken, or nobody could follow it.
        yield show_label("link", look) + look.paint(look.show(link), "faint")
    yield show_label("id", look) + shown


def _mark(line: str, terms: Sequence[Term], look: Look) -> str:
    """Return a line with the words of the search in bold; a phrase that is broken over two lines is not marked."""
    if not look.colour:
        return line
    label = show_label("content", look)  # which somebody may look for, too
    start, words = (label, line.removeprefix(label)) if line.startswith(label) else ("", line)
    for span in reversed(find_terms(words, terms)):
        words = words[: span.start] + look.paint(span.of(words), "title") + words[span.end :]
    return start + words


def _facet_blocks(found: Search, look: Look) -> Iterator[str]:
    facets = found.facets()
    apart = found.tell_apart(facets)
    noun = count(facets.counted.number, "statement").partition(" ")[2]
    yield look.paint(f"{facets.counted} {noun}", "title")
    for name in _FACETS:
        values: tuple[Facet, ...] = getattr(facets, name)
        if values:
            told = [(each.count, look.show(_value(each, apart))) for each in values]
            if others := facets.counted.number - sum(each.count for each in values):
                told.append((others, look.paint("of others", "faint")))  # a facet has its most frequent values alone
            lines = [f"{' ' * INDENT}{number:>7,}  {name}" for number, name in told]
            yield "\n".join([look.paint(name.replace("_", " "), "faint"), *lines])


def _value(facet: Facet, apart: Mapping[str, str]) -> str:
    words = apart.get(facet.person or "")
    return (facet.value or "(none)") + (f" ({words})" if words else "")
