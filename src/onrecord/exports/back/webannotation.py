"""Web Annotations that come back: a collection, a page, a list of annotations, or one a line.

Positions are what counts; the words of a TextQuoteSelector are not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.document import Span
from onrecord.errors import BadAnnotation
from onrecord.exports.back.annotated import Annotated, AnnotatedReport
from onrecord.exports.back.jsonfile import member, read_objects, span_of, strings, words
from onrecord.exports.marking import PARTS
from onrecord.exports.names import DOCUMENT, STATEMENT


def read(path: Path) -> Iterator[AnnotatedReport | BadAnnotation]:
    """Yield what is in a file, a report at a time.

    Raises:
        BadAnnotation: the file can't be read, or is no JSON.
    """
    statements: defaultdict[str, list[Annotated]] = defaultdict(list)
    handed_out: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    broken: defaultdict[str, set[str]] = defaultdict(set)
    for where, annotation in _annotations(path):
        document = _document(annotation)
        listed = member(annotation, "body", "onrecord:statements")
        if document is None:
            yield BadAnnotation(
                "no annotation of a report of ours", where=where, advice=f"a target's source is {DOCUMENT}ID"
            )
        elif listed is not None:
            handed_out[document] = frozenset(strings(listed))
            statements[document] += []
        else:
            annotated = _annotated(where, annotation)
            if isinstance(annotated, Annotated):
                statements[document].append(annotated)
            else:
                broken[document].add(_statement(annotation) or "")
                yield annotated
    for document, several in statements.items():
        yield AnnotatedReport(
            where=str(path),
            document=document,
            statements=tuple(several),
            handed_out=handed_out[document],
            broken=frozenset(broken[document]),
        )


def _annotations(path: Path) -> Iterator[tuple[str, Any]]:
    for where, each in read_objects(path):
        items = member(each, "first", "items") or member(each, "items")
        if isinstance(items, list):
            for number, item in enumerate(items, 1):
                yield f"{path}: item {number}", item
        elif words(member(each, "type")) not in {"AnnotationCollection", "AnnotationPage"}:
            yield where, each


def _targets(annotation: Any) -> list[Any]:
    target = member(annotation, "target")
    return target if isinstance(target, list) else [target]


def _document(annotation: Any) -> str | None:
    """Return the id of the report that the targets are in; None for none, or several."""
    sources = set()
    for target in _targets(annotation):
        source = member(target, "source") or target
        name = words(source) or words(member(source, "id")) or ""
        sources.add(name.removeprefix(DOCUMENT) if name.startswith(DOCUMENT) else "")
    return sources.pop() or None if len(sources) == 1 else None


def _statement(annotation: Any) -> str | None:
    name = words(member(annotation, "id")) or ""
    return name.removeprefix(STATEMENT) if name.startswith(STATEMENT) else None


def _annotated(where: str, annotation: Any) -> Annotated | BadAnnotation:
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    for target in _targets(annotation):
        part = member(target, "onrecord:part") or "content"
        span = _position(target)
        if "selector" not in (target or {}):
            continue  # the report as a whole
        if part not in PARTS:
            return BadAnnotation(f"no part of a statement: {part}", where=where, advice=f"one of {', '.join(PARTS)}")
        if span is None:
            return BadAnnotation("a target without a TextPositionSelector", where=where, advice="give start and end")
        spans[part].append(span)
    bodies = _bodies(annotation)
    is_told = "cue class" in bodies  # every annotation of ours says it: what is missing beside it, somebody took out
    return Annotated(
        where=where,
        id=_statement(annotation),
        source=tuple(sorted(spans["source"])),
        cue=tuple(sorted(spans["cue"])),
        content=tuple(sorted(spans["content"])),
        speakers=bodies["speaker"],
        form=_last(bodies["form"]),
        cue_class=_last(bodies["cue class"]),
        negated="polarity" in bodies if is_told else None,
        modality=_last(bodies["modality"]) or ("said" if is_told else None),
        who=words(member(annotation, "creator")) or words(member(annotation, "creator", "name")),
        when=words(member(annotation, "modified")) or words(member(annotation, "created")),
    )


def _position(target: Any) -> Span | None:
    selector = member(target, "selector")
    several = selector if isinstance(selector, list) else [selector]
    return next((span_of(each) for each in several if member(each, "type") == "TextPositionSelector"), None)


def _last(values: Sequence[str]) -> str | None:
    return values[-1] if values else None


def _bodies(annotation: Any) -> defaultdict[str, tuple[str, ...]]:
    """Return the values of the bodies by what they tell; several speakers are a body each."""
    body = member(annotation, "body")
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for each in body if isinstance(body, list) else [body]:
        value, field = words(member(each, "value")), words(member(each, "onrecord:field"))
        if field is None and member(each, "purpose") == "identifying":
            field = "speaker"
        if value is not None and field is not None:
            found[field] += (value,)
    return found
