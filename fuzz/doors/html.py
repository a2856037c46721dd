"""A web page in a file."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import OnrecordError
from reading_in_process import documents

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_PAGES = Path(__file__).resolve().parents[2] / "tests" / "pages"
_STORY = b"<p>The council of Belvar closed the old bridge on Monday after an engineer found cracks in its piers.</p>"
SEEDS = [
    *(path.read_bytes()[:16_000] for path in sorted(_PAGES.glob("*.html"))),
    b"<html><head><title>Bridge closed</title><meta name=author content='Ana Belt'><script type='application/ld+json'>"
    b'{"@type":"NewsArticle","datePublished":"2024-05-02","author":[{"name":"Ana Belt"}],"@graph":[]}</script></head>'
    b"<body><article><h1>Bridge closed</h1><time datetime='2024-05-02'>2 May</time>" + _STORY + b"</article></body>",
]
TOKENS = [
    b"<article>", b"<div ", b"</div>", b"<table><tr><td>", b"<!--", b"-->", b"<![CDATA[", b"<script>", b"<svg>",
    b"<math>",
    b"<template>", b"<noscript>", b"<base href=", b"<meta charset=", b"utf-7", b"utf-16le", b"x-user-defined",
    b"<meta property=og:", b"article:published_time", b"datePublished", b"@graph", b"itemprop=", b"class=byline",
    b"<figcaption>", b"<blockquote>", b"<br>", b"<h1>", b"&#xD800;", b"&#0;", b"&nbsp;", b"\xe2\x80\x9c", b"\0",
    b"colspan=",
    b"href=", b"javascript:", b"http://[", b"data:", b"lang=", b"style=display:none", b"0000-00-00",
    b"9999-12-31T24:00:00Z",
]  # fmt: skip


def take(data: bytes) -> None:
    """Read the page."""
    list(documents(data, "page.html"))
