"""What the tests of archives share: a cluster that is this process, files of reports, and what an output holds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from onrecord.batch.cluster import Cluster
from onrecord.document import Document

LONG = (
    "Nobody had asked the fishers of Orrin Quay what the levy would do to them this winter, Teo Brandt said.",
    "The old bridge will stay closed until October, because the engineers found more cracks than they had feared.",
)


class Here(Cluster):
    """A cluster without Ray: items are worked on one after the other, in an order that may be given.

    ``ends_after`` so many items it is interrupted.
    """

    __slots__ = ("ends_after", "order")

    def __init__(self, order=lambda items: items, ends_after=None):
        super().__init__(1)
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "ends_after", ends_after)

    def map_in_actors(self, make, argument, items):
        worker = make(argument)
        try:
            for number, item in enumerate(self.order(items)):
                if number == self.ends_after:
                    raise KeyboardInterrupt
                yield worker.work(item)
        finally:
            worker.close()

    def map(self, work, items, *, here=False):
        yield from map(work, self.order(items))

    def regroup(self, read, items, steps, *, here=False):
        yield from super().regroup(read, self.order(items), steps, here=True)


def entry(number, words="", **more):
    """Return a report as a line of JSON Lines has it."""
    text = f"Report {number}.\n\nThe levy of {number} crowns will go, Mara Ilven said. {words}\n\n{LONG[number % 2]}"
    day = f"2024-{number % 3 + 4:02d}-{number % 28 + 1:02d}"
    return {"title": f"Report {number}", "text": text, "url": f"https://orrin.example/{number}", "date": day} | more


def write_lines(path, entries, *, packed=False):
    """Write a file of reports; return its name."""
    content = "".join(json.dumps(each) + "\n" for each in entries).encode()
    Path(path).write_bytes(gzip.compress(content, mtime=0) if packed else content)
    return str(path)


def files_of(out):
    """Return the bytes of all files of an output, by their names."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(Path(out).rglob("*")) if path.is_file()}


def told(documents):
    """Return where documents stand and what they hold, or what is wrong, in a word."""
    return [
        (each.provenance.origin, each.text) if isinstance(each, Document) else (each.where, type(each).__name__)
        for each in documents
    ]
