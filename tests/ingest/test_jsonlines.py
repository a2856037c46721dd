import io
import json
from datetime import date

import pytest

from onrecord.errors import BadLine, EmptySource, OversizedSource, SourceError
from onrecord.ingest.jsonlines import Entry, parse_entry, read_lines, read_whole, to_report
from onrecord.ingest.options import ReadOptions
from onrecord.settings import DEFAULTS, Settings


def report(members, **options):
    entry = parse_entry(json.dumps(members).encode(), origin="reports.jsonl:3")
    return to_report(entry, ReadOptions(**options))


def lines(raw, settings=DEFAULTS):
    return list(read_lines(io.BytesIO(raw), where="reports.jsonl", settings=settings))


def test_every_line_is_one_object_and_says_where_it_stood():
    found = lines(b'\xef\xbb\xbf{"text": "a"}\n\n  \r\n{"text": "b"}\r\n{"text": "c"}')
    assert [(entry.origin, entry.members["text"]) for entry in found] == [
        ("reports.jsonl:1", "a"),
        ("reports.jsonl:4", "b"),
        ("reports.jsonl:5", "c"),
    ]
    assert found[1].raw == b'{"text": "b"}'


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "is no JSON"),
        (b"text", "is no JSON"),
        (b'{"text": "a"} {"text": "b"}', "is no JSON"),
        (b'{"text": "\xe9"}', "not UTF-8 at byte 11; save it as UTF-8"),
        (b'"text"', "no object"),
        (b"[1]", "no object"),
        (b"null", "no object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' * 100 + b"1" + b"}" * 100, "nested deeper"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "too many digits"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_goes_on(line, says):
    before, bad, after = lines(b'{"text": "a"}\n' + line + b'\n{"text": "b"}\n')
    assert isinstance(before, Entry)
    assert isinstance(after, Entry)
    assert isinstance(bad, BadLine)
    assert str(bad).startswith("reports.jsonl:2: ")
    assert says in str(bad)


def test_lines_in_utf_16_are_one_error_and_not_one_a_line():
    """As PowerShell's ``>`` writes them."""
    for encoding in ("utf-16-le", "utf-16-be"):
        (error,) = lines('\ufeff{"text": "a"}\r\n{"text": "b"}\r\n'.encode(encoding))
        assert str(error) == "reports.jsonl: is in UTF-16; save it as UTF-8"


@pytest.mark.parametrize("length", [101, 200_000])
def test_a_line_that_is_too_long_is_passed_over_and_the_rest_goes_on(length):
    found = lines(b'{"text": "a"}\n' + b"x" * length + b'\n{"text": "b"}\n', Settings(max_source_bytes=100))
    assert [type(entry) for entry in found] == [Entry, OversizedSource, Entry]
    assert [entry.where for entry in found[1:2]] == ["reports.jsonl:2"]
    assert found[2].origin == "reports.jsonl:3"


def test_a_line_that_is_too_long_may_be_the_last():
    found = lines(b'{"text": "a"}\n' + b"x" * 101, Settings(max_source_bytes=100))
    assert [type(entry) for entry in found] == [Entry, OversizedSource]


def test_lines_without_an_object_are_an_empty_source():
    assert [type(entry) for entry in lines(b"\n \n")] == [EmptySource]


def test_a_json_file_holds_one_object_or_a_list_or_lines():
    def origins(raw):
        return [entry.origin for entry in read_whole(raw, where="r.json", settings=DEFAULTS)]

    assert origins(b'{\n "text": "a"\n}') == ["r.json"]
    assert origins(b'[{"text": "a"}, {"text": "b"}]') == ["r.json:1", "r.json:2"]
    assert origins(b'{"text": "a"}\n{"text": "b"}\n') == ["r.json:1", "r.json:2"]


def exported(*messages, name="Orrin Harbour"):
    raw = json.dumps({"name": name, "type": "public_channel", "id": 19, "messages": messages}).encode()
    return list(read_whole(raw, where="result.json", settings=DEFAULTS))


