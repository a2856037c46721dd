"""An installation from top to bottom. What every command needs is tried, not only looked up; nothing is changed."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from onrecord.errors import OnrecordError
from onrecord.installation.machine import Machine, look_at_machine
from onrecord.installation.packages import Extra, base_packages, extras
from onrecord.runtime import load_runtime
from onrecord.version import VERSION

AGAIN: Final = "install it again: pip install --force-reinstall onrecord"
PROCESSOR: Final = "CPUExecutionProvider"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not work, and what to do."""

    part: Literal["packages", "SQLite", "ONNX Runtime", "model", "record"]
    what: str
    advice: str

    def __str__(self) -> str:
        """Return one line.

        >>> str(Fault(part="packages", what="numpy is not installed", advice="install it"))
        'packages: numpy is not installed; install it'
        """
        return f"{self.part}: {self.what}" + (f"; {self.advice}" if self.advice else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What stores and what computes."""

    sqlite: str
    full_text: bool
    """Whether this SQLite searches words (FTS5)."""
    onnxruntime: str | None
    """None where it can't be loaded."""
    providers: tuple[str, ...]
    """What ONNX Runtime could compute with; onrecord uses the processor alone, so that readings are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The model in the package."""

    folder: str
    version: str | None
    """Name and hash, as readings state them; None where it can't be loaded."""
    files: dict[str, str]
    """SHA-256 of each file, held against the manifest; none where one does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """All that there is to tell."""

    onrecord: str
    folder: str
    """Where onrecord runs from."""
    machine: Machine
    engines: Engines
    model: Weights
    packages: dict[str, str | None]
    """Version of each package that the base install needs; None where it is missing."""
    extras: tuple[Extra, ...]
    record: str | None
    """The record that commands take where none is named (``ONRECORD_RECORD``); lists of names stand in records too."""
    temporary: str | None
    """Where files lie for a moment; None where there is no such folder. Nothing is kept between runs: no cache."""
    faults: tuple[Fault, ...]
    """What every command needs and does not work; none where all is well."""


def examine(weights: Path | None = None) -> Installation:
    """Look at this installation, with the model in the package or another one; takes about a second.

    Raises nothing for what is broken: that is among the faults.
    """
    packages = base_packages()
    engines, broken_engines = _engines()
    model, broken_model = _model(weights)
    missing = [
        Fault(part="packages", what=f"{name} is not installed", advice=AGAIN)
        for name, version in packages.items()
        if version is None
    ]
    return Installation(
        onrecord=VERSION,
        folder=str(Path(__file__).parents[1]),
        machine=look_at_machine(),
        engines=engines,
        model=model,
        packages=packages,
        extras=extras(),
        record=os.environ.get("ONRECORD_RECORD") or None,
        temporary=_temporary(),
        faults=(*missing, *broken_engines, *broken_model),
    )


def _engines() -> tuple[Engines, list[Fault]]:
    faults = []
    full_text = _searches_words()
    if not full_text:
        what = "this SQLite searches no words (FTS5 is missing), so that no record can be made or searched"
        faults.append(Fault(part="SQLite", what=what, advice="use another Python, such as python.org's or conda's"))
    version, providers = None, ()
    try:
        runtime = load_runtime()
        version, providers = str(runtime.__version__), tuple(runtime.get_available_providers())
    except Exception as error:  # noqa: BLE001 - a library in C++ that does not load raises errors of many kinds
        faults.append(Fault(part="ONNX Runtime", what=f"can't be loaded ({_words_of(error)})", advice=AGAIN))
    else:
        if PROCESSOR not in providers:
            faults.append(
                Fault(part="ONNX Runtime", what=f"can't compute with the processor ({PROCESSOR})", advice=AGAIN)
            )
    engines = Engines(sqlite=sqlite3.sqlite_version, full_text=full_text, onnxruntime=version, providers=providers)
    return engines, faults


def _searches_words() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        except sqlite3.Error:
            return False
    return True


def _model(folder: Path | None) -> tuple[Weights, list[Fault]]:
    """Load the model, which checks its hashes first."""
    where = folder or Path(__file__).parents[1] / "model" / "weights"
    try:
        from onrecord.model import Model  # it needs numpy, which may be what is broken
        from onrecord.model.manifest import REINSTALL, model_folder

        where = folder or model_folder()
        manifest = Model.load(where).manifest
    except OnrecordError as error:
        what, ours = f"{error.where}: {error.what}", error.advice == REINSTALL
        return Weights(folder=str(where), version=None, files={}), [
            Fault(part="model", what=what, advice=AGAIN if ours else error.advice)
        ]
    except ImportError as error:
        what = f"can't be loaded ({_words_of(error)})"
        return Weights(folder=str(where), version=None, files={}), [Fault(part="model", what=what, advice=AGAIN)]
    files = dict(sorted(manifest.files.items()))
    return Weights(folder=str(where), version=manifest.version, files=files), []


def _words_of(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _temporary() -> str | None:
    try:
        return tempfile.gettempdir()
    except FileNotFoundError:
        return None
