"""A reading as one self-contained page: the report with its statements marked, their list, who is in it, what happened.

The page has no scripts and loads nothing, and its policy (CSP) allows neither. All text of the report
goes through the functions of :mod:`onrecord.exports.escaping`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Document, Span, ZoneKind
from onrecord.exports.checksection import check_section, name_of_check
from onrecord.exports.describing import (
    day,
    describe,
    describe_open_speaker,
    in_reading_order,
    names_of,
    offsets,
    source_is_the_name,
)
from onrecord.exports.escaping import anchor_name, attribute, escape_plain, escape_text, language_tag, link_address
from onrecord.exports.eventsections import value_sections
from onrecord.exports.marking import (
    PARTS,
    TAGS,
    EntityMark,
    Mark,
    Overlay,
    Run,
    cut_into_paragraphs,
    main_zone,
    marks_of,
    marks_of_entities,
    split_into_runs,
)
from onrecord.exports.pageparts import make_page, resource
from onrecord.reading import Check, Entity, Reading, ReadingRecord, Statement, to_reading
from onrecord.speakers.people import Person, count_people, stands_out

# 5 hues: statements that stand near each other differ, and each hue reads on light and dark paper (WCAG AA).
_HUES: Final = 5
# 1,000 statements and people: each has a rule of its own, and with 8,000 of them Chromium took minutes; links
# work all the same.
_MOST_SELECTABLE: Final = 1_000
# 20 links to statements stand under a name: who speaks more often is found in the list.
_MOST_LINKS: Final = 20
# 2 levels are indented: deeper nesting has not been seen, and a phone has no room for it.
_DEEPEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A reading with what every part of its page asks for."""

    document: Document
    statements: Sequence[Statement]
    depths: Sequence[int]
    entities: Sequence[Entity]
    names: Mapping[str, str]
    """The name of each entity, by its id."""
    people: Sequence[Person]
    """The entities that are listed."""
    listed: Mapping[str, int]
    """The place in ``people`` of each that is listed, by its id."""
    checks: Sequence[Check]

    def hue(self, index: int) -> str:
        return f"h{index % _HUES}"


def _lay_out(reading: Reading) -> _Page:
    ordered = list(in_reading_order(reading.statements))
    people = [person for person in count_people(reading) if stands_out(person)]
    return _Page(
        document=reading.document,
        statements=[item for item, _ in ordered],
        depths=[depth for _, depth in ordered],
        entities=reading.entities,
        names=names_of(reading.entities),
        people=people,
        listed={person.id: index for index, person in enumerate(people)},
        checks=reading.checks,
    )


def to_webpage(reading: Reading | ReadingRecord) -> str:
    """Return a reading as an HTML page that needs nothing else, neither network nor scripts.

    The text of its ``#report`` element is the document's text, save that a NUL or a lone surrogate,
    which HTML can't hold, is U+FFFD. Write it in UTF-8.
    """
    reading = to_reading(reading) if isinstance(reading, ReadingRecord) else reading
    document = reading.document
    page = _lay_out(reading)
    return make_page(
        "webpage.html",
        title=escape_plain(f"{document.title or document.provenance.origin}: who said what"),
        version=escape_plain(reading.reader.version),
        style=resource("webpage.css") + "".join(_selection_rules(len(page.statements), len(page.people))),
        language=language_tag(document.language),
        model=escape_text(reading.reader.model),
        masthead="\n".join(_masthead(document, len(reading.checks))),
        checks="\n".join(check_section(reading)),
        report="".join(_report(page)),
        count=_count(len(page.statements)),
        statements="\n".join(_items(page)),
        skip_to_people='<a class="skip" href="#people">Skip to the people</a>' if page.people else "",
        people="\n".join(_people(page)),
        skip_to_events='<a class="skip" href="#events">Skip to the events</a>' if reading.events else "",
        values="\n".join(value_sections(reading)),
        document_id=escape_text(document.id),
        sha256=escape_text(document.provenance.sha256),
    )


def _count(number: int) -> str:
    return "No statements found" if number == 0 else f"{number:,} statement{'' if number == 1 else 's'}"


def _selection_rules(statements: int, people: int) -> Iterator[str]:
    """Yield the rules that show all parts of the statement, or all mentions of the name, that was followed to."""
    if statements + people > _MOST_SELECTABLE:
        return
    for kind, number in (("m", statements), ("e", people)):
        for index in range(number):
            chosen = f"color-mix(in srgb,var(--h{index % _HUES}) 30%,var(--paper))"
            followed = f":root:has(.{kind}{index}:target)"
            yield f"{followed} #report span.{kind}{index}{{background:{chosen};color:var(--ink)}}\n"


# --- the report --------------------------------------------------------------------------------------


