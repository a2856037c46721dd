"""One record for all tests of the web reader, made by hand without the network, and a client that asks the server."""

from __future__ import annotations

import shutil
import socket
import threading
from dataclasses import replace

import pytest

pytest.importorskip("fastapi")

from starlette.testclient import TestClient

from handmade import full_reading, invented_reading, read_by_hand
from occasions import occasion
from onrecord.reading import Check
from onrecord.record import Filters, Record
from onrecord.record.runs import Aside, begin_run, set_aside
from onrecord.settings import Settings
from onrecord.web.app import create_app

LEVY = """The levy on moorings will go, Mara Ilven said.

“The quay will be empty by spring,” Teo Brandt claimed.

The old bridge stays closed, Halvard Quy announced. Dr. Wenna Sool has denied it."""
LEVY_AT = "https://orrin.example/levy"


@pytest.fixture(scope="session")
def record_path(tmp_path_factory):
    """A record of 30 reports: some of one story, one with a check, a copy, a revised text, one that was set aside."""
    path = tmp_path_factory.mktemp("web") / "news.db"
    levy = read_by_hand(
        LEVY, url=LEVY_AT, outlet="Orrin Echo", published="2024-05-02", title="Levy to go", authors=("Ibby Tarrow",)
    )
    span = levy.statements[1].content[0]
    check = Check(
        kind="headline-not-said", severity="warning", span=span, message="nobody says so", unknown="who wrote it"
    )
    with Record.open(path, create=True) as record:
        record.add(invented_reading(seed) for seed in range(25))
        record.add(read_by_hand(LEVY, url="https://mirror.example/levy", outlet="Mirror", published="2024-05-03"))
        record.add(read_by_hand("The levy may go.", url=LEVY_AT, published="2024-05-01"))
        record.add([replace(levy, checks=(check,)), full_reading(url="https://orrin.example/full", title="Full")])
        record.add(read_by_hand("", url="https://orrin.example/empty", title="Empty"))
        begin_run(record.connection, ["reports/"], "2024-05-02T10:00:00+00:00")
        aside = Aside(raw_sha256="0" * 64, origin="reports/bad.html", tries=2, cause="killed", is_final=True)
        set_aside(record.connection, aside, "2024-05-02T10:00:00+00:00")
    return path


@pytest.fixture(scope="session")
def client(record_path):
    """A client of a server that may not be changed; it has more time than a reader would wait."""
    with TestClient(create_app(record_path, settings=Settings(web_seconds=60.0))) as client:
        yield client


@pytest.fixture(scope="session")
def levy(record_path):
    """Return the id of the report about the levy."""
    with Record.open(record_path, read_only=True) as record:
        (hit, *_) = record.search('"empty by spring"')
        return hit.citation.document


@pytest.fixture(scope="session")
def occasion_path(tmp_path_factory):
    """A record of three reports on one occasion, a copy of one of them, and a report on another."""
    path = tmp_path_factory.mktemp("occasion") / "occasion.db"
    with Record.open(path, create=True) as record:
        record.add(occasion())
    return path


@pytest.fixture(scope="session")
def said(occasion_path):
    """Return what finds the statement of an outlet that has some words."""
    with Record.open(occasion_path, read_only=True) as record:
        hits = list(record.search(filters=Filters(copies=True), limit=None))

    def find(words, outlet="Orrin Echo"):
        return next(hit for hit in hits if words in hit.words and hit.outlet == outlet)

    return find


@pytest.fixture(scope="session")
def reader(occasion_path):
    """A client of a server that may not be changed; it has more time than a reader would wait."""
    with TestClient(create_app(occasion_path, settings=Settings(web_seconds=60.0))) as client:
        yield client


# ---- a browser -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """Chromium, the one of all tests; skipped where it or Playwright is missing."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    # The name is this machine's, and yet none that a browser trusts as it trusts localhost.
    rules = ["--no-sandbox", "--host-resolver-rules=MAP reader.example 127.0.0.1"]
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=rules)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve():
    """Return what serves an application at a free port of this machine; all of them end with the session."""
    uvicorn = pytest.importorskip("uvicorn")
    ending = []

    def start(app):
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        ending.append((server, thread))
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for server, thread in ending:
        server.should_exit = True
        thread.join(10)
