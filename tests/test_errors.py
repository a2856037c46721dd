"""Errors: one tree, each one line that says what, where and what to do, also across processes."""

from __future__ import annotations

import inspect
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import errors
from onrecord.errors import ModelError, OnrecordError, SourceError

CLASSES = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]


def test_a_message_says_where_what_and_what_to_do():
    error = SourceError("no article in the page", where="a.html", advice="read it with --zones all")
    assert str(error) == "a.html: no article in the page; read it with --zones all"
    assert str(SourceError("nothing in it")) == "nothing in it"


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_is_in_the_tree_and_in_the_drawing_of_it(kind):
    assert issubclass(kind, OnrecordError)
    assert kind.__name__ in errors.__doc__
    assert kind.__doc__


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_crosses_into_another_process(kind):
    error = pickle.loads(pickle.dumps(kind("what", where="where", advice="advice")))
    assert type(error) is kind
    assert (error.what, error.where, error.advice) == ("what", "where", "advice")
    assert str(error) == "where: what; advice"


def test_sources_and_the_model_fail_apart():
    assert not issubclass(ModelError, SourceError)
    assert not issubclass(SourceError, ModelError)


@given(what=st.text(), where=st.text(), advice=st.text())
def test_a_message_is_one_line_that_steers_no_terminal(what, where, advice):
    line = str(OnrecordError(what, where=where, advice=advice))
    assert line.isprintable()
    assert len(line.splitlines()) <= 1
