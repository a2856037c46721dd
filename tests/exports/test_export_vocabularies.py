"""Exports in the words of others have their shapes: W3C, schema.org, FollowTheMoney, Prodigy, Label Studio."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from handing_on import kept_of, record_of, stream
from handmade import invented_reading, read_by_hand
from onrecord.document import Span
from onrecord.exports import brat, webanno
from onrecord.reading import Entity, Role

FOLLOW_THE_MONEY = json.loads((Path(__file__).parent / "followthemoney.json").read_text("utf-8"))
# The shapes of https://www.w3.org/TR/annotation-model/: what an annotation, its bodies, targets and selectors must have
# ("MUST") of the classes that we use. The working group published no schema.
IRI = {"type": "string", "pattern": r"^(https?://|urn:)\S+$"}
MOTIVATION = {
    "enum": [
        *(
            "assessing",
            "bookmarking",
            "classifying",
            "commenting",
            "describing",
            "editing",
            "highlighting",
            "identifying",
        ),
        *("linking", "moderating", "questioning", "replying", "tagging"),
    ]
}
ANNOTATION = {
    "$defs": {
        "position": {
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "required": ["type", "start", "end"],
            "additionalProperties": False,
        },
        "quotation": {
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                **{name: {"type": "string"} for name in ("exact", "prefix", "suffix")},
            },
            "required": ["type", "exact"],
            "additionalProperties": False,
        },
        "source": {
            "properties": {"id": IRI, "type": {"const": "Text"}, "format": {"const": "text/plain"}},
            "required": ["id"],
        },
        "specific": {
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"$ref": "#/$defs/source"},
                "scope": IRI,
                "selector": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"oneOf": [{"$ref": "#/$defs/position"}, {"$ref": "#/$defs/quotation"}]},
                },
            },
            "required": ["type", "source", "selector"],
        },
        "body": {
            "properties": {
                "type": {"const": "TextualBody"},
                "value": {"type": "string"},
                "purpose": MOTIVATION,
                "format": {"const": "text/plain"},
            },
            "required": ["type", "value"],
        },
    },
    "type": "object",
    "properties": {
        "id": IRI,
        "type": {"const": "Annotation"},
        "motivation": {"anyOf": [MOTIVATION, {"type": "array", "items": MOTIVATION}]},
        "generator": {"properties": {"type": {"const": "Software"}, "name": {"type": "string"}}, "required": ["type"]},
        "body": {
            "anyOf": [
                {"type": "array", "items": {"$ref": "#/$defs/body"}},
                {"type": "object", "properties": {"type": {"const": "Dataset"}}, "required": ["type"]},
            ]
        },
        "target": {
            "anyOf": [
                {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/specific"}},
                {"type": "object", "properties": {"id": IRI}, "required": ["id"]},
            ]
        },
    },
    "required": ["id", "type", "target"],
    "propertyNames": {"pattern": "^(id|type|motivation|generator|body|target|onrecord:[a-zA-Z]+)$"},
}


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    odd = read_by_hand(
        "Mara Ilven said.", url="file.html", title="A", authors=("Ibby Tarrow",), language="en", outlet="Echo"
    )
    entities = (
        *odd.entities,
        Entity(id="e2", name="Belvar", kind="country", country="NO", aliases=("the city",)),
        Entity(id="e3", name="a spokeswoman", kind="unnamed"),
        Entity(id="e4", name="Orrin Quay", kind="place"),
    )
    role = Role(title="mayor", of="Belvar", span=Span(0, 4))
    entities = (replace(entities[0], roles=(role,), aliases=("Ilven",), country="NO"), *entities[1:])
    with record_of(
        tmp_path_factory.mktemp("words"), *map(invented_reading, range(4)), replace(odd, entities=entities)
    ) as record:
        yield record


@pytest.mark.parametrize("with_text", [True, False])
def test_web_annotations_are_a_collection_of_annotations(record, with_text):
    collection = json.loads(stream(record, "web-annotation", with_text=with_text))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert {"id", "type", "first"} <= set(collection)
    page = collection["first"]
    assert (page["type"], page["partOf"]) == ("AnnotationPage", collection["id"])
    validator = jsonschema.Draft202012Validator(ANNOTATION)
    validator.check_schema(ANNOTATION)
    for item in page["items"]:
        validator.validate(item)
    names = [item["id"] for item in page["items"]]
    assert len(set(names)) == len(names) > 20
    quotations = [
        selector
        for item in page["items"]
        for target in (item["target"] if isinstance(item["target"], list) else [])
        for selector in target["selector"]
        if selector["type"] == "TextQuoteSelector"
    ]
    assert bool(quotations) == with_text


def test_schema_org_has_articles_quotations_and_claims(record):
    graph = json.loads(stream(record, "schema-org"))
    assert graph["@context"] == "https://schema.org"
    articles = {node["@id"]: node for node in graph["@graph"] if node["@type"] == "NewsArticle"}
    statements = [node for node in graph["@graph"] if node["@type"] != "NewsArticle"]
    assert len(articles) == 5
    assert {node["@type"] for node in statements} <= {"Quotation", "Claim"}
    for node in statements:
        # A Claim appears in a work; a Quotation, itself a work, is part of one.
        where = node["isPartOf"] if node["@type"] == "Quotation" else node["appearance"]
        assert where["@id"] in articles
        assert node["text"]
        assert {each["@type"] for each in node.get("creator", ())} <= {"Person", "Organization", "Country"}
    assert [each.get("url") for each in articles.values() if each["headline"] == "A"] == [None], "no web address"


def test_no_format_tells_what_was_not_said_as_said(tmp_path):
    read = read_by_hand("Mara Ilven did not say that the levy will go.")
    denied = replace(read.statements[0], negated=True, modality="denied", cue_class="denying")
    with record_of(tmp_path, replace(read, statements=(denied,))) as record:
        claim = json.loads(stream(record, "schema-org"))["@graph"][1]
        terms = "urn:onrecord:terms:"
        assert claim["additionalType"] == [f"{terms}cue-class:denying", f"{terms}negated", f"{terms}modality:denied"]
        (note,) = [each for each in map(json.loads, stream(record, "ftm").splitlines()) if each["schema"] == "Note"]
        assert note["properties"]["name"] == ["Mara Ilven (indirect, negated, denied)"]
        assert note["properties"]["summary"][0].startswith("indirect, negated, denied, denying, ")
        (task,) = map(json.loads, stream(record, "prodigy").splitlines())
        assert {(span["negated"], span["modality"]) for span in task["spans"]} == {(True, "denied")}
        ((prediction,),) = (task["predictions"] for task in json.loads(stream(record, "label-studio")))
        regions = [each for each in prediction["result"] if each["type"] == "labels"]
        assert [each["meta"] for each in regions] == 3 * [{"text": ["negated", "denied"]}]
        (kept,) = kept_of(record)
        assert "\tdenying[3]\tindirect[3]\tdenied[3]\ttrue[3]\tcontent[3]\tMara Ilven[3]\t" in webanno.document(kept)
        assert {"A2\tNegated E1", "A3\tModality E1 denied"} <= set(brat.annotation_lines(kept))


def test_follow_the_money_has_only_what_its_schemata_have(record):
    lines = [json.loads(line) for line in stream(record, "ftm").splitlines()]
    names = {each["id"] for each in lines}
    for each in lines:
        known = FOLLOW_THE_MONEY["schemata"][each["schema"]]
        for name, values in each["properties"].items():
            assert name in known, (each["schema"], name)
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if known[name] == "entity":
                assert set(values) <= names
            if known[name] == "date":
                assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", value) for value in values)
            if known[name] == "country":
                assert all(re.fullmatch("[a-z]{2}", value) for value in values)
            if known[name] == "url":
                assert all(value.startswith("https://") for value in values)
    assert {each["schema"] for each in lines} == {"Article", "Person", "PublicBody", "LegalEntity", "Mention", "Note"}
    mayor = next(each for each in lines if "mayor, Belvar" in each["properties"].get("position", ()))
    assert mayor["properties"]["name"] == ["Mara Ilven"]


def test_follow_the_money_knows_a_person_of_two_reports_as_one(record):
    people = [json.loads(line) for line in stream(record, "ftm").splitlines()]
    found = {
        each["id"] for each in people if each["schema"] == "Person" and each["properties"]["name"] == ["Teo Brandt"]
    }
    assert len(found) == 1


def test_every_prodigy_task_has_what_its_spans_interface_needs(record):
    tasks = [json.loads(line) for line in stream(record, "prodigy").splitlines()]
    assert len(tasks) == 5
    for task in tasks:
        assert [token["id"] for token in task["tokens"]] == list(range(len(task["tokens"])))
        assert {span["label"] for span in task["spans"]} <= {"SOURCE", "CUE", "CONTENT"}


def test_relations_of_label_studio_tie_regions_that_are_there(record):
    tasks = json.loads(stream(record, "label-studio"))
    assert len(tasks) == 5
    for task in tasks:
        results = task["predictions"][0]["result"]
        regions = {each["id"] for each in results if each["type"] == "labels"}
        ends = {each[end] for each in results if each["type"] == "relation" for end in ("from_id", "to_id")}
        assert ends <= regions
        assert {each["id"] for each in results if each["type"] == "textarea"} <= regions
