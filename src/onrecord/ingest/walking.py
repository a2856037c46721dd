"""The files that a name stands for: itself, those below a folder, those that a pattern matches."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from onrecord.errors import MissingSource, SourceError

WILD: Final = re.compile(r"[*?\[]")
_ADDRESS: Final = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/", re.IGNORECASE)
"""How an address looks whose ``https://`` was left out: ``www.paper.example``, ``paper.example/story``."""


PassedOver = Callable[[Sequence[str], str], SourceError | None]
"""What is told of the names of a folder's files that are not read, and of the folder; None if nothing is."""


def find_files(
    name: str, *, is_known: Callable[[str], bool], known: str, passed_over: PassedOver | None = None
) -> Iterator[str | SourceError]:
    """Yield the names of files, those of folders and patterns sorted; what can't be found or read as an error.

    In a folder, hidden files and folders and what links lead to outside are left out.

    Args:
        name: a file, a folder or a pattern.
        is_known: whether a file in a folder is one that is read, by its name.
        known: how such names end, in words.
        passed_over: tells of the others; without it nothing does.
    """
    look_through = partial(_in_folder, is_known=is_known, known=known, passed_over=passed_over)
    path = Path(name)
    try:
        if path.is_dir():
            yield from look_through(name)
        elif path.exists():
            yield name
        elif WILD.search(name):
            yield from _matching(name, look_through)
        else:
            advice = "check the name" + ("; an address begins with https://" if _ADDRESS.match(name) else "")
            yield MissingSource("no such file or folder", where=name, advice=advice)
    except (OSError, ValueError) as error:  # a name too long, or with a NUL in it
        yield MissingSource(f"no such file or folder ({_reason(error)})", where=name, advice="check the name")


def unreadable(name: str, error: OSError) -> SourceError:
    """Return what is told of a file or folder that can't be read."""
    if isinstance(error, FileNotFoundError):
        return MissingSource("no such file", where=name, advice="check the name")
    return SourceError(f"can't be read: {_reason(error)}", where=name, advice="check its permissions")


def _matching(pattern: str, look_through: Callable[[str], Iterator[str | SourceError]]) -> Iterator[str | SourceError]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute patterns
    if not matches:
        yield MissingSource("nothing matches", where=pattern, advice="check the pattern")
    files = [match for match in matches if not Path(match).is_dir()]
    if "**" in pattern and files:  # which have what is in the folders among them
        yield from files
        return
    read: Path | None = None
    for match in matches:
        if not Path(match).is_dir():
            yield match
        elif read is None or not Path(match).is_relative_to(read):
            read = Path(match)
            yield from look_through(match)


def _in_folder(
    folder: str, *, is_known: Callable[[str], bool], known: str, passed_over: PassedOver | None
) -> Iterator[str | SourceError]:
    found, root = False, Path(folder).resolve()
    errors: list[OSError] = []
    others: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith(".") or not path.is_file() or _leads_outside(path, root):
                continue
            if is_known(name):
                found = True
                yield str(path)
            else:
                others.append(name)
    for error in errors:
        yield unreadable(str(error.filename), error)
    told = passed_over(others, folder) if passed_over else None
    if told is not None:
        yield told
    elif not found and not errors:
        yield MissingSource("no reports in this folder", where=folder, advice=f"reports are files named {known}")


def _leads_outside(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