def test_what_telegram_exports_of_a_channel_is_a_report_a_message():
    joined = {"id": 1, "type": "service", "date": "2024-05-01T10:00:00", "text": ""}
    pieces = ["Port of ", {"type": "link", "text": "Orrin"}, " is shut.\n"]
    dated = {"date": "2024-05-03T01:00:00", "date_unixtime": "1714687200"}  # 22:00 in UTC, the day before
    first, second = exported(
        joined,
        {"id": 2, "date": "2024-05-02T10:00:00", "from": "Orrin Harbour", "text": "It holds."},
        {"id": 3, **dated, "from": "Ada Quill", "text": pieces, "views": 9},
    )
    told, other = (to_report(each, ReadOptions()) for each in (first, second))
    assert (first.origin, second.origin) == ("result.json:2", "result.json:3")
    assert (told.text, told.outlet, told.published, told.authors) == (
        *("It holds.", "Orrin Harbour", "2024-05-02T10:00:00"),
        (),
    )
    assert (other.text, other.published) == ("Port of Orrin is shut.\n", "2024-05-02T22:00:00+00:00")
    assert (other.authors, other.url) == (("Ada Quill",), None)
    assert other.extra["views"] == 9


def test_an_export_of_pictures_only_is_an_empty_source():
    (error,) = exported({"id": 1, "date": "2024-05-02T10:00:00", "text": "", "photo": "a.jpg"})
    assert isinstance(error, EmptySource)


@pytest.mark.parametrize("text", [None, 7, [7, None, {"text": 7}, [["a"]]], {"a": "b"}])
def test_a_message_whose_text_is_anything_else_has_none(text):
    (error,) = exported({"id": 1, "date": [], "text": text, "from": 7}, name=None)
    assert isinstance(error, EmptySource)


def test_an_item_of_a_list_that_is_no_object_is_a_bad_line():
    found = list(read_whole(b'[{"text": "a"}, 5]', where="r.json", settings=DEFAULTS))
    assert [type(entry) for entry in found] == [Entry, BadLine]
    assert found[1].where == "r.json:2"


def test_a_list_without_an_item_is_an_empty_source():
    assert [type(entry) for entry in read_whole(b"[]", where="r.json", settings=DEFAULTS)] == [EmptySource]


def test_a_json_file_that_was_cut_off_is_one_error():
    [bad] = read_whole(b'{\n "title": "a",\n "text": "The may', where="r.json", settings=DEFAULTS)
    assert str(bad) == "r.json: is no JSON: Unterminated string starting at character 27; was it saved whole?"
    found = list(read_whole(b'{"text": "a"}\n{"text": "b', where="r.json", settings=DEFAULTS))
    assert [type(entry) for entry in found] == [Entry, BadLine]


@pytest.mark.parametrize("name", ["text", "body", "Content", "article_text", "articleBody", "full-text", "maintext"])
def test_the_text_is_found_under_the_names_in_use(name):
    found = report({"id": 7, name: "Mayor resigns."})
    assert found.text == "Mayor resigns."
    assert found.extra == {"id": 7}


def test_all_that_is_known_is_found_and_the_rest_is_carried_through():
    found = report(
        {
            "headline": " Mayor resigns ",
            "text": " She said no. ",
            "publishedAt": "2024-05-02T10:00:00Z",
            "author": [{"name": "Ana Belt"}, "Ivo Marsh", None],
            "source": {"id": "tm", "name": "The Tarn Mail"},
            "link": "https://tarnmail.example/a",
            "lang": "en",
            "topic": "politics",
            "nested": {"a": [1, None, float("nan")]},
        }
    )
    assert (found.title, found.text) == ("Mayor resigns", " She said no. ")
    assert (found.published, found.warnings) == ("2024-05-02T10:00:00+00:00", ())
    assert found.authors == ("Ana Belt", "Ivo Marsh")
    assert (found.outlet, found.url, found.language) == ("The Tarn Mail", "https://tarnmail.example/a", "en")
    assert found.extra == {"topic": "politics", "nested": {"a": [1, None, None]}}


def test_a_post_of_a_channel_is_a_report_of_it():
    found = report({"id": 7, "channel": "Sel Harbour", "message": "The quay is shut.", "date": "2024-05-02T10:00:00Z"})
    assert (found.text, found.outlet, found.published) == (
        "The quay is shut.",
        "Sel Harbour",
        "2024-05-02T10:00:00+00:00",
    )


def test_fields_can_be_named_also_inside_others():
    members = {"text": "teaser", "doc": {"body": "Mayor resigns.", "when": "2 May 2024"}, "who": "Ana Belt"}
    found = report(members, text_field="doc.body", date_field="doc.when", authors_field="who")
    assert (found.text, found.published, found.authors) == ("Mayor resigns.", "2024-05-02", ("Ana Belt",))
    assert found.extra == {"text": "teaser", "doc": {"body": "Mayor resigns.", "when": "2 May 2024"}}


def test_a_field_that_is_named_and_not_there_is_a_bad_line():
    with pytest.raises(BadLine, match="has no field 'body'; its fields are text, day"):
        report({"text": "a", "day": 1}, text_field="body")
    with pytest.raises(BadLine, match=r"has no field 'day\.x'"):
        report({"text": "a", "day": 1}, date_field="day.x")


