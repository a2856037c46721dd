"""JSON Schemas of what tools take and give, made from the types, in the shape that the protocol wants."""

from __future__ import annotations

from typing import Any, Final

import msgspec

_BARE: Final = ("title",)
"""Members that repeat the name of a type, and cost an assistant's attention."""


def schema_of(kind: type) -> dict[str, Any]:
    """Return the schema of a type as one object, with what it is made of in ``$defs``."""
    (root,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
    name = root["$ref"].rpartition("/")[2]
    own = parts.pop(name)
    schema: dict[str, Any] = _bare({**own, **({"$defs": dict(sorted(parts.items()))} if parts else {})})
    return schema


def _bare(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: _named(value) if name in {"properties", "$defs"} else _bare(value)
        for name, value in schema.items()
        if name not in _BARE
    }


def _named(schemas: dict[str, Any]) -> dict[str, Any]:
    """Return schemas by name, whatever the names: a property may be called ``title``."""
    return {name: _bare(value) for name, value in schemas.items()}
