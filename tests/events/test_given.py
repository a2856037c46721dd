import pytest

from onrecord.document import Span
from onrecord.events.given import code_given
from onrecord.model import Model


@pytest.fixture(scope="module")
def model():
    return Model.load()


def code(text, actor, recipient, model):
    spans = [
        None if words is None else Span(text.index(words), text.index(words) + len(words))
        for words in (actor, recipient)
    ]
    coded = code_given(text, *spans, model)
    return max(coded.types, key=coded.types.get), coded.trigger.of(text)


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "answer"),
    [
        ("Norland condemned Sudland over the raid.", "Norland", "Sudland", ("ACCUSE", "condemned")),
        ("Two editors were arrested by police in Sel.", "police", "Two editors", ("COERCE", "arrested")),
        ("Teachers marched through Sel.", "Teachers", None, ("PROTEST", "marched")),
    ],
)
def test_a_marked_pair_has_a_type_and_a_trigger(text, actor, recipient, answer, model):
    assert code(text, actor, recipient, model) == answer


def test_an_empty_sentence_tells_of_nothing(model):
    assert set(code_given("", None, None, model).types.values()) == {0.0}


def test_what_is_beyond_the_window_is_not_seen(model):
    text = "Norland condemned Sudland. " + "It rained on the quay. " * 300
    coded = code_given(text, Span(0, 7), Span(18, 25), model)
    assert sum(coded.types.values()) <= 1.0001
