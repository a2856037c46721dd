"""JSON mutated as what it is: libFuzzer's changes of bytes alone break nine of ten files before they are looked at."""

from __future__ import annotations

import json
import random
from typing import Any, Final

import atheris

ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 7, 10**9, 2**63, 10**30, 1.5, 1e300, "", "0", "x", "\0", "\ud800", "\u202e", "İ",
    [], {}, [[]],
    [{}], {"": None}, "2024-05-02", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "http://[", "<p>x</p>",
    ["a", 1],
)  # fmt: skip


def mutate_json(data: bytes, most: int, seed: int) -> bytes:
    """Return the JSON in ``data`` with a few of its values changed, or its bytes changed as libFuzzer would."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        return bytes(atheris.Mutate(data, most))
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return bytes(atheris.Mutate(data, most))
    holder = [value]
    for _ in range(chance.randint(1, 4)):
        _change_one(holder, chance)
    changed = json.dumps(holder[0], ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return changed if len(changed) <= most else data


def _change_one(holder: list[Any], chance: random.Random) -> None:
    """Change one value: another one, gone, twice, or in the place of one elsewhere."""
    places = list(_places(holder))
    inside, key = chance.choice(places)
    match chance.randrange(6):
        case 0 | 1:
            inside[key] = json.loads(json.dumps(chance.choice(ODD)))  # lists of its own
        case 2:
            other, at = chance.choice(places)
            inside[key] = json.loads(json.dumps(other[at]))
        case 3 if inside is not holder:
            del inside[key]
        case 4 if isinstance(inside, list) and inside is not holder:
            inside.insert(key, json.loads(json.dumps(inside[key])))
        case _ if isinstance(inside[key], int | float) and not isinstance(inside[key], bool):
            inside[key] += chance.choice((-1, 1, -10, 10, -1_000, 1_000))
        case _ if isinstance(inside[key], str):
            at = chance.randrange(len(inside[key]) + 1)
            inside[key] = inside[key][:at] + str(chance.choice(ODD)) + inside[key][at:]
        case _:
            inside[key] = [inside[key]]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return where every value stands: what holds it, and by which key."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        inside = waiting.pop()
        keys = range(len(inside)) if isinstance(inside, list) else list(inside)
        for key in keys:
            found.append((inside, key))
            if isinstance(inside[key], list | dict):
                waiting.append(inside[key])
    return found