def _masthead(document: Document, checks: int) -> Iterator[str]:
    has_headline = any(zone.kind == "headline" for zone in document.zones)
    if document.outlet:
        yield f'<p class="outlet">{escape_text(document.outlet)}</p>'
    if document.title and not has_headline:
        yield f'<h1 class="title">{escape_text(document.title)}</h1>'
    words = f"{len(document.text.split()):,} words"
    facts = [escape_text(fact) for fact in (day(document.published), ", ".join(document.authors), words) if fact]
    yield f"<p>{' · '.join(facts)}</p>"
    yield f"<p>{link_address(document.url or document.provenance.origin)}</p>"
    for warning in document.warnings:
        yield f'<p class="warning">Warning: {escape_text(warning)}</p>'
    if checks:
        said = "One thing does not fit" if checks == 1 else f"{checks:,} things do not fit"
        yield f'<p class="warning"><a href="#checks">{said}</a></p>'


def _report(page: _Page) -> Iterator[str]:
    """Yield the report piece by piece: a paragraph as an element, what lies between two as it is."""
    text = page.document.text
    paragraphs = cut_into_paragraphs(page.document)
    end = 0
    marks, mentions = marks_of(page.statements), marks_of_entities(page.entities)
    checks = [Overlay(span=check.span, index=index) for index, check in enumerate(page.checks)]
    for runs in split_into_runs(page.document, marks, paragraphs, mentions, checks):
        yield escape_text(text[end : runs[0].span.start])
        kind = main_zone(runs)
        tag = TAGS.get(kind, "p")
        yield f'<{tag} class="{kind}" dir="auto">{"".join(_run(run, kind, page) for run in runs)}</{tag}>'
        end = runs[-1].span.end
    yield escape_text(text[end:])


def _run(run: Run, kind: ZoneKind, page: _Page) -> str:
    words = escape_text(run.span.of(page.document.text))
    classes = [*(_classes(run.marks, page) if run.marks else []), *_classes_of_entities(run.entities, page)]
    name = _name_behind(run, page)
    if classes or name:
        named = attribute("class", " ".join(classes)) if classes else ""
        words = f"<span{named}{attribute('title', name) if name else ''}>{words}</span>"
    for overlay in run.overlays:
        anchor = attribute("id", name_of_check(overlay.index)) if overlay in run.overlaid else ""
        words = f'<span class="check"{anchor}{attribute("title", page.checks[overlay.index].message)}>{words}</span>'
    words = f"{_anchors(run, page)}{_labels(run, page)}{words}"
    return words if run.zone == kind else f'<span class="{run.zone}">{words}</span>'


def _name_behind(run: Run, page: _Page) -> str | None:
    """Return the name that a run stands for: of the innermost mention, or of who speaks; None for the name itself."""
    text = page.document.text
    if run.entities:
        mark = min(run.entities, key=lambda mark: mark.span.size)
        name = page.entities[mark.entity].name
        return None if mark.span.of(text) == name else name
    sources = [mark for mark in run.marks if mark.part == "source"]
    if not sources:
        return None
    statement = page.statements[max(sources, key=lambda mark: page.depths[mark.statement]).statement]
    return None if source_is_the_name(page.document, statement) else statement.speaker_name


def _classes_of_entities(marks: Sequence[EntityMark], page: _Page) -> list[str]:
    ids = [page.entities[mark.entity].id for mark in marks]
    return [f"e{page.listed[name]}" for name in dict.fromkeys(ids) if name in page.listed]


def _anchors(run: Run, page: _Page) -> str:
    """Return the places that lead to the first mentions of those listed; several may begin at one character."""
    ids = [page.entities[mark.entity].id for mark in run.introduced if mark.first]
    return "".join(
        f'<span class="e{page.listed[name]}"{attribute("id", anchor_name("mention", name))}></span>'
        for name in ids
        if name in page.listed
    )


def _classes(marks: Sequence[Mark], page: _Page) -> list[str]:
    """Name the parts and statements of a run: the hue is of the innermost statement, the line under it of the outer."""
    inner, *outer = sorted(marks, key=lambda mark: (-page.depths[mark.statement], PARTS.index(mark.part)))
    others = [mark for mark in outer if mark.statement != inner.statement]
    names = {mark.part: None for mark in (inner, *outer)}
    classes = [*names, page.hue(inner.statement), *(f"m{mark.statement}" for mark in (inner, *outer))]
    if others:
        classes += ["nested", f"o{others[0].statement % _HUES}"]
    return list(dict.fromkeys(classes))


def _labels(run: Run, page: _Page) -> str:
    """Return the numbers that stand before a source or a content; they are no part of the text when it is copied."""
    return "".join(_label(mark, page) for mark in sorted(run.labelled, key=lambda mark: page.depths[mark.statement]))


def _label(mark: Mark, page: _Page) -> str:
    statement = page.statements[mark.statement]
    name = f"{mark.part} of statement {statement.id}"
    name += f", {statement.speaker_name}" if statement.speaker_name else ""
    anchor = attribute("id", anchor_name("text", statement.id)) if mark.lands else ""
    link = attribute("href", f"#{anchor_name('statement', statement.id)}")
    shown = attribute("data-label", statement.id) + attribute("aria-label", name)
    return f'<a class="label {page.hue(mark.statement)} m{mark.statement}"{anchor}{link}{shown}></a>'


# --- the list of statements ----------------------------------------------------------------------------


