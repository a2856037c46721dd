import pytest

from onrecord.errors import BinarySource, EmptySource
from onrecord.ingest.kinds import (
    OTHER_ADVICE,
    SIGNATURES,
    check_no_binary,
    check_not_empty,
    is_json_lines,
    kind_of_bytes,
    kind_of_content_type,
    kind_of_name,
)

PAGE = b"<!doctype html><html><body><p>The mayor resigns.</p>"


@pytest.mark.parametrize(
    ("raw", "promised", "kind"),
    [
        (PAGE, None, "webpage"),
        (PAGE, "plaintext", "webpage"),
        (PAGE, "markdown", "markdown"),
        (PAGE, "json", "json"),
        (b"<news>The mayor resigns.</news>", "webpage", "webpage"),
        (b"The mayor resigns.", "webpage", "plaintext"),
        (b"The mayor resigns.", None, "plaintext"),
        (b"The mayor: 3 < 5.", None, "plaintext"),
        (b'{"text": "The mayor resigns."}', None, "json"),
        (b'\xef\xbb\xbf\n[\n {"text": "The mayor resigns."}]', None, "json"),
        (b"[Photo] {Credit} The mayor resigns.", None, "plaintext"),
        (b"[1] The mayor resigns.", None, "plaintext"),
    ],
)
def test_bytes_say_what_they_are(raw, promised, kind):
    assert kind_of_bytes(raw, promised=promised) == kind


@pytest.mark.parametrize(
    ("head", "promised", "expected"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', None, True),
        (b'{"text": "a long line, whose end is not in sight', None, True),
        (b'{\n  "text": "a"\n}', None, False),
        (b'{"text":\n"a"}', None, False),
        (b'{"text": "a"}\n', "json", False),
        (b"nonsense", "jsonlines", True),
        (b"The mayor resigns.\n", None, False),
        (b"", None, False),
    ],
)
def test_json_lines_are_told_from_one_object(head, promised, expected):
    assert is_json_lines(head, promised=promised) is expected


def test_names_and_media_types_promise_kinds():
    assert kind_of_name("a/b/Report.HTM.gz") == "webpage"
    assert kind_of_name("a.html/b") is None
    assert kind_of_name("corpus.ndjson") == "jsonlines"
    assert kind_of_content_type("text/html") == "webpage"
    assert kind_of_content_type("text/plain") is None
    assert kind_of_content_type(None) is None


@pytest.mark.parametrize(
    "raw", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\xff\xfe \x00\n\x00", b"\x00" * 100, b" " * 200_000]
)
def test_white_space_alone_is_an_empty_source(raw):
    with pytest.raises(EmptySource):
        check_not_empty(raw, where="report.txt")


LONGER = [b"RIFF\x10\x00\x00\x00WAVEfmt", b"RIFF\x10\x00\x00\x00WEBP", b"ID3\x04\x00"]


@pytest.mark.parametrize("signature", [*(signature for signature, _ in SIGNATURES), *LONGER])
def test_known_formats_are_named(signature):
    with pytest.raises(BinarySource, match=r"report.txt: is (an?|compressed) "):
        check_no_binary(signature + b"The mayor resigns.", where="report.txt")


@pytest.mark.parametrize(
    ("begins", "advice"),
    [
        (b"%PDF-1.7", "save it as text"),
        (b"SQLite format 3\x00", "of a record, ask what is in it: onrecord search --in FILE"),
        (b"PAR1", "onrecord batch reads those"),
        (b"\x28\xb5\x2f\xfd", "unpack it first"),
        (b"PK\x03\x04", "unpack it first, or save it as text"),
    ],
)
def test_what_is_no_document_comes_with_what_to_do(begins, advice):
    with pytest.raises(BinarySource, match=f"; {advice}"):
        check_no_binary(begins, where="report")


def test_each_advice_is_for_a_format_that_is_known():
    assert OTHER_ADVICE.keys() <= {name for _, name in SIGNATURES}


@pytest.mark.parametrize("text", [b"RIFFA, Bahrain (AP) - The mayor resigned.", b"ID3 sales rise, the maker says."])
def test_a_text_that_begins_as_a_format_does_is_a_text(text):
    check_no_binary(text, where="report.txt")


def test_bytes_of_a_program_are_binary():
    with pytest.raises(BinarySource, match="neither text nor a web page"):
        check_no_binary(bytes(range(256)) * 10, where="report.txt")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1251", "shift_jis"]
)
def test_text_in_any_encoding_is_no_binary(encoding):
    text = (
        "The mayor resigns, she said.\r\n\tНо не сегодня.\f\x1b[1m" if encoding != "cp1252" else "Café, she said.\r\n"
    )
    check_no_binary(text.encode(encoding), where="report.txt")


def test_a_stray_control_character_is_no_binary():
    check_no_binary(b"The mayor resigns, she said. " * 10 + b"\x02\x00", where="report.txt")
