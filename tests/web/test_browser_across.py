"""Pages across reports, and changes, as somebody uses them: clicked through in a browser, without a script of ours."""

from __future__ import annotations

import re
import shutil

import pytest

pytest.importorskip("playwright.sync_api")

from axe_playwright_python.sync_playwright import Axe

from onrecord.adding import workers
from onrecord.settings import Settings
from onrecord.web.app import Edits, create_app
from reading_by_hand import CHILD

TOKEN = "a token of the tests"
LEVY = "The levy on moorings is dead"
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def site(serve, occasion_path, tmp_path_factory):
    """The address of a server that may change its copy of the record of the occasion."""
    path = shutil.copy(occasion_path, tmp_path_factory.mktemp("browsing") / "news.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "CHILD", CHILD)
        settings = Settings(web_seconds=60.0, parser_seconds=60.0)
        yield serve(create_app(path, edits=Edits(token=TOKEN), settings=settings))


@pytest.fixture
def visit(browser, site):
    """Return what opens a page; whatever the browser complains of, or asks for elsewhere, fails the test."""
    complaints, contexts = [], []

    def open_page(host="127.0.0.1", **options):
        base = site.replace("127.0.0.1", host)
        contexts.append(browser.new_context(base_url=base, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(base) else complaints.append(asked.url))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        return page

    yield open_page
    for context in contexts:
        context.close()
    # An answer that says no (400, 403) is one that the browser tells of, too.
    assert [each for each in complaints if "Failed to load resource" not in each] == []


@pytest.fixture
def page(visit):
    return visit()


def heading(page, words):
    return page.get_by_role("heading", name=words)


def test_from_the_people_to_their_words_to_where_else_these_stand(page):
    page.goto("/people")
    page.get_by_role("link", name="Mara Ilven").click()
    heading(page, "Mara Ilven").wait_for()
    page.get_by_role("searchbox", name="Words that Mara Ilven said").fill("moorings")
    page.keyboard.press("Enter")
    page.get_by_text("2 statements").wait_for()
    page.get_by_role("article").filter(has_text="as long as I sit here").get_by_role(
        "link", name="everywhere it appears"
    ).click()
    mark = page.get_by_role("link", name=re.compile("2024-05-07: clipped"))
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("#a3$"))
    target = page.locator("li:target")
    assert "Vel Courier" in target.inner_text()
    assert target.locator("del").inner_text() == "and it will not come back as long as I sit here"
    page.get_by_text("BibTeX").click()
    assert page.get_by_text("@misc{onrecord-").is_visible()


def test_a_quotation_is_pasted_and_verified(page):
    page.goto("/")
    page.get_by_role("link", name="Verify", exact=True).click()
    page.get_by_label("The quotation, as you have it").fill(f"{LEVY}, and will not come back")
    page.get_by_role("button", name="Verify").click()
    heading(page, "Clipped").wait_for()
    assert page.locator("ins").last.inner_text()
    page.get_by_label("said by").fill("Halvard Quy")
    page.get_by_role("button", name="Verify").click()
    heading(page, "Said by somebody else").wait_for()


def test_a_story_is_read_side_by_side(page):
    page.goto("/stories")
    page.get_by_role("link", name="Belvar council drops mooring levy").click()
    line = page.locator("li", has=page.get_by_role("heading", name=re.compile("Halvard Quy")))
    assert "Left out by Tide Weekly" in line.inner_text()
    page.get_by_text("Tide Weekly: 1 statement").click()
    assert page.get_by_text("nobody would lose a berth this winter").is_visible()


@pytest.mark.parametrize("host", ["127.0.0.1", "reader.example"])
def test_a_statement_is_corrected_then_the_next_and_both_are_taken_back(visit, said, host):
    """Where the browser says whence a form comes (Sec-Fetch-Site), and where it does so by Origin alone (no HTTPS)."""
    page = visit(host)
    page.goto(f"/correct/{said('threatened').statement}")
    page.locator("#speaker").fill("Ibby Tarrow")
    page.get_by_label("Who you are").first.fill("ida")
    page.get_by_label("Token").first.fill(TOKEN)
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("speaker: Teo Brandt → Ibby Tarrow").wait_for()
    number = page.get_by_role("button", name=re.compile("Undo correction")).inner_text().rpartition(" ")[2]
    page.get_by_role("button", name="Correct the next statement").click()
    assert page.get_by_label("Token").count() == 0
    page.get_by_label("How the outlet frames it").select_option("denying")
    page.get_by_role("button", name="Correct it").click()
    page.get_by_text("cue class: conceding → denying").wait_for()
    page.get_by_role("button", name=re.compile("Undo correction")).click()
    page.get_by_text("undone: cue class").wait_for()
    page.get_by_role("button", name="All changes").click()
    page.get_by_role("button", name=f"Undo correction {number}").click()
    page.get_by_text("undone: speaker: Teo Brandt → Ibby Tarrow").wait_for()
    assert "token" not in page.url


def test_a_report_is_pasted_and_its_page_loads_itself_until_it_is_there(page):
    page.goto("/add")
    page.get_by_label("Paste a report").fill("Toll to rise\n\nThe toll on the bridge will rise in May, Ada Quill said.")
    page.get_by_label("Outlet").fill("Orrin Echo")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Add", exact=True).click()
    heading(page, "Done").wait_for(timeout=60_000)
    page.get_by_role("link", name="the text that was pasted").click()
    assert page.get_by_text("The toll on the bridge will rise in May").first.is_visible()


def test_files_are_chosen_and_a_wrong_token_keeps_what_was_typed(page):
    page.goto("/add")
    page.get_by_label("Title").fill("Kept")
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Title").input_value() == "Kept"
    page.get_by_label("Title").fill("")  # a file says its own
    words = b"Nobody had asked the fishers of Orrin Quay what the levy would do to them, Teo Brandt said."
    page.get_by_label("Or drop files here").set_input_files(
        {"name": "quay.txt", "mimeType": "text/plain", "buffer": words}
    )
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Add", exact=True).click()
    heading(page, "Done").wait_for(timeout=60_000)
    assert page.get_by_role("link", name="quay.txt").is_visible()


@pytest.fixture
def addresses(said):
    hit = said("levy on moorings")
    document = hit.citation.document
    return [
        "/people",
        "/people?name=zzz",
        "/person/Mara Ilven",
        "/outlets",
        f"/statement/{hit.statement}",
        "/verify",
        f"/verify?quotation={LEVY}",
        "/verify?quotation=levy",
        "/stories",
        f"/story/{document}",
        "/framing",
        f"/correct/{hit.statement}",
        f"/report/{document}/missed",
        "/person/Mara Ilven/change",
        "/changes",
        "/add",
    ]


def test_two_are_made_one_by_a_part_of_a_name_and_parted_again(page):
    page.goto("/people")
    page.get_by_role("link", name="Mara Ilven").click()
    page.get_by_role("link", name="Two people in one").click()
    page.get_by_label("The other one").fill("brandt")
    page.get_by_label("Token").first.fill(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Teo Brandt").click()
    page.get_by_text("merge: Mara Ilven").wait_for()
    page.get_by_role("button", name="Undo change").click()
    page.get_by_text("undone: merge: Mara Ilven").wait_for()


def test_the_average_is_drawn_on_a_phone_too(visit):
    page = visit(viewport={"width": 390, "height": 844})
    page.goto("/framing")
    shown = page.locator("line.average").first.evaluate("element => getComputedStyle(element).display")
    assert shown != "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_who_reads_otherwise(visit, addresses, scheme):
    page, axe = visit(color_scheme=scheme), Axe()
    for address in addresses:
        page.goto(address)
        found = axe.run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in SERIOUS] == [], address


def test_pages_fit_a_phone(visit, addresses):
    page = visit(viewport={"width": 390, "height": 844})
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
