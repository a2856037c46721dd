"""Measure searching in a record of invented statements: `python benchmarks/searching.py FILE [--statements 1000000]`.

Makes the record where FILE is not there yet (2 minutes and 460 MB for a million statements), outside git, then asks it
queries of every kind, five times each, and prints the medians in milliseconds of processor time, warm (on a machine
with nothing else to do that is the time that passes): words that are rare, middling and frequent; words with three
filters; meaning. Beside the words stands what a bare FTS5 query for the same words costs (`SELECT rowid, rank ... ORDER
BY rank LIMIT 20`): it gives numbers of rows, where a search gives who, words, outlet, date and a citation.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np

from onrecord.document import Span
from onrecord.record import Filters, Record
from onrecord.record.identities import key_of, number_of
from onrecord.record.ids import mark_spans
from onrecord.record.meaning import shipped_meanings
from onrecord.record.nibbles import pack_vectors
from onrecord.record.opening import open_record, tidy
from onrecord.record.packing import PIECES, Terms, cut_text, pack_date, pack_spans
from onrecord.record.querying import parse_query

SAID: Final = 19  # statements to a report, as in PolNeAR
BLOCK: Final = 500  # reports to a transaction
WORDS: Final = 30_000
PEOPLE: Final = 50_000
OUTLETS: Final = 200
SYLLABLES: Final = [first + second for first in "bdfgklmn" for second in "aeiou"]
ROUNDS: Final = 5


def main() -> None:
    """Make the record if need be, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--statements", type=int, default=1_000_000)
    options = arguments.parse_args()
    if not options.file.exists():
        fill(options.file, options.statements // SAID + 1)
    measure(options.file)


# ---- the record --------------------------------------------------------------------------------------------


class Invention:
    """Words, people and reports, always the same ones."""

    def __init__(self) -> None:
        self._chance = random.Random(5)
        self._numbers = np.random.default_rng(5)
        self.words = self._names(WORDS, 2, 4)
        self.people = [f"{first.title()} {last.title()}" for first, last in self._pairs(PEOPLE)]
        self.numbers = [number_of(key_of(name, "person") or name) for name in self.people]
        self._word_odds = odds(WORDS)
        self._people_odds = odds(PEOPLE)

    def _names(self, count: int, least: int, most: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self._chance.choices(SYLLABLES, k=self._chance.randint(least, most)))] = None
        return list(found)

    def _pairs(self, count: int) -> Iterator[tuple[str, str]]:
        names = self._names(2_000, 2, 3)
        found = {(self._chance.choice(names), self._chance.choice(names)): None for _ in range(2 * count)}
        yield from list(found)[:count]

    def contents(self, count: int) -> list[str]:
        """Return so many contents, of 8 to 32 words."""
        lengths = self._numbers.integers(8, 33, count)
        drawn = self._numbers.choice(WORDS, int(lengths.sum()), p=self._word_odds)
        words, ends = [self.words[index] for index in drawn], np.cumsum(lengths)
        return [" ".join(words[end - length : end]) for length, end in zip(lengths, ends, strict=True)]

    def speakers(self, count: int) -> list[int]:
        """Return the numbers of so many people, few of whom speak often."""
        return self._numbers.choice(PEOPLE, count, p=self._people_odds).tolist()

    def vectors(self, count: int) -> bytes:
        """Return random meanings: to compare them costs the same whatever they are."""
        drawn = self._numbers.standard_normal((count, 48)).astype(np.float32)
        made = np.round(127 * drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.int8)
        return pack_vectors(made.tobytes(), made.shape[1])


