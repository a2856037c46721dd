"""What a run is to do, decided before it begins and kept beside its output: inputs, pieces, model, settings.

Whoever reads which shard, and how often, the plan says what it is; a run under the same folder with another plan is
refused, naming the difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from onrecord.batch.cutting import Piece
from onrecord.batch.inputs import Input
from onrecord.batch.places import Place
from onrecord.errors import BatchError
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.walking import BATCH_HOME
from onrecord.reading import Reader
from onrecord.settings import Settings

FORMAT: Final = 1
HOME: Final = BATCH_HOME
"""The folder of a run's own files, below its output; query engines pass over names that begin so."""
# What bounds a machine or a server, and changes no reading.
_OTHER: Final = ("threads", "web_")


class Failure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that could not be read."""

    where: str
    what: str
    advice: str = ""
    kind: str
    """The name of the error, or ``SetAside``."""
    tries: int = 0
    """How often a report that was set aside was tried."""
    sha256: str | None = None
    """Of the bytes of a report that was set aside."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What a user asked for: all that the output depends on."""

    format: int
    reader: Reader
    inputs: tuple[Input, ...]
    missing: tuple[Failure, ...] = ()
    """What was named, and is not there or can't be read."""
    options: ReadOptions
    settings: Settings
    grain: int
    """Bytes of text to a shard."""


class Shard(msgspec.Struct, frozen=True, kw_only=True):
    """What is read in one go, and gives the same files each time."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """Its files' name, of its number and a hash of its pieces."""
        return f"{self.number:06d}-{hashlib.sha256(msgspec.json.encode(self.pieces)).hexdigest()[:12]}"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """An order, and how it is cut."""

    order: Order
    shards: tuple[Shard, ...]


def plan_place(out: Place) -> Place:
    """Return where the plan of an output lies."""
    return out.child(HOME, "plan.json")


def find_plan(out: Place) -> Plan | None:
    """Return the plan of the run that an output folder is of; None for a folder that is new or empty.

    Raises:
        BatchError: it is a file, or holds something else, or its plan can't be read.
    """
    if out.is_local and Path(out.path).is_file():
        raise BatchError(
            "a file, and onrecord batch makes a folder", where=out.name, advice="name a new one with --out"
        )
    place = plan_place(out)
    if not place.exists():
        others = [name for name in out.names() if name != HOME]
        if others:
            what = f"a folder with something in it ({others[0]}), and no run of onrecord batch"
            raise BatchError(what, where=out.name, advice="name a new one with --out")
        return None
    try:
        return msgspec.json.decode(place.read(), type=Plan)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        what = "its plan can't be read: another version of onrecord made it, or it is damaged"
        raise BatchError(what, where=place.name, advice="name a new folder with --out") from error


def check_same(before: Order, now: Order, out: Place) -> None:
    """Refuse to go on with an output under another order.

    Raises:
        BatchError: naming the first difference.
    """
    difference = next(differences(before, now), None)
    if difference is not None:
        raise BatchError(
            f"holds a run with {difference}",
            where=out.name,
            advice="run it as before to go on with it, or name a new folder with --out",
        )


def differences(before: Order, now: Order) -> Iterator[str]:
    """Yield what an order has otherwise than an earlier one."""
    if before.reader.model != now.reader.model:
        yield f"another model ({before.reader.model}, not {now.reader.model})"
    if before.reader.version != now.reader.version:
        yield f"another version of onrecord ({before.reader.version}, not {now.reader.version})"
    if before.format != now.format:
        yield f"another layout of tables ({before.format}, not {now.format})"
    yield from _other_values("setting", asdict(before.settings), asdict(now.settings))
    yield from _other_values("option", asdict(before.options), asdict(now.options))
    yield from _other_inputs(before.inputs, now.inputs)
    if before.missing != now.missing:
        gone = [each.where for each in before.missing if each not in now.missing]
        come = [each.where for each in now.missing if each not in before.missing]
        yield f"other inputs that can't be read ({(gone or come or ['in another order'])[0]})"
    if before.grain != now.grain:
        yield f"other pieces (of {before.grain:,} bytes, not {now.grain:,})"


def _other_values(noun: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name) and not name.startswith(_OTHER):
            yield f"another {noun}: {name} was {_shown(before.get(name))}, and is {_shown(now.get(name))}"


def _shown(value: Any) -> str:
    return "not given" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _other_inputs(before: Sequence[Input], now: Sequence[Input]) -> Iterator[str]:
    known, named = {each.name: each for each in before}, {each.name: each for each in now}
    gone, come = [name for name in known if name not in named], [name for name in named if name not in known]
    if gone:
        yield f"other inputs: {gone[0]}{_others(gone)} is not among these"
    if come:
        yield f"other inputs: {come[0]}{_others(come)} is new"
    for name, each in named.items():
        if name in known and known[name] != each:
            yield f"another content of {name}"
    if not gone and not come and list(known) != list(named):
        yield "the same inputs in another order"


def _others(names: Sequence[str]) -> str:
    return f" (and {len(names) - 1:,} more)" if len(names) > 1 else ""


@dataclass(frozen=True, slots=True)
class Homes:
    """Where the files of a run lie."""

    out: Place

    @property
    def shards(self) -> Place:
        """The folder of what is read and not yet folded."""
        return self.out.child(HOME, "shards")

    def mark(self, shard: Shard) -> Place:
        """Where it says that a shard is read."""
        return self.shards.child(f"{shard.name}.json")

    def table(self, shard: Shard, table: str) -> Place:
        """Where a shard's rows of a table lie."""
        return self.shards.child(f"{shard.name}.{table}.parquet")

    @property
    def manifest(self) -> Place:
        """What the run has read; it is there when the run is complete."""
        return self.out.child("manifest.json")

    @property
    def failures(self) -> Place:
        """What could not be read, one JSON object a line."""
        return self.out.child("failures.jsonl")
