"""Searches, counts and exports go by the speaker, the form and the cue class that somebody corrected."""

from __future__ import annotations

import pytest

from handmade import read_by_hand
from older_records import make_older
from onrecord.document import Span
from onrecord.record import Record
from onrecord.record.annotating import NewStatement, add_statement, delete_statement
from onrecord.record.changing import By
from onrecord.record.choosing import kept_readings
from onrecord.record.correcting import Should, correct_statement, undo_correction
from onrecord.record.counting import count_by
from onrecord.record.filtering import Filters
from onrecord.record.finding import find_person
from onrecord.record.frames import framed_statements
from onrecord.record.portrait import portray
from onrecord.record.roll import list_people
from people_by_hand import told_of

TEXT = "“The levy will go,” Mara Ilven said.\n\nNo fisher asked about the levy, Teo Brandt claimed."
OTHER = "“Any levy costs money,” Mara Ilven said.\n\nThe levy was paid, Teo Brandt claimed."


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([read_by_hand(TEXT), read_by_hand(OTHER)])
        yield record


@pytest.fixture
def levy(record):
    """The statement about the levy, which is Mara Ilven's as it was read."""
    return next(iter(record.search("levy will go"))).statement


def found(record, words=None, **filters):
    """Return the words of the contents that a search finds, cut short."""
    hits = list(record.search(words, filters=Filters(**filters), sort="oldest"))
    assert record.search(words, filters=Filters(**filters)).count().number == len(hits)
    return sorted(hit.words[:12] for hit in hits)


def correct(record, statement, **should):
    (made,) = correct_statement(record.connection, statement, Should(**should))
    return made


@pytest.mark.parametrize("words", [None, "levy"], ids=["listed", "asked of each"])
def test_a_search_by_a_speaker_finds_what_is_the_speakers_as_corrected(record, levy, words):
    made = correct(record, levy, speaker=["Teo Brandt"])
    assert found(record, words, speaker=("Ilven",)) == ["“Any levy co"]
    assert found(record, words, speaker=("Teo Brandt",)) == ["No fisher as", "The levy was", "“The levy wi"]
    undo_correction(record.connection, made.id)
    assert found(record, words, speaker=("Ilven",)) == ["“Any levy co", "“The levy wi"]


def test_it_finds_what_another_process_corrected_meanwhile(record, levy):
    assert found(record, speaker=("Brandt",)) == ["No fisher as", "The levy was"]
    with Record.open(record.path) as other:
        correct(other, levy, speaker=["Teo Brandt"])
    assert found(record, speaker=("Brandt",)) == ["No fisher as", "The levy was", "“The levy wi"]


def test_it_finds_nothing_of_a_correction_that_was_undone_with_all_else_of_a_transaction(record, levy):
    record.connection.execute("BEGIN")
    correct(record, levy, speaker=["Teo Brandt"])
    assert len(found(record, speaker=("Brandt",))) == 3
    record.connection.execute("ROLLBACK")
    assert len(found(record, speaker=("Brandt",))) == 2


def test_the_corrections_of_a_record_are_read_once_however_many_reports_are_chosen(record, levy):
    correct(record, levy, speaker=["Teo Brandt"])
    asked = []
    record.connection.set_trace_callback(asked.append)
    assert len(list(kept_readings(record.connection, Filters(speaker=("Brandt",))))) == 2
    assert sum("FROM corrections c CROSS JOIN" in each for each in asked) == 1


@pytest.mark.parametrize("words", [None, "levy"], ids=["listed", "asked of each"])
def test_so_does_one_by_a_persons_id(record, levy, words):
    ids = {each.value: each.person for each in record.search().facets().speaker}
    correct(record, levy, speaker=["Teo Brandt"])
    assert found(record, words, person=(ids["Mara Ilven"],)) == ["“Any levy co"]
    assert found(record, words, person=(ids["Teo Brandt"],)) == ["No fisher as", "The levy was", "“The levy wi"]


def test_a_speaker_whom_no_report_names_is_found_by_the_name_that_was_given(record, levy):
    correct(record, levy, speaker=["Ada Quill"])
    assert found(record, speaker=("quill",)) == ["“The levy wi"]


def test_whom_other_reports_name_is_that_person_wherever_statements_are_counted(record, levy):
    record.add(told_of("Ada Quill", words="The pier is closed", url="https://orrin.example/pier"))
    correct(record, levy, speaker=["Ms. Ada Quill"])
    (quill,) = (each for each in record.search().facets().speaker if "Quill" in each.value)
    assert (quill.count, quill.person is not None) == (2, True)
    assert found(record, person=(quill.person,)) == ["The pier is ", "“The levy wi"]
    tallies = count_by(record.connection, "speaker", Filters())
    assert [(each.person, each.statements) for each in tallies if "Quill" in each.value] == [(quill.person, 2)]
    assert len(portray(record.connection, find_person(record.connection, quill.person)).said) == 2
    (person,) = (each for each in record.people() if each.id == quill.person)
    (listed,) = (each for each in list_people(record.connection, limit=9).people if each.id == quill.person)
    assert (person.statements, listed.statements) == (2, 2)
    assert [each.statements for each in person.found_in] == [1]  # the other report does not name her


