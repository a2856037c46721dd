"""Read expressions of time with other libraries, for ``benchmarks/times.py``, which starts this in their environment.

Standard input: one JSON object a line with ``text`` and ``published``. Standard output: for each a JSON object of
library to ``[[start, end, value], ...]``, with what the library says as TIMEX3, or the date and time that it gives.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

Found = list[tuple[int, int, str]]
Reader = Callable[[str, datetime], Found]


def dateparser_reader() -> Reader:
    """Read with dateparser's search, told that news looks back."""
    from dateparser.search import search_dates  # each library by itself may be missing

    def read(text: str, published: datetime) -> Found:
        settings = {"RELATIVE_BASE": published, "PREFER_DATES_FROM": "past"}
        found, place = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, place)
            if start >= 0:
                place = start + len(words)
                found.append((start, place, moment.isoformat()))
        return found

    return read


def recognizers_reader() -> Reader:
    """Recognizers-Text; of several resolutions the first, which is the one that lies back."""
    from recognizers_date_time import recognize_datetime  # each library by itself may be missing

    def read(text: str, published: datetime) -> Found:
        found = []
        for result in recognize_datetime(text, "en-us", reference=published):
            values = (result.resolution or {}).get("values") or []
            if values and values[0].get("timex") != "PRESENT_REF":
                found.append((result.start, result.end + 1, as_timex3(values[0])))
        return found

    return read


def as_timex3(value: dict[str, Any]) -> str:
    """Write one resolution of Recognizers-Text as TIMEX3 does."""
    timex = str(value.get("timex", ""))
    start, end = str(value.get("start", "")), str(value.get("end", ""))
    if value.get("type") in {"duration", "set"} or re.fullmatch(r"\d{4}(?:-(?:\d\d|W\d\d|SP|SU|FA|WI))?", timex):
        return timex
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[A-Z]{2}", timex):
        return timex
    if re.fullmatch(r"XXXX-\d\d", timex) and start:
        return start[:7]
    if start and end:
        years = timex.endswith("Y)") and start.endswith("-01-01") and end.endswith("-01-01")
        return f"{start[:4]}/{end[:4]}" if years else f"{start}/{end}"
    return str(value.get("value") or start or timex)


def parsedatetime_reader() -> Reader:
    """Read with parsedatetime's search of running text."""
    import parsedatetime  # each library by itself may be missing

    calendar = parsedatetime.Calendar()

    def read(text: str, published: datetime) -> Found:
        found = calendar.nlp(text, sourceTime=published) or []
        return [(start, end, moment.isoformat()) for moment, _, start, end, _ in found]

    return read


def timexy_reader() -> Reader:
    """timexy, on spaCy's English tokenizer; it knows no publication date."""
    import spacy  # each library by itself may be missing
    import timexy  # noqa: F401 - registers the pipe

    nlp = spacy.blank("en")
    nlp.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})

    def read(text: str, _: datetime) -> Found:
        found = []
        for entity in nlp(text).ents:
            value = re.search(r'value="([^"]*)"', entity.kb_id_)
            found.append((entity.start_char, entity.end_char, value[1] if value else ""))
        return found

    return read


READERS = {
    "recognizers-text": recognizers_reader,
    "dateparser": dateparser_reader,
    "parsedatetime": parsedatetime_reader,
    "timexy": timexy_reader,
}


def installed() -> Iterator[tuple[str, Reader]]:
    """Yield the libraries that this environment has."""
    for name, make in READERS.items():
        try:
            yield name, make()
        except ImportError as missing:
            print(f"{name}: not installed ({missing})", file=sys.stderr)


def main() -> None:
    """Read what comes in."""
    readers = dict(installed())
    for line in sys.stdin:
        given = json.loads(line)
        published = datetime.fromisoformat(given["published"]).replace(tzinfo=None)
        answers: dict[str, Found] = {}
        for name, read in readers.items():
            try:
                answers[name] = read(given["text"], published)
            except Exception as failure:  # noqa: BLE001 - a library's own mistake counts as having found nothing
                answers[name] = []
                print(f"{name}: {failure!r}", file=sys.stderr)
        print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
