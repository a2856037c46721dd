"""A report as plain text or as Markdown, to its layout, its times and its amounts."""

from __future__ import annotations

from onrecord.errors import OnrecordError
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.layout.sentences import find_sentences
from onrecord.values.amounts import read_amounts
from onrecord.values.times import read_times
from reading_in_process import documents
from strategies import invented_report, unbalanced_report

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_HEAD = "Bridge closed in Belvar\n\nBy ANA BELT\nMay 2, 2024\n\nBELVAR (Reuters) - "
_TAIL = (
    "\n\nPhoto: Teo Brandt/AP\n\nBetween 20 and 30 people died at 5.30 p.m. EST on Feb. 29; $1.2bn, 3½ per cent, "
    "two dozen, 1,000,000 km/h, last Tuesday, the 1990s, 10-12 May, three weeks ago.\n"
)
SEEDS = [
    *(b"t" + (_HEAD + invented_report(seed) + _TAIL).encode() for seed in range(6)),
    *(b"t" + unbalanced_report(seed).encode() for seed in range(6)),
    b"m---\ntitle: Bridge\ndate: 2024-05-02\nauthor: [Ana]\n---\n# Bridge closed\n\n> words\n\n* one\n* [two](http://x)\n",
]
TOKENS = [
    "“".encode(), "”".encode(), "‘".encode(), "’".encode(), "«".encode(), "„".encode(), b"''", b"``", b"\r\n", b"\n\n",
    "\u2028".encode(), "\u202e".encode(), "\u00a0".encode(), "٣".encode(), "²".encode(), "½".encode(), "౼".encode(),
    b" said", b" on Monday", b"Feb. 30", b"2024-02-30", b"0000", b"9999", b"25:61", b" million", b" dozen",
    b" per cent",
    b"$", "€".encode(), b"1,000", b"1e999", b" to ", b" between ", b"three weeks ago", b"1990s", b"12th century",
    b" BC",
    b"(AP)", b"By ", b"---\n", b"# ", b"> ", b"```\n", b"Mr. ", b"...", b"U.S. ",
]  # fmt: skip


def take(data: bytes) -> None:
    """Read the text, lay it out, and find what it says of days and numbers."""
    for document in documents(data[1:], "report.md" if data[:1] == b"m" else "report.txt"):
        text = document.text
        paragraphs = find_paragraphs(text)
        outermost(text, pair_quotemarks(text))
        for paragraph in paragraphs:
            find_sentences(text, paragraph)
        times = read_times(text, paragraphs, document.published)
        amounts = read_amounts(text, paragraphs, avoid=[each.span for each in times])
        if not all(0 <= each.span.start <= each.span.end <= len(text) for each in (*times, *amounts)):
            raise AssertionError("a value outside the text")
