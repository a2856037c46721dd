"""Where the people of ``onrecord people`` go, and which of them."""

from __future__ import annotations

from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.messages import complain
from onrecord.cli.outputs import JsonOutput, Output, TerminalOutput, choose_look
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

    def say_what_is_left_out(self) -> None:
        """Say on standard error how many were left out, if any."""
        if self._left_out:
            complain(f"left out: {self._left_out:,} that do not speak; --all lists them too")


def choose_output(selection: Selection, *, as_json: bool, as_jsonl: bool, color: str, width: int | None) -> Output:
    """Return where the people of each reading go.

    Args:
        selection: chooses who is listed.
        as_json: print indented JSON.
        as_jsonl: print JSON, one line each.
        color: auto, always or never.
        width: cells of a line; None for the terminal's.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--jsonl": as_jsonl})
    if as_json or as_jsonl:
        return JsonOutput(lambda reading: to_people_json(reading, selection.choose(reading)), indented=as_json)
    look = choose_look(color=color, width=width)
    return TerminalOutput(look, lambda reading, look: show_people(reading, selection.choose(reading), look))
