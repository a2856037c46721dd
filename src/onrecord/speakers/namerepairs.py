"""Names that the heads cut or took for something else, where the rest of the report tells better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.headnouns import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES
from onrecord.speakers.headnouns import look_up as look_up_noun
from onrecord.speakers.lostlinks import said_once, without_lost_links
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.namewords import fold, load_given_names, load_nicknames, load_organization_words
from onrecord.speakers.personnames import parse_person, title_before
from onrecord.speakers.register import look_up

OWNED: Final = re.compile(r"[^\s'’]{2,30}(?:['’][sS]|(?<=s)['’])\s(?=[^\W\d_a-z])")
KNIGHTED: Final = re.compile(r"(?:Sir|Dame)\s(?=[^\W\d_a-z][\w.’'-]{1,24}(?:\s[^\W\d_a-z][\w.’'-]{0,24}){1,3}\Z)")
_LETTERS: Final = r" (?:MP|MEP|MSP|MLA|MLC|TD|MK|[KQ]C)"
LETTERS: Final = re.compile(rf"{_LETTERS}\b(?!['’.-]\w| [^\W\d_a-z])")
"""Behind the name of a member of a parliament, or of counsel; such as stand there without a comma."""
SURNAME_LETTERS: Final = re.compile(rf"\S+{_LETTERS}")
DOTTED: Final = re.compile(r"(?:[A-Z]\.){2,6}")
INITIAL: Final = re.compile(
    r"(?:(?<![^\s“\"(])(?!(?:vitamins?|hepatitis|influenza|grade|group|type|class|category|plan|option)\s)"
    r"[a-z]{1,20}[,:;—]?\s|[“\"]|(?:\n|\A)(?![AQ]\.))(?P<initial>[A-HJ-Z]\.[ ])\Z"
)
"""The first initial of a name, behind a word in small letters: "for C. Boyden Held", not "hepatitis B. Ada Held", nor
the "Q. Ada Held left?" of an interview."""
INITIAL_REACH: Final = 26
AND: Final = " & "
_CHILD_OF: Final = r"(?:arap|wa|ole|ap|bin|binti|bint|ibn|bte|[ds]/o|a/[lp])"
PATRONYMIC: Final = re.compile(rf"[ ]{_CHILD_OF}[ ]\Z")
"""Before the second half of a name: "Wesley arap Kiprono", "Siva s/o Raman"."""
GIVEN: Final = re.compile(r"(?<![\w.’'-])[^\W\d_a-z][\w.’'-]{0,24}\Z")
NO_GIVEN: Final = CONJUNCTIONS | DETERMINERS | PREPOSITIONS | PRONOUNS | RELATIVES
"""What begins a sentence before a particle: "When bin Torv left"."""
LONGEST_PATRONYMIC: Final = 7
AGED: Final = re.compile(
    r"(?:,[ ](?:aged[ ])?\d{1,3}|[ ]\((?:aged[ ])?\d{1,3}\)),[ ](?:formerly[ ])?(?:of|from)[ ]"
    r"(?:(?:[^\W_a-z][\w’'-]{0,24}|St\.|of|the|on|upon|in|near|le|by),?[ ]){0,12}(?:[^\W_a-z][\w’'-]{0,24})?"
)
"""Behind the name of somebody before a court: "Ada Held, 46, of Beech Grove, Saltby"."""
AGE: Final = re.compile(r"(?:,[ ]|[ ]\()(?:aged[ ])?\d{1,3}\b")
PEER: Final = re.compile(
    r"\b(?:Lord|Lady|Baron|Baroness|Viscount|Viscountess|Earl)[ ][^\W\d_a-z][\w’'-]{1,24}[ ]of[ ]\Z"
)
"""Before the place that a peer's title has: "Lord Haversham of Wyke"."""
LONGEST_PEER: Final = 50
GIVEN_BEFORE: Final = re.compile(r"\b([A-Z][^\W\d_A-Z]{1,20})[ ]\Z")
FIRST_INITIAL: Final = re.compile(r"[A-Z]\.[ ]")
SUM: Final = re.compile(r"(?:KSh|Ksh|Shs?|RM|Rs|US\$|S\$|A\$|[$€£₦₹])\.?\d[\d.,]*\w{0,8}(?:[ ]|\Z)")
"""A sum of money that the heads take for the beginning of a name: "the RM45mil Sungai Held bridge"."""
CHAMBER: Final = re.compile(
    r"(?:House|Opposition|Senate|Assembly|Commons|Lords|Dáil|Seanad|Knesset)[ ](?=(?:[^\W\d_a-z][\w.’'-]*+[ ]?)+\Z)"
)
HEAD_OF: Final = re.compile(r"\b(?:Leader|Speaker|President|Clerk|Father)[ ]of[ ]the[ ]\Z")
LONGEST_HEAD_OF: Final = 17
"""Before a chamber and the name of who heads it: "Leader of the House Ada Held"."""
OF: Final = re.compile(r"\b(?:of|to|for|at|in)\s(?:the\s)?\Z")
"""Before a place or body that says where somebody holds an office."""
BODIES: Final = ("place", "organization")


