"""Verdicts on quotations, and the other appearances of statements, from Python and from the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from handmade import read_by_hand
from onrecord.cli import main
from onrecord.compare import Asked, find_variants, verify
from onrecord.compare.candidates import find_candidates
from onrecord.compare.verifying import CODES, _misses
from onrecord.document import Span
from onrecord.errors import BadQuery, MissingRecord
from onrecord.record import Missed, Record, Should
from onrecord.record.registering import Registered, add_to_register
from people_by_hand import told_of

REPORTS = (
    ("orrin", "2024-05-06", "“The levy on moorings will go in spring, unless the council says no,” Mara Ilven said."),
    (
        "vel",
        "2024-05-07",
        """“The levy on moorings will go in spring,” Mara Ilven said.
Every berth at the quay gets new lamps, Mara Ilven said.
Nobody pays twice for one crossing of the sound, Mara Ilven said.""",
    ),
    ("tarn", "2024-06-11", "The old ferry sinks before the winter storms begin, Teo Brandt said."),
    ("sund", "2024-06-12", "The old ferry sinks before the winter storms begin, Halvard Quy said."),
)


def read(text, **metadata):
    """Make a reading of a text: of each line, what stands before ", NAME said" is a content."""
    reading = read_by_hand(text, **metadata)
    ends = [re.search(r",?”? \w+ \w+ said", text[span.start :]).start() + span.start for (span,) in contents(reading)]
    statements = tuple(
        replace(each, content=(Span(each.content[0].start, end),))
        for each, end in zip(reading.statements, ends, strict=True)
    )
    return replace(reading, statements=statements)


def contents(reading):
    return [each.content for each in reading.statements]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("compare") / "news.db"
    with Record.open(path, create=True) as record:
        record.add(
            read(text, url=f"https://{outlet}.example/{day}", outlet=outlet, published=day)
            for outlet, day, text in REPORTS
        )
    return path


@pytest.fixture(scope="module")
def record(path):
    with Record.open(path, read_only=True) as opened:
        yield opened


def told(record, words, **claim):
    return verify(record, Asked(words=words, **claim))


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("the LEVY on moorings will go in spring", "verbatim"),
        ("The levy on moorings will go", "clipped"),
        ("The levy on moorings will stay in spring", "altered"),
        ("Every berth at the quay gets new lamps. Nobody pays twice for one crossing of the sound", "merged"),
        ("Every berth at the quay gets the winter storms begin", "spliced"),
        (
            "The levy on moorings will go. Every berth at the quay gets new lamps. The old ferry sinks before winter",
            "spliced",
        ),
        ("We have never eaten so much cheese on a mountain", "not in this record"),
    ],
)
def test_the_verdict_tells_what_became_of_the_words(record, words, verdict):
    assert told(record, words).verdict == verdict


def test_words_pasted_with_places_where_they_may_break_are_the_same_words(record):
    assert told(record, "The le\u00advy on moor\u00adings\u200b will go in spring").verdict == "verbatim"
    assert told(record, "moor\u00adings will").verdict == told(record, "moorings will").verdict == "clipped"


@pytest.mark.parametrize(
    ("pasted", "verdict"),
    [
        ("“The levy on moorings will go in spring,” Mara Ilven, the mayor,\ntold reporters.", "verbatim"),
        ("“The levy on moorings,” Ilven went on, “will go in spring.”", "verbatim"),
        ("Ilven: “The levy on moorings will go”", "clipped"),
        ("“The levy” on moorings “will go” in spring, the mayor said", "altered"),
    ],
)
def test_who_said_it_may_be_pasted_along(record, pasted, verdict):
    assert told(record, pasted).verdict == verdict


def test_what_a_clipped_quotation_leaves_out_is_told(record):
    verdict = told(record, "The levy on moorings will go, unless the council says no")
    assert [span.of(verdict.sources[0].hit.words) for span in verdict.sources[0].missing] == ["in spring"]


def test_words_of_another_speaker_are_no_verbatim_quotation_of_this_one(record):
    words = "The old ferry sinks before the winter storms begin"
    assert told(record, words, speaker="Brandt").verdict == "verbatim"
    verdict = told(record, words, speaker="Ilven")
    assert (verdict.verdict, verdict.wording) == ("other speaker", "verbatim")
    assert {each.hit.speaker for each in verdict.sources} == {"Teo Brandt", "Halvard Quy"}


def test_a_quotation_stitched_together_from_many_is_told_piece_by_piece(record):
    words = (
        "Nobody pays twice for one crossing. The levy on moorings will go in spring. The old ferry sinks before winter"
    )
    (source,) = told(record, words).sources
    assert [hit.words.strip("“,”").split()[1] for hit in source.pieces] == ["pays", "levy", "old"]


def test_what_a_quotation_was_joined_from_is_no_miss_and_nothing_is_missed_twice(record):
    verdict = told(record, "Every berth at the quay gets the winter storms begin")
    (source,) = verdict.sources
    assert source.joined.row not in {each.hit.row for each in verdict.misses}
    alone = replace(source, grade="not in this record", joined=None, score=0.5)
    assert _misses([source, alone], ()) == (source,)


@pytest.mark.parametrize(
    ("speaker", "verdict"), [("Mara Ilven", "verbatim"), ("Ilven", "verbatim"), ("Teo Brandt", "other speaker")]
)
def test_who_is_called_by_a_last_name_alone_may_be_whoever_is_asked_for(tmp_path, speaker, verdict):
    words = "Nobody asked the fishers about the levy"
    reading = read(f"{words}, Mara Ilven said.")
    alone = replace(
        reading,
        entities=tuple(replace(each, name="Ilven") for each in reading.entities),
        statements=tuple(replace(each, speaker_name="Ilven") for each in reading.statements),
    )
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(alone)
        assert told(record, words, speaker=speaker).verdict == verdict


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_who_is_called_by_one_word_and_is_known_is_nobody_else_of_that_name(tmp_path, kind):
    words = "Nobody asked the fishers about the levy"
    with Record.open(tmp_path / "news.db", create=True) as record:
        add_to_register(record.connection, [Registered(name="Teo Ilven", kind="person", aliases=("Ilven",))])
        record.add(told_of("Ilven", kind=kind, words=words))
        assert told(record, words, speaker="Mara Ilven").verdict == "other speaker"
        assert told(record, words, speaker="Ilven").verdict == "verbatim"


def test_much_the_same_by_another_speaker_is_no_sign_that_this_one_said_it(record):
    words = "the ancient ferry is going to sink before storms of the winter start"
    assert told(record, words).verdict == "paraphrase"
    assert told(record, words, speaker="Ilven").verdict == "not in this record"


def test_words_that_were_in_print_on_other_days_only_are_told(record):
    words = "The old ferry sinks before the winter storms begin"
    assert told(record, words, before="2024-05").verdict == "other time"
    assert told(record, words, after="2024-06-12").sources[0].hit.outlet == "sund"
    assert told(record, words, after=date(2024, 6, 12)) == told(record, words, after="2024-06-12")


def test_the_first_appearance_is_the_earliest_source(record):
    assert told(record, "The old ferry sinks before the winter storms begin").first.published == "2024-06-11"


def test_of_one_day_the_first_appearance_is_that_of_the_earliest_time(tmp_path):
    words = "The old ferry sinks before the winter storms begin"
    days = {"paper": "2024-06-11", "wire": "2024-06-11T14:00:00Z", "late": "2024-06-11T13:00:00-05:00"}
    with Record.open(tmp_path / "news.db", create=True) as record:
        for outlet, day in days.items():
            record.add(
                read(f"{words}, Teo Brandt said.", url=f"https://{outlet}.example/", outlet=outlet, published=day)
            )
        verdict = told(record, words)
    assert [each.hit.outlet for each in verdict.sources] == ["wire", "late", "paper"]
    assert verdict.first.outlet == "wire"


@pytest.mark.parametrize(
    ("said", "asked", "verdict", "wording"),
    [
        ("No boat of ours was at the quay", "boat of ours was at the quay", "denied", "clipped"),
        ("I never called the mayor a liar", "I called the mayor a liar", "denied", "clipped"),
        ("We will not pay the toll this summer", "We will pay the toll this summer", "denied", "clipped"),
        ("We won’t pay the toll this summer", "We will pay the toll this summer", "denied", "clipped"),
        ("We no longer pay the toll at the quay", "We pay the toll at the quay", "denied", "clipped"),
        ("I never said that the levy would stay", "the levy would stay", "denied", "clipped"),
        ("I did not say the levy would stay", "the levy would stay", "denied", "clipped"),
        ("None of us ever promised that the levy would stay", "the levy would stay", "denied", "clipped"),
        ("Don’t forget we promised that the levy would stay", "the levy would stay", "clipped", "clipped"),
        ("I’m not afraid to say that the levy will stay", "the levy will stay", "clipped", "clipped"),
        ("It was not us who wrote that the levy would stay", "the levy would stay", "clipped", "clipped"),
        ("Why not say that the levy will stay", "the levy will stay", "clipped", "clipped"),
        ("I never asked for it. I said the levy would stay", "the levy would stay", "clipped", "clipped"),
        ("Never, I said, the levy on boats would stay", "the levy on boats would stay", "clipped", "clipped"),
        ("I said that the levy would stay, never that it would go", "the levy would stay", "clipped", "clipped"),
        ("No, the levy on boats will go in spring", "the levy on boats will go in spring", "clipped", "clipped"),
        ("We ask whether or not the levy on boats will go", "the levy on boats will go", "clipped", "clipped"),
        ("We ask whether or not the levy on boats will go", "whether the levy on boats will go", "clipped", "clipped"),
        ("Why not pay the toll for boats this summer?", "pay the toll for boats this summer", "clipped", "clipped"),
        ("No doubt the levy on boats will go", "the levy on boats will go", "clipped", "clipped"),
        (
            "We will not only pay the toll but mend the quay",
            "We will pay the toll but mend the quay",
            "clipped",
            "clipped",
        ),
        ("We lost no fewer than ten boats in the storm", "We lost ten boats in the storm", "clipped", "clipped"),
        ("We lost no fewer than ten boats in the storm", "fewer than ten boats in the storm", "denied", "clipped"),
        ("The ferry sails no later than the tenth of May", "The ferry sails the tenth of May", "clipped", "clipped"),
        (
            "The ferry sails no later than the tenth of May",
            "The ferry sails later than the tenth of May",
            "denied",
            "clipped",
        ),
        (
            "The boats bring nothing but trouble to the quay",
            "The boats bring trouble to the quay",
            "clipped",
            "clipped",
        ),
        ("The levy is not dead but late this year", "The levy is late this year", "clipped", "clipped"),
        ("It is no less true that the harbour is poor", "It is true that the harbour is poor", "clipped", "clipped"),
        ("It is no longer true that the harbour is poor", "It is true that the harbour is poor", "denied", "clipped"),
        ("We pay no more toll for boats at the quay", "We pay toll for boats at the quay", "denied", "clipped"),
        ("Half the levy, if not the whole levy, will go", "the whole levy, will go", "clipped", "clipped"),
        (
            "If no boat comes to the quay the levy will go",
            "boat comes to the quay the levy will go",
            "denied",
            "clipped",
        ),
        ("And then the levy on boats will go", "the levy on boats will go", "verbatim", "verbatim"),
    ],
)
def test_words_without_the_not_that_stood_with_them_are_denied(tmp_path, said, asked, verdict, wording):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read(f"{said}, Teo Brandt said.", url="https://orrin.example/"))
        found = told(record, asked)
    assert (found.verdict, found.wording) == (verdict, wording)


SHAME = "a shame for the whole port"


@pytest.mark.parametrize(
    ("said", "asked", "verdict"),
    [
        (f"The levy on boats was called “{SHAME}” by the board", SHAME, "verbatim"),
        (f"The levy on boats was called “{SHAME} and town” by the board", SHAME, "clipped"),
        (f"The levy on boats was never called by the board “{SHAME}”", SHAME, "clipped"),
        (f"The levy on boats is not “{SHAME}”", SHAME, "denied"),
        ("“The levy on boats will go, and the toll on carts will stay”", "the toll on carts will stay", "clipped"),
        (f"The levy on boats was called “{SHAME}” by the board", f"called {SHAME}", "clipped"),
    ],
)
def test_all_that_stands_between_marks_is_verbatim_whatever_the_outlet_says_around_it(tmp_path, said, asked, verdict):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read(f"{said}, Teo Brandt said.", url="https://orrin.example/"))
        assert told(record, asked).verdict == verdict


def beside(record, words, **claim):
    verdict = verify(record, Asked(words=words, **claim))
    return [(each.grade, each.is_denied, each.hit.outlet) for each in verdict.beside]


def test_beside_verbatim_words_stand_those_with_more_of_the_sentence_and_those_of_others(record):
    assert beside(record, "The levy on moorings will go in spring") == [("clipped", False, "orrin")]
    sinks = "The old ferry sinks before the winter storms begin"
    assert beside(record, sinks, speaker="Halvard Quy") == [("verbatim", False, "tarn")]
    assert beside(record, "Every berth at the quay gets new lamps") == []


def test_what_denies_the_words_stands_first_beside_them_however_many_have_more_of_the_sentence(tmp_path):
    told = ["“The levy will go,” Mara Ilven said."]
    told += [f"“The levy will go, unless {who} says no,” Mara Ilven said." for who in ("she", "he", "the mayor")]
    told.append("“The levy will not go,” Mara Ilven said.")
    with Record.open(tmp_path / "levy.db", create=True) as record:
        record.add(read(each, url=f"https://o{at}.example/levy", outlet=f"o{at}") for at, each in enumerate(told))
        first, *others = beside(record, "The levy will go")
    assert first == ("clipped", True, "o4")
    assert len(others) == 2


def test_beside_many_that_have_the_same_words_one_with_more_of_the_sentence_is_told_of(tmp_path):
    told = [f"“The levy on moorings will go,” {name} said." for name in ("Mara Ilven", "Teo Brandt") for _ in range(10)]
    told.append("“The levy on moorings will go, unless the council says no,” Mara Ilven said.")
    with Record.open(tmp_path / "levy.db", create=True) as record:
        record.add(read(each, url=f"https://o{at}.example/levy", outlet=f"o{at}") for at, each in enumerate(told))
        verdict = verify(record, Asked(words="The levy on moorings will go"))
    assert verdict.verdict == "verbatim"
    assert [each.hit.outlet for each in verdict.beside] == ["o20"]


@pytest.fixture
def tell(tmp_path):
    """Have the Orrin Echo tell what Mara Ilven said, within somebody else's statement; give the verdict on it."""

    def verdict_of(text, outer, *, by, outer_cue="neutral", inner_cue="neutral", **claim):
        begin, end = text.index("“the levy"), text.index(", Mara Ilven said")
        reading = read_by_hand(text, url="https://orrin.example/echo", outlet="Orrin Echo")
        (each,) = reading.statements
        whole, part = (Span(text.index(outer), end),), (Span(begin, end),)
        told = replace(each, id="s1", speaker_name=by, content=whole, cue_class=outer_cue)
        said = replace(each, id="s2", speaker_name="Mara Ilven", content=part, cue_class=inner_cue, within="s1")
        with Record.open(tmp_path / "echo.db", create=True) as record:
            record.add([replace(reading, statements=(told, said))])
            return verify(record, Asked(words="The levy on moorings will go", **claim))

    return verdict_of


