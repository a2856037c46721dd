"""Bytes to characters, as browsers do it (reliability row IN10)."""

from __future__ import annotations

import codecs

import pytest
import webencodings
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import BinarySource, UndecodableSource
from onrecord.ingest.charsets import codec_of, decode

REFUSED = ("replacement", "x-user-defined")
LABELS = sorted(label for label, name in webencodings.LABELS.items() if name not in REFUSED)
WORDS = {
    "windows-1251": "Мэр Белвара ушёл в отставку",
    "koi8-r": "Мэр Белвара ушел в отставку",
    "windows-1253": "Ο δήμαρχος παραιτήθηκε",
    "windows-1255": "ראש העיר התפטר",
    "windows-1256": "استقال رئيس البلدية",
    "shift_jis": "市長が辞任した",
    "euc-jp": "市長が辞任した",
    "iso-2022-jp": "市長が辞任した",
    "gbk": "市长辞职",
    "big5": "市長辭職",
    "euc-kr": "시장이 사임했다",
    "windows-1252": "“Café”, the mayor’s choice — €4",
    "iso-8859-2": "Burmistrz Łodzi złożył dymisję",
}


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_the_web_is_known_and_gives_valid_text(label):
    name, codec = codec_of(label)
    assert codecs.lookup(codec)
    raw = b"<p>Mayor resigns</p>"
    text, used = decode(raw, declared=label, html=True)
    # Sixteen-bit labels do not fit these bytes, which are read as what they are.
    assert (text, used) == ("<p>Mayor resigns</p>", name) or name.startswith("utf-16")


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_the_declared_encoding_is_used(name, words):
    _, codec = codec_of(name)
    text, used = decode(words.encode(codec), declared=name.upper(), html=False)
    assert (text, used) == (words, name)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("latin1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("gb2312", "gbk"),
        ("tis-620", "windows-874"),
        (" UTF8 ", "utf-8"),
    ],
)
def test_labels_mean_what_browsers_take_them_to_mean(label, name):
    assert codec_of(label)[0] == name


@pytest.mark.parametrize(
    "label",
    [
        "utf-7",
        "",
        "x" * 100,
        "utf-8\0",
        "naïve",
        "rot13",
        "iso-2022-kr",
        "hz-gb-2312",
        "zip",
        "unicode_escape",
        "\ud800",
        "idna",
    ],
)
def test_labels_that_browsers_do_not_know_are_passed_over(label):
    assert codec_of(label) is None
    assert decode("Zoë".encode(), declared=label, html=False) == ("Zoë", "utf-8")


def test_utf_7_is_not_decoded():
    text, _ = decode(b'<meta charset="utf-7">+ADw-script+AD4-', declared="utf-7", html=True)
    assert "+ADw-script" in text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("declared", [None, "windows-1252", "utf-8"])
def test_a_byte_order_mark_overrules_every_label(codec, declared):
    text, _ = decode("“Mayor resigns”, é".encode(codec), declared=declared, html=True)
    assert text == "“Mayor resigns”, é"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_sixteen_bits_are_recognised_without_a_mark(codec):
    assert decode(("Mayor resigns – " * 9).encode(codec), declared=None, html=False)[1] == codec


def test_lone_surrogates_become_replacement_characters():
    for raw in (
        b"\xff\xfea\x00\x00\xd8b\x00",
        b"Mayor \xed\xa0\x80 resigns, says \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9" * 9,
    ):
        decode(raw, declared=None, html=False)[0].encode("utf-8")


def test_the_meta_element_counts_for_pages_only():
    raw = '<meta charset="windows-1251"><p>Мэр ушёл'.encode("cp1251")
    assert decode(raw, declared=None, html=True)[1] == "windows-1251"
    assert "charset" in decode(raw, declared="koi8-r", html=False)[0]


def test_http_overrules_the_meta_element():
    raw = '<meta charset="koi8-r"><p>Мэр ушёл'.encode("cp1251")
    assert decode(raw, declared="windows-1251", html=True) == ('<meta charset="koi8-r"><p>Мэр ушёл', "windows-1251")


def test_valid_utf_8_is_not_taken_for_a_single_byte_encoding():
    assert decode("the mayor’s café".encode(), declared="iso-8859-1", html=False) == ("the mayor’s café", "utf-8")


def test_a_page_cut_within_a_character_is_still_utf_8():
    text, used = decode(("“Yes”, said Zoë. " * 9).encode()[:-4] + b"\xc3", declared="utf-8", html=True)
    assert used == "utf-8"
    assert text.endswith("\ufffd")


def test_an_undeclared_encoding_is_detected():
    raw = (
        "Der Bürgermeister von Zell trat zurück. Er sagte, er wolle künftig Bücher über Flüsse schreiben. " * 5
    ).encode("cp1252")
    assert "Bürgermeister" in decode(raw, declared=None, html=False)[0]


@pytest.mark.parametrize("raw", [b"%PDF-1.7 x", b"PK\x03\x04 x", b"\x89PNG\r\n\x1a\n", bytes(range(32)) * 50])
def test_what_is_no_text_is_refused(raw):
    with pytest.raises(BinarySource):
        decode(raw, declared="utf-8", html=True)


@given(
    raw=st.binary(max_size=300), declared=st.none() | st.sampled_from(LABELS) | st.text(max_size=9), html=st.booleans()
)
def test_any_bytes_give_valid_text_or_a_typed_error(raw, declared, html):
    try:
        text, name = decode(raw, declared=declared, html=html)
    except (BinarySource, UndecodableSource):
        return
    text.encode("utf-8")
    assert name
