"""A process that starts writers of a record and kills them, run by test_hostile_records.py; a process of its own,
because the tests' may have threads, and a process with threads must not fork.

Prints one JSON object: how many writers were killed, how many reports they had acknowledged, and what was wrong after.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "shared"))

from handmade import invented_reading, read_by_hand
from onrecord.errors import MissingRecord
from onrecord.record import Missed, Record, opening
from onrecord.record.checking import check_record
from onrecord.record.migrating import Step, known_steps, migrate, version_of
from onrecord.record.opening import open_record

SEEDS = 24
"""Reports that a record of this test holds at most; then the next record begins."""
NEXT = Step(
    version=len(known_steps()) + 1,
    sql="CREATE TABLE notes (a); INSERT INTO notes VALUES (1); ALTER TABLE outlets ADD COLUMN born;",
)


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Start ``work`` in another process; return its number and the end of a pipe that it writes to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(writing)
        finally:
            os._exit(0)
    os.close(writing)
    return child, reading


def acknowledged_by(child: int, reading: int) -> list[int]:
    """Wait for a writer's end; return the seeds of the reports that it acknowledged."""
    data = b""
    while piece := os.read(reading, 65536):
        data += piece
    os.close(reading)
    os.waitpid(child, 0)
    return list(data)


def write_all(path: Path) -> Callable[[int], None]:
    """Return the work of adding every report, each acknowledged after its transaction."""

    def work(pipe: int) -> None:
        with Record.open(path, create=True) as record:
            for seed in range(SEEDS):
                record.add(invented_reading(seed))
                os.write(pipe, bytes([seed]))

    return work


def faults(path: Path, acknowledged: set[int]) -> list[str]:
    """Return what is wrong with a record after a kill."""
    if not acknowledged and not path.exists():
        return []
    with closing(open_record(path, create=True)) as connection:
        wrong = [f"{each.part} {each.where}: {each.message}" for each in check_record(connection)]
        kept = [row[0] for row in connection.execute("SELECT hash FROM documents")]
        whole = connection.execute("SELECT count(*) FROM readings WHERE statement_count >= 7").fetchone()[0]
    names = {invented_reading(seed).document.id for seed in acknowledged}
    wrong += [f"{name} was lost" for name in names.difference(kept)]
    if len(set(kept)) < len(kept) or whole < len(kept):
        wrong.append("a report is doubled, or in part")
    return wrong


def kill_at_random(folder: Path, kills: int) -> tuple[int, list[str]]:
    """Kill writers at moments drawn from a seed; each goes on where the one before was killed.

    The moments lie within the time that a whole run takes, here and now: on a busy machine a writer that always has
    the same fraction of a second would never get to its first report.
    """
    chance = random.Random(20240502)
    longest = seconds_of_a_run(folder)
    wrong: list[str] = []
    total, record = 0, 0
    acknowledged: set[int] = set()
    for _ in range(kills):
        path = folder / f"{record}.db"
        child, pipe = forked(write_all(path))
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        now = acknowledged_by(child, pipe)
        total += len(set(now) - acknowledged)
        acknowledged |= set(now)
        wrong += faults(path, acknowledged)
        if len(acknowledged) == SEEDS:
            record, acknowledged = record + 1, set()
    return total, wrong


def seconds_of_a_run(folder: Path) -> float:
    """Return how long a writer takes that nobody kills."""
    began = time.monotonic()
    child, pipe = forked(write_all(folder / "undisturbed.db"))
    assert len(acknowledged_by(child, pipe)) == SEEDS
    return time.monotonic() - began


def kill_at_each_statement(folder: Path, step: int) -> tuple[int, list[str]]:
    """Kill a writer at its n-th statement of SQL, for every ``step``-th n, until it comes through."""
    wrong: list[str] = []
    killed, number, came_through = 0, 1, False
    while not came_through:
        path = folder / f"at{number}.db"
        child, pipe = forked(dying(write_all(path), number))
        now = set(acknowledged_by(child, pipe))
        wrong += faults(path, now)
        came_through = len(now) == SEEDS
        killed += not came_through
        number += step
        for file in folder.glob(f"{path.name}*"):
            file.unlink()
    return killed, wrong


def dying(work: Callable[[int], None], number: int) -> Callable[[int], None]:
    """Return the work that is killed as its ``number``-th statement of SQL begins."""
    left = number

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*arguments: object, **options: object) -> sqlite3.Connection:
        connection = real_connect(*arguments, **options)
        connection.set_trace_callback(count)
        return connection

    def dying_work(pipe: int) -> None:
        sqlite3.connect = connect
        work(pipe)

    real_connect = opening.sqlite3.connect
    return dying_work


def kill_while_migrating(folder: Path) -> tuple[int, list[str]]:
    """Kill what makes a record, and what brings one up to date, at each statement; then let it through."""
    wrong: list[str] = []
    killed = 0
    steps = (*known_steps(), NEXT)
    for first in (0, 1):
        number, came_through = 1, False
        while not came_through:
            path = folder / f"step{first}-{number}.db"
            if first:
                opening.open_record(path, create=True).close()
            child, pipe = forked(dying(step_up(path, steps), number))
            came_through = acknowledged_by(child, pipe) == [1]
            killed += not came_through
            number += 1 if first else 17
            wrong += stands_after(path, steps)
    return killed, wrong


def step_up(path: Path, steps: tuple[Step, ...]) -> Callable[[int], None]:
    """Return the work of taking all steps."""

    def work(pipe: int) -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, steps)
        os.write(pipe, bytes([1]))

    return work


