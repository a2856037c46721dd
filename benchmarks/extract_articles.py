#!/usr/bin/env python3
"""Extract the articles of a folder of pages, in the format of the article extraction benchmark's scorer.

    extract_articles.py PAGES_DIR OUT.json [--trafilatura]

PAGES_DIR holds ``ID.html`` or ``ID.html.gz``; OUT.json gets ``{ID: {"articleBody": text}}``. The text is that of
datelines, body zones, subheadings and pull quotes: what the benchmark's people marked leaves out the headline,
captions, credits, bylines, sections and furniture, and mostly the standfirst. ``--trafilatura`` writes what
trafilatura alone, with its defaults, makes of the pages. Prints pages a second, in this process, start excluded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

import trafilatura

from onrecord.errors import SourceError
from onrecord.ingest.webpages import read_page
from onrecord.settings import DEFAULTS

MAIN_TEXT = ("dateline", "body", "subheading", "pullquote", "blockquote")


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--trafilatura", action="store_true")
    arguments = parser.parse_args()
    pages = {path.name.split(".")[0]: read_bytes(path) for path in sorted(arguments.pages.glob("*.html*"))}
    extract = extract_with_trafilatura if arguments.trafilatura else extract_main_text
    extract(next(iter(pages.values()), b""))  # what is loaded with the first page is not counted
    begun = time.perf_counter()
    found = {name: {"articleBody": extract(raw)} for name, raw in pages.items()}
    seconds = time.perf_counter() - begun
    arguments.out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    print(f"{len(found)} pages, {len(found) / seconds:.1f} pages a second")


def read_bytes(path: Path) -> bytes:
    """Return a page's bytes, inflated where the file is compressed."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def extract_main_text(raw: bytes) -> str:
    """Return the main text that onrecord finds; empty where it finds no article."""
    try:
        document = read_page(raw, origin="-", url=None, declared_charset=None, settings=DEFAULTS)
    except SourceError:
        return ""
    return "\n\n".join(zone.span.of(document.text) for zone in document.zones if zone.kind in MAIN_TEXT)


def extract_with_trafilatura(raw: bytes) -> str:
    """Return what trafilatura alone makes of a page."""
    return trafilatura.extract(raw) or ""


if __name__ == "__main__":
    main()