def test_to_whom_sources_give_the_words_is_told_and_who_reports_what_another_said_is_not_it(tell):
    said = "The Echo wrote that “the levy on moorings will go”, Mara Ilven said."
    verdict = tell(said, "that", by="The Echo")
    assert [each.hit.speaker for each in verdict.sources] == ["Mara Ilven", "The Echo"]
    assert (verdict.given_to, verdict.misses) == (("Mara Ilven",), ())
    assert tell(said, "that", by="The Echo", speaker="Mara Ilven").misses == ()


def test_who_reports_that_the_words_are_denied_is_no_source_of_them(tell):
    said = "The Echo wrote that she denied saying “the levy on moorings will go”, Mara Ilven said."
    verdict = tell(said, "that", by="The Echo", inner_cue="denying")
    assert (verdict.verdict, verdict.sources[0].hit.speaker) == ("denied", "Mara Ilven")


def test_who_denies_that_somebody_said_the_words_stands_beside_them(tell):
    said = "Teo Brandt denied that she had promised “the levy on moorings will go”, Mara Ilven said."
    verdict = tell(said, "that", by="Teo Brandt", outer_cue="denying")
    assert (verdict.verdict, verdict.given_to) == ("verbatim", ("Mara Ilven",))
    assert [(each.is_denied, each.hit.speaker) for each in verdict.beside] == [(True, "Teo Brandt")]


