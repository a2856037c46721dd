"""JSON written piece by piece, so that no export stands in memory whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec


def encode(value: Any) -> bytes:
    """Return JSON on one line, members that are None left out."""
    return msgspec.json.encode(_known(value))


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _known(each) for name, each in value.items() if each is not None}
    if isinstance(value, list | tuple):
        return [_known(each) for each in value]
    return value


def listed(items: Iterable[Any], *, head: bytes, tail: bytes) -> Iterator[bytes]:
    r"""Yield a JSON list, an item a line, between what stands before and after it.

    >>> b"".join(listed([1, 2], head=b'{"all":[', tail=b"]}"))
    b'{"all":[\n1,\n2\n]}\n'
    """
    yield head
    separator = b"\n"
    for item in items:
        yield separator + encode(item)
        separator = b",\n"
    yield b"\n" + tail + b"\n"
