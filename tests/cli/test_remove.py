"""``onrecord remove``: reports taken out for good, listed, and allowed again."""

from __future__ import annotations

import csv
import io
import json
import os
import signal

import pytest

from handmade import read_by_hand
from onrecord.record import Record

TEXT = "No levy will come, Mara Ilven said.\n\nNo boat will pay it, Teo Brandt vowed on the quay of Orrin at noon."


@pytest.fixture
def news(news_file):
    with Record.open(news_file, create=True) as record:
        record.add([report("orrin", title="No levy"), report("quy"), report("vel", "Nothing, Mara Ilven said.")])
    return news_file


def report(domain, text=TEXT, **metadata):
    return read_by_hand(text, url=f"https://{domain}.example/levy", **{"published": "2024-05-06", **metadata})


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


# ---- shown first --------------------------------------------------------------------------------------------------

POSIX = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")


def test_a_dry_run_shows_what_would_go_and_changes_nothing(onrecord, news):
    with Record.open(news) as record:
        record.add(report("vel", "Something, Teo Brandt said.", published="2024-05-07", outlet="Vel Gazette"))
    before, found = news.read_bytes(), ids(news)
    result = onrecord("remove", "https://orrin.example/levy", found["vel"][:8], "--dry-run")
    assert result.exit_code == 0, result.output
    assert [line.split("\t") for line in result.stdout.splitlines()] == [
        [found["orrin"], "2024-05-06", "orrin.example", "2", "0", "0", "No levy"],
        [found["vel"], "2024-05-07", "Vel Gazette", "2", "0", "1", ""],
    ]
    assert result.stderr.splitlines() == [
        f"onrecord: {found['orrin']}: its copies stay, under other addresses: {found['quy']}",
        f"onrecord: {news}: 2 reports with 4 statements would be removed; nothing was changed",
    ]
    told = json.loads(onrecord("remove", found["vel"], "--dry-run", "--json").stdout)
    assert [(each["document"], each["texts"], each["statements"]) for each in told] == [(found["vel"], 2, 2)]
    assert news.read_bytes() == before
    assert ids(news) == found


def test_what_a_dry_run_shows_is_what_goes(onrecord, news):
    shown = json.loads(onrecord("remove", ids(news)["orrin"], "--dry-run", "--json").stdout)
    (gone,) = json.loads(onrecord("remove", ids(news)["orrin"], "--json").stdout)
    assert shown == [{name: value for name, value in gone.items() if name not in ("id", "is_wiped")}]


@pytest.mark.parametrize("answer", ["n\n", "\n", "perhaps\n", "", "\udcff\n".encode("utf-8", "surrogateescape")])
def test_a_no_removes_nothing(onrecord, news, monkeypatch, answer):
    monkeypatch.setattr("onrecord.cli.asking.can_ask", lambda: True)
    before = ids(news)
    result = onrecord("remove", "https://orrin.example/levy", "--json", input=answer)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "remove 1 report with 2 statements for good? [y/N] " in result.stderr
    assert result.stderr.endswith("onrecord: nothing was removed\n")
    assert ids(news) == before


@pytest.mark.parametrize(("arguments", "answer"), [((), "y\n"), ((), " YES \n"), (("--yes",), ""), (("--yes",), "n\n")])
def test_a_yes_removes_what_was_shown(onrecord, news, monkeypatch, arguments, answer):
    monkeypatch.setattr("onrecord.cli.asking.can_ask", lambda: True)
    result = onrecord("remove", "https://orrin.example/levy", *arguments, input=answer)
    assert (result.exit_code, result.stdout.startswith("removal 1: ")) == (0, True), result.output
    assert ("for good?" in result.stderr) is not bool(arguments)
    assert set(ids(news)) == {"quy", "vel"}


@POSIX
@pytest.mark.parametrize(
    ("typed", "code", "last"),
    [(b"y\n", 0, None), (b"n\n", 1, "onrecord: nothing was removed"), (b"\x04", 1, "onrecord: nothing was removed")],
)
def test_who_sits_at_a_terminal_is_asked(start, news, typed, code, last):
    outer, inner = os.openpty()
    found = ids(news)
    process = start("remove", "https://vel.example/levy", "--width", 120, "--color", "never", stdin=inner, stderr=inner)
    os.close(inner)
    shown = read_until(outer, "[y/N] ")
    assert shown.splitlines()[0].split()[:4] == ["report", "published", "outlet", "statements"]
    assert shown.splitlines()[1].startswith(f"{found['vel']}  2024-05-06  ")
    os.write(outer, typed)
    assert process.wait(timeout=60) == code
    assert last is None or read_until(outer, last)
    assert ("vel" in ids(news)) is bool(code)
    os.close(outer)


@POSIX
def test_ctrl_c_at_the_question_is_one_line_and_130(start, news):
    outer, inner = os.openpty()
    process = start("remove", "https://vel.example/levy", stdin=inner, stderr=inner)
    os.close(inner)
    read_until(outer, "[y/N] ")
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert read_until(outer, "interrupted").split() == ["onrecord:", "interrupted"]
    assert "vel" in ids(news)
    os.close(outer)


@POSIX
@pytest.mark.parametrize("piped", ["stdin", "stderr"])
def test_where_nobody_sees_the_question_or_can_answer_it_goes_on(start, news, piped):
    outer, inner = os.openpty()
    terminal = {"stdin": inner, "stderr": inner}
    del terminal[piped]
    process = start("remove", "https://vel.example/levy", **terminal)
    os.close(inner)
    assert process.wait(timeout=60) == 0
    assert process.stdout.read().startswith(b"removal 1: ")
    os.close(outer)


def read_until(descriptor, words):
    """Return what a terminal shows until it shows these words."""
    shown = ""
    while words not in shown:
        shown += os.read(descriptor, 65_536).decode()
    return shown


# ---- listed, allowed, wiped -----------------------------------------------------------------------------------------


def test_what_was_removed_before_is_told_with_what_ends_a_removal_that_was_cut_short(onrecord, news):
    found = ids(news)["vel"]
    onrecord("remove", found)
    for words in ("https://www.vel.example/levy", found, f"{found}-9c01d2e7", found[:8]):
        result = onrecord("remove", words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            f"onrecord: {words}: was taken out of this record before (removal 1);"
            " if that was cut short, this ends it: onrecord remove --wipe --in FILE\n"
        )


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
        (("--wipe", "--dry-run"), 2, "--dry-run goes with a REPORT"),
        (("--list", "--yes"), 2, "--yes goes with a REPORT"),
        (("3f9a1c2b", "--dry-run"), 1, "nothing in the record has this id"),
    ],
)
def test_what_can_not_be_done_is_one_line(onrecord, news, arguments, code, message):
    result = onrecord("remove", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr.splitlines()[-1]
    assert set(ids(news)) == {"orrin", "quy", "vel"}