def odds(count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return Zipf's odds: the n-th of them is n times rarer than the first."""
    weights = 1 / np.arange(1, count + 1)
    return weights / weights.sum()


def fill(path: Path, reports: int) -> None:
    """Write invented reports straight into the tables, as the writer would leave them."""
    began = time.monotonic()
    invention = Invention()
    connection = open_record(path, create=True)
    connection.execute("PRAGMA synchronous = OFF")
    numbers = Numbers(connection)
    connection.executemany("INSERT INTO outlets (name) VALUES (?)", [(f"Outlet {n}",) for n in range(OUTLETS)])
    connection.execute("INSERT INTO readers (version, model) VALUES ('0', 'invented')")
    connection.execute("INSERT INTO encoders (name, dimensions) VALUES (?, 48)", (shipped_meanings().name,))
    for start in range(0, reports, BLOCK):
        connection.execute("BEGIN")
        write_block(connection, invention, numbers, range(start, min(start + BLOCK, reports)))
        connection.execute("COMMIT")
        if start % (20 * BLOCK) == 0:
            print(f"{start} of {reports} reports, {time.monotonic() - began:.0f} s", flush=True)
    tidy(connection)
    connection.close()
    print(f"made in {time.monotonic() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB", flush=True)


class Numbers:
    """The numbers of words from short lists."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        terms = Terms(connection)
        self.person = terms.number("person")
        self.method = terms.number("plaintext")
        self.forms = [terms.number(word) for word in ("direct", "indirect", "indirect", "mixed")]
        self.classes = [
            terms.number(word) for word in ("neutral", "neutral", "neutral", "doubting", "warning", "asking")
        ]
        self.zones = [terms.number(word) for word in ("body", "body", "body", "headline")]
        self.modality = terms.number("said")


def write_block(connection: sqlite3.Connection, invention: Invention, numbers: Numbers, block: range) -> None:
    """Write some reports, with all that is read in them."""
    contents = invention.contents(len(block) * SAID)
    speakers = invention.speakers(len(block) * SAID)
    documents, texts, readings, entities, statements, words, vectors = ([] for _ in range(7))
    for place, report in enumerate(block):
        row, first, chance = report + 1, report * SAID + 1, random.Random(report)
        said = contents[place * SAID : (place + 1) * SAID]
        who = speakers[place * SAID : (place + 1) * SAID]
        outlet, day = chance.randrange(OUTLETS) + 1, report * 3600 // 52_632
        published = f"{2015 + day // 360}-{day % 360 // 30 + 1:02d}-{day % 30 + 1:02d}"
        standing = 1 if chance.random() < 0.03 else 0
        text, start = "", 0
        for position, (content, person) in enumerate(zip(said, who, strict=True)):
            name = invention.people[person]
            start = len(text)
            spans = [
                [Span(start, start + len(name))],
                [Span(start + len(name) + 1, start + len(name) + 5)],
                [Span(start + len(name) + 6, start + len(name) + 6 + len(content))],
            ]
            text += f"{name} said {content}.\n\n"
            statements.append(
                (
                    first + position,
                    row,
                    mark_spans(*spans),
                    standing,
                    outlet,
                    pack_date(published),
                    chance.choice(numbers.forms),
                    chance.choice(numbers.classes),
                    chance.choice(numbers.zones),
                    numbers.modality,
                    0,
                    9000,
                    *map(pack_spans, spans),
                    first + position,
                    9000,
                )
            )
            entities.append(
                (
                    first + position,
                    row,
                    name,
                    numbers.person,
                    invention.numbers[person],
                    f"[{position}]",
                    f"[{(position + 1) % SAID}]",
                )
            )
            words.append((first + position, content))
        documents.append(
            (
                row,
                f"{report:016x}",
                f"Report {report}",
                outlet,
                f"https://outlet{outlet}.example/{report}",
                published,
                "en",
                "0" * 64,
                "made up",
                numbers.method,
                f'[["body",0,{len(text)}]]',
                "2026-01-01",
            )
        )
        texts += list(enumerate(cut_text(text), row * PIECES))
        readings.append((row, 1, "2026-01-01", first, SAID, first, SAID, 1, 0, b""))
        vectors.append((row, 1, invention.vectors(SAID)))
    many = connection.executemany
    many(
        "INSERT INTO documents (id, hash, title, outlet_id, address, published, language, raw_sha256, origin, method,"
        " zones, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        documents,
    )
    many("INSERT INTO texts VALUES (?, ?)", texts)
    many(
        "INSERT INTO readings (document_id, reader_id, read_at, first_statement, statement_count, first_entity,"
        " entity_count, first_event, event_count, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        readings,
    )
    many(
        "INSERT INTO entities (id, document_id, name, kind, person_id, says, about) VALUES (?, ?, ?, ?, ?, ?, ?)",
        entities,
    )
    many(
        "INSERT INTO statements (id, document_id, mark, standing, outlet_id, published, form, cue_class, zone,"
        " modality, negated, confidence, source, cue, content, speaker_id, speaker_confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        statements,
    )
    many("INSERT INTO statements_fts (rowid, content) VALUES (?, ?)", words)
    many("INSERT INTO embeddings VALUES (?, ?, ?)", vectors)


# ---- the measuring -----------------------------------------------------------------------------------------


def measure(path: Path) -> None:
    """Print what each kind of query costs."""
    with Record.open(path, read_only=True) as record:
        words = frequencies(record.connection)
        count = record.connection.execute("SELECT count(*) FROM statements").fetchone()[0]
        print(f"{count:,} statements")
        queries = kinds_of_words(words, count)
        bare = {name: bare_query(record.connection, words) for name, words in queries.items()}
        found = {name: timed(lambda words=words: list(record.search(words))) for name, words in queries.items()}
        ranked = {name: timed(lambda words=words: record.search(words).rows()) for name, words in queries.items()}
        for name, words in queries.items():
            print(
                f"{name:24} search {found[name]:8.1f} ms, of it ranking {ranked[name]:8.1f}; bare FTS5"
                f" {bare[name]:8.1f}; ratio {found[name] / bare[name]:5.2f}; {record.search(words).count()} statements",
                flush=True,
            )
        print_median("words", found.values(), bare.values())

        narrow = {
            name: timed(lambda words=words: list(record.search(words, filters=three_filters(record))))
            for name, words in queries.items()
        }
        for name, cost in narrow.items():
            print(f"{name:24} with three filters {cost:8.1f} ms", flush=True)
        print_median("words with three filters", narrow.values())

        began = time.process_time()
        list(record.search(meaning="the harbour levy"))
        print(f"first search by meaning {1000 * (time.process_time() - began):8.1f} ms")
        near = {
            "meaning": timed(lambda: list(record.search(meaning="a tax on the boats in the harbour"))),
            "meaning, three filters": timed(
                lambda: list(record.search(meaning="a tax on the boats", filters=three_filters(record)))
            ),
            "meaning and words": timed(lambda: list(record.search(queries["middling word"], meaning="a tax on boats"))),
        }
        facets = {name: timed(record.search(words).facets) for name, words in queries.items()}
        for name, cost in {**near, **{f"facets, {name}": cost for name, cost in facets.items()}}.items():
            print(f"{name:32} {cost:8.1f} ms", flush=True)


def frequencies(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return all words with the number of statements that they are in, the most frequent first."""
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, statements_fts, row)")
    return connection.execute("SELECT term, doc FROM temp.words ORDER BY doc DESC, term").fetchall()