def test_the_same_words_of_the_same_speaker_on_other_days_are_not_told_beside_them(tmp_path):
    with Record.open(tmp_path / "days.db", create=True) as record:
        for at, outlet in enumerate(("orrin", "vel"), 1):
            text = f"“The levy on moorings will go,” Mara Ilven said at the {outlet} quay."
            record.add([read(text, url=f"https://{outlet}.example/levy", outlet=outlet, published=f"2024-0{at}-02")])
        verdict = told(record, "The levy on moorings will go", before="2024-01")
    assert ([each.hit.outlet for each in verdict.misses], verdict.beside) == (["vel"], ())
    assert replace(verdict, sources=()).beside == ()  # nor where nobody is known to whom these are given


def test_many_reports_of_other_days_hide_none_with_more_of_the_sentence(tmp_path):
    with Record.open(tmp_path / "days.db", create=True) as record:
        for at in range(1, 7):
            more = ", unless the council says no" if at == 6 else ""
            text = f"“The levy on moorings will go{more},” Mara Ilven said."
            record.add([read(text, url=f"https://o{at}.example/levy", outlet=f"o{at}", published=f"2024-0{at}-02")])
        assert beside(record, "The levy on moorings will go", before="2024-01") == [("clipped", False, "o6")]


SOLD = "The harbour will be sold in spring"


