"""Make the reference pages that the code itself can tell: settings, errors, and the JSON of a reading.

    python docs/generate_reference.py

``tests/test_docs.py`` finds out when that was forgotten. The command line's page is made by ``onrecord.cli.reference``.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onrecord.adding.patience
import onrecord.document
import onrecord.reading
from onrecord import errors
from onrecord.reading import json_schema
from onrecord.settings import describe

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Made by `python docs/generate_reference.py`; do not edit. -->"


SETTINGS = f"""# Settings

{NOTE}

Every limit and option of `onrecord.Settings`, with its default. [Security](../security.md) says what each
limit guards against and what it costs. On the command line, `--threads` sets `threads`; the others are set
from Python:

```python
from onrecord import Settings

settings = Settings(parser_seconds=20.0)
```

| Setting | Default | Unit | What it is |
| --- | --- | --- | --- |
"""

ERRORS = f"""# Errors

{NOTE}

Everything that onrecord raises on purpose is an `OnrecordError` and says what was wrong (`what`), where
(`where`) and what to do (`advice`); `str(error)` is that one line. All are in `onrecord.errors`.

The command line prints the line on standard error. After a `SourceError` it goes on with the next source and
ends with exit code 1; after a `ModelError` it ends at once, before any source is read.

| Error | Kind of | Meaning |
| --- | --- | --- |
"""

JSON = f"""# JSON of a reading

{NOTE}

`onrecord read --json` prints one object for each report, `--jsonl` one a line; `onrecord schema` prints the
JSON Schema that this page is made from (it ships as `onrecord/schema/onrecord-1.schema.json`). The outermost
object is a `ReadingRecord`.

- Spans are pairs `[start, end]`, half-open, and count Unicode code points of `document.text`: not bytes, and
  not the UTF-16 units of JavaScript. `text[start:end]` in Python is what the span names.
- What is not known is `null` or empty, never a guess. A statement whose speaker is open has no `speakers`; it
  says why in `speaker_open`, and who it might be in `speaker_candidates`; a time without a value, in `open`.
- An event or an amount whose `claimed_in` is `null` is told by the outlet in its own voice; otherwise by that
  statement's speaker.
- Ids are stable for the same text, reader and model.
"""


def settings_page() -> str:
    """Return the page of all settings."""
    rows = (f"| `{name}` | {default:,} | {unit} | {meaning} |\n" for name, default, unit, meaning in describe())
    return SETTINGS + "".join(rows)


def errors_page() -> str:
    """Return the page of the tree of errors."""
    rows = (
        f"| `{kind.__name__}` | `{kind.__base__ and kind.__base__.__name__}` | {_first_line(kind)} |\n"
        for kind in error_tree(errors.OnrecordError)
    )
    return ERRORS + "".join(rows)


def error_tree(kind: type[Exception]) -> Iterator[type[Exception]]:
    """Yield a class of errors and all below it, each before its own kinds."""
    yield kind
    for child in kind.__subclasses__():
        yield from error_tree(child)


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").splitlines()[0]


def json_page() -> str:
    """Return the page of the JSON that a reading is written as."""
    notes = _field_notes()
    definitions = json_schema()["$defs"]
    ordered = sorted(definitions, key=lambda name: (name != "ReadingRecord", name))
    sections = (
        line
        for name in ordered
        if "properties" in definitions[name]
        for line in _object(name, definitions[name], notes.get(name, {}))
    )
    return JSON + "".join(f"{line}\n" for line in sections)


def _object(name: str, definition: dict[str, Any], notes: dict[str, str]) -> Iterator[str]:
    yield from ("", f"## {name}", "")
    if "description" in definition:
        yield from (definition["description"].splitlines()[0].replace("``", "`"), "")
    yield from ("| Member | Type | |", "| --- | --- | --- |")
    for member, shape in definition["properties"].items():
        yield f"| `{member}` | {_type(shape)} | {notes.get(member, '')} |"


def _type(shape: dict[str, Any]) -> str:
    match shape:
        case {"$ref": str(place)}:
            name = place.rsplit("/", 1)[1]
            told = "span" if name == "Span" else f"[{name}](#{name.lower()})"
        case {"anyOf": choices}:
            told = " or ".join(_type(each) for each in choices)
        case {"enum": values}:
            told = ", ".join("`null`" if each is None else f"`{each}`" for each in values)
        case {"type": "array", "items": dict(item)} if item:
            told = f"list of {_type(item)}"
        case _:
            told = str(shape.get("type", "anything"))
    return told


def _field_notes() -> dict[str, dict[str, str]]:
    """Return the docstring under each field of the types, by class and field."""
    notes: dict[str, dict[str, str]] = {}
    for module in (onrecord.document, onrecord.reading):
        for item in ast.parse(inspect.getsource(module)).body:
            if isinstance(item, ast.ClassDef):
                notes[item.name] = dict(_notes_of(item))
    notes["DocumentRecord"] |= notes["Document"] | notes["Provenance"]
    return notes


def _notes_of(item: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, note in zip(item.body, item.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(note, ast.Expr):
            text = ast.literal_eval(note.value)
            yield field.target.id, " ".join(inspect.cleandoc(text).split()).replace("``", "`")


PAGES = {"settings.md": settings_page, "errors.md": errors_page, "json.md": json_page}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), "utf-8")