def kinds_of_words(words: list[tuple[str, int]], count: int) -> dict[str, str]:
    """Return a query of each kind."""

    def word(share: float, skip: int = 0) -> str:
        return sorted(words, key=lambda each: (abs(each[1] - share * count), each[0]))[skip][0]

    return {
        "rare word": word(0.0001),
        "middling word": word(0.001),
        "common word": word(0.01),
        "frequent word": word(0.1),
        "very frequent word": word(0.3),
        "two words": f"{word(0.02)} {word(0.01)}",
        "common, very frequent": f"{word(0.01)} {word(0.3)}",
        "three words": f"{word(0.1)} {word(0.03)} {word(0.02)}",
        "phrase": f'"{word(0.3)} {word(0.1)}"',
        "prefix": f"{word(0.001)[:5]}*",
    }


def three_filters(record: Record) -> Filters:
    """Return filters by speaker, outlet and day that leave something of a frequent word."""
    if id(record) not in NAMES:
        query = "SELECT name FROM entities GROUP BY name ORDER BY count(*) DESC LIMIT 1 OFFSET 3"
        NAMES[id(record)] = record.connection.execute(query).fetchone()[0]
    return Filters(speaker=(NAMES[id(record)],), form=("indirect",), since="2016-05")


NAMES: Final[dict[int, str]] = {}


def bare_query(connection: sqlite3.Connection, words: str) -> float:
    """Return what FTS5 takes to rank the statements that answer words, in milliseconds."""
    query = "SELECT rowid, rank FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rank LIMIT 20"
    written = str(parse_query(words))
    return timed(lambda: connection.execute(query, (written,)).fetchall())


def timed(ask: Callable[[], object]) -> float:
    """Return the median of some rounds, in milliseconds of this process's time, after one that is not counted."""
    ask()
    costs = []
    for _ in range(ROUNDS):
        began = time.process_time()
        ask()
        costs.append(1000 * (time.process_time() - began))
    return statistics.median(costs)


def print_median(name: str, costs: Iterable[float], bare: Iterable[float] = ()) -> None:
    """Print the median over all kinds of queries, and its ratio to that of bare queries."""
    middle, base = statistics.median(costs), list(bare)
    ratio = f", {middle / statistics.median(base):.2f} times that of bare FTS5" if base else ""
    print(f"median, {name}: {middle:.1f} ms{ratio}", flush=True)


if __name__ == "__main__":
    main()