@pytest.fixture
def open_report(tmp_path):
    """Add a report in which Mara Ilven's words are followed by what she is said not to have said; give the record."""
    with Record.open(tmp_path / "sold.db", create=True) as record:

        def add(denial, *, speaker="Mara Ilven", outlet="vel"):
            text = f"{SOLD}, Mara Ilven said.\n{denial} was never said by her, Mara Ilven said."
            reading = read(text, url=f"https://{outlet}.example/sold", outlet=outlet)
            said, denied = reading.statements
            start = text.index(denial)
            span = (Span(start, start + len(denial)),)
            denied = replace(denied, content=span, negated=True, speaker_name=speaker)
            record.add([replace(reading, statements=(said, denied))])
            return record

        yield add


@pytest.mark.parametrize(
    ("denial", "speaker", "verdict"),
    [
        ("This", "Ilven", "denied"),
        ("No such thing", "Mara Ilven", "denied"),
        ("That the boats were hers", "Mara Ilven", "verbatim"),
        ("This", "Teo Brandt", "verbatim"),
    ],
)
def test_what_a_report_quotes_and_says_was_never_said_is_denied(open_report, denial, speaker, verdict):
    assert told(open_report(denial, speaker=speaker), SOLD).verdict == verdict


def test_a_report_that_takes_the_words_back_is_no_source_of_another_one_that_has_them(open_report):
    record = open_report("This")
    record.add([read(f"“{SOLD},” Mara Ilven said at the quay.", url="https://tarn.example/quay", outlet="tarn")])
    verdict = told(record, SOLD)
    assert (verdict.verdict, [each.hit.outlet for each in verdict.sources]) == ("verbatim", ["tarn"])
    assert [(each.is_denied, each.hit.outlet) for each in verdict.beside] == [(True, "vel")]


