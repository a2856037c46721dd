"""Invented reports that ship with the package: one as a page and as pasted text, and seven more of the same story."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import ExportError


def example_report() -> Path:
    """Return the path of the example page.

    >>> example_report().name
    'harbour-tax.html'
    """
    return Path(__file__).with_name("harbour-tax.html")


def example_reports() -> tuple[Path, ...]:
    """Return the paths of the example page and of the reports by other outlets, which clip and change its quotations.

    >>> [path.name for path in example_reports()]
    ['harbour-tax.html', 'saltmere.jsonl']
    """
    return example_report(), Path(__file__).with_name("saltmere.jsonl")


def copy_examples(folder: Path) -> tuple[Path, ...]:
    """Put the example page and its pasted text into a folder, and return their paths there.

    Raises:
        ExportError: a file of that name is there and is another one, or nothing can be written there.
    """
    return tuple(_copy(source, folder) for source in (example_report(), example_report().with_suffix(".txt")))


def _copy(source: Path, folder: Path) -> Path:
    target, content = folder / source.name, source.read_bytes()
    try:
        if not target.exists():
            target.write_bytes(content)
        elif target.read_bytes() != content:
            raise ExportError("there is another file of that name", where=str(target), advice="use an empty folder")
    except OSError as error:
        what = f"can't be written: {error.strerror or error}"
        raise ExportError(what, where=str(target), advice="use another folder") from error
    return target
