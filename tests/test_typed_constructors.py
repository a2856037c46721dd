"""Constructors that are typed apart, since they take more than is kept: they name the fields, with their defaults."""

from __future__ import annotations

import ast
import inspect
from dataclasses import MISSING, fields

import pytest

from onrecord.compare import Asked
from onrecord.ingest.options import ReadOptions
from onrecord.record import Filters, PersonFilter


@pytest.mark.parametrize("kind", [Asked, Filters, PersonFilter, ReadOptions])
def test_a_typed_constructor_has_the_fields_and_their_defaults(kind):
    (typed,) = [
        node
        for node in ast.walk(ast.parse(inspect.getsource(kind)))
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    ]
    told = {
        argument.arg: default and ast.literal_eval(default)
        for argument, default in zip(typed.args.kwonlyargs, typed.args.kw_defaults, strict=True)
    }
    assert told == {each.name: None if each.default is MISSING else each.default for each in fields(kind)}
