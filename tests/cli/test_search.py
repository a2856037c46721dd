"""``onrecord search``, ``show`` and ``cite`` from their arguments to their output and exit code."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import get_args

import pytest

from handmade import MINISTRY, full_reading, invented_reading, read_by_hand, said_together
from occasions import read_marked
from onrecord.cli import search_output
from onrecord.cli.filters import CUE_CLASSES, FORMS, TYPES, ZONES
from onrecord.document import ZoneKind
from onrecord.reading import CueClass, EventType, Form, Reader
from onrecord.record import Record
from onrecord.record.correcting import By, Should, correct_statement
from onrecord.record.writing import add_reading

TEXT = """The levy on moorings will go, Mara Ilven said.

=Nobody= had asked the \x1b[31mfishers\x1b[0m, Teo Brandt claimed.

A levy on each boat and a levy on each berth are the same levy by another name, Halvard Quy said on Monday."""
PAGE = "https://orrin.example/levy"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "news.db"
    report = read_by_hand(TEXT, url=PAGE, outlet="Orrin Echo", published="2024-05-02", title="Levy to go")
    with Record.open(path, create=True) as record:
        record.add([report, *map(invented_reading, range(4))])
    return path


def id_in(result):
    return re.search(r"[0-9a-f]{16}-[0-9a-f]{8}", result.stdout)[0]


def test_hits_are_shown_with_who_words_where_and_how_to_cite(onrecord, path):
    result = onrecord("search", "moorings", "go", "--in", path, "--speaker", "ilven", "--outlet", "echo")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(
        "Mara Ilven · indirect · neutral · body\n"
        "    content  The levy on moorings will go, Mara Ilven said.\n"
        "    in       Orrin Echo · 2024-05-02 · Levy to go\n"
        f"    link     {PAGE}#:~:text=The%20levy%20on%20moorings%20will%20go%2C%20Mara%20Ilven%20said\n"
        "    id       "
    )
    assert result.stderr == "onrecord: 1 statement\n"


def test_several_words_are_one_search_and_phrases_stay(onrecord, path):
    assert onrecord("search", '"levy on each"', "boat", "--in", path).stdout.startswith("Halvard Quy")
    nothing = onrecord("search", '"each on levy"', "--in", path)
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "onrecord: nothing was found\n")


def test_what_copies_and_revised_texts_alone_have_is_told_where_nothing_is_found(onrecord, tmp_path):
    path = tmp_path / "news.db"
    fuller = TEXT + "\n\nThe ferry stops in April, Ibby Tarrow said."
    with Record.open(path, create=True) as record:
        record.add(
            [
                read_by_hand(TEXT, url=PAGE, published="2024-05-02"),
                read_by_hand(fuller, url="https://vel.example/levy", published="2024-05-03"),
            ]
        )
    found = onrecord("search", "ferry", "--in", path)
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == (
        "onrecord: nothing was found\n"
        "onrecord: copies and revised texts have 1 statement, which count for nothing; --copies finds them\n"
    )
    assert "in a copy" in onrecord("search", "ferry", "--in", path, "--copies").stdout


def test_matches_are_bold_where_there_is_colour(onrecord, path):
    assert "\x1b[1mmoorings\x1b[0m" in onrecord("search", "moorings", "--in", path, "--color", "always").stdout


def test_the_label_before_the_words_is_not_marked(onrecord, tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read_by_hand("The content is paid, Mara Ilven said.", url=PAGE))
    shown = onrecord("search", "content", "--in", tmp_path / "news.db", "--color", "always").stdout
    assert shown.count("\x1b[1mcontent\x1b[0m") == 1
    assert "\x1b[2m    content  \x1b[0m" in shown


def test_nothing_in_a_report_steers_the_terminal(onrecord, path):
    shown = onrecord("search", "asked", "--in", path, "--outlet", "echo").stdout
    assert "\x1b" not in shown
    assert "\\x1b[31mfishers" in shown


@pytest.mark.parametrize("words", ["", '""', "*", "- -"])
def test_what_has_no_word_in_it_finds_nothing_and_says_why(onrecord, path, words):
    result = onrecord("search", "--in", path, "--speaker", "ilven", "--", words)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "onrecord: nothing was found: there is no word in what is looked for\n"


def test_how_many_are_not_shown_is_said(onrecord, path):
    result = onrecord("search", "--in", path, "--limit", "2")
    assert result.stdout.count("    id       ") == 2
    assert re.fullmatch(r"onrecord: \d+ statements, 2 shown; --limit 0 shows all\n", result.stderr)


def test_hits_are_of_one_moment_whatever_is_read_again_while_they_are_printed(onrecord, tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    text = "\n\n".join(f"Pier {number} will close, Mara Ilven said." for number in range(150))
    with Record.open(path, create=True) as record:
        record.add([read_by_hand(text), read_by_hand(TEXT)])
    as_it_is = search_output._block

    def read_again(*shown):
        with Record.open(path) as record:
            record.add(replace(read_by_hand(text), reader=Reader(version="0.2.0", model="hand")))
        return as_it_is(*shown)

    monkeypatch.setattr(search_output, "_block", read_again)
    assert onrecord("search", "pier", "--in", path, "--limit", "0").stdout.count("Mara Ilven · ") == 150


def test_the_record_may_be_named_by_the_environment(onrecord, path):
    assert onrecord("search", "moorings", env={"ONRECORD_RECORD": str(path)}).exit_code == 0
    missing = onrecord("search", "moorings", env={"ONRECORD_RECORD": ""})
    assert missing.exit_code == 2


def test_meaning(onrecord, path):
    asked = ("--meaning", "ships have to pay a tax", "--outlet", "echo", "--limit", "1", "--json")
    (hit,) = json.loads(onrecord("search", "--in", path, *asked).stdout)["hits"]
    assert "levy on each boat" in hit["words"]


def test_meaning_without_a_text_takes_the_words(onrecord, path):
    words, both = (onrecord("search", "moorings", *more, "--in", path, "--json") for more in ((), ("--meaning",)))
    explicit = onrecord("search", "moorings", "--meaning", "moorings", "--in", path, "--json")
    assert both.exit_code == 0, both.stderr
    assert both.stdout == explicit.stdout
    assert len(json.loads(both.stdout)["hits"]) > len(json.loads(words.stdout)["hits"])
    nothing = onrecord("search", "--in", path, "--meaning")
    assert nothing.exit_code == 2
    assert "say what is meant: --meaning TEXT, or WORDS and --meaning" in nothing.stderr


def test_statements_without_meanings_are_told(onrecord, tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        add_reading(record.connection, read_by_hand(TEXT, url=PAGE))
    result = onrecord("search", "--in", tmp_path / "news.db", "--meaning", "a tax on boats")
    assert result.exit_code == 0
    assert result.stderr.startswith("onrecord: 3 statements can't be found by meaning: ")
    assert result.stderr.endswith("onrecord: nothing was found\n")
    as_json = onrecord("search", "--in", tmp_path / "news.db", "--meaning", "a tax on boats", "--json")
    assert as_json.stderr == result.stderr.splitlines(keepends=True)[0]


def test_json_has_the_hits_with_their_citations(onrecord, path):
    told = json.loads(onrecord("search", "levy", "--in", path, "--facets", "--json", "--outlet", "echo").stdout)
    assert (told["words"], told["understood"], told["count"], told["count_is_least"]) == ("levy", ['"levy"'], 2, False)
    speakers = [(each["value"], each["count"]) for each in told["facets"]["speaker"]]
    assert speakers == [("Halvard Quy", 1), ("Mara Ilven", 1)]
    assert all(each["person"].startswith("p") for each in told["facets"]["speaker"])
    hit = told["hits"][0]
    assert hit["citation"]["link"].startswith(f"{PAGE}#:~:text=")
    (start, end), *_ = hit["citation"]["content"]
    assert TEXT[start:end] == hit["words"]
    assert [hit["snippet"]["text"][start:end] for start, end in hit["snippet"]["matches"]] == ["levy"] * 3
    assert "row" not in hit


def test_csv_runs_no_formula(onrecord, path):
    result = onrecord("search", "asked", "--in", path, "--outlet", "echo", "--csv")
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert row["words"].startswith("'=Nobody=")
    assert row["content_spans"] == "48:" + row["content_spans"].partition(":")[2]
    assert row["published"] == "2024-05-02"


def test_programs_have_the_speakers_one_by_one(onrecord, tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([said_together(), read_by_hand("A quay is a quay.")])
    search = ("search", "--in", tmp_path / "news.db")
    hits = json.loads(onrecord(*search, "--json").stdout)["hits"]
    assert {each["speaker"]: each["speakers"] for each in hits} == {
        f"{MINISTRY} and Mara Ilven": [MINISTRY, "Mara Ilven"],
        MINISTRY: [MINISTRY],
        None: [],
    }
    rows = csv.DictReader(io.StringIO(onrecord(*search, "--csv").stdout))
    assert [each["speakers"] for each in rows] == ["; ".join(each["speakers"]) for each in hits]


def test_facets_come_before_the_hits(onrecord, path):
    shown = onrecord("search", "levy", "--in", path, "--outlet", "echo", "--facets").stdout
    assert shown.startswith("2 statements\n\nspeaker\n          1  Halvard Quy\n          1  Mara Ilven\n\noutlet\n")
    assert shown.index("month\n") < shown.index("Halvard Quy · ")


def test_a_facet_with_more_values_than_it_shows_says_so(onrecord, tmp_path):
    names = ("Ada Quill", "Bo Larch", "Cy Marl", "Di Noss", "Eva Orne", "Flo Pell", "Gus Rill", "Ida Sund", "Jo Tarn")
    said = [f"{{q The quay sinks}}, {{s {name}}} {{c said}}." for name in (*names, "Kit Ulm", "Lou Vash", "Max Wend")]
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read_marked("\n\n".join(said), url=PAGE, outlet="Orrin Echo"))
    speakers, outlets = onrecord("search", "--in", tmp_path / "news.db", "--facets").stdout.split("\n\n")[1:3]
    assert len(speakers.splitlines()) == 1 + 10 + 1
    assert speakers.splitlines()[-1] == "          2  of others"
    assert "others" not in outlets


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "--csv"),
        ("--facets", "--csv"),
        ("--form", "loud"),
        ("--limit", "-1"),
        ("--sort", "random"),
    ],
)
def test_wrong_usage(onrecord, path, arguments):
    assert onrecord("search", "levy", "--in", path, *arguments).exit_code == 2


@pytest.mark.parametrize("command", [("search", "levy"), ("show", "3f9a"), ("cite", "3f9a"), ("stats",)])
def test_a_record_that_is_none(onrecord, tmp_path, command):
    (tmp_path / "other.txt").write_text("no record")
    for name in ("nowhere.db", "other.txt"):
        result = onrecord(*command, "--in", tmp_path / name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1
    assert not (tmp_path / "nowhere.db").exists()


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("search", "levy"), "--since"),
        (("stats",), "--until"),
        (("stories",), "--since"),
        (("export", "--format", "csv"), "--until"),
        (("verify", "the levy"), "--before"),
        (("verify", "the levy"), "--after"),
    ],
)
def test_a_day_that_is_none_is_wrong_usage(onrecord, path, command, option):
    result = onrecord(*command, "--in", path, option, "monday")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Invalid value for '{option}': 'monday' is no day; write 2024-05-02, 2024-05 or 2024" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("search", "levy", "--since", "2024-06", "--until", "2024-05-31"),
        ("stats", "--until", "2024-05-31", "--since", "2024-06"),
        ("verify", "the levy", "--after", "2025", "--before", "2024"),
        ("timeline", "a.txt", "--since", "2025", "--until", "2024"),
    ],
)
def test_a_first_day_behind_the_last_is_wrong_usage(onrecord, path, command):
    result = onrecord(*command, *(("--in", path) if command[0] != "timeline" else ()))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the first is the later one" in result.stderr


def test_the_words_of_the_options_are_those_of_the_contract():
    assert (get_args(Form), get_args(CueClass)) == (FORMS, CUE_CLASSES)
    assert (get_args(ZoneKind), get_args(EventType)) == (ZONES, TYPES)


# ---- show ----------------------------------------------------------------------------------------------------


def test_a_statement_is_shown_with_its_paragraph_and_how_it_was_read(onrecord, path):
    name = id_in(onrecord("search", "moorings", "--in", path, "--outlet", "echo"))
    result = onrecord("show", name[:20], "--in", path)
    assert result.exit_code == 0, result.stderr
    for part in (
        "Levy to go\n",
        "s1  indirect",
        "speaker  Mara Ilven",
        "context  The levy on moorings",
        PAGE,
        f"id       {name}",
    ):
        assert part in result.stdout
    assert "Halvard Quy" not in result.stdout
    assert re.search(r"page     sha256 [0-9a-f]{64}\n", result.stdout)


def test_a_report_is_shown_with_all_of_its_statements(onrecord, path):
    name = id_in(onrecord("search", "moorings", "--in", path, "--outlet", "echo")).partition("-")[0]
    result = onrecord("show", name, "--in", path)
    assert [part in result.stdout for part in ("Mara Ilven", "Teo Brandt", "Halvard Quy")] == [True] * 3
    told = json.loads(onrecord("show", name, "--in", path, "--json").stdout)
    assert told["reading"]["document"]["text"] == TEXT


def test_a_report_that_was_revised_says_so_whole_and_of_each_statement(onrecord, tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([read_by_hand(TEXT, url=PAGE)])
        record.add([read_by_hand(TEXT.replace("moorings", "berths and buoys"), url=PAGE)])
    statement = id_in(onrecord("search", "moorings", "--copies", "--in", path))
    for name in (statement, statement.partition("-")[0]):
        assert "revised  a later text stands under this address\n" in onrecord("show", name, "--in", path).stdout
    assert json.loads(onrecord("show", name, "--in", path, "--json").stdout)["standing"] == "revised"


def test_checks_of_a_report_are_shown_and_stand_on_its_page(onrecord, tmp_path):
    path, page = tmp_path / "full.db", tmp_path / "page.html"
    with Record.open(path, create=True) as record:
        record.add([full_reading(title="Full")])
        (reading,) = record.readings()
    (check,) = reading.checks
    report = reading.document.id
    shown = onrecord("show", report, "--in", path).stdout
    assert f"warning  {check.kind}\n" in shown
    assert check.message in shown
    assert json.loads(onrecord("show", f"{report}-", "--in", path, "--json").stdout)["checks"][0]["kind"] == check.kind
    assert onrecord("show", report, "--in", path, "--html", page).exit_code == 0
    assert check.message in page.read_text(encoding="utf-8")
    assert onrecord("show", report, "--in", path, "--json", "--html", page).exit_code == 2


def test_a_statement_as_json(onrecord, path):
    name = id_in(onrecord("search", "moorings", "--in", path, "--outlet", "echo"))
    told = json.loads(onrecord("show", name, "--in", path, "--json").stdout)
    assert told["hit"]["statement"] == name
    assert told["paragraph"] == TEXT.partition("\n")[0]
    assert [entity["name"] for entity in told["entities"]] == ["Mara Ilven"]
    assert told["statement"]["speakers"] == [told["entities"][0]["id"]]


def test_corrections_are_shown(onrecord, tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add(read_by_hand(TEXT, url=PAGE))
        (hit,) = record.search("moorings")
        correct_statement(
            record.connection, hit.statement, Should(speaker=["Ibby Tarrow"]), By(who="Ada", why="was there")
        )
    shown = onrecord("show", hit.statement, "--in", path).stdout
    assert "speaker: Ibby Tarrow (read: Mara Ilven) by Ada on " in " ".join(shown.split())
    assert "corrected" in onrecord("search", "moorings", "--in", path).stdout


@pytest.mark.parametrize("command", ["show", "cite"])
@pytest.mark.parametrize("name", ["s1", "ffffffffffff", "../x"])
def test_an_id_of_nothing(onrecord, path, command, name):
    result = onrecord(command, name, "--in", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "an id looks like" in result.stderr


# ---- cite ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "start"),
    [("plain", "Mara Ilven (reported"), ("bibtex", "@misc{"), ("csl", "["), ("markdown", "> The levy")],
)
def test_citations(onrecord, path, style, start):
    name = id_in(onrecord("search", "moorings", "--in", path, "--outlet", "echo"))
    result = onrecord("cite", name, "--in", path, "--style", style)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(start)
    assert result.stdout.endswith("\n")
    assert name in result.stdout


@pytest.mark.parametrize("style", ["plain", "markdown", "bibtex", "csl"])
def test_nothing_in_a_citation_steers_the_terminal(onrecord, path, style):
    statement = id_in(onrecord("search", "asked", "--in", path, "--outlet", "echo"))
    cited = onrecord("cite", statement, "--in", path, "--style", style).stdout
    assert "\x1b" not in cited
    assert ("u001b[31mfishers" if style == "csl" else "\\x1b") in cited


def test_several_are_cited_at_once(onrecord, path):
    names = re.findall(r"[0-9a-f]{16}-[0-9a-f]{8}", onrecord("search", "levy", "--in", path, "--outlet", "echo").stdout)
    cited = onrecord("cite", *names, "--in", path).stdout.splitlines()
    assert [name in line for name, line in zip(names, cited, strict=True)] == [True, True]
    assert len(json.loads(onrecord("cite", *names, "--in", path, "--style", "csl").stdout)) == 2
