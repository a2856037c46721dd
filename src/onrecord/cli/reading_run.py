"""One run over sources: every source to documents, every document to a reading, every reading to its output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from onrecord.cli.messages import complain
from onrecord.cli.outputs import Output
from onrecord.cli.progress import Progress, may_show_progress
from onrecord.document import Document
from onrecord.errors import SourceError
from onrecord.ingest.kinds import kind_of_name
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, expand, read_source
from onrecord.model import Model
from onrecord.pipeline import PARTS, Part, read_all
from onrecord.settings import DEFAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a command was asked to read, and how."""

    sources: tuple[str, ...]
    options: ReadOptions
    threads: int
    explain: bool = False
    """Keep the labels and scores behind each statement."""
    parts: Collection[Part] = PARTS
    """What is read besides statements and entities."""


def run(request: Request, output: Output, *, prints: bool = True) -> bool:
    """Read the sources in order and give each reading to the output as soon as it is there.

    Args:
        request: what to read.
        output: where the readings go.
        prints: whether the output prints them to standard output as they come, so that no bar may stand there.

    Returns:
        Whether every source was read. Each that was not is reported on standard error, and the rest is read.

    Raises:
        ModelError: the weights can't be used; no source has been read.
    """
    settings = replace(DEFAULTS, threads=request.threads)
    references = list(expand(request.sources, url=request.options.url))
    with PageParser(settings) as parser:
        if any(isinstance(reference, SourceRef) and _may_be_page(reference) for reference in references):
            parser.warm_up()
        model = Model.load()
        failed: list[SourceError] = []
        progress = Progress(len(references), stream=sys.stderr, shown=may_show_progress(prints=prints))
        look_into = partial(read_source, options=request.options, parser=parser, settings=settings)
        documents = _documents(references, look_into, failed, progress)
        for reading in read_all(documents, model, settings=settings, explain=request.explain, parts=request.parts):
            output.write(reading)
    return not failed


def _documents(
    references: list[SourceRef | SourceError],
    look_into: Callable[[SourceRef], Iterable[Document | SourceError]],
    failed: list[SourceError],
    progress: Progress,
) -> Iterator[Document]:
    """Yield every document; report each failure at once and add it to ``failed``; show the progress."""
    try:
        for reference in references:
            if isinstance(reference, SourceError):
                found: Iterable[Document | SourceError] = [reference]
            else:
                found = look_into(reference)
            for each in found:
                if isinstance(each, Document):
                    progress.count_report()
                    yield each
                    continue
                progress.clear()
                complain(str(each))
                failed.append(each)
            progress.advance()
    finally:
        progress.clear()


def _may_be_page(reference: SourceRef) -> bool:
    return reference.where == "address" or kind_of_name(reference.name) in {"webpage", "feed", "warc"}
