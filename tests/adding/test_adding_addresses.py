"""Adding what stands at an address: a page, a feed with its pages. A real server, the real parser, a reader by hand."""

from __future__ import annotations

import http.server
import socket
import threading

import pytest

from onrecord.adding import Kept, add_sources, workers
from onrecord.errors import BadResponse, RefusedAddress
from onrecord.ingest.fetching import Network
from onrecord.record import Record
from reading_by_hand import CHILD

SITE = "http://orrin-echo.example"
STORY = (
    "<p>The harbour master of Orrin Quay said on Monday that the levy would go by May, two years after it came.</p>"
    "<p>“We have kept our promise to {name},” she told those who had waited, and thanked them for it.</p>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Orrin Echo</title>'
    f"<link>{SITE}/</link><language>en</language>"
    + "".join(
        f"<item><title>{name}</title><link>{SITE}/{name}</link></item>" for name in ("fishers", "gone", "ferries")
    )
    + "</channel></rss>"
)


def page(name):
    return f"<html><head><title>Levy and {name}</title></head><body><h1>Levy and {name}</h1>{STORY.format(name=name)}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = {
            "/feed": ("application/rss+xml", FEED),
            "/fishers": ("text/html; charset=utf-8", page("fishers")),
            "/ferries": ("text/html; charset=utf-8", page("ferries")),
        }.get(self.path, (None, ""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/html")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def network():
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Network(
            resolve=lambda name: ["127.0.0.1" if name == "localhost" else "93.184.215.14"],
            connect=lambda _, timeout: socket.create_connection(server.server_address, timeout=timeout),
        )
        server.shutdown()
        thread.join()


@pytest.fixture
def add(tmp_path, network, monkeypatch):
    monkeypatch.setattr(workers, "CHILD", CHILD)

    def add(*sources):
        with Record.open(tmp_path / "news.db", create=True) as record:
            outcomes = list(add_sources(record, sources, jobs=1, network=network))
            addresses = record.connection.execute("SELECT address FROM documents ORDER BY id").fetchall()
        return [each.outcome if isinstance(each, Kept) else type(each) for each in outcomes], addresses

    return add


def test_a_page_at_an_address_is_added_once(add):
    assert add(f"{SITE}/fishers") == (["added"], [(f"{SITE}/fishers",)])
    assert add(f"{SITE}/fishers") == (["skipped"], [(f"{SITE}/fishers",)])


def test_a_feed_at_an_address_has_its_pages_added_and_later_only_the_new_ones(add):
    assert add(f"{SITE}/fishers")[0] == ["added"]
    outcomes, addresses = add(f"{SITE}/feed")
    assert outcomes == ["skipped", BadResponse, "added"]
    assert addresses == [(f"{SITE}/fishers",), (f"{SITE}/ferries",)]


def test_an_address_inside_the_house_is_refused_and_the_rest_is_done(add):
    assert add("http://localhost/fishers", f"{SITE}/ferries")[0] == [RefusedAddress, "added"]
