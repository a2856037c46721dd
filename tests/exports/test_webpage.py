"""The page of a reading."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from onrecord.document import Document, Provenance, Span, Zone
from onrecord.exports.webpage import to_webpage
from onrecord.reading import Check, Entity, Mention, Reader, Reading, Role, Statement, from_json, to_json

TEXT = "Toll to rise\n\nDELTA — Ada Quill recalled that Bo Larch had said “no” to it.\n\n“And never,” she added.\n"
ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "p",
    "div",
    "main",
    "span",
    "article",
    "h1",
    "h2",
}
ALLOWED |= {"section", "ol", "ul", "li", "dl", "dt", "dd", "small", "footer", "h3", "q"}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "href", "rel", "id", "aria-label", "dir"}
ATTRIBUTES |= {"aria-labelledby", "data-label", "data-code", "title"}
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</title><svg onload=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'><body onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "https://e.example/\"onclick='alert(1)'",
    "https://e.example/</a><script>alert(1)</script>",
    "http://[::1",
    "<!--<img src=--><x onerror=alert(1)//",
    "<![CDATA[<script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "${style} $title $$ ${",
    "\u202e<script>\u202c",
    "\ufeff<script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "\x00<script\x00>",
    "\ud83d<script>",
]


def span(words, text=TEXT):
    start = text.index(words)
    return (Span(start, start + len(words)),)


def place(words):
    return "{}:{}".format(*span(words)[0])


def statement(name, **differs):
    defaults = {
        "form": "mixed",
        "cue_class": "neutral",
        "negated": False,
        "modality": "said",
        "zone": "body",
        "confidence": 0.9,
    }
    return Statement(id=name, **{**defaults, "source": (), "cue": (), "content": (), **differs})


STATEMENTS = (
    statement("s1", source=span("Ada Quill"), cue=span("recalled that"), content=span("Bo Larch had said “no” to it")),
    statement("s2", source=span("Bo Larch"), cue=span("had said"), content=span("“no” to it"), within="s1"),
    statement("s3", source=span("she"), cue=span("added"), content=span("“And never,”"), form="direct"),
)
ZONES = (
    Zone(kind="headline", start=0, end=12),
    Zone(kind="dateline", start=14, end=21),
    Zone(kind="body", start=22, end=len(TEXT) - 1),
)


def reading(text=TEXT, statements=STATEMENTS, zones=ZONES, entities=(), checks=(), **differs):
    document = replace(Document.from_text(text, zones=zones), **differs)
    reader = Reader(version="0.1", model="m")
    return Reading(document=document, reader=reader, statements=statements, entities=entities, checks=checks)


def entity(name, called, *words, kind="person", **differs):
    mentions = tuple(Mention(span=span(each)[0], form="name") for each in words)
    return Entity(id=name, name=called, kind=kind, mentions=mentions, **differs)


CAST = (
    entity(
        "e1",
        "Ada Quill",
        "Ada Quill",
        "she",
        aliases=("she of the toll",),
        roles=(Role(title="Chair", of="the council", span=Span(14, 21)),),
        country="GB",
    ),
    entity("e2", "Bo Larch", "DELTA", "Bo Larch"),
    entity("e3", "the passer-by", "it"),
)
SPOKEN = (
    replace(STATEMENTS[0], speakers=("e1",), speaker_name="Ada Quill", speaker_confidence=1.0, about=("e2",)),
    replace(STATEMENTS[1], speaker_open="unsure", speaker_candidates=("e2",)),
    replace(
        STATEMENTS[2],
        speakers=("e1",),
        speaker_name="Ada Quill",
        speaker_confidence=0.83,
        addressees=("e3", "e2"),
        targets=("e2",),
    ),
)


def page(**differs):
    return html.document_fromstring(
        to_webpage(reading(**differs)).encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
    )


def report_text(tree):
    return "".join(tree.get_element_by_id("report").itertext())


def test_what_was_kept_as_json_gives_the_same_page():
    kept = reading(statements=SPOKEN, entities=CAST)
    assert to_webpage(from_json(to_json(kept))) == to_webpage(kept)


def test_the_text_of_the_page_is_the_text_of_the_document():
    assert report_text(page()) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n one \n",
        "one\r\n\r\ntwo",
        "tab\tand  two  spaces",
        "a\u2028b\u202ec\u202cd",
        "\x1b[31mred\x1b[0m",
        "a < b && c > d “é” 港口 👍🏽",
        "&amp; &lt;b&gt;",
        "  lead\n\n\n\nmany  ",
    ],
)
def test_any_text_survives_the_page(text):
    assert report_text(page(text=text, statements=(), zones=())) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n<&>'\""), max_size=80))
def test_every_text_survives_the_page(text):
    assert report_text(page(text=text, statements=(), zones=())) == text


@pytest.mark.parametrize("part", ["source", "cue", "content"])
def test_the_marks_of_a_statement_are_exactly_its_words(part):
    tree = page()
    for index, item in enumerate(STATEMENTS):
        runs = tree.xpath(f"//article//span[contains(concat(' ', @class, ' '), ' m{index} ')]")
        wanted = "".join(piece.of(TEXT) for piece in sorted((*item.source, *item.cue, *item.content)))
        assert "".join("".join(run.itertext()) for run in runs) == wanted
        marked = "".join("".join(run.itertext()) for run in runs if part in run.get("class").split())
        assert all(piece.of(TEXT) in marked for piece in getattr(item, part))


def test_every_statement_and_its_text_lead_to_each_other():
    tree = page()
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    links = {element.get("href")[1:] for element in tree.iter("a") if element.get("href", "").startswith("#")}
    assert links <= ids
    for item in STATEMENTS:
        assert {f"statement-{item.id}", f"text-{item.id}"} <= links


def test_a_statement_without_content_still_has_its_place_in_the_text():
    refusal = statement("s1", source=span("Ada Quill"), cue=span("recalled that"))
    ids = [element.get("id") for element in page(statements=(refusal,)).iter("a")]
    assert ids.count("text-s1") == 1


def test_an_id_stands_once_even_for_a_content_in_pieces():
    pieces = statement("s1", content=(*span("“no”"), *span("“And never,”")))
    ids = [element.get("id") for element in page(statements=(pieces,)).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_zones_become_the_elements_they_are():
    tree = page()
    assert tree.xpath("string(//article/h1)") == "Toll to rise"
    assert tree.xpath("string(//article/p/span[@class='dateline'])") == "DELTA —"
    assert len(tree.xpath("//h1")) == 1


def test_a_document_without_a_headline_has_its_title_in_the_head():
    tree = page(title="Toll & trouble", zones=())
    assert tree.xpath("string(//header/h1)") == "Toll & trouble"


def test_the_page_needs_nothing_else_and_its_policy_allows_nothing_else():
    source = to_webpage(reading())
    tree = html.document_fromstring(source)
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = tree.xpath("string(//meta[@http-equiv]/@content)")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style
    assert "@import" not in style
    assert not tree.xpath("//script|//link|//img|//@style|//@src")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_make_no_element_no_attribute_and_no_link(words):
    text = f"{words}\n\n{words} said “{words}”"
    inner = Span(len(words) + 2, 2 * len(words) + 2)
    made = statement("s1", source=(inner,), cue=(inner,), content=(Span(0, len(text)),), speaker_name=words)
    named = statement(words, content=(inner,), within="s1", speakers=(words,), addressees=(words,), targets=(words,))
    asked = statement("s3", content=(inner,), speaker_open=words, speaker_candidates=(words, "e9"))
    role = Role(title=words, of=words, span=inner)
    mention = Mention(span=inner, form="name")
    who = Entity(id=words, name=words, kind=words, aliases=(words,), roles=(role,), country=words, mentions=(mention,))
    whose = Entity(id="e2", name=f"not {words}", kind="person", mentions=(mention, Mention(span=inner, form="name")))
    provenance = Provenance(origin=words, sha256=words, method="given")
    document = dict.fromkeys(("id", "title", "outlet", "url", "published", "language"), words)
    lists = {"authors": (words,), "warnings": (words,), "provenance": provenance}
    hostile = reading(text=text, statements=(made, named, asked), zones=(), entities=(who, whose), **document, **lists)
    source = to_webpage(replace(hostile, reader=Reader(version=words, model=words)))
    tree = html.document_fromstring(
        source.encode("utf-8", "xmlcharrefreplace"), parser=html.HTMLParser(encoding="utf-8")
    )
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    assert {element.tag for element in elements} <= ALLOWED
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
    assert all(re.match(r"#|https?://", element.get("href")) for element in tree.iter("a"))
    assert "<!--" not in source
    assert "<![CDATA" not in source


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://e.example/a?b=1&c=2", True),
        ("HTTP://e.example", True),
        ("ftp://e.example", False),
        ("toll.txt", False),
    ],
)
def test_only_web_addresses_become_links(address, linked):
    links = page(url=address).xpath("//header//a/@href")
    assert links == ([address] if linked else [])


def test_hidden_characters_are_framed_with_their_name():
    tree = page(text="abc\u202edef", statements=(), zones=())
    assert tree.xpath("string(//span[@class='hidden']/@data-code)") == "U+202E"


def test_nested_statements_have_both_hues():
    (run,) = page().xpath("//article//span[contains(@class, 'source') and contains(@class, 'm1')]")
    assert {"content", "nested", "h1", "o0", "m0", "m1"} <= set(run.get("class").split())


@pytest.mark.parametrize(("count", "says"), [(0, "No statements found"), (1, "1 statement"), (3, "3 statements")])
def test_the_list_says_how_many_there_are(count, says):
    assert page(statements=STATEMENTS[:count]).xpath("string(//h2[@id='statements-title'])") == says


def luminance(colour):
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast ratio of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one, share, other):
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_colour_has_the_contrast_of_wcag_aa(scheme):
    style = files("onrecord.exports").joinpath("webpage.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[("light", "dark").index(scheme)]))
    paper, ink = colours["paper"], colours["ink"]
    pairs = [(ink, paper), (colours["soft"], paper)]
    for number in range(5):
        hue, tint = colours[f"h{number}"], colours[f"t{number}"]
        pairs += [(hue, paper), (ink, tint), (hue, tint), (colours["soft"], tint), (ink, mixed(hue, 0.3, paper))]
    assert [(pair, contrast(*pair)) for pair in pairs if contrast(*pair) < 4.5] == []


def test_a_page_of_very_many_statements_has_no_rule_for_each():
    many = tuple(replace(STATEMENTS[2], id=f"s{number}") for number in range(1_001))
    assert ".m0:target" in to_webpage(reading(statements=many[:1_000]))
    assert ".m0:target" not in to_webpage(reading(statements=many))


def parts_of(tree, name):
    """Return the list of a statement as pairs of label and words."""
    rows = tree.get_element_by_id(f"statement-{name}").xpath(".//dt|.//dd")
    return [(label.text_content(), words.text_content()) for label, words in zip(rows[::2], rows[1::2], strict=True)]


def test_the_list_names_the_speaker_first_and_the_source_where_it_has_other_words():
    tree = page(statements=SPOKEN, entities=CAST)
    assert parts_of(tree, "s1")[0] == ("speaker", f"Ada Quill {place('Ada Quill')}")
    assert parts_of(tree, "s1")[1][0] == "cue"
    assert parts_of(tree, "s2")[:2] == [
        ("speaker", "open: unsure (Bo Larch?)"),
        ("source", f"Bo Larch {place('Bo Larch')}"),
    ]
    assert parts_of(tree, "s3")[:2] == [("speaker", "Ada Quill confidence 0.83"), ("source", f"she {place('she')}")]
    assert parts_of(tree, "s3")[3:5] == [("to", "the passer-by, Bo Larch"), ("target", "Bo Larch")]


def test_people_are_listed_with_roles_other_names_and_counts():
    tree = page(statements=SPOKEN, entities=CAST)
    section = tree.get_element_by_id("people")
    assert section.xpath("string(h2)") == "People and organizations"
    ada, bo = section.xpath(".//li")
    assert ada.xpath("string(h3)") == "Ada Quill person · GB"
    rows = [
        (label.text, words.text_content())
        for label, words in zip(*(ada.iter(tag) for tag in ("dt", "dd")), strict=True)
    ]
    assert rows == [
        ("role", "Chair, the council 14:21"),
        ("also", "she of the toll"),
        ("speaks", "2 in s1, s3"),
        ("mentions", "2"),
    ]
    assert section.xpath("string(p)") == "Not listed: 1 that do not speak."
    assert [item.text_content() for item in bo.iter("dd")] == ["2 in s1, s3", "2"]


def test_a_reading_without_people_has_no_section_of_them():
    source = to_webpage(reading())
    assert 'id="people"' not in source
    assert "Skip to the people" not in source


def test_every_person_and_their_mentions_lead_to_each_other():
    tree = page(statements=SPOKEN, entities=CAST)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    links = {element.get("href")[1:] for element in tree.iter("a") if element.get("href", "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert links <= set(ids)
    assert {"entity-e1", "entity-e2", "mention-e1", "mention-e2", "people"} <= links
    assert not {"entity-e3", "mention-e3"} & links


def test_mentions_carry_their_entity_and_words_say_the_name_behind_them():
    tree = page(statements=SPOKEN, entities=CAST)
    assert report_text(tree) == TEXT
    runs = tree.xpath("//article//span[contains(concat(' ', @class, ' '), ' e0 ') and text()]")
    assert [run.text for run in runs] == ["Ada Quill", "she"]
    titles = {run.text: run.get("title") for run in tree.xpath("//article//span[@title]")}
    assert titles == {"DELTA": "Bo Larch", "she": "Ada Quill", "it": "the passer-by"}
    label = tree.xpath("//a[@data-label='s3']/@aria-label")
    assert label == ["content of statement s3, Ada Quill", "source of statement s3, Ada Quill"]


def test_two_first_mentions_may_begin_at_one_character():
    whole = entity("e1", "Ada Quill", "Ada Quill", "she")
    inner = entity("e2", "Ada", "Ada", "added")
    tree = page(statements=(), entities=(whole, inner))
    assert report_text(tree) == TEXT
    assert len(tree.xpath("//article//span[@id]")) == 2


def test_who_speaks_very_often_has_links_to_the_first_statements():
    said = tuple(replace(SPOKEN[2], id=f"s{number}") for number in range(1, 31))
    ada = page(statements=said, entities=CAST).get_element_by_id("entity-e1")
    assert len(ada.xpath(".//a[starts-with(@href, '#statement-')]")) == 20
    assert "30 in s1, s2" in ada.text_content()
    assert "s20 and 10 more" in ada.text_content()


def test_a_page_of_very_many_people_has_no_rule_for_each():
    many = tuple(replace(CAST[0], id=f"e{number}") for number in range(1_000))
    assert ".e0:target" in to_webpage(reading(statements=(), entities=many))
    assert ".e0:target" not in to_webpage(reading(entities=many))


def check(words, *evidence, **differs):
    (place,) = span(words)
    held = tuple(place for each in evidence for place in span(each))
    return Check(
        kind="headline-not-said",
        severity="warning",
        span=place,
        evidence=held,
        **{"message": "nobody says so", "unknown": "who wrote it", **differs},
    )


def test_checks_are_marked_in_the_text_and_said_below_it():
    tree = page(checks=(check("Toll to rise", "never"), check("recalled")))
    assert report_text(tree) == TEXT
    assert tree.xpath("//article//span[@class='check']/@id") == ["check-1", "check-2"]
    first, second = tree.xpath("//section[@id='checks']//li")
    assert "nobody says so" in "".join(first.itertext())
    assert "compare never" in "".join(first.itertext())
    for item in (first, second):
        (link,) = item.xpath(".//a")
        assert "".join(tree.get_element_by_id(link.get("href")[1:]).itertext()) == "".join(link.itertext())
    assert tree.xpath("string(//header//a[@href='#checks'])") == "2 things do not fit"
    assert not page().xpath("//*[@id='checks' or @class='check']")


def test_hostile_words_of_a_check_make_no_element():
    hostile = '"><img src=x onerror=alert(1)>'
    tree = page(checks=(check("recalled", message=hostile, unknown=hostile),))
    assert not tree.xpath("//img")
    assert hostile in "".join(tree.get_element_by_id("checks").itertext())