def stands_after(path: Path, steps: tuple[Step, ...]) -> list[str]:
    """Return what is wrong after a step that was killed: it was taken whole, or not at all, and can be taken now."""
    connection = sqlite3.connect(path, isolation_level=None)
    version = version_of(connection)
    has = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    wrong = []
    if ("documents" in has) != (version >= 1) or ("notes" in has) != (version >= NEXT.version):
        wrong.append(f"{path.name}: version {version}, but not its tables")
    migrate(connection, steps)
    if version_of(connection) != len(steps):
        wrong.append(f"{path.name}: can't be brought up to date")
    connection.close()
    return wrong


RARE = ("zyxvornel", "qummeldrish", "wuxterabim")
"""Words that no report has but those that are taken out."""


def kill_while_removing(folder: Path, step: int) -> tuple[int, list[str]]:
    """Kill what takes reports out at its n-th statement of SQL, for every ``step``-th n, then at moments of the rest.

    The file is written anew by one statement that takes most of the time: within it no statement begins.
    """
    before, after = folder / "before.db", folder / "after.db"
    taken = record_to_remove_from(before)
    shutil.copy(before, after)
    began = time.monotonic()
    child, pipe = forked(removing(after, taken))
    assert acknowledged_by(child, pipe) == [1]
    longest = time.monotonic() - began
    told = {name: told_by(path) for name, path in (("before", before), ("after", after))}
    wrong: list[str] = []
    killed, number, came_through = 0, 1, False
    while not came_through:
        path = Path(shutil.copy(before, folder / f"removed{number}.db"))
        child, pipe = forked(dying(removing(path, taken), number))
        came_through = acknowledged_by(child, pipe) == [1]
        killed += not came_through
        number += step
        wrong += taken_out_after(path, taken, told)
    chance = random.Random(20240506)
    for number in range(max(10, 60 // step)):
        path = Path(shutil.copy(before, folder / f"moment{number}.db"))
        child, pipe = forked(removing(path, taken))
        time.sleep(chance.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        killed += acknowledged_by(child, pipe) == []
        wrong += taken_out_after(path, taken, told)
    return killed, wrong


def record_to_remove_from(path: Path) -> list[str]:
    """Make a record with copies, revisions and words of a user; return the ids of the reports to take out."""
    said = f"The {RARE[0]} levy will {RARE[1]}, Mara Ilven said of {RARE[2]}.\n\nNo boat pays, Teo Brandt vowed."
    orrin = "https://orrin.example/levy"
    with Record.open(path, create=True) as record:
        _, second, *_ = record.add(
            [
                read_by_hand(said, url=orrin, published="2024-05-02", title=RARE[0]),
                read_by_hand(f"{said} More soon.", url=orrin, published="2024-05-03", outlet="Orrin Echo"),
                read_by_hand("Nothing, Mara Ilven said.", url="https://vel.example/1", published="2024-05-03"),
                *(invented_reading(seed) for seed in range(12)),
            ]
        )
        record.merge(["Mara Ilven", "Teo Brandt"])
        record.put_in(second.document, Missed(content=RARE[0], speaker=["Orla Brask"]))
        third = next(each.document.id for each in record.readings() if each.document.url == "https://vel.example/1")
    return [second.document, third]


def removing(path: Path, taken: list[str]) -> Callable[[int], None]:
    """Return the work of taking reports out, acknowledged when their words are overwritten too."""

    def work(pipe: int) -> None:
        with Record.open(path) as record:
            if all(each.is_wiped for each in record.remove(taken)):
                os.write(pipe, bytes([1]))

    return work


def told_by(path: Path) -> list[object]:
    """Return what a record tells, and what it keeps of removals."""
    with closing(open_record(path)) as connection:
        return [
            sorted(map(repr, connection.execute(f"SELECT {columns} FROM {table}")))
            for table, columns in (
                ("who_said_what_corrected", "statement, speaker, content, outlet, standing"),
                ("people", "*"),
                ("documents", "hash, is_current, title"),
                ("texts", "*"),
                ("copies", "*"),
                ("revisions", "*"),
                ("corrections", "document_hash, mark, field, value, standing"),
                ("changes", "what, undone_at IS NULL"),
                ("removals", "document_hash"),
                ("removed_texts", "*"),
            )
        ]


def taken_out_after(path: Path, taken: list[str], told: dict[str, list[object]]) -> list[str]:
    """Return what is wrong after a removal that was killed: it was done whole or not at all, and can be ended now."""
    wrong: list[str] = []
    found = told_by(path)
    if found not in told.values():
        wrong.append(f"{path.name}: taken out in part")
    with Record.open(path) as record:
        wrong += [f"{path.name}: {each.part} {each.where}: {each.message}" for each in record.check()]
        try:
            is_wiped = all(each.is_wiped for each in record.remove(taken))
        except MissingRecord as error:
            if found != told["after"] or "onrecord remove --wipe" not in str(error):
                wrong.append(f"{path.name}: {error}")
            is_wiped = record.wipe()
        wrong += [] if is_wiped else [f"{path.name}: can't be written anew"]
    if told_by(path) != told["after"]:
        wrong.append(f"{path.name}: not as after an undisturbed removal")
    for file in path.parent.glob(f"{path.name}*"):
        left = [word for word in RARE if word.encode() in file.read_bytes().lower()]
        wrong += [f"{file.name}: still has {word}" for word in left]
        file.unlink()
    return wrong


if __name__ == "__main__":
    kind, where, scale = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if kind == "random":
        done, found = kill_at_random(where, scale)
    elif kind == "statements":
        done, found = kill_at_each_statement(where, scale)
    elif kind == "removing":
        done, found = kill_while_removing(where, scale)
    else:
        done, found = kill_while_migrating(where)
    json.dump({"done": done, "wrong": found}, sys.stdout)