def test_a_name_that_several_go_by_elsewhere_is_a_name_alone(record, levy):
    for country in ("NO", "NZ"):
        record.add(told_of("Ada Quill", url=f"https://orrin.example/{country}", country=country))
    correct(record, levy, speaker=["Ada Quill"])
    tallies = count_by(record.connection, "speaker", Filters())
    assert [each.statements for each in tallies if each.value == "Ada Quill" and each.person is None] == [1]


def test_a_statement_of_several_is_found_by_each(record, levy):
    correct(record, levy, speaker=["Teo Brandt", "Ada Quill"])
    for name in ("Brandt", "Quill", "Teo Brandt, Ada Quill"):
        assert "“The levy wi" in found(record, speaker=(name,))


def test_a_statement_that_is_nobodys_is_found_by_no_name(record, levy):
    correct(record, levy, speaker=[])
    assert found(record, speaker=("Ilven",)) == ["“Any levy co"]
    assert [row.value for row in count_by(record.connection, "speaker", Filters())] == [
        "Teo Brandt",
        "Mara Ilven",
        None,
    ]


def test_form_and_cue_class_are_asked_for_as_they_were_corrected(record, levy):
    correct(record, levy, cue_class="promising")  # which no statement was read with
    assert found(record, cue_class=("promising",)) == ["“The levy wi"]
    assert "“The levy wi" not in found(record, cue_class=("neutral",))
    correct(record, levy, form="direct")
    assert found(record, form=("direct",)) == ["“The levy wi"]


QUOTED = "“The levy will go,”"


def forms(record):
    """Return the form of each statement about the levy that goes, as it is told in one place and in another."""
    (hit,) = record.search("levy will go")
    (found,) = (each.value for each in record.search("levy will go").facets().form)
    query = "SELECT form FROM who_said_what_corrected WHERE statement = ?"
    ((in_sql,),) = record.connection.execute(query, (hit.statement,))
    assert record.search("levy will go", filters=Filters(form=hit.form)).count().number == 1
    return {hit.form, found, in_sql}


def test_a_corrected_content_has_the_form_that_follows_from_its_marks(record, levy):
    assert forms(record) == {"indirect"}
    made = correct(record, levy, content=QUOTED)
    assert forms(record) == {"direct"}
    correct(record, levy, form="mixed")
    correct(record, levy, content=QUOTED[:9])
    assert forms(record) == {"mixed"}
    undo_correction(record.connection, made.id + 1)
    undo_correction(record.connection, made.id + 2)
    undo_correction(record.connection, made.id)
    assert forms(record) == {"indirect"}


def test_so_has_one_that_an_older_version_noted(record, levy):
    damaged = correct(record, next(iter(record.search("no fisher"))).statement, content="No fisher")
    correct(record, levy, content=QUOTED)
    record.connection.execute("UPDATE corrections SET value = json_remove(value, '$.form')")
    record.connection.execute("UPDATE corrections SET value = '{}' WHERE id = ?", (damaged.id,))
    make_older(record.connection, 5)
    record.close()
    with Record.open(record.path) as opened:
        opened.connection.execute("DELETE FROM corrections WHERE id = ?", (damaged.id,))
        assert forms(opened) == {"direct"}


def test_counts_are_of_what_was_corrected(record, levy):
    correct(record, levy, speaker=["Teo Brandt"])
    correct(record, levy, cue_class="promising")
    facets = record.search().facets()
    assert [(each.value, each.count) for each in facets.speaker] == [("Teo Brandt", 3), ("Mara Ilven", 1)]
    assert ("promising", 1) in [(each.value, each.count) for each in facets.cue_class]
    tallies = count_by(record.connection, "speaker", Filters())
    assert [(each.value, each.statements) for each in tallies] == [("Teo Brandt", 3), ("Mara Ilven", 1)]
    assert tallies[0].cue_classes["promising"] == 1
    assert tallies[0].person == facets.speaker[0].person
    framed, _ = framed_statements(record.connection, Filters(speaker=("Brandt",)), None)
    assert sorted(each.cue_class for each in framed if each.speaker == "Teo Brandt") == [
        "neutral",
        "neutral",
        "promising",
    ]


def test_a_persons_page_has_what_is_theirs_as_corrected(record, levy):
    ids = {each.value: each.person for each in record.search().facets().speaker}
    correct(record, levy, speaker=["Teo Brandt"])
    ilven, brandt = (
        portray(record.connection, find_person(record.connection, ids[name])) for name in ("Mara Ilven", "Teo Brandt")
    )
    assert (len(ilven.said), len(brandt.said)) == (1, 3)
    assert set(brandt.said) > {next(iter(record.search("levy will go"))).row}


