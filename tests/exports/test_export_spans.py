"""Every span of every export names the words of the document that the reading means, whatever is in the text."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from handmade import read_by_hand, readings
from onrecord.document import Span
from onrecord.exports import brat, labelstudio, prodigy, webanno, webannotation
from onrecord.exports.formats import Options
from onrecord.exports.selectors import Utf16, cut_tokens, one_line_pieces
from onrecord.reading import to_record
from onrecord.record.choosing import Kept, all_spans
from onrecord.record.ids import StatementId, mark_statements
from onrecord.record.statements import hash_of, rows_of
from strategies import hostile_texts

OPTIONS = Options()
ODD = "👩‍👩‍👧 e\u0301 says:\r\n“قال 🇳🇴 אמר”, Mara Ilven said.\u2028\tn\u0303 Teo Brandt claimed \u202e𝔖𝔞𝔦𝔡."


def kept(reading):
    """Return a reading as a record would hand it on, without a record."""
    record = to_record(reading)
    marks = mark_statements(record.statements)
    return Kept(
        reading=record,
        ids={
            each.id: str(StatementId(record.document.id, mark))
            for each, mark in zip(record.statements, marks, strict=True)
        },
        outlet=record.document.outlet,
        standing="counts",
        copy_of=None,
        people={},
    )


def spans_of(each):
    """Yield (statement's id, part, span) of all that has characters in it."""
    for statement in each.reading.statements:
        for part, span in all_spans(statement):
            if span.size:
                yield each.ids[statement.id], part, span


def one(lines):
    return json.loads(b"".join(lines))


def check_positions_quotations_and_hashes_of_web_annotations(each):
    found = one(webannotation.lines([each], OPTIONS))["first"]["items"][1:]
    told = []
    for annotation in found:
        targets = annotation["target"] if isinstance(annotation["target"], list) else []
        for target in targets:
            position, quotation = target["selector"]
            words = each.text[position["start"] : position["end"]]
            assert quotation["exact"] == words
            assert target["onrecord:sha256"] == hash_of(words)
            assert each.text[: position["start"]].endswith(quotation["prefix"])
            assert each.text[position["end"] :].startswith(quotation["suffix"])
            told.append((annotation["id"][-25:], target["onrecord:part"], (position["start"], position["end"])))
    wanted = [(each.ids[s.id], part, tuple(span)) for s in each.reading.statements for part, span in all_spans(s)]
    assert told == wanted


def check_brat_s_pieces_are_the_spans_without_line_breaks(each):
    lines = list(brat.annotation_lines(each))
    assert not [line for line in lines if len(line.splitlines()) != 1]
    found = []
    for line in lines:
        if line.startswith("T"):
            _, kinds, words = line.split("\t", 2)
            kind, places = kinds.split(" ", 1)
            pieces = [Span(*map(int, place.split(" "))) for place in places.split(";")]
            assert " ".join(each.text[start:end] for start, end in pieces) == words
            assert all(start < end for start, end in pieces)
            found.append((kind, tuple(pieces)))
    wanted = []
    for statement in each.reading.statements:
        source, cue, content = (
            one_line_pieces(each.text, spans) for spans in (statement.source, statement.cue, statement.content)
        )
        if cue or content:
            named = [("Statement", cue), ("Source", source), ("Content", content)]
            named = named if cue else [("Quotation", content), ("Source", source)]
            wanted += [(kind, pieces) for kind, pieces in named if pieces]
    assert found == wanted


def check_regions_of_label_studio_count_code_points(each):
    (task,) = one(labelstudio.lines([each], OPTIONS))
    regions = [result for result in task["predictions"][0]["result"] if result["type"] == "labels"]
    assert task["data"]["text"] == each.text
    for region in regions:
        value = region["value"]
        assert each.text[value["start"] : value["end"]] == value["text"]
    told = [(r["id"][:25], r["value"]["labels"][0].lower(), (r["value"]["start"], r["value"]["end"])) for r in regions]
    assert told == [(name, part, tuple(span)) for name, part, span in spans_of(each)]


def check_prodigy_s_spans_are_whole_tokens(each):
    task = one(prodigy.lines([each], OPTIONS))
    tokens = task["tokens"]
    for token in tokens:
        assert each.text[token["start"] : token["end"]] == token["text"]
    for span in task["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]
    told = [(span["statement"], span["label"].lower(), (span["start"], span["end"])) for span in task["spans"]]
    wanted = [(name, part, tuple(span.trimmed(each.text))) for name, part, span in spans_of(each)]
    assert told == [each for each in wanted if each[2][0] < each[2][1]]


def read_webanno(written, text):
    """Read a file as INCEpTION does: units by their UTF-16 offsets, annotations by their numbers; in code points."""
    wide = text.encode("utf-16-le")
    head, *sentences = written.split("\n\n#Text=")
    assert head.startswith("#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Attribution|")
    annotations, last = {}, 0
    single = itertools.count(-1, -1)
    for number, sentence in enumerate(sentences, 1):
        rows = [line for line in sentence.split("\n") if re.match(rf"{number}-\d+\t", line)]
        assert rows
        for place, row in enumerate(rows, 1):
            name, offsets, words, cue_class, *_, part, _, statement, rest = row.split("\t")
            start, end = map(int, offsets.split("-"))
            assert (name, rest) == (f"{number}-{place}", "")
            assert wide[2 * start : 2 * end].decode("utf-16-le") == words
            assert start >= last
            last = end
            span = Span(*(len(wide[: 2 * at].decode("utf-16-le")) for at in (start, end)))
            for each, of, kind in zip(part.split("|"), statement.split("|"), cue_class.split("|"), strict=True):
                if each != "_":
                    found = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", each)
                    key = int(found[2]) if found[2] else next(single)
                    assert kind.split("[")[0]
                    annotations.setdefault(key, (of[:25], found[1], []))[2].append(span)
    return sorted((name, part, (spans[0].start, spans[-1].end)) for name, part, spans in annotations.values())


def check_webanno_s_units_count_utf_16(each):
    wanted = [(name, part, tuple(span.trimmed(each.text))) for name, part, span in spans_of(each)]
    assert read_webanno(webanno.document(each), each.text) == sorted(one for one in wanted if one[2][0] < one[2][1])


def check_rows_have_the_words_of_their_spans(each):
    for row in rows_of(each):
        for part in ("source", "cue", "content"):
            spans = getattr(row, f"{part}_spans")
            assert getattr(row, part) == (" … ".join(each.text[a:b] for a, b in spans) if spans else None)


CHECKS = (
    check_positions_quotations_and_hashes_of_web_annotations,
    check_brat_s_pieces_are_the_spans_without_line_breaks,
    check_regions_of_label_studio_count_code_points,
    check_prodigy_s_spans_are_whole_tokens,
    check_webanno_s_units_count_utf_16,
    check_rows_have_the_words_of_their_spans,
)


# Drawn once for all formats: to draw a reading takes longer than to hand it on.
@hypothesis_settings(max_examples=40)
@given(readings())
def test_every_format_keeps_every_span(reading):
    each = kept(reading)
    for check in CHECKS:
        check(each)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("text", [ODD, ODD.replace("\r\n", "\n"), ODD[::-1]])
def test_texts_with_everything_in_them(check, text):
    each = kept(read_by_hand(text))
    assert list(spans_of(each))
    check(each)


def test_an_emoji_is_two_units_for_java_and_one_character_for_brat():
    text = "🌍 Mara Ilven said."
    each = kept(read_by_hand(text))
    assert "1-1\t0-2\t🌍\t" in webanno.document(each)
    assert "Source 2 12\tMara Ilven" in "\n".join(brat.annotation_lines(each))


@hypothesis_settings(max_examples=50)
@given(hostile_texts())
def test_tokens_hold_all_but_white_space_and_no_edge_lies_inside_one(text):
    edges = sorted({0, len(text) // 3, len(text) // 2, len(text)})
    tokens = cut_tokens(text, Span(0, len(text)), edges)
    covered = {at for token in tokens for at in range(*token)}
    assert covered == {at for at, character in enumerate(text) if not character.isspace()}
    assert not [edge for edge in edges for token in tokens if token.start < edge < token.end]


@hypothesis_settings(max_examples=50)
@given(hostile_texts())
def test_utf_16_counts_as_java_does(text):
    whole = Span(0, len(text))
    assert Utf16(text).of(whole).end == len(text.encode("utf-16-le")) // 2
