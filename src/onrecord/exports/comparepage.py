"""Reports side by side as one self-contained page: each statement with the words and the cue of each report.

The page has no scripts and loads nothing, and its policy (CSP) allows neither. All text of reports goes through the
functions of :mod:`onrecord.exports.escaping`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from onrecord.compare.carried import Carried
from onrecord.compare.comparing import Comparison, Side
from onrecord.compare.lines import Line, Said
from onrecord.compare.segments import Segment, segments_of
from onrecord.exports.comparewords import letter, order_differs
from onrecord.exports.describing import count, day
from onrecord.exports.escaping import attribute, escape_plain, escape_text, link_address
from onrecord.exports.pageparts import make_page, resource
from onrecord.version import VERSION

_TAGS: Final = {"same": "{}", "gone": "<del>{}</del>", "come": "<ins>{}</ins>"}


def to_compare_page(comparison: Comparison) -> str:
    """Return a comparison as an HTML page that needs nothing else, neither network nor scripts. Write it in UTF-8."""
    sections = (
        _section("shared", "In several reports", _shared(comparison)),
        _section("own-voice", "In an outlet’s own voice, and elsewhere as somebody’s", _own_voice(comparison)),
        _section("doubted", "Doubted by one word, and elsewhere not", _doubted(comparison)),
        *(
            _section(f"only-{letter(number)}", f"Only in {letter(number)}", _only(comparison.only(number)))
            for number in range(len(comparison.reports))
        ),
        _section("speakers", "Who is quoted, how often", _speakers(comparison)),
    )
    return make_page(
        "compare.html",
        title=escape_plain(_title(comparison)),
        version=escape_plain(VERSION),
        style=resource("compare.css"),
        sides="\n".join(_side(number, side) for number, side in enumerate(comparison.reports)),
        sections="\n".join(filter(None, sections)),
    )


def _title(comparison: Comparison) -> str:
    first = comparison.reports[0].title
    told = f"{len(comparison.reports)} reports side by side"
    return f"{first}: {told}" if first else told


def _section(name: str, title: str, inner: Iterable[str]) -> str:
    shown = "\n".join(inner)
    if not shown:
        return ""
    named = attribute("id", name) + attribute("aria-labelledby", f"{name}-title")
    return f"<section{named}><h2{attribute('id', f'{name}-title')}>{escape_text(title)}</h2>\n{shown}\n</section>"


def _side(number: int, side: Side) -> str:
    facts = [_bdi(fact) for fact in (side.outlet, day(side.published)) if fact]
    facts += [count(side.statements, "statement")] + ([f"{side.only:,} only here"] if side.only else [])
    facts += [f"copy of {escape_text(side.copy_of)}"] if side.copy_of else []
    title = _bdi(side.title or "(no title)")
    address = f'<p class="facts">{link_address(side.address)}</p>' if side.address else ""
    return f'<li><p>{_letter(number)}<b>{title}</b></p><p class="facts">{" · ".join(facts)}</p>{address}</li>'


def _letter(number: int) -> str:
    return f'<span class="letter">{letter(number)}</span>'


def _bdi(words: str) -> str:
    return f"<bdi>{escape_text(words)}</bdi>"


# --- what several have -----------------------------------------------------------------------------


def _shared(comparison: Comparison) -> Iterator[str]:
    for number, line in enumerate(comparison.shared, 1):
        yield _line(number, line, len(comparison.reports))
    if order_differs(comparison):
        orders = (
            f"{_letter(at)}{', '.join(str(line + 1) for line in side.order)}"
            for at, side in enumerate(comparison.reports)
            if len(side.order) > 1
        )
        yield f'<p class="facts">In the order: {" · ".join(orders)}</p>'


def _line(number: int, line: Line, reports: int) -> str:
    frames = f" <small>{escape_text(', '.join(line.cue_classes))}</small>" if line.frames_differ else ""
    cells = "".join(_cell(number, line) for number in range(reports))
    return (
        f'<article class="line"><h3>{number}. {_bdi(line.speaker or "Speaker open")}{frames}</h3>'
        f'<ul class="cells">{cells}</ul></article>'
    )


def _cell(report: int, line: Line) -> str:
    said = [each for each in line.said if each.carried.report == report]
    if not said:
        return f'<li class="missing">{_letter(report)}leaves it out</li>'
    return f"<li>{''.join(_said(each, line) for each in said)}</li>"


def _said(said: Said, line: Line) -> str:
    main, carried = line.main, said.carried
    given = f' <span class="other">given to {_bdi(carried.speaker or "")}</span>' if said.given_to == "other" else ""
    words = "".join(map(_run, segments_of(said.tie, main.words, carried.words)))
    head = f"<p>{_letter(carried.report)}{_cue(carried)}{given}{_place(carried)}{_main(said, line)}</p>"
    return f'{head}<p class="words">{words}</p>'


def _main(said: Said, line: Line) -> str:
    """Name the wording that the others are held against, where words of them are marked."""
    is_marked = any(each.tie and each.tie.kind in {"clipped", "altered", "spliced"} for each in line.said)
    return ' <span class="facts">main wording</span>' if said.tie is None and is_marked else ""


def _run(segment: Segment) -> str:
    return _TAGS[segment.kind].format(escape_text(segment.words))


def _cue(carried: Carried) -> str:
    cue = f'<span class="cue">{_bdi(" ".join(carried.cue.split()))}</span>' if carried.cue else ""
    plain = carried.cue_class in {"neutral", "none"}
    return cue if plain else f'{cue} <span class="frame">{escape_text(carried.cue_class)}</span>'


def _place(carried: Carried) -> str:
    shown = f"statement {carried.place}"
    return f' <span class="facts">{link_address(carried.link, shown) if carried.link else shown}</span>'


# --- what else differs -----------------------------------------------------------------------------


def _own_voice(comparison: Comparison) -> Iterator[str]:
    for each in comparison.own_voice:
        attributed = each.statement
        own = f'<p>{_letter(each.report)}itself</p><p class="words">{escape_text(each.words)}</p>'
        head = f"<p>{_letter(attributed.report)}{_who(attributed)} {_cue(attributed)}{_place(attributed)}</p>"
        yield _pair(own, f'{head}<p class="words">{escape_text(attributed.words)}</p>')


def _doubted(comparison: Comparison) -> Iterator[str]:
    for each in comparison.doubted:
        doubt = f'<p>{_letter(each.doubting)}</p><p class="words">{escape_text(f"{each.hedge} {each.phrase}")}</p>'
        yield _pair(doubt, f'<p>{_letter(each.plain)}</p><p class="words">{escape_text(each.words)}</p>')


def _pair(one: str, other: str) -> str:
    return f'<div class="line"><ul class="cells"><li>{one}</li><li>{other}</li></ul></div>'


def _who(carried: Carried) -> str:
    return _bdi(" ".join((carried.speaker or carried.source or "Speaker open").split()))


def _only(lines: tuple[Line, ...]) -> Iterator[str]:
    if lines:
        yield '<ul class="plain">'
        for line in lines:
            for said in line.said:
                carried = said.carried
                yield (
                    f"<li><p><b>{_who(carried)}</b> {_cue(carried)}{_place(carried)}</p>"
                    f'<p class="words">{escape_text(carried.words)}</p></li>'
                )
        yield "</ul>"


def _speakers(comparison: Comparison) -> Iterator[str]:
    if comparison.speakers:
        heads = "".join(f'<th scope="col">{letter(number)}</th>' for number in range(len(comparison.reports)))
        yield f'<div class="scroll"><table><thead><tr><th scope="col">Speaker</th>{heads}</tr></thead><tbody>'
        for each in comparison.speakers:
            cells = "".join(f"<td>{times or ''}</td>" for times in each.statements)
            yield f'<tr><th scope="row">{_bdi(each.name)}</th>{cells}</tr>'
        yield "</tbody></table></div>"
