"""A report as its readers follow it: who is mentioned where, in order, and what is known of each so far.

An *occurrence* is a markable in its place in the report; a *referent* is whoever occurrences refer to. Names
have their referent from the start, by their group; descriptions and pronouns get one while the report is read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from onrecord.document import Span
from onrecord.speakers.headnouns import Category, find_head, look_up, without_determiner
from onrecord.speakers.markables import Markable, MarkableForm, MarkableKind
from onrecord.speakers.namegroups import Naming
from onrecord.speakers.namewords import Gender, fold, without_possessive
from onrecord.speakers.personnames import title_at
from onrecord.speakers.pronouns import Pronoun, pronoun_of
from onrecord.speakers.register import is_state_among
from onrecord.speakers.register import look_up as look_up_place
from onrecord.speakers.roles import FoundRole, find_roles
from onrecord.wordlists import word_set

FIRST_NAMES: Final = 4
"""Of partial names only the first few are searched for roles: a report says what somebody is early."""
Animacy = Literal["person", "thing", "people"]
ReferentKind = Literal["person", "organization", "country", "place", "group", "document", "unnamed", "author", "other"]
NEW_KINDS: Final[dict[str, tuple[ReferentKind, ReferentKind]]] = {
    "person": ("unnamed", "group"),
    "group": ("group", "group"),
    "organization": ("organization", "group"),
    "document": ("document", "document"),
    "country": ("country", "group"),
    "unknown": ("document", "group"),
}
"""What somebody never named is, by the category of the description: one, or several."""

FEMININE: Final = word_set(
    """woman congresswoman spokeswoman chairwoman actress mother daughter wife widow queen princess sister lady girl
    businesswoman heroine grandmother aunt niece girlfriend assemblywoman councilwoman alderwoman duchess nun
    ex-wife stepmother fiancee mom housewife saleswoman policewoman baroness goddess hostess waitress"""
)
MASCULINE: Final = word_set(
    """man congressman spokesman chairman actor father son husband widower king prince brother gentleman boy businessman
    hero grandfather uncle nephew boyfriend assemblyman councilman alderman duke monk ex-husband stepfather
    fiance dad salesman policeman fireman pope patriarch baron lord fisherman"""
)
ANIMACY: Final[dict[str, Animacy]] = {
    "person": "person",
    "unnamed": "person",
    "author": "person",
    "organization": "thing",
    "country": "thing",
    "place": "thing",
    "document": "thing",
    "group": "people",
}


@dataclass(slots=True, kw_only=True)
class Referent:
    """Somebody or something that the report mentions."""

    index: int
    name: str
    kind: ReferentKind
    named: bool
    gender: Gender | None = None
    plural: bool | None = None
    words: set[str] = field(default_factory=set)
    """Folded words of its names, roles and descriptions."""
    heads: set[str] = field(default_factory=set)
    """Head nouns that it was described with."""
    places: list[int] = field(default_factory=list)
    """Starts of its occurrences, in order."""
    names: int = 0
    """How many of its occurrences are names."""
    members: tuple[int, ...] = ()
    """Indices of those that it is made up of, where two speak together."""

    @property
    def animacy(self) -> Animacy | None:
        """Tell people from things; None where it is not known."""
        return ANIMACY.get(self.kind)


@dataclass(slots=True, kw_only=True)
class Occurrence:
    """A markable in its place in the report."""

    span: Span
    form: MarkableForm
    sentence: int
    paragraph: int
    quoted: bool
    """It stands in quotation marks."""
    animacy: Animacy | None
    gender: Gender | None
    plural: bool | None
    pronoun: Pronoun | None = None
    name: int | None = None
    """Index of the name that it is."""
    referent: int | None = None
    by: str = "name"
    confidence: float = 1.0

    @property
    def person(self) -> int | None:
        """The referent, where this is the name of a person; None for all else."""
        return self.referent if self.form == "name" and self.animacy == "person" else None


class Discourse:
    """The occurrences and referents of one report."""

    def __init__(
        self, text: str, paragraphs: Sequence[Span], sentences: Sequence[Span], quoted: Sequence[Span]
    ) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.sentences = sentences
        self.quoted = quoted
        # Looked through for every mention, which is what plain numbers are quickest for.
        self._sentence_starts = [each.start for each in sentences]
        self._paragraph_starts = [each.start for each in paragraphs]
        self._quoted_starts = [each.start for each in quoted]
        self.first_sentence = [bisect_left(self._sentence_starts, start) for start in self._paragraph_starts]
        """For each paragraph the index of its first sentence."""
        self.referents: list[Referent] = []
        self.occurrences: list[Occurrence] = []
        self.groups: dict[str, int] = {}
        """The first group that each description, without its article, introduced."""
        self.joint: list[Referent] = []
        """Those made up of several who spoke together, in the order of the text."""
        self.main: list[int] = []
        """The people who are named most, at most three."""
        self.first_named = len(text)
        """Where a person is named for the first time."""
        self.doubted: set[int] = set()
        """Indices of the names that could be those of others."""
        self.speaking: set[int] = set()
        """Referents that say something, or might."""
        self.roles: dict[int, list[FoundRole]] = {}
        """For each person the roles that the report gives, by position."""
        self.offices: dict[str, dict[int, None]] = {}
        """For each head of a title who has it, by first mention of it: ``governor`` for "Gov." too."""
        self.author = self.introduce("the author", "author", plural=None)
        self._starts: list[int] = []

    def add_names(self, names: Sequence[Markable], naming: Naming) -> None:
        """Add the names, one referent a group."""
        first = len(self.referents)
        places = [group.name for group in naming.groups if group.kind != "person"]
        for group in naming.groups:
            kind = "place" if is_state_among(group.name, places) else _kind_of_name(group.kind, group.name)
            referent = self.introduce(group.name, kind, gender=group.gender, plural=group.plural, named=True)
            for name in (group.name, *group.aliases):
                referent.words.update(filter(None, map(fold, name.split())))
        for at, markable in enumerate(names):
            referent = self.referents[first + naming.group_of[at]]
            occurrence = self._place(markable.span, "name", animacy=referent.animacy, gender=referent.gender)
            occurrence.plural = referent.plural
            occurrence.name = at
            occurrence.confidence = markable.confidence
            self.occurrences.append(occurrence)
            self.assign(occurrence, referent, by="name")
        self.doubted = {at for at, certain in enumerate(naming.certain) if not certain}
        people = [referent for referent in self.referents if referent.kind == "person"]
        self.first_named = min((each.places[0] for each in people if each.places), default=self.first_named)
        self.main = [each.index for each in sorted(people, key=lambda each: -len(each.places))[:3]]

    def add_others(self, nominals: Sequence[Markable], pronouns: Sequence[Span]) -> None:
        """Add descriptions and pronouns, which refer to nobody yet, and put all occurrences in order."""
        for markable in nominals:
            self.occurrences.append(self.nominal(markable.span, markable.kind))
        for span in pronouns:
            pronoun = pronoun_of(span.of(self.text))
            if pronoun is not None:
                self.occurrences.append(self.pronoun(span, pronoun))
        self.occurrences.sort(key=lambda each: (each.span.start, -each.span.end))
        self._starts = [each.span.start for each in self.occurrences]

    def add_roles(self) -> None:
        """Find what the report says that its people are: at each full name, and at the first names of each."""
        seen: dict[int, int] = {}
        for occurrence in self.occurrences:
            if occurrence.person is None:
                continue
            count = seen[occurrence.person] = seen.get(occurrence.person, 0) + 1
            if count > FIRST_NAMES and " " not in occurrence.span.of(self.text):
                continue
            for role in find_roles(self.text, occurrence.span, self.sentences[occurrence.sentence]):
                self._add_role(self.referents[occurrence.person], role)

    def _add_role(self, referent: Referent, role: FoundRole) -> None:
        self.roles.setdefault(referent.index, []).append(role)
        title = title_at(role.title)
        words = f"{role.title} {role.of or ''} {title.stands_for if title else ''}"
        referent.words.update(filter(None, (fold(without_possessive(word)) for word in words.split())))
        if referent.gender is None and role.title:
            referent.gender = gender_of_noun(role.title.split()[-1].lower())
        for phrase in (role.title, title.stands_for if title else ""):
            if phrase:
                head = fold(phrase.split()[-1])
                referent.heads.add(head)
                self.offices.setdefault(head, {})[referent.index] = None

    def nominal(self, span: Span, kind: MarkableKind | Category) -> Occurrence:
        """Return a description as an occurrence, with what its head noun tells."""
        head = find_head(self.text, span)
        word = head.of(self.text).lower() if head else ""
        noun = look_up(word)
        category: str = noun.category if noun and noun.category != "unknown" else kind
        occurrence = self._place(span, "nominal", animacy=ANIMACY.get(category), gender=gender_of_noun(word))
        occurrence.plural = category == "group" or (noun.plural if noun else None)
        return occurrence

    def pronoun(self, span: Span, pronoun: Pronoun) -> Occurrence:
        """Return a pronoun as an occurrence."""
        animacy: Animacy | None = "person" if pronoun.kind in ("he", "she", "i") else None
        occurrence = self._place(span, "pronoun", animacy=animacy, gender=pronoun.gender)
        occurrence.plural, occurrence.pronoun = pronoun.plural, pronoun
        return occurrence

    def quoted_around(self, offset: int) -> Sequence[Span]:
        """Return the quotation that an offset may stand in: none or one."""
        at = bisect_right(self._quoted_starts, offset) - 1
        return self.quoted[at : at + 1] if at >= 0 and offset < self.quoted[at].end else ()

    def _place(self, span: Span, form: MarkableForm, *, animacy: Animacy | None, gender: Gender | None) -> Occurrence:
        return Occurrence(
            span=span,
            form=form,
            sentence=self.sentence_at(span.start),
            paragraph=self.paragraph_at(span.start),
            quoted=bool(self.quoted_around(span.start)),
            animacy=animacy,
            gender=gender,
            plural=None,
        )

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that an offset lies in or after."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph_at(self, offset: int) -> int:
        """Return the index of the paragraph that an offset lies in or after."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def index_at(self, offset: int) -> int:
        """Return the index of the first occurrence that starts at or after an offset."""
        return bisect_left(self._starts, offset)

    def first_from(self, offset: int) -> Occurrence:
        """Return the first occurrence that starts at or after an offset, or the last of all; there is one."""
        return self.occurrences[min(self.index_at(offset), len(self.occurrences) - 1)]

    def ahead(self, at: int, sentence: int, most: int) -> Iterator[int]:
        """Yield which of the next ``most`` occurrences, from one on, stand in a sentence."""
        for index in range(at, min(len(self.occurrences), at + most)):
            if self.occurrences[index].sentence == sentence:
                yield index

    def at(self, span: Span) -> Occurrence | None:
        """Return the occurrence with exactly this span."""
        for index in range(self.index_at(span.start), len(self.occurrences)):
            occurrence = self.occurrences[index]
            if occurrence.span.start != span.start:
                return None
            if occurrence.span == span:
                return occurrence
        return None

    def name_at(self, span: Span) -> Occurrence | None:
        """Return the name with exactly this span."""
        return next((each for each in self.within(span) if each.span == span and each.form == "name"), None)

    def within(self, span: Span) -> Iterator[Occurrence]:
        """Yield the occurrences that start inside a span."""
        for index in range(self.index_at(span.start), len(self.occurrences)):
            if self.occurrences[index].span.start >= span.end:
                return
            yield self.occurrences[index]

    def insert(self, occurrence: Occurrence) -> None:
        """Add an occurrence in its place."""
        at = self.index_at(occurrence.span.start)
        self.occurrences.insert(at, occurrence)
        self._starts.insert(at, occurrence.span.start)

    def assign(self, occurrence: Occurrence, referent: Referent, *, by: str, confidence: float | None = None) -> None:
        """Say who an occurrence refers to, in place of what was said before."""
        self.release(occurrence)
        occurrence.referent, occurrence.by = referent.index, by
        if confidence is not None:
            occurrence.confidence = confidence
        if not referent.places or referent.places[-1] <= occurrence.span.start:
            referent.places.append(occurrence.span.start)
        else:
            referent.places.insert(bisect_right(referent.places, occurrence.span.start), occurrence.span.start)
        referent.names += occurrence.form == "name"

    def release(self, occurrence: Occurrence) -> None:
        """Say that nobody known is meant by an occurrence."""
        if occurrence.referent is None:
            return
        before = self.referents[occurrence.referent]
        before.places.remove(occurrence.span.start)
        before.names -= occurrence.form == "name"
        occurrence.referent = None

    def introduce(
        self,
        name: str,
        kind: ReferentKind,
        *,
        gender: Gender | None = None,
        plural: bool | None = None,
        members: tuple[int, ...] = (),
        named: bool = False,
    ) -> Referent:
        """Add somebody."""
        referent = Referent(
            index=len(self.referents),
            name=name,
            kind=kind,
            named=named,
            gender=gender,
            plural=plural,
            members=members,
        )
        self.referents.append(referent)
        if members:
            self.joint.append(referent)
        elif kind == "group" and not named:
            self.groups.setdefault(without_determiner(name), referent.index)
        return referent


def _kind_of_name(kind: MarkableKind, name: str) -> ReferentKind:
    if kind in ("place", "group", "other"):
        entry = look_up_place(name)
        if entry is not None and entry.kind in ("country", "demonym", "government") and kind != "group":
            return "country"
        if entry is not None and entry.kind == "body":
            return "organization"
    return kind


def gender_of_noun(word: str) -> Gender | None:
    """Return the gender that a head noun tells.

    >>> gender_of_noun("spokeswoman")
    'feminine'
    """
    return "feminine" if word in FEMININE else "masculine" if word in MASCULINE else None
