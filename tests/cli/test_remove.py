"""``onrecord remove``: reports taken out for good, listed, and allowed again."""

from __future__ import annotations

import csv
import io
import json

import pytest

from handmade import read_by_hand
from onrecord.record import Record

TEXT = "No levy will come, Mara Ilven said.\n\nNo boat will pay it, Teo Brandt vowed on the quay of Orrin at noon."


@pytest.fixture
def news(news_file):
    with Record.open(news_file, create=True) as record:
        record.add([report("orrin", title="No levy"), report("quy"), report("vel", "Nothing, Mara Ilven said.")])
    return news_file


def report(outlet, text=TEXT, **metadata):
    return read_by_hand(text, url=f"https://{outlet}.example/levy", **{"published": "2024-05-06", **metadata})


def ids(path):
    with Record.open(path, read_only=True) as record:
        return {each.document.url.split("/")[2].split(".")[0]: each.document.id for each in record.readings()}


def test_a_report_goes_and_its_copies_are_named(onrecord, news):
    found = ids(news)
    result = onrecord("remove", "https://orrin.example/levy", "--reason", "withdrawn")
    assert result.exit_code == 0, result.output
    assert result.stdout == f"removal 1: {found['orrin']} No levy: 1 text, 2 statements\n"
    assert result.stderr == (f"onrecord: {found['orrin']}: its copies stay, under other addresses: {found['quy']}\n")
    assert set(ids(news)) == {"quy", "vel"}


def test_several_go_and_are_printed_as_json(onrecord, news):
    found = ids(news)
    told = json.loads(onrecord("remove", found["orrin"], found["vel"][:8], "--json").stdout)
    assert [(each["document"], each["copies"], each["is_wiped"]) for each in told] == [
        (found["orrin"], [found["quy"]], True),
        (found["vel"], [], True),
    ]


def test_what_was_taken_out_is_listed_and_allowed(onrecord, news):
    assert onrecord("remove", "--list").stderr == "onrecord: nothing was taken out\n"
    found = ids(news)["vel"]
    onrecord("remove", found, "--reason", "asked for")
    head, line = onrecord("remove", "--list", "--width", 120).stdout.splitlines()
    assert head.split() == ["number", "report", "texts", "when", "by", "state", "why"]
    assert line.split()[:3] == ["1", found, "1"]
    assert line.split()[5:] == ["ida", "passed", "over", "asked", "for"]
    (row,) = csv.DictReader(io.StringIO(onrecord("remove", "--list", "--csv").stdout, newline=""))
    assert (row["id"], row["document"], row["why"], row["allowed_at"]) == ("1", found, "asked for", "")
    assert onrecord("remove", "--allow", 1).stdout == f"removal 1: {found} may be added again\n"
    assert " allowed " in onrecord("remove", "--list", "--width", 120).stdout


def test_words_that_others_keep_in_the_file_are_told_and_overwritten_later(onrecord, news, monkeypatch):
    monkeypatch.setattr("onrecord.record.userword.wipe", lambda _path: False)
    result = onrecord("remove", ids(news)["vel"])
    assert (result.exit_code, result.stdout.startswith("removal 1: ")) == (1, True)
    assert f"later: onrecord remove --wipe --in {news}" in result.stderr
    assert onrecord("remove", "--wipe").exit_code == 1
    monkeypatch.undo()
    assert onrecord("remove", "--wipe", "--in", news).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("https://nowhere.example/levy",), 1, "no report of the record has this address"),
        (("0123456789abcdef",), 1, "nothing in the record has this id"),
        (("the ferry",), 1, "no id"),
        (("--allow", 7), 1, "7: no such removal; see: onrecord remove --list --in FILE"),
        ((), 2, "name REPORTs, or give --list, --allow NUMBER or --wipe"),
        (("--list", "--wipe"), 2, "name REPORTs, or give"),
        (("3f9a1c2b", "--csv"), 2, "--csv goes with --list"),
        (("--allow", 7, "--json"), 2, "--json goes with --list or a REPORT"),
    ],
)
def test_what_can_not_be_done_is_one_line(onrecord, news, arguments, code, message):
    result = onrecord("remove", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr.splitlines()[-1]
    assert set(ids(news)) == {"orrin", "quy", "vel"}
