"""What ``onrecord doctor`` found, as a table of two columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from onrecord.cli.grid import lay_out_grid
from onrecord.cli.outputs import choose_look
from onrecord.exports.describing import count
from onrecord.installation.examining import Installation
from onrecord.installation.machine import Machine
from onrecord.installation.packages import Extra
from onrecord.installation.recordfile import Contents, RecordFile

_GIBIBYTE = 1 << 30
_MEBIBYTE = 1 << 20


def show_installation(installation: Installation, record: RecordFile | None, *, width: int | None) -> None:
    """Print what is installed, and what a record is."""
    look = choose_look(color="auto", width=width)
    rows = [*_rows(installation), *(_record_rows(record) if record else ())]
    # The first line is a header to a terminal alone, and says nothing that the rows do not.
    for line in lay_out_grid(("", ""), rows, look, whole=1):
        if line.strip():
            click.echo(line, color=look.colour)


def _rows(found: Installation) -> Iterator[tuple[str, str]]:
    machine, engines, model = found.machine, found.engines, found.model
    yield "onrecord", f"{found.onrecord} in {found.folder}"
    yield "Python", f"{machine.python}, {machine.executable}"
    yield "system", machine.platform
    yield "cores", _cores(machine)
    yield "memory", _memory(machine)
    yield "SQLite", f"{engines.sqlite}, {'with' if engines.full_text else 'WITHOUT'} full-text search (FTS5)"
    runtime = f"{engines.onnxruntime} ({', '.join(engines.providers)})" if engines.onnxruntime else "can't be loaded"
    yield "ONNX Runtime", runtime
    hashes = f"{model.version}: {len(model.files)} files in {model.folder}, hashes as in its manifest"
    yield "model", hashes if model.version else f"can't be used: {model.folder}"
    yield "packages", _versions(found.packages)
    for extra in found.extras:
        yield f"extra {extra.name}", _extra(extra)
    yield "record", found.record or "none named; ONRECORD_RECORD would name the one that commands take by themselves"
    yield "register", "lists of names stand in the records that they were added to"
    yield (
        "caches",
        f"none; files lie in {found.temporary or 'no folder: there is none for temporary files'} for a moment",
    )


def _cores(machine: Machine) -> str:
    words = str(machine.cores)
    if machine.usable_cores != machine.cores:
        words += f"; this process may use {machine.usable_cores}"
    if machine.core_limit is not None:
        words += f"; the container gives {machine.core_limit:g}"
    return words


def _memory(machine: Machine) -> str:
    words = "unknown" if machine.memory is None else f"{machine.memory / _GIBIBYTE:.1f} GiB"
    if machine.memory_limit is not None:
        words += f"; the container gives {machine.memory_limit / _GIBIBYTE:.1f} GiB"
    return words


def _extra(extra: Extra) -> str:
    if extra.advice is None:
        return _versions(extra.packages)
    missing = ", ".join(name for name, version in extra.packages.items() if version is None)
    return f"not installed (no {missing}): {extra.advice}"


def _versions(packages: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name} {version or 'MISSING'}" for name, version in packages.items())


def _record_rows(record: RecordFile) -> Iterator[tuple[str, str]]:
    size = "" if record.bytes is None else f", {record.bytes / _MEBIBYTE:,.1f} MiB"
    yield "looked at", f"{record.path}{size}, {_state(record)}"
    if record.contents:
        yield from _content_rows(record.contents)


def _state(record: RecordFile) -> str:
    if not record.faults:
        return "whole as far as a quick look tells"
    return "NOT whole" if record.contents else "can't be read"


def _content_rows(found: Contents) -> Iterator[tuple[str, str]]:
    days = f", {found.first} to {found.last}" if found.first else ""
    yield "- tables", f"version {found.tables}"
    others = f"{count(found.copies, 'copy')}, {count(found.revised, 'revised text')}"
    yield "- reports", f"{found.reports:,}, and {others}{days}"
    yield "- statements", f"{count(found.statements, 'statement')} of {count(found.outlets, 'outlet')}"
    for reader, reports in found.readers.items():
        yield "- read by", f"onrecord {reader}: {count(reports, 'report')}"
    if found.set_aside:
        yield "- set aside", f"{found.set_aside:,}; onrecord add --retry tries them again"
    if found.unfinished:
        yield "- last run", "has no end: it runs still, or was killed, and the same 'onrecord add' does the rest"
