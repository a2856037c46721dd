"""Pages built to exhaust a parser, and seeded damage done to sound ones (reliability rows IN3, IN4, IN5)."""

import random
from collections.abc import Iterator

STORY = [
    "The council of Belvar closed the old bridge on Monday after an engineer found cracks in two of its piers.",
    "“We can’t let a single bus cross it before the piers are mended,” said Mara Ilven, who leads the council.",
    "Shop owners on the east bank said they had been told nothing, and that the closure would cost them a season.",
    "The work is to last until October. Boats carry people on foot across the Vel every ten minutes until then.",
]
MARKER = "The harbour master, Teo Brandt, said on Tuesday that the last of the boats would leave at midnight."


def article(*, before: str = "", inside: str = "", after: str = "", head: str = "", attributes: str = "") -> bytes:
    """Return a sound page with something else in its head, before, inside or after its story."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Bridge closed in Belvar</title>{head}</head><body{attributes}>"
        f"{before}<main><article><h1>Bridge closed in Belvar</h1>{paragraphs}{inside}</article></main>"
        f"{after}</body></html>"
    ).encode()


def nested(levels: int, text: str) -> str:
    return "<div>" * levels + f"<p>{text}</p>" + "</div>" * levels


def exhausting() -> dict[str, bytes]:
    """Return the pages of row IN4 by name; each must be answered, or refused, within 5 s and 500 MB."""
    spaces = " " * 1_000_000
    return {
        "100,000 attributes in one tag": article(inside="<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"),
        "100,000 attributes with > in quotes": article(
            inside="<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">x</p>"
        ),
        "300 levels": article(inside=nested(300, MARKER)),
        "3,000 levels": article(inside=nested(3_000, MARKER)),
        "100,000 levels": article(inside=nested(100_000, MARKER)),
        "100,000 levels never closed": article(inside="<div>" * 100_000),
        "100,000 inline levels": article(inside="<b>" * 100_000 + MARKER),
        "15 MB text node": article(inside="<p>" + "word " * 3_000_000 + "</p>"),
        "15 MB text node without a space": article(inside="<p>" + "x" * 15_000_000 + "</p>"),
        "1 M <": article(inside="<" * 1_000_000),
        "1 M <a": article(inside="<a" * 1_000_000),
        "200 k <!--": article(inside="<!--" * 200_000),
        "200 k <script": article(inside="<script" * 200_000),
        "200 k <p>": article(inside="<p>x" * 200_000),
        "200 k links": article(inside="<a href=/x>word</a> " * 200_000),
        "200 k <br>": article(inside="<br>x" * 200_000),
        "colspan 2^53": article(inside=f"<table><tr><td colspan={2**53} rowspan={2**53}>x</table>"),
        "2,000 open tables": article(inside="<table><tr><td>" * 2_000),
        "2,000 tables opened by themselves": article(inside="<table>" * 2_000),
        "100 k [ in JSON-LD": article(head=f'<script type="application/ld+json">{"[" * 100_000}</script>'),
        "100 k objects in JSON-LD": article(head=f'<script type="application/ld+json">{_chain(100_000)}</script>'),
        "1 M quotes in JSON-LD": article(head=f'<script type="application/ld+json">{chr(34) * 1_000_000}</script>'),
        "1 M spaces in title": article(head=f"<title>a{spaces}b</title><meta property=og:title content='a{spaces}b'>"),
        "1 M spaces in byline": article(
            inside=f"<p class=byline>By{spaces}Ana</p><meta name=author content='A{spaces}B'>"
        ),
        "1 MB class": article(inside=f"<div class='{'related ' * 125_000}'>x</div>"),
        "1 M entities": article(inside="<p>" + "&amp;" * 1_000_000 + "</p>"),
        "1 M commas in author": article(head=f"<meta name=author content='{',' * 90_000}'>"),
        "1 MB headline": article(before=f"<h1>{'Bridge ' * 140_000}</h1>"),
        "1 MB caption": article(inside=f"<figcaption>{'Photo: (AP/' * 90_000}</figcaption>"),
        "20 k article elements": article(
            after="<article><h2>More</h2><p>Another story is here.</p></article>" * 20_000
        ),
    }


def _chain(length: int) -> str:
    return '{"@graph":' * length


def damaged(pages: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Yield seeded damage of sound pages: bytes changed, cut out, doubled, tags unclosed, the end lost."""
    chance = random.Random(seed)
    pieces = (
        b"<",
        b">",
        b"</",
        b"<!--",
        b'"',
        b"'",
        b"&#",
        b"&#xD800;",
        b"\0",
        b"\xff\xfe",
        b"<table>",
        b"<p ",
        b"<script>",
    )
    for _ in range(count):
        page = bytearray(chance.choice(pages))
        for _ in range(chance.randint(1, 12)):
            start = chance.randrange(len(page) + 1)
            end = min(len(page), start + chance.randint(1, 200))
            match chance.randrange(6):
                case 0:
                    page[start:end] = chance.choice(pieces)
                case 1:
                    page[start:start] = chance.choice(pieces) * chance.randint(1, 50)
                case 2:
                    del page[start:end]
                case 3:
                    page[start:start] = page[start:end]
                case 4:
                    page[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
                case _:
                    del page[max(1, start) :]
        yield bytes(page) or b"<p>"