def repaired(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names, by start and apart, of which those that the report itself corrects are what it says.

    "Rosa Held MEP", "C. Boyden Held" and "F.B.I." are one name each, "Ada Held Ada Held2020" holds one; "Ministry's
    Torv" is Torv, if it has a Leonid Torv; "Dame Ida Pell" is a person; "Tallow" and "Pike" are one firm, where they
    are one elsewhere; "(governor of) Sel Ada Held" is Ada Held, if Sel is a place there; "Wesley arap Kiprono" and "the
    Unity (UP) Party" are one name each; "Saltby" in "Ada Held, 46, of Saltby," is a place.
    """
    names = without_lost_links(text, names)
    names = _parted_names(text, [each for name in names if (each := _without_sum(text, name)) is not None])
    whole: list[Markable] = []
    for name in _lettered(text, names):
        floor = whole[-1].span.end if whole else 0
        widened = said_once(text, _with_given(text, _initialled(text, name), floor))
        if whole and widened.span.start <= whole[-1].span.start:  # "C." was tagged by itself
            whole.pop()
        if not whole or widened.span.start >= whole[-1].span.end:
            whole.append(widened)
        elif name.span.start >= whole[-1].span.end:
            whole.append(name)
    knighted = _placed(text, [_knighted(text, name) for name in whole])
    knighted = _with_homes(text, knighted)
    surnames = set(_surnames(text, knighted))
    owned = [_owned(text, name, surnames) for name in knighted]
    return _firms(text, owned)


def _without_sum(text: str, name: Markable) -> Markable | None:
    """Return a name without the sum of money that it begins with; None if it is only that."""
    money = SUM.match(text, name.span.start, name.span.end)
    if money is None:
        return name
    return replace(name, span=Span(money.end(), name.span.end)) if money.end() < name.span.end else None


def _parted_names(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names of which two around a patronymic's particle, or around an opening bracket, are one."""
    whole: list[Markable] = []
    for name in names:
        before = whole[-1] if whole else None
        start = _start_of_patronymic(text, name)
        if before is not None and _closes_bracket(text, before, name):
            whole[-1] = replace(before, span=Span(before.span.start, name.span.end), kind="organization")
        elif start is None:
            whole.append(name)
        elif before is not None and before.span.end > start:
            kind = before.kind == "person"
            whole[-1:] = [replace(name, span=Span(before.span.start, name.span.end))] if kind else [before, name]
        else:
            whole.append(replace(name, span=Span(start, name.span.end)))
    return whole


def _start_of_patronymic(text: str, name: Markable) -> int | None:
    """Return where the word before a particle like "arap" begins, if a person's name stands right behind one."""
    if name.kind != "person":
        return None
    particle = PATRONYMIC.search(text, max(0, name.span.start - LONGEST_PATRONYMIC), name.span.start)
    given = GIVEN.search(text, max(0, particle.start() - 26), particle.start()) if particle else None
    return given.start() if given and given.group().lower() not in NO_GIVEN else None


def _closes_bracket(text: str, before: Markable, name: Markable) -> bool:
    """Tell whether a name closes the bracket that stands open behind another: "the Unity (UP) Party"."""
    head, closed, tail = name.span.of(text).partition(") ")
    if not closed or not tail or "(" in head or before.kind == "person":
        return False
    return text[before.span.end : name.span.start] == " ("


def _with_homes(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names, of which those that say where somebody lives, or what a peer is lord of, are places."""
    homes = Span(0, 0)
    told: list[Markable] = []
    for name in names:
        if name.kind == "person":
            start = name.span.start
            lives = start < homes.end and AGE.match(text, name.span.end) is None
            if lives or PEER.search(text, max(0, start - LONGEST_PEER), start):
                name = replace(name, kind="place")  # noqa: PLW2901 - the same name, told better
            elif (found := AGED.match(text, name.span.end)) is not None:
                homes = Span(*found.span())
        told.append(name)
    return told


def _initialled(text: str, name: Markable) -> Markable:
    """Return a name with the initials that the heads left out of it: "C. |Boyden Held", "F.B.|I."."""
    if dotted := DOTTED.match(text, name.span.start):
        return replace(name, span=Span(name.span.start, max(name.span.end, dotted.end())))
    initial = (
        INITIAL.search(text, max(0, name.span.start - INITIAL_REACH), name.span.start)
        if name.kind == "person"
        else None
    )
    if initial is None or " " not in name.span.of(text):
        return name
    return replace(name, span=Span(initial.start("initial"), name.span.end))


def _with_given(text: str, name: Markable, floor: int) -> Markable:
    """Return a name with the given name between it and a title: "President Ada |Held", "Rep. Ada |M. Held"."""
    before = (
        GIVEN_BEFORE.search(text, max(floor, name.span.start - 26), name.span.start) if name.kind == "person" else None
    )
    if before is None or title_before(text, before.start(), 0) is None:
        return name
    word, given = fold(before.group(1)), load_given_names().get(fold(before.group(1)))
    known = word in load_nicknames() or (given is not None and not given.mostly_surname)
    if not known and not FIRST_INITIAL.match(text, name.span.start):
        return name
    return replace(name, span=Span(before.start(), name.span.end))


def _lettered(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names with the letters behind them, which the heads take for a surname or an organization."""
    whole: list[Markable] = []
    for name in names:
        before = whole[-1] if whole else None
        if before and name.span.start < before.span.end:
            continue  # the letters, taken along
        if before and _parted(text, before, name):
            whole[-1] = replace(before, span=Span(before.span.start, name.span.end))
            continue
        letters = LETTERS.match(text, name.span.end) if name.kind == "person" else None
        whole.append(replace(name, span=Span(name.span.start, letters.end())) if letters else name)
    return whole


def _parted(text: str, before: Markable, name: Markable) -> bool:
    """Tell whether the heads parted a given name from its surname with letters: "Ffion" and "Dale MP"."""
    people = before.kind == name.kind == "person" and text[before.span.end : name.span.start] == " "
    return people and " " not in before.span.of(text) and SURNAME_LETTERS.fullmatch(name.span.of(text)) is not None


def _knighted(text: str, name: Markable) -> Markable:
    """Return a knight or a dame as the person that the title tells, without it; "Sir Ada Hospital" is none."""
    title = KNIGHTED.match(text, name.span.start, name.span.end) if name.kind == "organization" else None
    if title is None:
        return name
    last = fold(name.span.of(text).split()[-1])
    if last in load_organization_words("generic") | load_organization_words("corporate"):
        return name
    return replace(name, span=Span(title.end(), name.span.end), kind="person")


def _placed(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names, of which a place and the person behind it are two: "the governor of Sel Ada Held"."""
    bodies = {name.span.of(text): name.kind for name in names if name.kind in BODIES}
    persons = {name.span.of(text) for name in names if name.kind == "person"}
    apart: list[Markable] = []
    for name in names:
        chamber = _chamber(text, name)
        if chamber is not None:
            apart += [
                replace(name, span=chamber),
                replace(name, span=Span(chamber.end + 1, name.span.end), kind="person"),
            ]
            continue
        words = name.span.of(text).split(" ")
        behind = (
            name.kind == "person" and len(words) > 2 and OF.search(text, max(0, name.span.start - 12), name.span.start)
        )
        for at in range(1, len(words) - 1) if behind else ():
            body, person = " ".join(words[:at]), " ".join(words[at:])
            kind = bodies.get(body) or (_kind_of_country(body) if fold(words[at]) in load_given_names() else None)
            # "The wife of Chad Michael Brandt": a place that is a given name, too, is one before somebody known.
            called = fold(words[0]) in load_given_names()
            if (kind is not None) + (person in persons) > called:
                start = name.span.start + len(body)
                apart.append(replace(name, span=Span(name.span.start, start), kind=kind or "place"))
                name = replace(name, span=Span(start + 1, name.span.end).trimmed(text))  # noqa: PLW2901 - what is left of it
                break
        apart.append(name)
    return apart


def _chamber(text: str, name: Markable) -> Span | None:
    """Return the chamber in a name of it and of who heads it: "(Leader of the) House Ada Held", not "House Rules"."""
    found = CHAMBER.match(text, name.span.start, name.span.end)
    if found is None or not HEAD_OF.search(text, max(0, found.start() - LONGEST_HEAD_OF), found.start()):
        return None
    last = text[found.end() : name.span.end].rsplit(maxsplit=1)[-1]
    generic = load_organization_words("generic") | load_organization_words("corporate")
    return None if fold(last) in generic or look_up_noun(last.lower()) else Span(found.start(), found.end() - 1)


def _kind_of_country(name: str) -> MarkableKind | None:
    entry = look_up(name)
    return "place" if entry is not None and entry.kind == "country" else None


def _surnames(text: str, names: Sequence[Markable]) -> Iterator[str]:
    for surface in {name.span.of(text) for name in names if name.kind == "person"}:
        person = parse_person(surface)
        if person.is_full:
            yield person.surname_key


def _owned(text: str, name: Markable, surnames: set[str]) -> Markable:
    """Return the surname in what looks like a name of both: whose somebody is, and the surname of a named person."""
    owner = OWNED.match(text, name.span.start, name.span.end)
    if owner is None or fold(text[owner.end() : name.span.end]) not in surnames:
        return name
    return replace(name, span=Span(owner.end(), name.span.end), kind="person")


def _firms(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Join two names around an "&" that are one organization elsewhere in the report."""
    known = {name.span.of(text) for name in names if name.kind == "organization" and AND in name.span.of(text)}
    whole: list[Markable] = []
    for name in names:
        before = whole[-1] if whole else None
        joined = Span(before.span.start, name.span.end) if before else name.span
        if before and text[before.span.end : name.span.start] == AND and joined.of(text) in known:
            whole[-1] = replace(before, span=joined, kind="organization")
        else:
            whole.append(name)
    return whole
