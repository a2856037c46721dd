"""One run of ``onrecord read``: every source to documents, every document to a reading, every reading shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import click

from onrecord.cli.messages import complain
from onrecord.cli.outputs import JsonOutput, Output, PageOutput, TerminalOutput, choose_look
from onrecord.cli.progress import Progress, may_show_progress
from onrecord.cli.selection import sure_enough
from onrecord.document import Document
from onrecord.errors import SourceError
from onrecord.ingest.kinds import kind_of_name
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, expand, read_source
from onrecord.model import Model
from onrecord.pipeline import read_all
from onrecord.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What ``onrecord read`` was asked to do."""

    sources: tuple[str, ...]
    options: ReadOptions
    as_json: bool
    as_jsonl: bool
    page: str | None
    explain: frozenset[str] | None
    """Ids of the statements to explain; None for all."""
    min_confidence: float
    threads: int
    color: str
    width: int | None


def run(request: Request) -> None:
    """Read the sources in order and print each reading as soon as it is there.

    Raises:
        click.UsageError: the options contradict each other.
        ModelError: the weights can't be used; no source has been read.
        click.exceptions.Exit: with code 1, a source could not be read; the others have been.
    """
    output = _choose_output(request)
    settings = replace(DEFAULTS, threads=request.threads)
    references = list(expand(request.sources))
    with PageParser(settings) as parser:
        if any(isinstance(reference, SourceRef) and _may_be_page(reference) for reference in references):
            parser.warm_up()
        model = Model.load()
        failed: list[SourceError] = []
        documents = _documents(references, request.options, parser, settings, failed)
        for reading in read_all(documents, model, settings=settings, explain=request.explain != frozenset()):
            output.write(sure_enough(reading, request.min_confidence))
    if failed:
        raise click.exceptions.Exit(1)


def _documents(
    references: list[SourceRef | SourceError],
    options: ReadOptions,
    parser: PageParser,
    settings: Settings,
    failed: list[SourceError],
) -> Iterator[Document]:
    """Yield every document; report each failure at once and add it to ``failed``; show the progress on a terminal."""
    progress = Progress(len(references), stream=sys.stderr, shown=may_show_progress())
    try:
        for reference in references:
            if isinstance(reference, SourceError):
                found: Iterable[Document | SourceError] = [reference]
            else:
                found = read_source(reference, options=options, parser=parser, settings=settings)
            for each in found:
                if isinstance(each, Document):
                    yield each
                    continue
                progress.clear()
                complain(str(each))
                failed.append(each)
            progress.advance()
    finally:
        progress.clear()


def _may_be_page(reference: SourceRef) -> bool:
    return reference.where == "address" or kind_of_name(reference.name) == "webpage"


def _choose_output(request: Request) -> Output:
    formats = {"--json": request.as_json, "--jsonl": request.as_jsonl, "--html": request.page}
    wanted = [name for name, given in formats.items() if given]
    if len(wanted) > 1:
        raise click.UsageError(f"{' and '.join(wanted)} exclude each other; choose one")
    if request.page:
        return PageOutput(request.page)
    if wanted:
        return JsonOutput(indented=request.as_json)
    return TerminalOutput(choose_look(color=request.color, width=request.width), request.explain)
