"""Where the appearances of a statement go: blocks with a diff of words on the terminal, or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from onrecord.cli.blocks import Look, Row, lay_out, show_label
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_json
from onrecord.cli.search_output import where_of
from onrecord.compare.variants import Variant
from onrecord.exports.answers_json import appearance
from onrecord.exports.describing import count
from onrecord.record.hits import Hit, as_found


def show_variants(hit: Hit, variants: Sequence[Variant], *, as_json: bool, color: str, width: int | None) -> None:
    """Print a statement and its other appearances."""
    if as_json:
        print_json({"statement": as_found(hit), "variants": [appearance(each) for each in variants]})
        return
    look = choose_look(color=color, width=width)
    blocks = [_block(None, hit, look), *(_block(each, hit, look) for each in variants)]
    click.echo("\n\n".join("\n".join(lines) for lines in blocks), color=look.colour)
    _say_how_many(variants)


def _say_how_many(variants: Sequence[Variant]) -> None:
    if not variants:
        complain("these words stand nowhere else in this record")
        return
    reports = len({each.hit.citation.document for each in variants if each.counts})
    conflicts = sum(each.given_to == "other" for each in variants)
    told = f"; {count(conflicts, 'appearance')} given to another speaker" if conflicts else ""
    counting = sum(each.counts for each in variants)
    apart = f", and {len(variants) - counting} in copies and revised texts" if counting < len(variants) else ""
    complain(f"{count(counting, 'other appearance')} in {count(reports, 'report')}{apart}{told}")


def _block(variant: Variant | None, statement: Hit, look: Look) -> Iterator[str]:
    hit = variant.hit if variant else statement
    width = look.measure
    speaker = look.show(hit.speaker) if hit.speaker else "speaker open"
    facts = [] if variant is None else list(_facts(variant))
    yield look.paint(speaker, "speaker" if hit.speaker else "faint") + "".join(f"{look.dot}{fact}" for fact in facts)
    words = look.show(statement.words if variant is None else diff(variant, statement))
    yield from lay_out(Row(label="content", words=words), look, width)
    if where := where_of(hit, look):
        yield from lay_out(Row(label="in", words=where), look, width)
    yield show_label("id", look) + hit.statement


def _facts(variant: Variant) -> Iterator[str]:
    yield "fuller" if variant.tie.is_fuller else variant.tie.kind
    yield f"{variant.tie.score:.2f}"
    if variant.given_to == "other":
        yield "given to another speaker"
    if not variant.counts:
        yield "in a copy" if variant.hit.standing == "copy" else "in a text that was revised"


def diff(variant: Variant, statement: Hit) -> str:
    """Return the words of an appearance, with what only the statement has, and what only it has, marked."""
    parts, end, words = [], 0, variant.hit.words
    for change in variant.tie.changes:
        gone, come = change.this.of(statement.words), change.other.of(words)
        before = words[end : change.other.start]
        gap = " " if gone and before and not before[-1].isspace() else ""
        parts += [before, gap, f"[-{gone}-]" if gone else "", f"{{+{come}+}}" if come else ""]
        if gone and not come and words[change.other.start : change.other.start + 1].isalnum():
            parts.append(" ")
        end = change.other.end
    return "".join([*parts, words[end:]])
