"""Measure what a report costs as a record grows: `python benchmarks/growing.py FOLDER [--reports 1000 10000]`.

Makes a record of each size in FOLDER where it is not there yet, by the generator of searching.py (invented words, 19
statements to a report), and adds the same 20 reports to a copy of each. 16 statements of each of those are new, 3 have
the words of statements that are in both records, one of them clipped. Then all of the variants of each of their
statements are looked for, as `onrecord variants` does. Prints the median milliseconds of processor time for a report:
of adding it, of the search for variants, and of both, with the ratio to the smallest record. Loading the meanings after
the additions is counted once, by itself: a batch pays for it once, not each report.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from onrecord.compare.variants import find_variants
from onrecord.document import Document, Span
from onrecord.reading import Entity, Reader, Reading, Statement
from onrecord.record import Record
from onrecord.record.ids import StatementId
from searching import SAID, Invention, fill

ADDED: Final = 20
REPEATED: Final = 3
"""Statements of an added report that have words of another one's."""
CLIPPED: Final = 8
"""Words that one of them has."""
SEED: Final = 20_260_101


def main() -> None:
    """Make the records, and print what a report costs in each."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--reports", type=int, nargs="+", default=[1_000, 10_000])
    options = arguments.parse_args()
    costs = {}
    for reports in sorted(options.reports):
        path = options.folder / f"{reports}.db"
        if not path.exists():
            fill(path, reports)
        costs[reports] = measure(path)
        print(f"{reports:,} reports:", ", ".join(f"{name} {cost:.1f} ms" for name, cost in costs[reports].items()))
    first = next(iter(costs.values()))
    for reports, each in costs.items():
        print(f"{reports:,} reports:", ", ".join(f"{name} {each[name] / first[name]:.2f} times" for name in each))


def measure(path: Path) -> dict[str, float]:
    """Return what adding to a copy of a record costs, a report."""
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copy(path, folder))
        with Record.open(copied) as record:
            known = [words for (words,) in record.connection.execute(REPEATABLE)]
            adding, documents = [], []
            for reading in make_readings(known):
                adding.append(timed(lambda reading=reading: record.add(reading)))
                documents.append(reading.document.id)
            loading = timed(record.meaning_index)
            searching, found = [], 0
            for document in documents:
                statements = record.connection.execute(STATEMENTS, (document,)).fetchall()
                began = time.process_time()
                found += sum(len(find_variants(record, str(StatementId(document, mark)))[1]) for (mark,) in statements)
                searching.append(1000 * (time.process_time() - began))
    print(f"  {found} variants of {ADDED * SAID} statements", flush=True)
    both = [one + other for one, other in zip(adding, searching, strict=True)]
    return {
        "adding": statistics.median(adding),
        "variants": statistics.median(searching),
        "both": statistics.median(both),
        "loading the meanings once": loading,
    }


REPEATABLE: Final = "SELECT content FROM statement_words WHERE id <= 60 ORDER BY id"
STATEMENTS: Final = (
    "SELECT s.mark FROM statements s JOIN documents d ON d.id = s.document_id WHERE d.hash = ? ORDER BY s.id"
)


def make_readings(known: list[str]) -> Iterator[Reading]:
    """Yield the reports to add, always the same."""
    invention, chance = Invention(), random.Random(SEED)
    invention._numbers = np.random.default_rng(SEED)  # noqa: SLF001 - or its first contents would be the record's
    for _ in range(ADDED):
        contents = invention.contents(SAID - REPEATED) + chance.sample(known, REPEATED)
        contents[-1] = " ".join(contents[-1].split()[:CLIPPED])
        yield make_reading(contents, [invention.people[each] for each in invention.speakers(SAID)])


def make_reading(contents: list[str], speakers: list[str]) -> Reading:
    """Return a report in which each speaker says one of the contents."""
    text, statements, entities = "", [], []
    for number, (content, speaker) in enumerate(zip(contents, speakers, strict=True)):
        start = len(text)
        text += f"{speaker} said {content}.\n\n"
        said = start + len(speaker) + 1
        statements.append(
            Statement(
                id=f"s{number}",
                form="indirect",
                speakers=(f"e{number}",),
                speaker_name=speaker,
                source=(Span(start, start + len(speaker)),),
                cue=(Span(said, said + 4),),
                content=(Span(said + 5, said + 5 + len(content)),),
                cue_class="neutral",
                negated=False,
                modality="said",
                zone="body",
                confidence=1.0,
            )
        )
        entities.append(Entity(id=f"e{number}", name=speaker, kind="person", mentions=()))
    return Reading(
        document=Document.from_text(text),
        reader=Reader(version="0", model="invented"),
        statements=tuple(statements),
        entities=tuple(entities),
    )


def timed(run: Callable[[], object]) -> float:
    """Return the processor time of a call, in milliseconds."""
    began = time.process_time()
    run()
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    main()
