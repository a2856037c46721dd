"""WEB1: whatever a record holds, a page shows it and never does what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.document import Document, Provenance, Span, Zone
from onrecord.reading import (
    Amount,
    Check,
    Entity,
    Event,
    Evidence,
    Mention,
    Place,
    Reader,
    Reading,
    Role,
    Statement,
    Time,
    When,
)
from onrecord.record import Record
from onrecord.record.runs import Aside, set_aside
from onrecord.settings import DEFAULTS
from onrecord.web.app import Edits, create_app
from reading_pages import strangers
from scripts_of_attackers import ADDRESSES, SCRIPTS

ID = "[0-9a-f]{16}"
REPORTS = 5


def test_there_are_eighty_and_the_check_finds_each_kind():
    assert len(set(SCRIPTS)) >= 80
    assert list(strangers('<a href="/x">a</a><svg><line/></svg>')) == []
    for page in (
        "<script>x</script>",
        "<p onclick=x>",
        '<p style="x">',
        "<a href=javascript:x>",
        "<a href=//e.example>",
        "<form action=https://e.example>",
    ):
        assert list(strangers(page))


def hostile_reading(number, words):
    """Make a reading that says each of some words in each field that the contract has for words."""
    lines = [f"{word} said that {word} is “{word}”." for word in words]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))]
    spans = [Span(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    contents = [Span(span.end + 6, start + len(line)) for span, start, line in zip(spans, starts, lines, strict=True)]
    joined = " ".join(words)
    # What only our own code fills in has no lone surrogates, which no term of the record can hold.
    own = [word.encode("utf-8", "replace").decode() for word in words]
    url = f"https://www.a{number}.example/{number}"
    entities = tuple(
        Entity(
            id=f"e{index}",
            name=f"{word} Quill",
            kind="person" if index % 2 else "organization",
            aliases=(word, f"{word}\n{word}"),
            roles=(Role(title=word, of=word, span=span),),
            mentions=(Mention(span=span, form="name"),),
        )
        for index, (word, span) in enumerate(zip(words, spans, strict=True), 1)
    )
    statements = tuple(
        Statement(
            id=f"s{index}",
            form=("direct", "indirect", "mixed")[index % 3],
            speakers=(f"e{index}",) if index % 4 else (),
            speaker_name=word if index % 4 else None,
            speaker_by=own[index - 1],
            speaker_open=None if index % 4 else "ambiguous",
            speaker_candidates=(f"e{index}",),
            source=(span,),
            cue=(Span(span.end + 1, span.end + 5),),
            content=(content,),
            cue_class="doubting",
            negated=False,
            modality="said",
            addressees=("e1",),
            about=("e2",),
            targets=("e3",),
            within="s1" if index == 2 else None,
            zone="body",
            said_on=When(value=word, span=span),
            confidence=index / 100,
            evidence=Evidence(
                cue_score=0.5, source_score=0.5, content_score=0.5, rule=own[index - 1], labels=(own[index - 1],)
            ),
        )
        for index, (word, span, content) in enumerate(zip(words, spans, contents, strict=True), 1)
    )
    events = tuple(
        Event(
            id=f"v{index}",
            type="ACCUSE",
            mode=own[index - 1],
            actors=(f"e{index}",),
            recipients=("e1",),
            span=content,
            trigger=Span(span.end + 1, span.end + 5),
            when=When(value=word),
            where=Place(name=word, span=span),
            claimed_in=f"s{index}",
            confidence=0.5,
        )
        for index, (word, span, content) in enumerate(zip(words, spans, contents, strict=True), 1)
    )
    document = replace(
        Document.from_text(text, url=url),
        title=joined,
        outlet=words[0],
        authors=tuple(words),
        published=("2024-05-02", words[1])[number % 2],
        language=words[2],
        section=joined,
        warnings=tuple(words),
        zones=(Zone(kind="headline", start=0, end=len(lines[0])), Zone(kind="caption", start=starts[3], end=starts[4])),
        provenance=Provenance(origin=joined, sha256="0" * 63 + str(number), method=own[3], charset=own[4]),
        extra={words[5]: joined},
    )
    return Reading(
        document=document,
        reader=Reader(version=own[6], model=own[7]),
        statements=statements,
        entities=entities,
        events=events,
        times=tuple(Time(span=span, type="date", value=word) for word, span in zip(words, spans, strict=True)),
        amounts=tuple(
            Amount(span=span, kind="money", value=1.0, unit=word) for word, span in zip(own, spans, strict=True)
        ),
        checks=tuple(
            Check(kind="number-differs", severity="warning", span=span, message=word, evidence=(span,), unknown=word)
            for word, span in zip(words, spans, strict=True)
        ),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "<img src=x onerror=alert(1)>.db"
    with Record.open(path, create=True) as record:
        readings = [hostile_reading(number, SCRIPTS[number::REPORTS]) for number in range(REPORTS)]
        tail = readings[0].document
        astray = [
            Reading(
                document=replace(Document.from_text(f"No. {address}", url=address), outlet=None, title=address),
                reader=Reader(version="1", model="m"),
                statements=(),
            )
            for address in ADDRESSES
        ]
        # The same words elsewhere, so that a quotation has appearances and a story has two outlets.
        again = replace(readings[0], document=replace(tail, id="f" * 16, url="https://b.example/again", outlet="B"))
        record.add([*readings, *astray, again])
        for index, word in enumerate(SCRIPTS):
            aside = Aside(raw_sha256=f"{index:064x}", origin=word, tries=2, cause=word, is_final=True)
            set_aside(record.connection, aside, "2024-05-02T10:00:00+00:00")
    return path


@pytest.fixture(scope="module")
def visitor(hostile):
    # Time is what test_web_limits.py is about; a machine with much else to do takes more of it.
    patient = replace(DEFAULTS, web_seconds=60.0)
    with TestClient(create_app(hostile, edits=Edits(token="x" * 12), settings=patient)) as client:
        yield client


def addresses(client, path):
    """Yield the addresses of all pages: of each report, of people and statements where one is named."""
    with Record.open(path, read_only=True) as record:
        documents = [row[0] for row in record.connection.execute("SELECT hash FROM documents ORDER BY id")]
        statements = [hit.statement for hit in record.search(limit=None)]
        people = [person.id for person in islice(record.people(), 40)]
    stories = re.findall(r'href="/story/([^"?#]+)', client.get("/stories").text)
    given = {
        "document": documents,
        "statement": statements[::9],
        "person": people,
        "story": stories[:3],
        "run": ["1"],
        "name": [],
    }
    for route in client.app.routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()):
            names = re.findall(r"{(\w+)}", route.path)
            yield from (route.path.replace(f"{{{name}}}", value) for name in names for value in given[name])
            if not names:
                yield route.path
    for document in documents[:REPORTS]:
        yield f"/report/{document}?show=events&show=times&show=amounts"
    for page in range(1, 6):
        yield f"/search?page={page}"


def test_no_page_does_what_stored_words_say(visitor, hostile):
    seen = 0
    for address in addresses(visitor, hostile):
        answer = visitor.get(address)
        assert answer.status_code < 500, address
        if answer.headers["content-type"].startswith("text/html"):
            assert list(strangers(answer.text)) == [], address
            seen += 1
    assert seen > 90


PARAMETERS = ("words", "speaker", "since", "form", "page", "person", "nothing")


def test_no_page_does_what_an_address_says(visitor):
    for index, words in enumerate(SCRIPTS):
        sendable = words.encode("utf-8", "replace").decode()
        several = {"words": sendable, PARAMETERS[index % len(PARAMETERS)]: sendable}
        path = ("/search", "/verify", "/people", "/stories")[index % 4]
        answer = visitor.get(path, params={**several, "quotation": sendable, "name": sendable})
        assert answer.status_code < 500
        assert list(strangers(answer.text)) == [], (path, words)


def test_what_a_template_prints_is_never_markup_by_itself(visitor):
    environment = visitor.app.state.site.pages._environment
    assert not {"safe", "urlize", "xmlattr", "tojson", "striptags"} & set(environment.filters)
    shown = environment.from_string('<p title="{{ x }}">{{ x }}</p>').render(x='"><b>\u202e')
    assert shown == '<p title="&#34;&gt;&lt;b&gt;[U+202E]">&#34;&gt;&lt;b&gt;[U+202E]</p>'
