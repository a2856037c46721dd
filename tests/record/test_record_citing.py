"""Citations in four styles, of statements and reports found by their ids."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handmade import full_reading, invented_reading, read_by_hand
from onrecord.errors import BadQuery, MissingRecord
from onrecord.reading import to_json, to_record
from onrecord.record import Record
from onrecord.record.citing import cite, cite_all, date_parts, escape_bibtex, escape_markdown
from onrecord.record.correcting import By, Should, correct_statement
from onrecord.record.lookup import as_reading, look_up
from people_by_hand import told_of

TEXT = "The levy will go, Mara Ilven said.\n\nNobody was asked_, 50% of them, Teo Brandt claimed."
STYLES = ("plain", "bibtex", "csl", "markdown")
# Of https://github.com/citation-style-language/schema, csl-data.json 1.0.2: the names that are used here.
CSL_TEXTS = {"id", "type", "title", "container-title", "URL", "note"}
CSL_DATES = {"issued", "accessed"}


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record.open(tmp_path_factory.mktemp("citing") / "news.db", create=True) as record:
        report = read_by_hand(
            TEXT,
            url="https://orrin.example/levy?a={1}&b=50%25",
            outlet="Echo & Sons",
            title="Levy_to go: {50%} $5 #1",
            authors=("Ada Quill", "Bo ~Larch"),
            published="2024-05-02T07:30:00+01:00",
        )
        direct = replace(report.statements[0], form="direct")
        bare = read_by_hand("No one spoke.", provenance=report.document.provenance)
        record.add(
            [replace(report, statements=(direct, *report.statements[1:])), bare, *map(invented_reading, range(5))]
        )
        yield record


@pytest.fixture(scope="module")
def ids(record):
    return [hit.statement for hit in record.search(limit=None) if hit.outlet == "Echo & Sons"]


def test_a_plain_citation_is_one_line_with_all_that_finds_the_words(record, ids):
    entry = look_up(record.connection, ids[0])
    line = cite(entry, "plain")
    assert "\n" not in line
    for part in (entry.hit.words, "Ada Quill", "Levy_to go", "Echo & Sons", "2024-05-02", ids[0], "#:~:text="):
        assert part in line
    assert entry.citation.raw_sha256 in line


def test_what_is_not_verbatim_is_said_to_be_so(record, ids):
    told = {look_up(record.connection, each).hit.form: cite(look_up(record.connection, each), "plain") for each in ids}
    assert "not verbatim" in told["indirect"]
    assert "verbatim" not in told["direct"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"negated": True}, "(reported as not said, not verbatim)"),
        ({"modality": "denied"}, "(reported as denied to have been said, not verbatim)"),
        ({"modality": "denied", "negated": True}, "(reported as not said, not verbatim)"),
        ({"modality": "future"}, "(reported as yet to be said, not verbatim)"),
        ({"modality": "hypothetical"}, "(reported as what might be said, not verbatim)"),
        ({"modality": "future", "form": "mixed"}, "(reported as yet to be said, partly verbatim)"),
        ({"negated": True, "form": "direct"}, "(reported as not said)"),
    ],
)
@pytest.mark.parametrize("style", STYLES)
def test_what_nobody_has_said_is_cited_as_that(record, ids, style, said, told):
    entry = next(each for each in (look_up(record.connection, name) for name in ids) if each.hit.form == "indirect")
    assert told in cite(replace(entry, hit=replace(entry.hit, **said)), style)


def test_what_somebody_said_is_no_statement_is_cited_as_that(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(told_of("Mara Ilven"))
        (hit,) = record.search()
        taken = record.take_away(hit.statement)
        for style in STYLES:
            assert "(corrected to be no statement, not verbatim)" in cite(
                look_up(record.connection, hit.statement), style
            )
        record.undo_correction(taken.id)
        assert "no statement" not in cite(look_up(record.connection, hit.statement), "plain")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_names_the_id_and_the_hash_or_the_link(record, ids, style):
    entry = look_up(record.connection, ids[0])
    cited = cite(entry, style)
    assert ids[0] in cited
    assert "#:~:text=" in cited or "\\#" in cited


def test_bibtex_is_balanced_and_escaped(record, ids):
    entry = cite(look_up(record.connection, ids[0]), "bibtex")
    assert entry.startswith(f"@misc{{onrecord-{ids[0]},\n")
    assert r"title = {{Levy\_to go: \{50\%\} \$5 \#1}}" in entry
    assert r"author = {{Ada Quill} and {Bo \textasciitilde{}Larch}}" in entry
    assert "url = {https://orrin.example/levy?a=%7B1%7D&b=50%25#:~:text=" in entry
    assert is_balanced(entry)


def is_balanced(entry: str) -> bool:
    depth = 0
    for mark in re.sub(r"\\[{}]", "", entry):
        depth += (mark == "{") - (mark == "}")
        if depth < 0:
            return False
    return depth == 0


@given(st.text())
def test_any_words_are_escaped_for_bibtex(words):
    escaped = escape_bibtex(words)
    assert is_balanced(escaped)
    assert not re.search(r"(?<!\\)[$&#%_]", escaped.replace("\\\\", ""))


def test_csl_is_what_the_schema_allows(record, ids):
    (item,) = json.loads(cite(look_up(record.connection, ids[0]), "csl"))
    assert item["type"] == "article-newspaper"
    assert item.keys() <= CSL_TEXTS | CSL_DATES | {"author", "custom"}
    assert all(isinstance(item[name], str) for name in CSL_TEXTS)
    assert item["issued"] == {"date-parts": [[2024, 5, 2]]}
    assert item["author"] == [{"literal": "Ada Quill"}, {"literal": "Bo ~Larch"}]
    assert item["custom"]["onrecord"] == ids[0]


def test_csl_of_several_is_one_list(record, ids):
    entries = [look_up(record.connection, each) for each in ids]
    assert [item["custom"]["onrecord"] for item in json.loads(cite_all(entries, "csl"))] == ids


def test_markdown_quotes_the_words(record, ids):
    shown = cite(look_up(record.connection, ids[-1]), "markdown")
    assert shown.startswith("> ")
    assert "](<https://orrin.example/levy?a=%7B1%7D&b=50%25#:~:text=" in shown
    assert "asked\\_" in "".join(cite(look_up(record.connection, each), "markdown") for each in ids)


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("*No* [levy]", r"\*No\* \[levy\]"),
        ("- no", r"\- no"),
        ("1. no", r"1\. no"),
        ("12) no", r"12\) no"),
        ("a.b - c", "a.b - c"),
        ("<b>", r"\<b\>"),
    ],
)
def test_markdown_shows_words_as_they_are(words, escaped):
    assert escape_markdown(words) == escaped


@pytest.mark.parametrize("style", STYLES)
def test_a_report_is_cited_too(record, ids, style):
    document = ids[0].partition("-")[0]
    cited = cite(look_up(record.connection, document), style)
    assert document in cited
    assert ids[0] not in cited
    assert "said" not in cited


@pytest.mark.parametrize("style", STYLES)
def test_a_report_that_says_nothing_of_itself_is_cited(record, style):
    (hit,) = record.search("spoke")
    assert "None" not in cite(look_up(record.connection, hit.statement), style)


def test_dates_as_far_as_they_are_known():
    assert [date_parts(each) for each in ("2024", "2024-05", "soon", None)] == [[2024], [2024, 5], [], []]


# ---- by id ---------------------------------------------------------------------------------------------------


def test_the_beginning_of_an_id_is_enough(record, ids):
    for words in (ids[0], ids[0].upper(), f" {ids[0]} ", ids[0][:19], f"{ids[0][:8]}-{ids[0][17:20]}"):
        assert look_up(record.connection, words).citation.statement == ids[0]
    assert look_up(record.connection, ids[0][:6]).citation.document == ids[0][:16]


@pytest.mark.parametrize("words", ["", "abc", "xyz1", "ffffffffffffffff-ffffffff", "s1", "0" * 40, "3f9a%", "\ud800"])
def test_what_is_no_id_says_what_one_looks_like(record, words):
    with pytest.raises(MissingRecord, match="an id looks like"):
        look_up(record.connection, words)


def test_of_many_reports_that_begin_so_the_mark_tells_which(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        for number in range(9):
            report = read_by_hand(
                f"Nobody was asked{'!' * number} said Mara Ilven.", url=f"https://orrin.example/{number}"
            )
            named = replace(report, document=replace(report.document, id=f"3f9a{number:012x}"))
            last = record.add(named)[0].document
        (mark,) = (hit.statement.partition("-")[2] for hit in record.search(sort="added", limit=1))
        assert look_up(record.connection, f"3f9a-{mark[:6]}").citation.document == last
        with pytest.raises(BadQuery, match="and more"):
            look_up(record.connection, "3f9a")


def test_several_that_begin_so_are_named(record, ids):
    with pytest.raises(BadQuery, match=re.escape(min(ids))):
        look_up(record.connection, f"{ids[0][:16]}-")


def test_a_statement_comes_with_its_paragraph_and_entities(record, ids):
    entry = next(entry for each in ids if (entry := look_up(record.connection, each)).hit.speaker == "Teo Brandt")
    assert entry.paragraph.of(TEXT) == TEXT.split("\n\n")[1]
    assert [entry.entities[each].name for each in entry.statement.speakers] == ["Teo Brandt"]
    assert entry.statement.content == entry.citation.content


def test_corrections_come_with_their_reasons(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read_by_hand(TEXT))
        (hit,) = record.search("levy")
        correct_statement(
            record.connection, hit.statement, Should(speaker=["Osric Pallen"]), By(who="Ada", why="heard it")
        )
        entry = look_up(record.connection, hit.statement)
        assert entry.hit.speaker == entry.statement.speaker_name == "Osric Pallen"
        assert [(each.who, each.why, each.before) for each in entry.corrections] == [("Ada", "heard it", "Mara Ilven")]


@pytest.mark.parametrize("reading", [invented_reading(3), full_reading()], ids=["invented", "full"])
def test_a_reading_of_the_record_is_that_of_the_pipeline(reading):
    assert to_json(as_reading(to_record(reading))) == to_json(reading)


def test_a_statement_alone_keeps_the_checks_that_touch_its_words():
    full = full_reading()
    (statement,), (check,) = full.statements, full.checks
    record = to_record(full)
    assert as_reading(record, only=statement).checks == (check,)
    elsewhere = replace(statement, source=(), cue=(), content=(statement.cue[0],))
    assert as_reading(record, only=elsewhere).checks == ()
