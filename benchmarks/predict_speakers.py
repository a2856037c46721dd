"""Predict who says the given attributions of texts, in the format of the speaker scorer.

    python benchmarks/predict_speakers.py IN.jsonl OUT.jsonl [--model FOLDER]

IN has one ``{"id", "text", "attributions": [{"source", "cue", "content"}]}`` a line, each role a list of spans; OUT one
``{"id", "speakers": {index: name | [names] | null}}``, null where the speaker is left open.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from onrecord.document import Document, Span
from onrecord.given import resolve_given
from onrecord.model import Model
from onrecord.speakers.asking import Said


def main() -> None:
    """Predict a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--model", type=Path, help="folder of another model")
    options = parser.parse_args()
    model = Model.load(options.model)
    with options.source.open(encoding="utf-8") as lines, options.target.open("w", encoding="utf-8") as out:
        for report in map(json.loads, filter(str.strip, lines)):
            given = [said_of(attribution) for attribution in report["attributions"]]
            _, names = resolve_given(Document.from_text(report["text"]), given, model)
            speakers = {str(index): heading(each) for index, each in enumerate(names)}
            out.write(json.dumps({"id": report["id"], "speakers": speakers}) + "\n")


def said_of(attribution: Mapping[str, Sequence[Sequence[int]]]) -> Said:
    """Return an attribution of the scorers' format as the resolver sees it."""
    source, cue, content = (
        tuple(Span(*span) for span in attribution.get(role) or ()) for role in ("source", "cue", "content")
    )
    return Said(source=source, cue=cue, content=content)


def heading(names: Sequence[str]) -> str | list[str] | None:
    """Return the names as the scorer wants them."""
    return list(names) if len(names) > 1 else names[0] if names else None


if __name__ == "__main__":
    main()
