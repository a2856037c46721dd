"""The reports that ``onrecord compare`` is asked for: from the record, or read on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from onrecord.cli.messages import complain
from onrecord.cli.options import take_request
from onrecord.cli.recordfile import open_record
from onrecord.compare.carried import Report, from_reading
from onrecord.compare.comparing import MOST_REPORTS, read_report
from onrecord.compare.stories import find_story
from onrecord.errors import BadQuery
from onrecord.reading import Reading

_ID: Final = re.compile(r"[0-9a-fA-F]{4,16}(?:-[0-9a-fA-F]{0,8})?")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The reports, and whether each could be read."""

    reports: Sequence[Report]
    is_complete: bool


class _Kept:
    """Keeps the readings of a run."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def write(self, reading: Reading) -> None:
        """Take one more reading."""
        self.readings.append(reading)


def gather(words: Sequence[str], *, record: Path | None, story: str | None, options: dict[str, Any]) -> Gathered:
    """Return the reports of ids, of a story and of sources, in this order.

    Raises:
        BadQuery: an id, and no record to look into.
    """
    ids = [each for each in words if _is_id(each, record)]
    sources = tuple(each for each in words if each not in ids)
    # ONRECORD_RECORD may name a record that none of this is about, and that may not be there.
    known = list(_from_record(record, ids, story)) if record is not None and (ids or story is not None) else []
    kept, is_complete = _Kept(), True
    request = take_request({**options, "sources": sources}, parts=())
    if sources:
        from onrecord.cli.reading_run import run  # the model, which ids alone don't need

        is_complete = run(request, kept, prints=False)
    read = [from_reading(reading, number) for number, reading in enumerate(kept.readings, len(known))]
    return Gathered([*known, *read], is_complete)


def _is_id(words: str, record: Path | None) -> bool:
    """Tell whether words name a report of the record: they look like an id, and no file has that name."""
    if _ID.fullmatch(words) is None or Path(words).exists():
        return False
    if record is None:
        raise BadQuery("an id of a report, and no record to look into", where=words, advice="name one with --in FILE")
    return True


def _from_record(path: Path, ids: Sequence[str], story: str | None) -> Iterator[Report]:
    with open_record(path, read_only=True) as opened:
        told = [] if story is None else [each.document for each in find_story(opened, story).reports]
        wanted = list(dict.fromkeys([*ids, *told[:MOST_REPORTS]]))
        if len(told) > MOST_REPORTS:
            complain(f"of the story's {len(told)} reports the first {MOST_REPORTS} are compared")
        yield from (read_report(opened, words, number) for number, words in enumerate(wanted))