def test_words_are_not_taken_back_by_a_statement_that_somebody_said_is_none(open_report):
    record = open_report("This")
    record.take_away(next(each.statement for each in record.statements() if each.content == "This"))
    assert told(record, SOLD).verdict == "verbatim"


def test_not_found_says_what_was_searched(record):
    searched = told(record, "We have never eaten so much cheese").searched
    assert (searched.reports, searched.statements, searched.outlets) == (4, 6, 4)
    assert (searched.since, searched.until) == ("2024-05-06", "2024-06-12")


def test_a_copy_is_no_second_source(tmp_path):
    board = "The harbour board met again on Monday to talk of the levy on boats and berths, and of lamps."
    text = f"{board} Nobody else came there, Mara Ilven said.\nThe old ferry sinks in winter, Mara Ilven said."
    with Record.open(tmp_path / "copies.db", create=True) as record:
        for day in ("02", "03"):
            record.add(read(text, url=f"https://o{day}.example/a", published=f"2024-05-{day}"))
        verdict = told(record, "The old ferry sinks in winter")
        assert (len(verdict.sources), verdict.independent) == (2, 1)


def test_a_record_with_nothing_in_it_finds_nothing(tmp_path):
    with Record.open(tmp_path / "empty.db", create=True) as record:
        verdict = told(record, "the old ferry")
        assert (verdict.verdict, verdict.searched.reports) == ("not in this record", 0)