def _items(page: _Page) -> Iterator[str]:
    for index, statement in enumerate(page.statements):
        depth = min(page.depths[index], _DEEPEST)
        anchor = attribute("id", anchor_name("statement", statement.id))
        back = attribute("href", f"#{anchor_name('text', statement.id)}")
        name = attribute("aria-label", f"{statement.id}, show it in the report")
        yield (
            f'<li class="{page.hue(index)} m{index} d{depth}"{anchor}><p class="facts">'
            f"<a{back}{name}>{escape_text(statement.id)}</a> {_facts(statement)}</p>"
            f"<dl>{''.join(_parts(statement, page))}</dl></li>"
        )


def _facts(statement: Statement) -> str:
    return " · ".join(escape_text(fact) for fact in (*describe(statement), f"confidence {statement.confidence:.2f}"))


def _parts(statement: Statement, page: _Page) -> Iterator[str]:
    yield from _speaker(statement, page)
    yield from _part("cue", statement.cue, page.document)
    for label, entities in (("to", statement.addressees), ("target", statement.targets)):
        if entities:
            yield f"<dt>{label}</dt><dd>{_links_to_people(entities, page)}</dd>"
    yield from _part("content", statement.content, page.document)


def _speaker(statement: Statement, page: _Page) -> Iterator[str]:
    """Yield who speaks, then the source as written where it has other words."""
    named, question = statement.speaker_name, describe_open_speaker(statement, page.names)
    same = source_is_the_name(page.document, statement)
    if named:
        links = _links_to_people(statement.speakers, page) if statement.speakers else escape_text(named)
        places = " ".join(offsets(span) for span in statement.source) if same else ""
        sure = statement.speaker_confidence
        right = places or ("" if sure is None else f"confidence {sure:.2f}")
        yield f"<dt>speaker</dt><dd>{links}{f' <small>{right}</small>' if right else ''}</dd>"
    elif question:
        yield f'<dt>speaker</dt><dd class="open">{escape_text(question)}</dd>'
    if not same:
        yield from _part("source", statement.source, page.document)


def _part(name: str, spans: Iterable[Span], document: Document) -> Iterator[str]:
    pieces = [f"{escape_text(span.of(document.text))} <small>{offsets(span)}</small>" for span in spans]
    if pieces:
        yield f"<dt>{name}</dt><dd>{' … '.join(pieces)}</dd>"


# --- the people and organizations ------------------------------------------------------------------------


def _links_to_people(ids: Iterable[str], page: _Page) -> str:
    """Return names of entities, each a link to where it is listed, if it is."""
    return ", ".join(_link_to_person(name, page) for name in ids)


def _link_to_person(name: str, page: _Page) -> str:
    shown = escape_text(page.names.get(name, name))
    return f"<a{attribute('href', '#' + anchor_name('entity', name))}>{shown}</a>" if name in page.listed else shown


def _people(page: _Page) -> Iterator[str]:
    """Yield the section of all who speak or are mentioned more than once; nothing where there is nobody."""
    if not page.people:
        return
    yield '<section id="people" aria-labelledby="people-title">'
    yield '<h2 id="people-title">People and organizations</h2>'
    yield "<ul>"
    yield from (_person(person, index, page) for index, person in enumerate(page.people))
    yield "</ul>"
    if rest := len(page.entities) - len(page.people):
        yield f"<p>Not listed: {rest:,} that do not speak.</p>"
    yield "</section>"


def _person(person: Person, index: int, page: _Page) -> str:
    anchor = attribute("id", anchor_name("entity", person.id))
    kind = " · ".join(escape_text(fact) for fact in (person.kind, person.country) if fact)
    facts = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in _facts_of(person) if value)
    return (
        f'<li class="{page.hue(index)} e{index}"{anchor}><h3>{escape_text(person.name)} <small>{kind}</small></h3>'
        f"<dl>{facts}</dl></li>"
    )


def _facts_of(person: Person) -> Iterator[tuple[str, str]]:
    for role in person.roles:
        yield "role", f"{escape_text(role.words)} <small>{offsets(role.span)}</small>"
    yield "also", "; ".join(escape_text(alias) for alias in person.aliases)
    yield "speaks", _statements(person.statements)
    yield "about", _statements(person.about)
    if person.mentioned:
        link = attribute("href", f"#{anchor_name('mention', person.id)}")
        name = attribute("aria-label", f"mentions of {person.name}: {person.mentioned}, mark them in the report")
        yield "mentions", f"<a{link}{name}>{person.mentioned:,}</a>"


def _statements(ids: Sequence[str]) -> str:
    """Return how many statements there are, with links to the first of them."""
    if not ids:
        return ""
    links = [
        f"<a{attribute('href', '#' + anchor_name('statement', name))}>{escape_text(name)}</a>"
        for name in ids[:_MOST_LINKS]
    ]
    more = f" and {len(ids) - _MOST_LINKS:,} more" if len(ids) > _MOST_LINKS else ""
    return f"{len(ids):,} <small>in {', '.join(links)}{more}</small>"
