"""Which people ``onrecord people`` lists."""

from __future__ import annotations

from onrecord.cli.blocks import Look
from onrecord.cli.messages import complain
from onrecord.cli.people_blocks import show_people
from onrecord.exports.people_json import to_people_json
from onrecord.reading import EntityKind, Reading
from onrecord.speakers.people import Person, count_people, stands_out


class Selection:
    """Chooses which people of a reading are listed, and counts over a run how many are not.

    Args:
        kinds: the kinds that are asked for; none for all.
        everybody: choose those too that do not stand out.
    """

    def __init__(self, *, kinds: tuple[EntityKind, ...], everybody: bool) -> None:
        self._kinds = frozenset(kinds)
        self._everybody = everybody
        self._left_out = 0

    def choose(self, reading: Reading) -> list[Person]:
        """Return those to list; of the kinds asked for, count the others as left out."""
        people = [person for person in count_people(reading) if not self._kinds or person.kind in self._kinds]
        chosen = [person for person in people if self._everybody or stands_out(person, self._kinds)]
        self._left_out += len(people) - len(chosen)
        return chosen

    def encode(self, reading: Reading) -> bytes:
        """Return the chosen as JSON on one line."""
        return to_people_json(reading, self.choose(reading))

    def show(self, reading: Reading, look: Look) -> str:
        """Return the chosen as blocks."""
        return show_people(reading, self.choose(reading), look)

    def say_what_is_left_out(self) -> None:
        """Say on standard error how many were left out, if any."""
        if self._left_out:
            complain(f"left out: {self._left_out:,} that do not speak; --all lists them too")