@pytest.mark.parametrize("words", ["", "…", "levy", "word " * 100_000, "x" * 100_000])
def test_what_is_no_quotation_is_refused(record, words):
    with pytest.raises(BadQuery):
        told(record, words)


@pytest.mark.parametrize("words", ['" OR " it', "NEAR( a b *", "\0 a \ud800 b", "a' b' c'", "boats; DROP TABLE x"])
def test_hostile_quotations_are_only_words(record, words):
    assert told(record, words).verdict == "not in this record"


def test_variants_of_a_statement_are_typed_and_who_they_are_given_to_is_told(record):
    found = {hit.outlet: hit.statement for hit in record.search(limit=None)}
    _, (clipped,) = find_variants(record, found["orrin"])
    assert (clipped.tie.kind, clipped.given_to, clipped.hit.outlet) == ("clipped", "same", "vel")
    _, (other,) = find_variants(record, found["tarn"])
    assert (other.given_to, other.counts) == ("other", True)


def test_less_likely_variants_are_left_out_on_request(record):
    (statement,) = [hit.statement for hit in record.search(limit=None) if hit.outlet == "orrin"]
    _, (clipped,) = find_variants(record, statement)
    assert find_variants(record, statement, min_score=clipped.tie.score)[1] == [clipped]
    assert find_variants(record, statement, min_score=min(1.0, clipped.tie.score + 0.0001))[1] == []


def test_a_report_has_no_variants(record):
    report = next(iter(record.search())).citation.document
    with pytest.raises(MissingRecord):
        find_variants(record, report)


# ---- what somebody corrected -----------------------------------------------------------------------------------


@pytest.fixture
def open_record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        text = "“Year after year nobody looked, and the eastern pier fell into the sea,” Mara Ilven said."
        reading = read_by_hand(text, url="https://orrin.example/pier", published="2024-05-01")
        (statement,) = reading.statements
        begin = text.index("the eastern")
        fell = Span(begin, text.index(",”"))
        record.add(replace(reading, statements=(replace(statement, content=(fell,)),)))
        yield record


def the_statement(record):
    return next(iter(record.statements())).statement


def test_words_that_somebody_added_to_a_statement_are_found_and_those_taken_from_it_are_not(open_record):
    looked = "Year after year nobody looked"
    assert find_candidates(open_record.connection, looked) == []
    (made,) = open_record.correct(the_statement(open_record), Should(content=f"{looked}, and"))
    assert find_candidates(open_record.connection, looked) != []
    verdict = told(open_record, looked)
    assert (verdict.verdict, verdict.sources[0].hit.words) == ("verbatim", f"{looked}, and")
    assert told(open_record, "the eastern pier fell into the sea").verdict == "not in this record"
    open_record.undo_correction(made.id)
    assert find_candidates(open_record.connection, looked) == []


