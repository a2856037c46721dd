"""The files that a name stands for: itself, those below a folder, those that a pattern matches."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import takewhile
from pathlib import Path
from typing import Final

from onrecord.errors import MissingSource, SourceError
from onrecord.ingest.kinds import UNREAD, begins_like_reports

WILD: Final = re.compile(r"[*?\[]")
BATCH_HOME: Final = "_onrecord"
"""The folder that ``onrecord batch`` makes below its output, by which one is known: its tables are no reports."""
_ADDRESS: Final = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/", re.IGNORECASE)
"""How an address looks whose ``https://`` was left out: ``www.paper.example``, ``paper.example/story``."""


_HEAD: Final = 4_096
"""Bytes by which a file whose name promises nothing is known: within so many a page has a tag."""
_SAVED_BESIDE: Final = "_files"
"""How the folders end that browsers save beside a page: there frames and advertisements are pages without a name."""
_NO_REPORTS: Final = ("~", ".bak", ".orig", ".tmp", ".part", ".crdownload", ".css", ".js", ".mjs", ".svg")
"""How the names end of what was or is not whole yet, and of what looks like a page and is a part of one."""


PassedOver = Callable[[Sequence[str], str], SourceError | None]
"""What is told of the names of a folder's files of other kinds, and of the folder; None if nothing is."""


def find_files(
    name: str, *, is_known: Callable[[str], bool], known: str, passed_over: PassedOver, own: Path | None = None
) -> Iterator[str | SourceError]:
    """Yield the names of files, those of folders and patterns sorted; what can't be found or read as an error.

    In a folder, hidden files and folders are left out; what links lead to outside, what ``onrecord batch`` wrote, and
    what begins like a report and has another name, is left out and told.

    Args:
        name: a file, a folder or a pattern.
        is_known: whether a file in a folder is one that is read, by its name.
        known: how such names end, in words.
        passed_over: tells of the others.
        own: where this run writes; nothing is told of that.
    """
    look_through = partial(_in_folder, is_known=is_known, known=known, passed_over=passed_over, own=own)
    path = Path(name)
    try:
        if path.is_dir():
            yield from look_through(name)
        elif path.exists():
            yield name
        elif WILD.search(name):
            yield from _matching(name, look_through, own)
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


def is_output(folder: str | Path) -> bool:
    """Tell whether a folder is the output of ``onrecord batch``."""
    return Path(folder, BATCH_HOME, "plan.json").is_file()


def written_by_batch(folder: str) -> SourceError:
    """Return what is told of such a folder among what is to be read."""
    return SourceError(
        "was written by onrecord batch, and is not read", where=folder, advice="onrecord load brings it into a record"
    )


def _matching(
    pattern: str, look_through: Callable[[str], Iterator[str | SourceError]], own: Path | None
) -> Iterator[str | SourceError]:
    matches, outputs = _apart(sorted(glob.glob(pattern, recursive=True)), pattern)  # noqa: PTH207 - Path.glob takes no absolute patterns
    told = list(_told_of(outputs, own))
    if not matches and not told:
        yield MissingSource("nothing matches", where=pattern, advice="check the pattern")
    files = [match for match in matches if not Path(match).is_dir()]
    if "**" in pattern and files:  # which have what is in the folders among them
        matches = files
    read: Path | None = None
    for match in matches:
        if not Path(match).is_dir():
            yield match
        elif read is None or not Path(match).is_relative_to(read):
            read = Path(match)
            yield from look_through(match)
    yield from told


def _apart(matches: Sequence[str], pattern: str) -> tuple[list[str], list[str]]:
    """Return matches without those in outputs that the wild part of the pattern leads to, and these outputs."""
    fixed = len(list(takewhile(lambda part: not WILD.search(part), Path(pattern).parts)))
    look = cache(is_output)
    kept, outputs = list[str](), dict[str, None]()
    for match in matches:
        path = Path(match)
        home = next((each for each in (path, *path.parents) if len(each.parts) > fixed and look(each)), None)
        if home is None:
            kept.append(match)
        else:
            outputs[str(home)] = None
    return kept, list(outputs)


def _told_of(outputs: Sequence[str], own: Path | None) -> Iterator[SourceError]:
    for output in outputs:
        if own is None or Path(output).resolve() != own:
            yield written_by_batch(output)


def _in_folder(
    folder: str, *, is_known: Callable[[str], bool], known: str, passed_over: PassedOver, own: Path | None
) -> Iterator[str | SourceError]:
    found, root = False, Path(folder).resolve()
    errors: list[OSError] = []
    others, outside, outputs = list[str](), list[str](), list[str]()
    for parent, folders, files in os.walk(folder, onerror=errors.append):
        if is_output(parent):
            folders.clear()
            outputs.append(parent)
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        outside += [name for name in folders if _leads_outside(Path(parent, name), root)]
        for name in sorted(files):
            path = Path(parent, name)
            if name.startswith(".") or not path.is_file():
                continue
            if not is_known(name):
                others.append(str(path))
            elif _leads_outside(path, root):
                outside.append(name)
            else:
                found = True
                yield str(path)
    told = [unreadable(str(error.filename), error) for error in errors]
    inside = [each for each in others if not _leads_outside(Path(each), root)]
    passed = (_led_outside(outside, folder), passed_over(others, folder), _misnamed(inside, folder))
    told += [error for error in passed if error is not None]
    told += _told_of(outputs, own)
    yield from told
    if not found and not told:
        yield MissingSource("no reports in this folder", where=folder, advice=f"reports are files named {known}")


def _misnamed(paths: Sequence[str], folder: str) -> SourceError | None:
    """Return what is told of files that begin like reports and whose names do not say so, as crawlers save pages."""
    found = sorted(Path(path).name for path in paths if _may_be_misnamed(Path(path)) and _begins_like_reports(path))
    if not found:
        return None
    return _left_unread(
        found, folder, "file", ("begin", "like reports"), "give them names in .html, .xml or .warc, or name each"
    )


def _left_unread(names: Sequence[str], folder: str, kind: str, does: tuple[str, str], advice: str) -> SourceError:
    """Return what is told of files or links of a folder that are not read, by the first, for what they do."""
    more = len(names) - 1
    others = f" and {more:,} more {kind}{'s' if more > 1 else ''}" if more else ""
    verb, how = does
    what = f"{names[0]}{others} in it {verb}{'' if more else 's'} {how}, and {'are' if more else 'is'} not read"
    return SourceError(what, where=folder, advice=advice)


def _may_be_misnamed(path: Path) -> bool:
    told = path.suffix.lower() in UNREAD
    return not (told or path.name.lower().endswith(_NO_REPORTS) or path.parent.name.endswith(_SAVED_BESIDE))


def _begins_like_reports(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return begins_like_reports(file.read(_HEAD))
    except OSError:
        return False


def _led_outside(names: Sequence[str], folder: str) -> SourceError | None:
    if not names:
        return None
    return _left_unread(names, folder, "link", ("lead", "outside of it"), "name what is to be read")


def _leads_outside(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