@pytest.mark.parametrize("members", [{}, {"headline": "a"}])
def test_an_object_without_text_is_a_bad_line(members):
    with pytest.raises(BadLine, match="no field in it holds the report's text"):
        report(members)


def test_a_reading_of_ours_is_told_from_a_report():
    reading = {"schema": "onrecord/1", "document": {"text": "“It holds,” Quy said."}, "statements": []}
    with pytest.raises(BadLine, match=r"^reports.jsonl:3: is a reading of onrecord's, not a report; Record\.add"):
        report(reading)
    assert report(reading, text_field="document.text").text == "“It holds,” Quy said."


@pytest.mark.parametrize("members", [{"text": ""}, {"text": None}, {"text": ["a"]}, {"body": 5}])
def test_a_field_of_a_usual_name_without_text_is_named(members):
    with pytest.raises(BadLine, match=f"the field '{next(iter(members))}' holds no text"):
        report(members)


def test_a_named_field_without_text_is_a_bad_line():
    with pytest.raises(BadLine, match="the field 'lead' holds no text"):
        report({"text": "a", "lead": " "}, text_field="lead")


def test_an_empty_field_gives_way_to_the_next_name():
    found = report({"text": "", "content": "Mayor resigns.", "published": None, "date": "2024-05-02"})
    assert (found.text, found.published, found.warnings) == ("Mayor resigns.", "2024-05-02", ())


@pytest.mark.parametrize("date", [1714644000, 1714644000000, 1714644000.25, "1714644000", 20240502100000])
def test_a_date_may_be_a_number(date):
    found = report({"text": "Mayor resigns.", "date": date})
    assert found.published in {"2024-05-02T10:00:00+00:00", "2024-05-02T10:00:00"}
    assert (found.warnings, found.extra) == ((), {})


@pytest.mark.parametrize("name", ["created_at", "datetime", "dateTime", "published_time", "publishedTime"])
def test_a_date_may_have_the_name_that_a_crawler_gives_it(name):
    found = report({"text": "Mayor resigns.", name: {"$date": "2024-05-02T10:00:00Z"}})
    assert (found.published, found.extra, found.warnings) == ("2024-05-02T10:00:00+00:00", {}, ())


def test_the_day_of_publication_outranks_the_day_on_which_it_was_stored():
    members = {"text": "Mayor resigns.", "created_at": "2024-06-01", "published_time": "2024-05-02"}
    assert report(members).published == "2024-05-02"


def test_a_date_of_mongodb_that_can_not_be_read_is_told():
    found = report({"text": "Mayor resigns.", "created_at": {"$date": "soon"}})
    assert found.published is None
    assert found.warnings == (
        "the date \"{'$date': 'soon'}\" (field 'created_at') can be read in several ways or in none",
    )


def test_a_number_that_is_no_date_is_told():
    found = report({"text": "Mayor resigns.", "date": 2024})
    assert (found.published, found.extra) == (None, {"date": 2024})
    assert found.warnings == ("the date '2024' (field 'date') can be read in several ways or in none",)


def test_a_date_that_can_be_read_in_two_ways_is_not_guessed():
    found = report({"text": "Mayor resigns.", "date": "05/02/2024"})
    assert found.published is None
    assert found.warnings == ("the date '05/02/2024' (field 'date') can be read in several ways or in none",)
    assert found.extra == {"date": "05/02/2024"}


def test_a_page_is_found_and_stands_back_behind_a_text():
    assert report({"html": "<p>a"}).html == "<p>a"
    both = report({"html": "<p>a", "text": "a"})
    assert (both.text, both.html, both.extra) == ("a", None, {"html": "<p>a"})
    asked = report({"html": "<p>a", "text": "a"}, html_field="html")
    assert (asked.text, asked.html, asked.extra) == (None, "<p>a", {"text": "a"})


def test_half_a_character_is_replaced_and_said():
    entry = parse_entry(b'{"text": "a\\ud83d b \\ud83d\\ude00", "x": ["\\udc00"]}', origin="r:1")
    found = to_report(entry, ReadOptions())
    assert found.text == "a� b \U0001f600"
    assert found.extra == {"x": ["�"]}
    assert "U+FFFD" in found.warnings[0]


def test_a_given_date_must_be_a_date():
    assert ReadOptions(date="2 May 2024").date == ReadOptions(date=date(2024, 5, 2)).date == "2024-05-02"
    with pytest.raises(SourceError, match="2024-05-02"):
        ReadOptions(date="05/02/2024")
