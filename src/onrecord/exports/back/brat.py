"""brat standoff that comes back: events with their triggers, arguments, attributes and notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from onrecord.document import Span
from onrecord.errors import BadAnnotation
from onrecord.exports.back.annotated import Annotated, AnnotatedReport

_PARTS: Final = {"Source": "source", "Content": "content", "Statement": "cue", "Quotation": "content"}
_NOTE: Final = "speaker:"


def read(path: Path) -> Iterator[AnnotatedReport | BadAnnotation]:
    """Yield what is in a folder, or in one ``.ann`` file, a report at a time.

    Raises:
        BadAnnotation: nothing of brat's is there.
    """
    files = sorted(path.glob("*.ann")) if path.is_dir() else [path]
    if not files:
        raise BadAnnotation("no .ann file in the folder", where=str(path), advice="name the folder that was exported")
    for file in files:
        try:
            yield from _read(file)
        except OSError as error:
            yield BadAnnotation(error.strerror or str(error), where=str(file), advice="check the file")
        except UnicodeDecodeError:
            yield BadAnnotation("not UTF-8", where=str(file), advice="save it as UTF-8")


def _read(file: Path) -> Iterator[AnnotatedReport | BadAnnotation]:
    beside, ids = file.with_suffix(".txt"), file.with_suffix(".ids")
    # Decoded from bytes: offsets count the characters that are there, carriage returns among them.
    text = beside.read_bytes().decode() if beside.exists() else None
    handed_out = frozenset(ids.read_text("utf-8").split()) if ids.exists() else frozenset()
    parser = _Parser(str(file), text)
    for number, line in enumerate(file.read_bytes().decode("utf-8-sig").split("\n"), 1):
        parser.take(number, line.removesuffix("\r"))
    statements = tuple(parser.statements())
    yield from parser.faults
    yield AnnotatedReport(
        where=str(file),
        document=file.stem,
        statements=statements,
        text=text,
        handed_out=handed_out,
        broken=frozenset(parser.broken),
        cut_at_lines=True,
    )


@dataclass(slots=True, kw_only=True)
class _Event:
    """An event as it is put together from its lines."""

    line: int
    targets: list[tuple[str, str]]
    id: str | None = None
    speakers: tuple[str, ...] = ()
    cue_class: str | None = None
    negated: bool = False
    modality: str = "said"


@dataclass(slots=True)
class _Parser:
    """Takes the lines of a file; a line that is wrong costs its own statement only."""

    file: str
    text: str | None
    faults: list[BadAnnotation] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    marked: dict[str, tuple[str, tuple[Span, ...]]] = field(default_factory=dict)
    events: dict[str, _Event] = field(default_factory=dict)
    said: list[tuple[int, str, str, str]] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """Take one line."""
        name, _, rest = line.partition("\t")
        if name.startswith("T"):
            self._take_words(number, name, rest)
        elif name.startswith("E"):
            targets = [(label.rstrip("0123456789"), target) for label, _, target in map(_halves, rest.split())]
            self.events[name] = _Event(line=number, targets=targets)
        elif name.startswith(("A", "M")):
            kind, _, ends = rest.partition(" ")
            event, _, chosen = ends.partition(" ")
            self.said.append((number, event, kind, chosen))
        elif name.startswith("#"):
            kinds, _, value = rest.partition("\t")
            kind, _, event = kinds.partition(" ")
            self.said.append((number, event, kind, value))

    def _take_words(self, number: int, name: str, rest: str) -> None:
        kinds, _, words = rest.partition("\t")
        kind, _, places = kinds.partition(" ")
        try:
            spans = tuple(Span(*map(int, place.split(" "))) for place in places.split(";"))
        except (TypeError, ValueError):
            self._blame(number, f"no offsets: {places[:40]}")
            return
        if self.text is not None and " ".join(span.of(self.text) for span in spans) != words:
            self._blame(number, f"the words at {places[:40]} are others than {words[:40]!r}")
            return
        self.marked[name] = (kind, spans)

    def statements(self) -> Iterator[Annotated]:
        """Yield the statements, when all lines are taken."""
        for number, target, kind, value in self.said:
            self._say(number, target, kind, value)
        for event in self.events.values():
            spans: defaultdict[str, list[Span]] = defaultdict(list)
            missing = [target for _, target in event.targets if target not in self.marked]
            if missing:
                self._blame(event.line, f"no annotation {missing[0]}")
                self.broken.add(event.id or "")
                continue
            for label, target in event.targets:
                if label in _PARTS:
                    spans[_PARTS[label]] += self.marked[target][1]
            yield Annotated(
                where=f"{self.file}:{event.line}",
                id=event.id,
                source=_sorted(spans["source"]),
                cue=_sorted(spans["cue"]),
                content=_sorted(spans["content"]),
                speakers=event.speakers,
                cue_class=event.cue_class,
                negated=event.negated,
                modality=event.modality,
            )

    def _say(self, number: int, target: str, kind: str, value: str) -> None:
        event = self.events.get(target)
        if event is None:
            if kind == "AnnotatorNotes" and value.strip().lower().startswith(_NOTE) and target in self.marked:
                self._blame(number, f"a speaker for {target}, which is a mark", "put the note on the event")
            return  # of an event that was deleted, or of something that is none
        if kind == "RecordId":
            event.id = value.strip()
        elif kind == "CueClass":
            event.cue_class = value
        elif kind == "Negated":
            event.negated = True
        elif kind == "Modality":
            event.modality = value
        elif kind == "AnnotatorNotes":
            if value.strip().lower().startswith(_NOTE):
                event.speakers += (value.strip()[len(_NOTE) :],)
            else:
                self._blame(number, "a note that does not begin with 'speaker:'")

    def _blame(self, number: int, what: str, advice: str = "correct the line in brat") -> None:
        self.faults.append(BadAnnotation(what, where=f"{self.file}:{number}", advice=advice))


def _halves(argument: str) -> tuple[str, str, str]:
    return argument.partition(":")


def _sorted(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans))
