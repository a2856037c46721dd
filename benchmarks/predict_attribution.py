"""Predict the attributions of texts, in the format of the attribution scorer.

    python benchmarks/predict_attribution.py IN.jsonl OUT.jsonl [--nested] [--model FOLDER]

IN has one ``{"id", "text"}`` a line; OUT one ``{"id", "attributions": [...]}`` with ``source``, ``cue``, ``content``
(lists of spans) and ``confidence`` of each.
Statements inside the content of another are left out unless ``--nested`` is given: PolNeAR annotates none.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from onrecord.document import Document
from onrecord.errors import EmptySource
from onrecord.ingest.plaintext import read_text
from onrecord.model import Model
from onrecord.pipeline import read
from onrecord.reading import Statement


def main() -> None:
    """Predict a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--nested", action="store_true", help="keep statements that lie inside another's content")
    parser.add_argument("--model", type=Path, help="folder of another model")
    options = parser.parse_args()
    model = Model.load(options.model)
    with options.source.open(encoding="utf-8") as lines, options.target.open("w", encoding="utf-8") as out:
        for report in map(json.loads, filter(str.strip, lines)):
            kept = [each for each in statements_of(report["text"], model) if options.nested or each.within is None]
            out.write(json.dumps({"id": report["id"], "attributions": [attribution(each) for each in kept]}) + "\n")


def statements_of(text: str, model: Model) -> Sequence[Statement]:
    """Read a text; one without a word has no statements."""
    try:
        return read(document_of(text), model).statements
    except EmptySource:
        return ()


def document_of(text: str) -> Document:
    """Lay a text out as the product does with a plain text file."""
    return read_text(text, origin="-", sha256="", charset=None)


def attribution(statement: Statement) -> dict[str, object]:
    """Return a statement in the scorer's format."""
    spans = {role: [list(span) for span in getattr(statement, role)] for role in ("source", "cue", "content")}
    return {**spans, "confidence": statement.confidence}


if __name__ == "__main__":
    main()