def test_a_persons_page_looks_at_the_reports_added_last_for_what_was_corrected_too(record, levy, monkeypatch):
    record.add([read_by_hand(f"Mara Ilven said it {number} times.") for number in range(3)])
    correct(record, next(iter(record.search("no fisher"))).statement, speaker=["Mara Ilven"])
    ilven = find_person(record.connection, "Mara Ilven")
    assert len(portray(record.connection, ilven).said) == 6
    monkeypatch.setattr("onrecord.record.portrait.REPORTS", 3)
    assert len(portray(record.connection, ilven).said) == 3


def test_a_persons_page_tells_who_speaks_of_them_as_corrected(record):
    record.add([read_by_hand("Teo Brandt said that Mara Ilven had left.")])
    of_ilven = next(iter(record.search("had left"))).statement
    ilven = find_person(record.connection, "Mara Ilven")
    assert [each.name for each in portray(record.connection, ilven).by] == ["Teo Brandt"]
    correct(record, of_ilven, speaker=["Ada Quill"])
    assert [each.name for each in portray(record.connection, ilven).by] == ["Ada Quill"]


@pytest.mark.parametrize("sort", ["added", "newest"])
def test_who_is_in_very_many_reports_has_the_same_statements_by_the_short_way(record, levy, monkeypatch, sort):
    record.add([read_by_hand(f"Mara Ilven said it {number} times.") for number in range(5)])
    record.add([read_by_hand(f"Teo Brandt named Mara Ilven {number} times.") for number in range(5)])
    correct(record, levy, speaker=["Teo Brandt", "Mara Ilven"])
    correct(record, next(iter(record.search("no fisher"))).statement, speaker=["Mara Ilven"])
    ids = {each.value: each.person for each in record.search().facets().speaker}
    wanted = record.search(filters=Filters(person=(ids["Mara Ilven"],)), sort=sort, limit=2)
    usual = wanted.rows()
    monkeypatch.setattr("onrecord.record.filtering.MANY", 2)
    assert wanted.rows() == usual


def test_people_are_counted_and_listed_by_what_is_theirs_as_corrected(record, levy):
    def listed():
        roll = list_people(record.connection, limit=9).people
        assert [(each.name, each.statements) for each in record.people()] == [
            (each.name, each.statements) for each in roll
        ]
        return {each.name: each.statements for each in roll}

    assert listed() == {"Mara Ilven": 2, "Teo Brandt": 2}
    made = correct(record, levy, speaker=["Teo Brandt"])
    assert listed() == {"Teo Brandt": 3, "Mara Ilven": 1}
    assert list(listed()) == ["Teo Brandt", "Mara Ilven"]
    assert sum(each.statements for each in next(iter(record.people())).found_in) == 3
    delete_statement(record.connection, levy)
    assert listed() == {"Teo Brandt": 2, "Mara Ilven": 1}
    undo_correction(record.connection, made.id + 1)
    undo_correction(record.connection, made.id)
    assert listed() == {"Mara Ilven": 2, "Teo Brandt": 2}


def test_a_person_who_was_merged_is_counted_as_whom_they_were_merged_into(record, levy):
    record.merge(["Mara Ilven", "Teo Brandt"])
    correct(record, levy, speaker=["Teo Brandt"])
    (facet,) = record.search().facets().speaker
    (person,) = record.people()
    assert facet.count == person.statements == 4


def test_rows_as_they_were_read_are_chosen_as_they_were_read(record, levy):
    correct(record, levy, speaker=["Teo Brandt"])
    ilven = Filters(speaker=("Ilven",))
    assert sorted(row.content[:12] for row in record.statements(ilven)) == ["“Any levy co"]
    assert sorted(row.content[:12] for row in record.statements(ilven, corrected=False)) == [
        "“Any levy co",
        "“The levy wi",
    ]


def test_what_was_put_in_is_found_as_it_was_corrected_since(record):
    document = record.connection.execute("SELECT hash FROM documents ORDER BY id").fetchone()[0]
    new = NewStatement(content=(Span(TEXT.index("asked"), len(TEXT)),), speakers=("Mara Ilven",))
    added = add_statement(record.connection, document, new, By(who="ida"))
    assert "asked about " in found(record, speaker=("Ilven",))
    correct(record, added, speaker=["Ada Quill"])
    assert "asked about " not in found(record, speaker=("Ilven",))
    assert found(record, speaker=("Quill",)) == ["asked about "]


def test_what_was_put_in_is_its_speakers_where_two_of_the_report_go_by_the_name(record):
    document = record.connection.execute("SELECT hash FROM documents ORDER BY id").fetchone()[0]
    for words in ("asked", "about"):
        start = TEXT.index(words)
        new = NewStatement(content=(Span(start, start + len(words)),), speakers=("Ada Quill",))
        add_statement(record.connection, document, new, By(who="ida"))
    assert found(record, speaker=("Quill",)) == ["about", "asked"]
    (quill,) = (each for each in list_people(record.connection, limit=9).people if each.name == "Ada Quill")
    assert quill.statements == 2
    assert found(record, person=(quill.id,)) == ["about", "asked"]
