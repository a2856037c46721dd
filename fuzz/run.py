"""Fuzz one door of onrecord: feed it what atheris mutates, guided by the lines that run, and keep what breaks it.

    python fuzz/run.py html --seconds 1800

A door is a module of ``fuzz/doors``: ``SEEDS`` to begin from, ``TOKENS`` to mix in, and ``take``, which does with bytes
what a user's file or request would have done; perhaps ``mutate``, for what bytes alone mutate badly. A finding is

- any exception that is no OnrecordError, warnings among them,
- an answer that takes more than five seconds of processor time,
- a process that dies, or grows beyond 3 GB (libFuzzer ends the run and leaves the input in ``fuzz/work/DOOR/``).

A finding does not end the run: its input and its traceback are kept in ``fuzz/work/DOOR/found/``, one of each kind.
``fuzz/work/DOOR/ledger.json`` says how much was run.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import sys
import time
import traceback
import warnings
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import atheris

FUZZ = Path(__file__).resolve().parent
SLOW = 5.0  # seconds: what the reliability rows allow one input
MOST_MEGABYTES = 3_000
LONGEST = 16_384  # bytes of an input: longer ones are what tests/hostile has, and cost executions here


class Ledger:
    """What a run has done so far, in a file that is written anew every ten seconds."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        self.executions = 0
        self.refused = 0
        self.slowest = 0.0
        self.found: dict[str, int] = {}
        self._began = time.process_time()
        self._written = 0.0

    @property
    def seconds(self) -> float:
        """Processor seconds of this run, without what loading took."""
        return time.process_time() - self._began

    def note(self, data: bytes, kind: str, story: str) -> None:
        """Keep a finding, the first of its kind with its input."""
        name = hashlib.sha256(kind.encode()).hexdigest()[:12]
        if kind not in self.found:
            (self.folder / "found" / f"{name}.bin").write_bytes(data)
            (self.folder / "found" / f"{name}.txt").write_text(f"{kind}\n\n{story}")
        self.found[kind] = self.found.get(kind, 0) + 1

    def write(self, *, now: bool = False) -> None:
        """Write the file, if it is time."""
        if not now and self.seconds - self._written < 10:
            return
        self._written = self.seconds
        told = {
            "seed": self.seed,
            "processor_seconds": round(self.seconds, 1),
            "executions": self.executions,
            "refused_with_a_typed_error": self.refused,
            "slowest_seconds": round(self.slowest, 2),
            "found": self.found,
        }
        (self.folder / "ledger.json").write_text(json.dumps(told, indent=1))


def main() -> NoReturn:
    """Run a door for some seconds, or one input through it."""
    asked = parsed()
    folder = FUZZ / "work" / asked.door
    for each in ("corpus", "found"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    sys.path[:0] = [str(FUZZ), str(FUZZ.parent / "tests" / "shared")]
    if asked.input:
        loaded(asked.door).take(asked.input.read_bytes())
        sys.exit(f"{asked.input}: nothing wrong")
    with atheris.instrument_imports(include=["onrecord"]):
        door = loaded(asked.door)
    for number, data in enumerate(door.SEEDS):
        (folder / "corpus" / f"seed-{number}").write_bytes(data)
    (folder / "tokens.txt").write_text("".join(f'"{escaped(token)}"\n' for token in door.TOKENS))
    ledger = Ledger(folder, asked.seed)
    options = [
        f"-seed={asked.seed}",
        f"-max_len={LONGEST}",
        f"-rss_limit_mb={MOST_MEGABYTES}",
        f"-artifact_prefix={folder}/",
        f"-dict={folder}/tokens.txt",
        "-timeout=60",
        "-verbosity=0",
    ]
    own = {"custom_mutator": door.mutate} if hasattr(door, "mutate") else {}
    atheris.Setup([sys.argv[0], *options, str(folder / "corpus")], watched(door, ledger, asked.seconds), **own)
    atheris.Fuzz()
    sys.exit(1)  # libFuzzer ends the process itself


def parsed() -> argparse.Namespace:
    """Read the command line."""
    doors = sorted(path.stem for path in (FUZZ / "doors").glob("[a-z]*.py"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("door", choices=doors)
    parser.add_argument("--seconds", type=float, default=60, help="of processor time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--input", type=Path, help="a file to be put through the door, once, with its traceback shown")
    return parser.parse_args()


def loaded(door: str) -> ModuleType:
    """Load a door; whatever warns from here on is a finding."""
    module = importlib.import_module(f"doors.{door}")
    warnings.simplefilter("error")
    return module


def watched(door: ModuleType, ledger: Ledger, seconds: float):  # noqa: ANN201 - what atheris calls with bytes
    """Return what tries one input, notes what is wrong, and ends the process when the time is over."""

    def try_one(data: bytes) -> None:
        began = time.process_time()
        try:
            door.take(data)
        except door.OnrecordError:
            ledger.refused += 1
        except Exception as error:  # noqa: BLE001 - that is the question
            ledger.note(data, kind_of(error), traceback.format_exc())
        took = time.process_time() - began
        if took > SLOW:
            ledger.note(data, "slow", f"{took:.1f} s")
        ledger.executions += 1
        ledger.slowest = max(ledger.slowest, took)
        ledger.write()
        if ledger.seconds > seconds:
            ledger.write(now=True)
            os._exit(bool(ledger.found))

    return try_one


def kind_of(error: BaseException) -> str:
    """Return what tells findings apart: the exception, and the last line of ours that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/onrecord/" in frame.filename] or list(frames)
    return f"{type(error).__name__} at {Path(ours[-1].filename).name}:{ours[-1].lineno} ({ours[-1].name})"


def escaped(token: bytes) -> str:
    """Return a token as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{each:02x}" for each in token)


if __name__ == "__main__":
    main()