def test_what_somebody_put_in_is_found_and_found_as_it_was_corrected_since(open_record):
    document, fell = the_statement(open_record)[:16], "fell into the sea"
    added = open_record.put_in(document, Missed(content="nobody looked", speaker=["Teo Brandt"]))
    assert told(open_record, "nobody looked", speaker="Brandt").verdict == "verbatim"
    open_record.correct(added.statement, Should(content=fell, speaker=["Ada Quill"]))
    assert told(open_record, fell, speaker="Quill").verdict == "verbatim"
    assert told(open_record, fell, speaker="Brandt").verdict == "other speaker"


def test_a_corrected_speaker_is_who_said_it(open_record):
    pier = "the eastern pier fell into the sea"
    (made,) = open_record.correct(the_statement(open_record), Should(speaker=["Teo Brandt"]))
    assert told(open_record, pier, speaker="Teo Brandt").verdict == "verbatim"
    assert told(open_record, pier, speaker="Mara Ilven").verdict == "other speaker"
    open_record.undo_correction(made.id)
    assert told(open_record, pier, speaker="Mara Ilven").verdict == "verbatim"


def test_a_speaker_that_was_corrected_to_a_part_of_a_name_is_whom_the_report_calls_so(open_record):
    text = "Teo Brandt came to the quay.\n\nThe old ferry sinks in winter, Mara Ilven said."
    told_of = read_by_hand(text, url="https://orrin.example/ferry", published="2024-05-01")
    entities = tuple(
        replace(each, aliases=("Brandt",)) if each.name == "Teo Brandt" else each for each in told_of.entities
    )
    open_record.add(replace(told_of, entities=entities))
    ferry = next(row.statement for row in open_record.statements() if "ferry" in row.content)
    open_record.correct(ferry, Should(speaker=["Brandt"]))
    assert told(open_record, "The old ferry sinks in winter", speaker="Teo Brandt").verdict == "clipped"


def test_what_is_corrected_to_be_denied_is_no_proof_that_it_was_said(open_record):
    pier = "the eastern pier fell into the sea"
    (made,) = open_record.correct(the_statement(open_record), Should(modality="denied"))
    assert (told(open_record, pier).verdict, told(open_record, pier).wording) == ("denied", "verbatim")
    open_record.undo_correction(made.id)
    assert told(open_record, pier).verdict == "verbatim"


def test_what_somebody_said_is_no_statement_is_not_found(open_record):
    pier = "the eastern pier fell into the sea"
    made = open_record.take_away(the_statement(open_record))
    assert (told(open_record, pier).verdict, told(open_record, pier).misses) == ("not in this record", ())
    open_record.undo_correction(made.id)
    assert told(open_record, pier).verdict == "verbatim"


def test_variants_are_those_of_the_words_as_they_were_corrected(open_record):
    looked = "Year after year nobody looked"
    again = read_by_hand(f"{looked}, Mara Ilven said.", url="https://vel.example/pier", published="2024-05-02")
    (statement,) = again.statements
    open_record.add(replace(again, statements=(replace(statement, content=(Span(0, len(looked)),)),)))
    first, other = [row.statement for row in open_record.statements()]
    assert find_variants(open_record, other)[1] == []
    open_record.correct(first, Should(content=looked))
    (variant,) = find_variants(open_record, other)[1]
    assert (variant.hit.statement, variant.tie.kind) == (first, "identical")


# ---- the command line ----------------------------------------------------------------------------------------


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(each) for each in arguments], **options)


def test_exit_codes_tell_the_verdicts_apart(path):
    assert len(set(CODES.values())) == len(CODES)
    assert run("verify", "The levy on moorings will go in spring", "--in", path).exit_code == 0
    assert run("verify", "The levy on moorings will go", "--in", path).exit_code == 10
    assert run("verify", "-", "--in", path, input="We eat cheese on mountains").exit_code == 18
    assert run("verify", "levy", "--in", path).exit_code == 1
    assert run("verify", "the levy", "--in", path.parent / "none.db").exit_code == 1
    assert run("verify", "--in", path).exit_code == 2


