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

    def positions_of(self, named: Sequence[str]) -> list[int]:
        """Return the positions of entities."""
        return [self.positions[entity] for entity in named]

    def is_in_order(self, named: Sequence[str]) -> bool:
        """Tell whether a statement's list has its entities in the order of the entities."""
        positions = self.positions_of(named)
        return positions == sorted(positions)

    def place(self, statement: str | None) -> int | str | None:
        """Return the position of a statement; what is none as it is."""
        return None if statement is None else self._statements.get(statement, statement)


def placed(place: int | str | None, ids: Sequence[str]) -> str | None:
    """Return the id of what :meth:`Roles.place` gave the position of."""
    return ids[place] if isinstance(place, int) else place
