"""Overview, search and a report in a browser: clicked through, on a phone, printed, without a script of ours."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright.sync_api")

from axe_playwright_python.sync_playwright import Axe

from onrecord.settings import Settings
from onrecord.web.app import create_app

SERIOUS = {"serious", "critical"}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(serve, record_path):
    return serve(create_app(record_path, settings=Settings(web_seconds=60.0)))


@pytest.fixture(scope="module")
def paths(levy):
    report = f"/report/{levy}"
    return ("/", "/search?words=levy", "/search?words=zzz", report, f"{report}?show=events&show=times", "/nothing")


@pytest.fixture
def visit(browser, site):
    """Return what opens a page; a dialog, a complaint of the browser or a request elsewhere fails the test."""
    complaints, contexts = [], []

    def open_page(**options):
        contexts.append(browser.new_context(base_url=site, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(site) else complaints.append(asked.url))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [each for each in complaints if "Failed to load resource" not in each] == []


def background(page, selector):
    return page.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")


def test_from_the_overview_to_a_search_to_a_statement_in_its_report(visit):
    page = visit()
    page.goto("/")
    page.get_by_label("Words that were said").fill('"empty by spring" teo brandt claimed')
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 statement").wait_for()
    page.get_by_role("link", name="Levy to go").click()
    target = page.locator("a.label:target")
    assert target.get_attribute("data-label") == "2"
    assert background(page, ".note.k1") != background(page, ".note.k0")


def test_lines_say_what_was_said_where_the_system_has_colours_of_its_own(visit, levy):
    page = visit(forced_colors="active")
    page.goto(f"/report/{levy}")
    content = page.locator(".paragraph .content").first
    assert content.evaluate("element => getComputedStyle(element).textDecorationLine") == "underline"


def test_a_search_is_narrowed_widened_and_turned_over(visit):
    page = visit()
    page.goto("/search")
    narrow = page.get_by_role("complementary", name="Narrow it")
    narrow.get_by_role("link", name="Mara Ilven").first.click()
    page.wait_for_url(re.compile("person=p"))
    chip = page.get_by_role("link", name=re.compile("No longer: said by Mara Ilven"))
    count = page.locator("#count").inner_text()
    page.get_by_role("link", name=re.compile(r"^2024-0|^\w+ 2024|2024")).first.click()
    page.wait_for_url(re.compile("since="))
    assert page.locator("#count").inner_text() != count
    page.go_back()
    chip.click()
    page.wait_for_url(re.compile("/search$"))
    page.get_by_role("link", name="next page").click()
    page.wait_for_url(re.compile(r"/search\?page=2$"))
    assert page.get_by_text("page 2 of").is_visible()


def test_a_statement_lights_up_as_a_whole_when_pointed_at_and_when_focused(visit, levy):
    page = visit()
    page.goto(f"/report/{levy}")
    plain = background(page, ".note.k1")
    page.locator(".report .source.k1").first.hover()
    lit = background(page, ".note.k1")
    assert lit != plain
    assert background(page, ".report .cue.k1") == lit
    assert background(page, ".note.k0") == plain
    page.mouse.move(1, 1)
    assert background(page, ".note.k1") == plain
    page.locator(".note.k1 a.back").focus()
    assert background(page, ".report .content.k1") == lit


def test_the_keyboard_goes_from_the_text_to_the_margin_and_back(visit, levy):
    page = visit()
    page.goto(f"/report/{levy}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.locator(".label.k2").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#ns-[0-9a-f]{8}$"))
    page.locator(".note.k2 a.back").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"#s-[0-9a-f]{8}$"))
    page.locator(".note.k2 summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".note.k2 dl").is_visible()


FOCUSED = """() => {
    const focused = document.activeElement, place = focused.getBoundingClientRect();
    return focused === document.body ? null : {
        within: focused.closest("header, .masthead, .block, .cast, .skip").textContent.trim().slice(0, 60),
        is_label: focused.matches(".label"), is_note: focused.closest(".note") !== null,
        is_outlined: getComputedStyle(focused).outlineStyle !== "none",
        is_seen: place.width > 0 && place.left >= 0 && place.bottom > 0 && place.top < innerHeight,
    };
}"""


def test_tab_goes_through_a_report_as_it_is_read_and_out_of_it_again(visit, levy):
    page = visit()
    page.goto(f"/report/{levy}")
    walked = []
    for _ in range(100):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        walked.append(focused)
    assert focused is None
    assert all(each["is_outlined"] and each["is_seen"] for each in walked)
    places = [each["within"] for each in walked]
    assert places == sorted(places, key=places.index)
    order = list(dict.fromkeys(places))
    assert order[0] == "Skip to the content"
    blocks = [block.strip()[:60] for block in page.locator(".block").all_text_contents()]
    assert [each for each in order if each in blocks] == [each for each in blocks if each in order]
    for block in set(blocks):
        is_note = [each["is_note"] for each in walked if each["within"] == block]
        assert is_note == sorted(is_note)
    assert any(each["is_label"] for each in walked)


def test_the_skip_link_skips_the_menu(visit, levy):
    page = visit()
    page.goto(f"/report/{levy}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_shown_on_request_comes_and_goes(visit, levy):
    page = visit()
    page.goto(f"/report/{levy}")
    assert page.locator(".check-note").is_visible()
    assert page.get_by_role("link", name="https://orrin.example/levy").get_attribute("rel") == "noreferrer noopener"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(visit, paths, scheme):
    page = visit(color_scheme=scheme)
    for path in paths:
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found if each["impact"] in SERIOUS] == [], path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_statement_that_is_lit_can_be_read(visit, levy, scheme):
    page = visit(color_scheme=scheme)
    page.goto(f"/report/{levy}")
    for number in range(3):
        page.locator(f".note.k{number} a.back").focus()
        found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        assert [each["nodes"][0]["target"] for each in found] == []


def test_a_phone_needs_no_scrolling_sideways(visit, paths):
    page = visit(viewport=PHONE)
    for path in paths:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def brightness(page, selector):
    """How bright what lies behind an element is, from 0 to 255."""
    channels = re.findall(r"[\d.]+", background(page, selector))
    return sum(map(float, channels[:3])) / 3


def test_paper_has_text_notes_and_addresses_and_nothing_to_press(visit, paths, levy):
    page = visit(color_scheme="dark")
    for path in paths:
        page.goto(path)
        assert page.locator(".onpaper").locator("visible=true").count() == 0, path
        page.emulate_media(media="print", color_scheme="dark")
        idle = page.locator("nav, form, button, .skip, .facets, .onscreen").locator("visible=true")
        assert idle.count() == 0, path
        page.emulate_media(media="screen", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/search?words=levy")
    assert page.get_by_text("words: levy").is_visible()
    assert page.get_by_text("original page: https://orrin.example/levy", exact=False).is_visible()
    page.goto("/verify?quotation=The quay will be empty by spring")
    assert page.locator("blockquote.onpaper").is_visible()
    page.goto(f"/report/{levy}")
    assert page.get_by_text("“The quay will be empty by spring,”").first.is_visible()
    assert page.locator(".note.k1").is_visible()
    assert min(brightness(page, "body"), brightness(page, ".report .content.k1")) > 200