def test_a_nearest_miss_says_what_became_of_the_words_there(path):
    asked = run("verify", "The levy on moorings will go in spring", "--speaker", "Teo Brandt", "--in", path).stdout
    misses = asked.partition("nearest misses")[2]
    assert "clipped · orrin · 2024-05-06" in misses


def test_a_verbatim_quotation_is_told_with_where_the_words_are_not_the_same(path):
    asked = run("verify", "The levy on moorings will go in spring", "--in", path).stdout
    assert asked.startswith("verbatim")
    assert "clipped · orrin · 2024-05-06" in asked.partition("elsewhere not the same")[2]


def test_that_only_what_stands_between_the_marks_was_looked_for_is_told(path):
    assert "between the marks" in run("verify", "“The levy on moorings will go,” Ilven said.", "--in", path).stdout
    assert "between the marks" not in run("verify", "“The levy on moorings will go,”", "--in", path).stdout


def test_json_has_the_verdict_with_its_sources(path):
    told = json.loads(run("verify", "The levy on moorings will go", "--in", path, "--json").stdout)
    missing = told["sources"][0]["missing"][0]["words"]
    assert (told["verdict"], told["code"], missing) == ("clipped", 10, "in spring, unless the council says no")


def test_a_table_of_quotations_gives_a_table_of_verdicts(path, tmp_path):
    table = tmp_path / "asked.csv"
    table.write_text("words,speaker\nThe old ferry sinks before the winter storms begin,Mara Ilven\nlevy,\n", "utf-8")
    result = run("verify", "--csv", table, "--in", path)
    first, second = csv.DictReader(io.StringIO(result.stdout))
    assert (result.exit_code, first["verdict"], first["code"]) == (0, "other speaker", "15")
    assert (first["given_to"], first["elsewhere"]) == ("Teo Brandt; Halvard Quy", "")
    assert "one word" in second["note"]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_table_may_have_the_delimiters_of_spreadsheets(path, tmp_path, between):
    table = tmp_path / "asked.csv"
    rows = [["Speaker", " Words"], ["Ilven", '"The levy will go, in spring; unless, the council"']]
    table.write_text("\r\n".join(map(between.join, rows)), "utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(run("verify", "--csv", table, "--in", path).stdout))
    assert (row["words"], row["asked_speaker"]) == ("The levy will go, in spring; unless, the council", "Ilven")


def test_a_table_without_the_column_is_refused(path, tmp_path):
    table = tmp_path / "asked.csv"
    table.write_text("quote\nthe old ferry\n", "utf-8")
    result = run("verify", "--csv", table, "--in", path)
    assert (result.exit_code, "no column words" in result.stderr) == (1, True)


def test_variants_show_a_diff_of_words(path):
    with Record.open(path, read_only=True) as record:
        statement = next(hit.statement for hit in record.search("moorings", sort="oldest"))
    result = run("variants", statement, "--in", path)
    assert result.exit_code == 0
    assert "[-unless the council says no-]" in result.stdout.replace("\n", " ")
    assert run("variants", statement, "--in", path, "--json").exit_code == 0
    some = run("variants", statement, "--in", path, "--min-score", "1", "--json")
    assert (some.exit_code, json.loads(some.stdout)["variants"]) == (0, [])
    assert run("variants", statement, "--in", path, "--min-score", "1.5").exit_code == 2


def test_what_was_corrected_is_looked_up_without_a_look_at_every_statement(open_record):
    asked = []
    open_record.connection.set_trace_callback(asked.append)
    told(open_record, "nobody looked at the quay")
    open_record.connection.set_trace_callback(None)
    lookups = [query for query in asked if "FROM corrections c" in query]
    assert len(lookups) > 1
    for query in lookups:
        plan = [step for *_, step in open_record.connection.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert not [step for step in plan if "AUTOMATIC" in step or step.startswith("SCAN s")]
