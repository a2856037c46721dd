"""What a user says over what was read, as methods of a record: people, outlets, the register, corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.record.annotating import delete_statement
from onrecord.record.changing import (
    NOBODY,
    By,
    Change,
    join_outlets,
    list_changes,
    merge_people,
    split_outlet,
    split_person,
    undo_change,
)
from onrecord.record.correcting import Correction, Should, correct_statement, list_corrections, undo_correction
from onrecord.record.damage import translated
from onrecord.record.missed import Missed, put_in
from onrecord.record.narrowing import EVERYBODY, PersonFilter
from onrecord.record.outlets import Outlet, list_outlets
from onrecord.record.people import People
from onrecord.record.registering import Registered, add_to_register, list_register, remove_from_register
from onrecord.record.removals import Removal, allow_removed, list_removals
from onrecord.record.removing import Removed, ToRemove, find_to_remove, remove_reports, wipe


class UserWord:
    """The methods; :class:`onrecord.record.Record` has them."""

    connection: sqlite3.Connection
    path: Path

    def people(self, which: PersonFilter = EVERYBODY, *, limit: int | None = None) -> People:
        """Return the people, organizations and countries of all reports, who says most first.

        They are read as they are gone through; ``.count()`` says how many there are.
        """
        return People(self.connection, self.path, which, limit=limit)

    def merge(self, people: Sequence[str], by: By = NOBODY) -> Change:
        """Make people one, named by their ids or full names; the first keeps its id.

        Raises:
            MissingRecord: nobody has this id or name.
            BadChange: fewer than two people, or several of one name.
        """
        with translated(self.path):
            return merge_people(self.connection, people, by)

    def split(self, person: str, reports: Sequence[str], by: By = NOBODY) -> Change:
        """Make what some reports say of somebody another person's; reports are named by document or statement ids.

        Raises:
            MissingRecord: no such person or document, or the person is not in it.
            BadChange: nothing would be left of the person.
        """
        with translated(self.path):
            return split_person(self.connection, person, reports, by)

    def outlets(self) -> list[Outlet]:
        """Return the outlets with their domains and counts, the one with most statements first."""
        with translated(self.path):
            return list_outlets(self.connection)

    def join_outlets(self, name: str, domains: Sequence[str], by: By = NOBODY) -> Change:
        """Make domains, or all domains of outlets, those of one outlet.

        Raises:
            MissingRecord: no such domain or outlet.
        """
        with translated(self.path):
            return join_outlets(self.connection, name, domains, by)

    def split_outlet(self, domain: str, by: By = NOBODY, *, name: str | None = None) -> Change:
        """Make a domain an outlet of its own, of this name or of the domain's.

        Raises:
            MissingRecord: no such domain.
            BadChange: it is the only one of its outlet.
        """
        with translated(self.path):
            return split_outlet(self.connection, domain, by, name=name)

    def changes(self, *, after: int = 0, most: int | None = None) -> list[Change]:
        """Return the merges, splits and joins, the first one first, undone ones among them.

        Args:
            after: only those with a greater number.
            most: so many at most.
        """
        with translated(self.path):
            return list_changes(self.connection, after=after, most=most)

    def undo(self, change: int) -> Change:
        """Undo a merge, split or join by its number.

        Raises:
            MissingRecord: no such change.
            BadChange: it was undone before.
        """
        with translated(self.path):
            return undo_change(self.connection, change)

    def register(self) -> list[Registered]:
        """Return the names that the user added to the register."""
        with translated(self.path):
            return list_register(self.connection)

    def add_to_register(self, entries: Iterable[Registered]) -> int:
        """Add names to the register; return how many entities of reports are somebody else now.

        Raises:
            BadRow: a name is another entry's already; nothing was added then.
        """
        with translated(self.path):
            return add_to_register(self.connection, entries)

    def remove_from_register(self, names: Sequence[str]) -> int:
        """Take names out of the register; return how many entities of reports are somebody else now.

        Raises:
            MissingRecord: no entry has this name.
        """
        with translated(self.path):
            return remove_from_register(self.connection, names)

    def correct(self, statement: str, should: Should, by: By = NOBODY) -> list[Correction]:
        """Correct a statement; return a correction for each field.

        Raises:
            MissingRecord: no such statement.
            BadChange: nothing to correct, or words or spans that are not in the report.
        """
        with translated(self.path):
            return correct_statement(self.connection, statement, should, by)

    def put_in(self, report: str, missed: Missed, by: By = NOBODY) -> Correction:
        """Put a statement in that the reading missed; return the correction that keeps it, with the statement's id.

        The report is named by its address, by its id or that of a statement of it, or by the beginning of one.

        Raises:
            MissingRecord: no such report.
            BadQuery: several ids begin so.
            BadChange: words or spans that are not in the report, words of the content in several places, pieces that
                overlap, a speaker without a name, or a statement that is there.
        """
        with translated(self.path):
            return put_in(self.connection, report, missed, by)

    def take_away(self, statement: str, by: By = NOBODY) -> Correction:
        """Say that a statement is none, or take one out again that was put in; return the correction.

        Undone, the statement is there again; of one that was put in the addition is withdrawn, with what was corrected.

        Raises:
            MissingRecord: no such statement.
            BadChange: somebody has said so before.
        """
        with translated(self.path):
            return delete_statement(self.connection, statement, by)

    def corrections(self, *, adrift: bool = False, after: int = 0, most: int | None = None) -> list[Correction]:
        """Return the corrections, the first one first, withdrawn ones among them.

        Args:
            adrift: only those whose statement is not there any more.
            after: only those with a greater number.
            most: so many at most.
        """
        with translated(self.path):
            return list_corrections(self.connection, adrift=adrift, after=after, most=most)

    def undo_correction(self, correction: int) -> Correction:
        """Withdraw a correction by its number.

        Raises:
            MissingRecord: no such correction.
            BadChange: it was withdrawn before.
        """
        with translated(self.path):
            return undo_correction(self.connection, correction)

    def to_remove(self, reports: Sequence[str]) -> list[ToRemove]:
        """Return what :meth:`remove` would take out, and change nothing.

        Raises:
            MissingRecord: no such report.
            BadQuery: several ids begin so.
        """
        with translated(self.path):
            return find_to_remove(self.connection, reports)

    def remove(
        self, reports: Sequence[str], by: By = NOBODY, *, agreed: Sequence[ToRemove] | None = None
    ) -> list[Removed]:
        """Take reports out with all texts under their addresses, and all that is known of them; it can't be undone.

        All of them go or none does. They are named by their addresses, by their ids or those of statements of them, or
        by the beginnings of ids. The file is then written anew, which takes time in proportion to its size. What was
        taken out is passed over when it is to be added again, until that is allowed. Nothing is taken out where that
        is not what was ``agreed`` to, as :meth:`to_remove` gave it.

        Raises:
            MissingRecord: no such report.
            BadQuery: several ids begin so.
            BadChange: the record has changed since.
        """
        with translated(self.path):
            removed = remove_reports(self.connection, reports, by, agreed=agreed)
        is_wiped = self.wipe()
        return [replace(each, is_wiped=is_wiped) for each in removed]

    def wipe(self) -> bool:
        """Write the file anew, without the words of what was taken out; False where others use it, or the disk is full.

        Removing does so; it is wanted again only where it could not.
        """
        return not self.connection.in_transaction and wipe(self.path)

    def removals(self) -> list[Removal]:
        """Return what was taken out, the first one first, with those that are allowed again; no words of it."""
        with translated(self.path):
            return list_removals(self.connection)

    def allow(self, removal: int) -> Removal:
        """Let a report that was taken out be added again, by the number of the removal.

        Raises:
            MissingRecord: no such removal.
            BadChange: it was allowed before.
        """
        with translated(self.path):
            return allow_removed(self.connection, removal)
