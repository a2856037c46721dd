"""Label Studio's JSON that comes back: regions, what was chosen for them, and relations, put together to statements.

Regions of the export keep their ids, which name the statement and the part. A region that the annotator made belongs
to the statement that a relation ties it to; regions tied to each other only are a new statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from onrecord.document import Span
from onrecord.errors import BadAnnotation
from onrecord.exports.back.annotated import Annotated, AnnotatedReport
from onrecord.exports.back.jsonfile import member, read_objects, span_of, strings, words
from onrecord.exports.labelstudio import LABELS

_PARTS: Final = {label: part for part, label in LABELS.items()}
_OURS: Final = re.compile(r"([0-9a-f]{16}-[0-9a-f]{8})-(?:source|cue|content)-[0-9]{1,9}")


def read(path: Path) -> Iterator[AnnotatedReport | BadAnnotation]:
    """Yield what is in a file that Label Studio exported as JSON, a task at a time.

    Of several annotations of a task the last one counts; one that was cancelled, or none, says nothing.

    Raises:
        BadAnnotation: the file can't be read, or is no JSON.
    """
    for where, task in read_objects(path):
        document = words(member(task, "data", "document"))
        text = words(member(task, "data", "text"))
        annotations = member(task, "annotations") or member(task, "completions") or []
        if document is None or text is None or not isinstance(annotations, list):
            yield BadAnnotation("no task of ours", where=where, advice="a task has data.document and data.text")
            continue
        done = [each for each in annotations if isinstance(each, dict) and not each.get("was_cancelled")]
        if done:
            yield from _report(where, document, text, task, done[-1])


def _report(
    where: str, document: str, text: str, task: Any, annotation: dict[str, Any]
) -> Iterator[AnnotatedReport | BadAnnotation]:
    who = _who(annotation.get("completed_by"))
    when = words(annotation.get("updated_at")) or words(annotation.get("created_at"))
    results = annotation.get("result")
    if not isinstance(results, list):  # not taken for one whose regions were all deleted
        yield BadAnnotation("an annotation without a list of results", where=where, advice="export the project anew")
        return
    taken = _Regions(where)
    for result in results:
        taken.take(result)
    statements = tuple(taken.statements(who, when))
    yield from taken.faults
    yield AnnotatedReport(
        where=where,
        document=document,
        statements=statements,
        text=text,
        handed_out=frozenset(strings(member(task, "data", "statements") or [])),
        broken=frozenset(taken.broken),
        who=who,
        when=when,
    )


def _who(completed_by: Any) -> str | None:
    name = (
        member(completed_by, "email") or member(completed_by, "username") or member(completed_by, "id") or completed_by
    )
    return str(name) if isinstance(name, str | int) else None


@dataclass(slots=True)
class _Regions:
    """Takes the results of an annotation."""

    where: str
    faults: list[BadAnnotation] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    places: dict[str, tuple[str, Span]] = field(default_factory=dict)
    """The part and span of each region."""
    said: defaultdict[str, dict[str, tuple[str, ...]]] = field(default_factory=lambda: defaultdict(dict))
    """What was chosen or written for each region, by control."""
    ties: list[tuple[str, str]] = field(default_factory=list)

    def take(self, result: Any) -> None:
        """Take one result."""
        kind, value = words(member(result, "type")), member(result, "value")
        region = words(member(result, "id")) or ""
        if kind == "relation":
            ends = (member(result, "from_id"), member(result, "to_id"))
            if all(isinstance(end, str) for end in ends):
                self.ties.append((str(ends[0]), str(ends[1])))
        elif kind == "labels":
            self._take_region(region, value)
        elif kind in {"choices", "textarea"}:
            chosen = [each for each in strings(member(value, "choices") or member(value, "text")) if each.strip()]
            said, control = self.said[region], str(member(result, "from_name"))
            said[control] = (*said.get(control, ()), *chosen)

    def _take_region(self, region: str, value: Any) -> None:
        span, labels = span_of(value), strings(member(value, "labels") or [])
        part = _PARTS.get(labels[0]) if labels else None
        if not region or region in self.places:
            what = f"a second region {region}" if region else "a region without an id"
            self.faults.append(BadAnnotation(what, where=self.where, advice="give it an id of its own"))
            return
        if span is None or part is None or span.size < 1:
            named = _OURS.fullmatch(region)
            self.broken |= {named[1]} if named else set()
            what = "no offsets" if span is None or span.size < 1 else f"no label of ours: {', '.join(labels)[:40]}"
            self.faults.append(BadAnnotation(what, where=f"{self.where}, region {region}", advice="correct the region"))
            return
        self.places[region] = (part, span)

    def statements(self, who: str | None, when: str | None) -> Iterator[Annotated]:
        """Yield the statements, when all results are taken."""
        for regions in self._groups():
            ids = sorted({named[1] for each in regions if (named := _OURS.fullmatch(each))})
            where = f"{self.where}, region {regions[0]}"
            if len(ids) > 1:
                what = f"regions of {len(ids)} statements are tied together"
                self.faults.append(BadAnnotation(what, where=where, advice="take the relation away"))
                self.broken |= set(ids)
                continue
            spans: defaultdict[str, list[Span]] = defaultdict(list)
            for each in regions:
                part, span = self.places[each]
                spans[part].append(span)
            said, twice = self._said_of(regions)
            if twice is not None:
                advice = "say it of one of them"
                self.faults.append(BadAnnotation(f"{twice} differs between its regions", where=where, advice=advice))
                self.broken |= set(ids)
                continue
            yield Annotated(
                where=where,
                id=ids[0] if ids else None,
                source=tuple(sorted(spans["source"])),
                cue=tuple(sorted(spans["cue"])),
                content=tuple(sorted(spans["content"])),
                speakers=said.get("speaker", ()),
                cue_class="; ".join(said["cue_class"]) if "cue_class" in said else None,
                who=who,
                when=when,
            )

    def _said_of(self, regions: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], str | None]:
        """Return what is said of any of the regions, by control, and a control of which two of them say another."""
        said: dict[str, tuple[str, ...]] = {}
        for each in regions:
            for control, values in self.said.get(each, {}).items():
                if values and said.setdefault(control, values) != values:
                    return said, control
        return said, None

    def _groups(self) -> list[list[str]]:
        """Return the regions that are of one statement, by their ids or by relations."""
        heads = {each: each for each in self.places}

        def head(region: str) -> str:
            while heads[region] != region:
                heads[region] = heads[heads[region]]
                region = heads[region]
            return region

        first: dict[str, str] = {}
        for each in self.places:
            named = _OURS.fullmatch(each)
            if named:
                heads[head(each)] = head(first.setdefault(named[1], each))
        for one, other in self.ties:
            if one in heads and other in heads:
                heads[head(one)] = head(other)
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for each in self.places:
            groups[head(each)].append(each)
        return [sorted(regions) for regions in groups.values()]
