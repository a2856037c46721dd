"""Reports as JSON, one object a line or one value in the whole file."""

from __future__ import annotations

import atheris

from mutating import mutate_json
from onrecord.errors import OnrecordError
from reading_in_process import documents

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "mutate", "take"]

_STORY = "The mayor of Tarn said on Monday that the bridge would open in May, two years after it was closed."
SEEDS = [
    f'l{{"text": "{_STORY}", "title": "Bridge", "url": "https://t.example/a", "date": "2024-05-02"}}\n'
    f'{{"html": "<p>{_STORY}</p><p>{_STORY}</p>", "meta": {{"source": "Mail"}}, "lang": "en-GB"}}\n'.encode(),
    f'w[{{"body": "{_STORY}", "author": {{"name": "Ana"}}, "published": 1714644000, "source": ["x"]}}]'.encode(),
    f'w{{"articles": [{{"content": "{_STORY}", "publishedAt": "2024-05-02T10:00:00Z"}}]}}'.encode(),
]
TOKENS = [
    b'"text":', b'"html":', b'"content":', b'"title":', b'"url":', b'"authors":', b'"date":', b'"language":',
    b'"outlet":',
    b"null", b"true", b"-0", b"1e999", b"NaN", b"18446744073709551616", b"99999999999999999999", b"[", b"]", b"{", b"}",
    b"[[[[[[[[[[", b'{"a":{"a":{"a":', b"\\ud800", b"\\u0000", b"\\u202e", b"\xef\xbb\xbf", b"\n", b"1714644000",
    b"-62135596801",
    b"<html>", b"http://[", b"\xff",
]  # fmt: skip


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """Mutate what stands behind the letter that says how the file is named."""
    return data[:1] + mutate_json(data[1:], most - 1, seed) if len(data) > 1 else bytes(atheris.Mutate(data, most))


def take(data: bytes) -> None:
    """Read the reports."""
    list(documents(data[1:], "reports.json" if data[:1] == b"w" else "reports.jsonl"))
