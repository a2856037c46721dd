"""Hostile and damaged pages (reliability rows IN3, IN4, IN5, IN11).

``ONRECORD_HOSTILE_N`` sets how many damaged pages there are: 1,500 by default (20 s on one core), 10,000 in CI (within
5 minutes), 1,000,000 at night; ``ONRECORD_HOSTILE_SEED`` draws others, so that a night's may be several runs.
``ONRECORD_KILLS`` sets how many parsers are killed: 10 by default, 1,000 at night.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from onrecord.errors import ParserFailure, SourceError
from onrecord.ingest.sandbox import PageParser
from onrecord.settings import DEFAULTS

COUNT = int(os.environ.get("ONRECORD_HOSTILE_N", "1500"))
SEED = int(os.environ.get("ONRECORD_HOSTILE_SEED", "20240502"))
KILLS = int(os.environ.get("ONRECORD_KILLS", "10"))
INVENTED = sorted((Path(__file__).parent.parent / "pages").glob("*.html"))
NAMES = [
    "100,000 attributes in one tag", "100,000 attributes with > in quotes", "300 levels", "3,000 levels",
    "100,000 levels", "100,000 levels never closed", "100,000 inline levels", "15 MB text node",
    "15 MB text node without a space", "1 M <", "1 M <a", "200 k <!--", "200 k <script", "200 k <p>", "200 k links",
    "200 k <br>", "colspan 2^53", "2,000 open tables", "2,000 tables opened by themselves", "100 k [ in JSON-LD",
    "100 k objects in JSON-LD", "1 M quotes in JSON-LD", "1 M spaces in title", "1 M spaces in byline", "1 MB class",
    "1 M entities", "1 M commas in author", "1 MB headline", "1 MB caption", "20 k article elements",
]  # fmt: skip


@pytest.fixture(scope="module")
def parser(pages):
    with PageParser() as parser:
        parse(parser, pages.article())
        yield parser


@pytest.fixture(scope="module")
def exhausting(pages):
    return pages.exhausting()


def parse(parser, raw):
    return parser.parse(raw, origin="p.html", url=None, declared_charset=None)


def peak_megabytes(parser):
    with open(f"/proc/{parser._child.pid}/status", encoding="ascii") as status:  # noqa: PTH123 - a pseudo-file
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) / 1_024


def test_the_names_are_those_of_the_pages(exhausting):
    assert sorted(exhausting) == sorted(NAMES)


@pytest.mark.hostile
@pytest.mark.parametrize("name", NAMES)
def test_a_page_built_to_exhaust_is_answered_or_refused_in_time(parser, exhausting, name):
    try:
        document = parse(parser, exhausting[name])
    except ParserFailure as error:  # after five seconds of processor time, or by dying
        pytest.fail(str(error))
    except SourceError:
        pass
    else:
        document.text.encode("utf-8")
    if sys.platform == "linux":
        assert peak_megabytes(parser) < 500


@pytest.mark.hostile
@pytest.mark.parametrize("first", range(1, 401, 50))
def test_nothing_nested_is_lost_in_silence(parser, pages, first):
    for levels in range(first, first + 50):
        document = parse(parser, pages.article(inside=pages.nested(levels, pages.MARKER)))
        assert pages.MARKER in document.text or any(
            "truncated" in warning and "max_tag_depth" in warning for warning in document.warnings
        ), levels


@pytest.mark.hostile
def test_nothing_behind_a_long_text_is_lost_in_silence(parser, pages):
    for size in (8_000_000, 15_000_000):
        document = parse(parser, pages.article(inside=f"<p>{'word ' * (size // 5)}</p><p>{pages.MARKER}</p>"))
        cut = any("truncated" in warning and "max_text_node_bytes" in warning for warning in document.warnings)
        assert cut == (size > DEFAULTS.max_text_node_bytes)
        assert pages.MARKER in document.text


@pytest.mark.hostile
@pytest.mark.timeout(0)
def test_damaged_pages_are_answered_or_refused(pages):
    sound = [path.read_bytes() for path in INVENTED]
    with PageParser() as parser:
        parse(parser, pages.article())
        child = parser._child
        for number, raw in enumerate(pages.damaged(sound, COUNT, seed=SEED)):
            begun = time.monotonic()
            try:
                document = parse(parser, raw)
            except ParserFailure as error:
                pytest.fail(f"page {number}: {error}")
            except SourceError:
                pass
            else:
                document.text.encode("utf-8")
                assert all(zone.start < zone.end for zone in document.zones)
            assert time.monotonic() - begun < 5, number
        assert parser._child is child  # it never died


@pytest.mark.hostile
@pytest.mark.timeout(0)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal on Windows")
def test_killed_parsers_cost_one_page_each(pages):
    page = pages.article()
    with PageParser() as parser:
        for _ in range(KILLS):
            assert parse(parser, page).title == "Bridge closed in Belvar"
            os.kill(parser._child.pid, signal.SIGSEGV)
            with pytest.raises(ParserFailure, match="died of signal"):
                parse(parser, page)
