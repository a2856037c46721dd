"""A comparison of reports as blocks on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from onrecord.cli.blocks import Look, Row, broken, lay_out
from onrecord.cli.tables import show_columns
from onrecord.compare.carried import Carried
from onrecord.compare.comparing import Comparison, Side
from onrecord.compare.lines import Line, Said
from onrecord.compare.ownvoice import Doubted, OwnVoice
from onrecord.compare.segments import segments_of
from onrecord.exports.comparewords import letter, order_differs, who_and_how
from onrecord.exports.describing import count, day

_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "come": ("{+", "+}")}


def show_blocks(comparison: Comparison, look: Look) -> str:
    """Return a comparison as lines of text that end with a line break."""
    sections = [
        ("", chain.from_iterable(_side(number, side, look) for number, side in enumerate(comparison.reports))),
        ("in several reports", _shared(comparison, look)),
        ("in an outlet's own voice, and elsewhere as somebody's", _own_voice(comparison, look)),
        ("doubted by one word, and elsewhere not", _doubted(comparison.doubted, look)),
        *(
            (f"only in {letter(number)}", _only(comparison.only(number), look))
            for number in range(len(comparison.reports))
        ),
        ("who is quoted, how often", _speakers(comparison, look)),
    ]
    shown = [(title, list(lines)) for title, lines in sections]
    return "\n".join(_section(title, lines, look) for title, lines in shown if lines)


def _section(title: str, lines: Sequence[str], look: Look) -> str:
    head = [look.paint(title, "title")] if title else []
    return "".join(f"{line}\n" for line in [*head, *lines])


def _side(number: int, side: Side, look: Look) -> Iterator[str]:
    own = f"{side.only:,} only here" if side.only else ""
    facts = [look.show(fact) for fact in (side.outlet, day(side.published)) if fact]
    facts += [fact for fact in (count(side.statements, "statement"), own) if fact]
    facts += ["copy of " + side.copy_of] if side.copy_of else []
    facts += [] if side.is_in_record else ["read here"]
    yield look.paint(letter(number), "id") + "  " + look.dot.join(facts)
    yield from (
        f"   {line}" for line in broken(look.show(side.title or "(no title)"), look.measure and look.measure - 3)
    )
    yield "   " + look.paint(side.document, "faint")


def _shared(comparison: Comparison, look: Look) -> Iterator[str]:
    for number, line in enumerate(comparison.shared, 1):
        yield from _line(number, line, look)
    if order_differs(comparison):
        orders = (
            f"{letter(at)} {' '.join(str(line + 1) for line in side.order)}"
            for at, side in enumerate(comparison.reports)
            if len(side.order) > 1
        )
        yield look.paint("in the order  ", "faint") + look.dot.join(orders)


def _line(number: int, line: Line, look: Look) -> Iterator[str]:
    facts = [", ".join(line.cue_classes)] if line.frames_differ else []
    facts += ["not in " + ", ".join(map(letter, line.missing))] if line.missing else []
    speaker = look.show(line.speaker) if line.speaker else "speaker open"
    yield f"{number:>2}  " + look.paint(speaker, "speaker") + "".join(f"{look.dot}{fact}" for fact in facts)
    for said in line.said:
        yield from _said(said, line, look)


def _said(said: Said, line: Line, look: Look) -> Iterator[str]:
    carried = said.carried
    words = _diff(said, line.main)
    if said.given_to == "other":
        words = f"({carried.speaker}) {words}"
    label = f"{letter(carried.report)}  {carried.place}."
    yield from lay_out(Row(label=label, words=look.show(words), right=_cue(carried, look)), look, look.measure)


def _cue(carried: Carried, look: Look) -> str:
    cue = look.show(" ".join(carried.cue.split()))
    plain = carried.cue_class in {"neutral", "none"}
    return cue if plain else f"{cue}{look.dot}{carried.cue_class}" if cue else carried.cue_class


def _diff(said: Said, main: Carried) -> str:
    """Return a wording with what only the main one has, and what only it has, between marks."""
    parts = []
    for segment in segments_of(said.tie, main.words, said.carried.words):
        before, behind = _MARKS[segment.kind]
        words = segment.words.strip() if before else segment.words
        lead, tail = _spaces(segment.words) if before else ("", "")
        parts.append(f"{lead}{before}{words}{behind}{tail}")
    return "".join(parts)


def _spaces(words: str) -> tuple[str, str]:
    """Return the white space at both ends of words."""
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


def _own_voice(comparison: Comparison, look: Look) -> Iterator[str]:
    for each in comparison.own_voice:
        yield from _own(each, look)


def _own(each: OwnVoice, look: Look) -> Iterator[str]:
    yield from lay_out(Row(label=letter(each.report), words=look.show(each.words)), look, look.measure)
    words = f"{who_and_how(each.statement)}: {each.statement.words}"
    yield from lay_out(
        Row(label=letter(each.statement.report), words=look.show(words), style="faint"), look, look.measure
    )


def _doubted(doubted: Sequence[Doubted], look: Look) -> Iterator[str]:
    for each in doubted:
        yield from lay_out(
            Row(label=letter(each.plain), words=look.show(each.words), right=each.phrase), look, look.measure
        )
        words = f"{each.hedge} {each.phrase}"
        yield from lay_out(Row(label=letter(each.doubting), words=look.show(words), style="faint"), look, look.measure)


def _only(lines: Sequence[Line], look: Look) -> Iterator[str]:
    for line in lines:
        for said in line.said:
            speaker = said.carried.speaker or said.carried.source or "speaker open"
            words = look.show(f"{speaker}: {said.carried.words}")
            row = Row(label=f"{said.carried.place}.", words=words, right=_cue(said.carried, look))
            yield from lay_out(row, look, look.measure)


def _speakers(comparison: Comparison, look: Look) -> Iterator[str]:
    letters = [letter(number) for number in range(len(comparison.reports))]
    rows = [(*(str(times or "") for times in each.statements), each.name) for each in comparison.speakers]
    if rows:
        yield from show_columns((*letters, "speaker"), rows, look).splitlines()
