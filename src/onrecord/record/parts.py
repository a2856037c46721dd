"""Which entities take which part in which statements of one reading, by positions in place of names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.reading import ReadingRecord
from onrecord.record.packing import PARTS


class Roles:
    """Which entities take which part in which statements of one reading, by positions."""

    def __init__(self, record: ReadingRecord) -> None:
        self.entities = record.entities
        self.positions = {entity.id: position for position, entity in enumerate(record.entities)}
        self._statements = {statement.id: position for position, statement in enumerate(record.statements)}
        self._taken: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        for position, statement in enumerate(record.statements):
            for name, part in PARTS.items():
                for entity in getattr(statement, name):
                    self._taken[entity, part].append(position)

    def of(self, entity: str, part: int) -> list[int]:
        """Return the positions of the statements in which an entity takes a part."""
        return self._taken.get((entity, part), [])

    def is_in_order(self, named: Sequence[str]) -> bool:
        """Tell whether a statement's list has its entities in the order of the entities."""
        positions = [self.positions[entity] for entity in named]
        return positions == sorted(positions)

    def place(self, statement: str | None) -> int | None:
        """Return the position of a statement; None for None."""
        return None if statement is None else self._statements[statement]
