"""Given names that tell the wrong gender of somebody, where the report's own pronouns say so.

"Andrea Rossini, Italy's minister, said he was ready": the list has Andrea as a woman's name, and "he" must be somebody.
Grammar rules out whoever has the other gender, so that a wrong one costs every pronoun of a report.
"""

from __future__ import annotations

from typing import Final

from onrecord.speakers.antecedents import find_apposed
from onrecord.speakers.discourse import Discourse, Occurrence
from onrecord.speakers.namewords import Gender, fold, load_given_names
from onrecord.speakers.personnames import parse_person, title_at, title_before

NEAR: Final = 3
"""Sentences in which somebody else is near enough to be meant rather than who bears a name of both genders."""
TURNED: Final[dict[Gender, Gender]] = {"feminine": "masculine", "masculine": "feminine"}


def mend_genders(discourse: Discourse) -> None:
    """Correct the gender of people whom only a given name tells, by the pronouns that nobody else can be.

    A name that either gender bears now and then is turned, one that hardly any of the other does tells nothing more.
    """
    reader = _Reader(discourse)
    for at, occurrence in enumerate(discourse.occurrences):
        reader.read(at, occurrence)
    mended = {index for index in reader.against - reader.borne_out if not _is_titled(discourse, index)}
    for index in mended:
        referent = discourse.referents[index]
        if referent.gender is not None:
            referent.gender = None if _is_sure(referent.name) else TURNED[referent.gender]
    for occurrence in discourse.occurrences if mended else ():
        if occurrence.form == "name" and occurrence.referent in mended:
            occurrence.gender = discourse.referents[occurrence.referent].gender


class _Reader:
    """Reads the mentions of a report in order, for pronouns that speak against the gender of a name or bear it out."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.against: set[int] = set()
        self.borne_out: set[int] = set()
        self._last: dict[Gender, int] = {}
        """In which sentence somebody was last mentioned who may be he, or she."""
        self._sentence = -1
        self._here: set[int] = set()
        """The people named in the sentence so far."""

    def read(self, at: int, occurrence: Occurrence) -> None:
        """Read the next mention."""
        if occurrence.sentence != self._sentence:
            self._sentence, self._here = occurrence.sentence, set()
        if occurrence.form == "pronoun":
            if occurrence.gender is not None and not occurrence.quoted:
                self._vote(occurrence.gender)
        elif occurrence.animacy == "person" and not occurrence.plural:
            self._meet(at, occurrence)

    def _meet(self, at: int, occurrence: Occurrence) -> None:
        gender = occurrence.gender
        if occurrence.form == "name" and occurrence.referent is not None:
            self._here.add(occurrence.referent)
        else:
            apposed = find_apposed(self.discourse, at)
            if apposed is not None:
                if gender is not None and gender == apposed.gender:
                    self.borne_out.add(apposed.index)
                return
        for each in (gender,) if gender is not None else TURNED:
            self._last[each] = self._sentence

    def _vote(self, gender: Gender) -> None:
        """Take a pronoun as told of the only person that its sentence names before it, if nobody else is near."""
        person = self.discourse.referents[next(iter(self._here))] if len(self._here) == 1 else None
        last = self._last.get(gender)
        if person is None or person.gender == gender:
            self.borne_out |= self._here
            self._last[gender] = self._sentence
        elif last is None or (self._sentence - last > NEAR and not _is_sure(person.name)):
            self.against.add(person.index)


def _is_sure(name: str) -> bool:
    """Tell whether hardly anybody of the other gender has the first of the names."""
    known = load_given_names().get(fold(name.split(maxsplit=1)[0]))
    return known is None or known.sure


def _is_titled(discourse: Discourse, index: int) -> bool:
    """Tell whether a title, or nothing that is known, told the gender of somebody."""
    referent = discourse.referents[index]
    words = parse_person(referent.name).words
    known = load_given_names().get(fold(words[0])) if words else None
    if known is None or known.gender != referent.gender:
        return True
    before = (title_before(discourse.text, place, 0) for place in referent.places)
    titles = (title_at(span.of(discourse.text)) for span in before if span is not None)
    return any(title is not None and title.gender is not None for title in titles)
