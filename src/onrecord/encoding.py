"""Values of our types as JSON, whatever characters a program gave us in them."""

from __future__ import annotations

from typing import Any

import msgspec


def encode(value: Any) -> bytes:
    """Encode a value of our types as JSON, the same bytes for the same value; lone surrogates are U+FFFD."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # from a program's own texts: no reader of ours lets one through
        return msgspec.json.encode(clean_value(msgspec.to_builtins(value)))


def clean(words: str) -> str:
    """Put U+FFFD in the place of lone surrogates: halves of characters, which no encoding can write."""
    return words if words.isascii() else words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clean_value(value: Any) -> Any:
    """Put U+FFFD in the place of lone surrogates in whatever JSON can hold; tuples become lists."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean_value(name): clean_value(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [clean_value(each) for each in value]
    return value
