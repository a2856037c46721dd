"""The page parser in its own process: what kills it costs one page (reliability row IN11)."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from onrecord.errors import HostileSource, NoArticle, OversizedSource, ParserFailure
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.webpages import read_page
from onrecord.settings import DEFAULTS

# Plainly English, so that no language model has to be loaded: these tests are about the child.
STORY = (
    "<p>The council of Belvar closed the old bridge on Monday after an engineer found cracks in two of its piers.</p>"
    "<p>The buses will have to go round by the new bridge for a year, and that is not what they had hoped for.</p>"
)
PAGE = f"<html lang=en><title>Bridge closed</title><body><article><h1>Bridge closed</h1>{STORY}</article>".encode()
SLOW = b"<article>" + b"".join(b"<p %s>x</p>" % b" ".join(b"a%d=1" % n for n in range(900)) for _ in range(2_000))


@pytest.fixture(scope="module")
def parser():
    with PageParser() as parser:
        yield parser


def parse(parser, raw=PAGE):
    return parser.parse(raw, origin="p.html", url=None, declared_charset=None)


def test_it_gives_what_the_parser_itself_gives(parser):
    assert parse(parser) == read_page(PAGE, origin="p.html", url=None, declared_charset=None, settings=DEFAULTS)


def test_one_child_serves_many_pages(parser):
    parse(parser)
    child = parser._child
    parse(parser)
    assert parser._child is child


def test_its_errors_are_the_parsers_own(parser):
    with pytest.raises(NoArticle) as caught:
        parse(parser, b"<p>Nothing.</p>")
    assert caught.value.where == "p.html"
    with pytest.raises(HostileSource):
        parse(parser, b"<div>" * 3_000)


def test_a_page_too_large_is_refused_before_it_is_sent():
    with PageParser(replace(DEFAULTS, max_source_bytes=10)) as parser, pytest.raises(OversizedSource):
        parse(parser)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_child_that_dies_costs_one_page(parser, number):
    parse(parser)
    os.kill(parser._child.pid, number)
    with pytest.raises(ParserFailure, match=f"died of signal {number.value}"):
        parse(parser)
    assert parse(parser).title == "Bridge closed"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
def test_a_child_that_dies_over_a_page_costs_that_page(parser):
    parse(parser)
    killer = threading.Timer(0.2, os.kill, (parser._child.pid, signal.SIGSEGV))
    killer.start()
    with pytest.raises(ParserFailure, match="died of signal"):
        parse(parser, SLOW)
    killer.join()
    assert parse(parser).title == "Bridge closed"


def test_a_parser_that_is_not_whole_says_what_it_lacks(tmp_path, monkeypatch):
    (tmp_path / "trafilatura.py").write_text("raise ImportError('no lxml_html_clean')")
    monkeypatch.syspath_prepend(tmp_path)
    with PageParser() as parser, pytest.raises(ParserFailure, match=r"can't be loaded \(no lxml_html_clean\)"):
        parse(parser)


def test_a_parser_for_which_there_is_no_python_is_told_for_each_page(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with PageParser() as parser:
        parser.warm_up()
        for _ in range(2):
            with pytest.raises(ParserFailure, match=r"can't be started \(.*gone: .+\)"):
                parse(parser)


def test_a_page_that_takes_too_long_is_given_up():
    with PageParser(replace(DEFAULTS, parser_seconds=2.0)) as parser:
        parse(parser)
        with pytest.raises(ParserFailure, match="took more than 2 s"):
            parse(parser, SLOW)
        assert parse(parser).title == "Bridge closed"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space exactly")
def test_a_page_that_takes_too_much_memory_is_given_up():
    with PageParser(replace(DEFAULTS, parser_memory_bytes=60_000_000)) as parser:
        with pytest.raises(ParserFailure):
            parse(parser, PAGE + b"<p>" + b"word " * 3_000_000)
        assert parse(parser).title == "Bridge closed"


def test_nothing_is_left_when_it_is_closed():
    with PageParser() as parser:
        parse(parser)
        child = parser._child
    assert child.returncode is not None
    del parser, child
    gc.collect()  # an unclosed pipe would warn here, and warnings are errors


def test_a_parser_that_read_nothing_starts_nothing():
    with PageParser() as parser:
        pass
    assert parser._child is None


def test_the_child_ends_when_its_parent_is_gone():
    script = (
        "import os; from onrecord.ingest.sandbox import PageParser; parser = PageParser()\n"
        f"parser.parse({PAGE!r}, origin='-', url=None, declared_charset=None)\n"
        "print(parser._child.pid, flush=True); os._exit(0)"  # no guard for __main__, no goodbye
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    pid = int(done.stdout)
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except OSError:
            return
        threading.Event().wait(0.05)
    pytest.fail("the child outlived its parent")
