"""The names of a report, grouped: which of them name the same person, organization or place.

The whole report is looked at, not what comes before: a headline may say "Harrow" and the body "Ada Harrow"
later. Every name is in exactly one group. The cost is linear in the names: they meet by the words that
they share, never pair by pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.speakers.fullnames import Register, register_full_names
from onrecord.speakers.lonegenders import genders_by_pronouns
from onrecord.speakers.markables import Markable, MarkableKind
from onrecord.speakers.namementions import NameMention, read_mentions
from onrecord.speakers.namewords import Gender, fold, load_given_names
from onrecord.speakers.organizationgroups import group_organizations
from onrecord.speakers.partialnames import place_partial_names

PLURALS: Final = ("people", "men", "women", "police", "children")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """One person, organization, place or group, by the names that the report gives it."""

    kind: MarkableKind
    name: str
    """The fullest name, as the text writes it, without title, article and possessive."""
    aliases: tuple[str, ...] = ()
    """Every other way that it is named, in the order of the text."""
    members: tuple[int, ...]
    """Indices of its names, by rising index."""
    gender: Gender | None = None
    """Told by its titles, or else by its given name; None where neither tells."""
    plural: bool = False
    """It is several: "the Democrats"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """All names of a report in groups."""

    groups: tuple[NameGroup, ...]
    """By first member."""
    group_of: tuple[int, ...]
    """For each name its group."""
    certain: tuple[bool, ...]
    """For each name False if two groups could be meant, and one was chosen."""
    others: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """For a name that is not certain: the other groups that it could have meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cluster:
    """The mentions of one group, before groups are numbered."""

    mentions: tuple[NameMention, ...]
    gender: Gender | None = None


def group_names(text: str, names: Sequence[Markable]) -> Naming:
    """Group the names of a report.

    Args:
        text: the document's text.
        names: its markables of form name, in the order of the text.
    """
    mentions = read_mentions(text, names)
    persons = [mention for mention in mentions if mention.kind == "person"]
    register = _group_people(text, persons)
    surnames = frozenset(register.surnames)
    organizations, unsure = group_organizations(
        text, [mention for mention in mentions if mention.kind != "person"], surnames
    )
    clusters = [
        *(
            _Cluster(mentions=tuple(mentions[index] for index in sorted(person.mentions)), gender=person.gender)
            for person in register.people
            if person.mentions
        ),
        *(_Cluster(mentions=tuple(group)) for group in organizations),
    ]
    unsure |= {
        index: tuple(other.mentions[0] for other in others if other.mentions)
        for index, others in register.doubts.items()
    }
    return _number(len(mentions), clusters, unsure)


def _group_people(text: str, mentions: Sequence[NameMention]) -> Register:
    """Return the people whom ``mentions`` name, in full and in part."""
    register, partial = register_full_names(mentions)
    place_partial_names(partial, register, genders_by_pronouns(text, mentions))
    return register


def _number(size: int, clusters: Sequence[_Cluster], unsure: Mapping[int, tuple[int, ...]]) -> Naming:
    """Put the groups in the order of their first names; ``unsure`` gives a name of each other group."""
    ordered = sorted(clusters, key=lambda cluster: cluster.mentions[0].index)
    group_of = [0] * size
    for number, cluster in enumerate(ordered):
        for mention in cluster.mentions:
            group_of[mention.index] = number
    others = {
        index: tuple(dict.fromkeys(group_of[rival] for rival in rivals))
        for index, rivals in sorted(unsure.items())
        if rivals
    }
    return Naming(
        groups=tuple(_describe(cluster) for cluster in ordered),
        group_of=tuple(group_of),
        certain=tuple(index not in others for index in range(size)),
        others=others,
    )


def _describe(cluster: _Cluster) -> NameGroup:
    """Return a group with its fullest name, its other names and whether it is several."""
    counts = Counter(mention.shown for mention in cluster.mentions)
    first = {mention.shown: mention for mention in reversed(cluster.mentions)}
    forms = list(counts)
    name = forms[0] if len(forms) == 1 else _fullest(forms, first, counts)
    kind = first[name].kind
    return NameGroup(
        kind=kind,
        name=name,
        aliases=tuple(form for form in forms if form != name),
        members=tuple(mention.index for mention in cluster.mentions),
        gender=cluster.gender,
        plural=kind == "group" and _is_plural(name),
    )


def _fullest(forms: Sequence[str], first: Mapping[str, NameMention], counts: Mapping[str, int]) -> str:
    """Return the form that stands for all; of those that are equally full and frequent the earliest.

    Args:
        forms: the forms, in the order of the text.
        first: the first mention of each.
        counts: how often each stands.
    """
    described = {form for form in forms if _is_described(first[form], first)}
    return min(forms, key=lambda form: (form in described, *_preference(first[form]), -counts[form]))


def _preference(mention: NameMention) -> tuple[int, ...]:
    """Return how well a form stands for all, less for better: the fullest not in capitals, a person's even in these."""
    shouted = _is_shouted(mention.shown)
    fullness = _fullness(mention)
    return (*fullness, shouted) if mention.kind == "person" else (shouted, *fullness)


def _fullness(mention: NameMention) -> tuple[int, int]:
    """Return how full a name is, less for fuller: by its parts, then by parts that are no initials."""
    words = mention.person.words if mention.kind == "person" else mention.shown.split()
    return -len(words) - mention.person.reigns, -sum(len(word.rstrip(".")) > 1 for word in words)


def _is_described(mention: NameMention, forms: Collection[str]) -> bool:
    """Tell whether a word that is no given name stands before a full one: "Crooked Ada Harrow" beside "Ada Harrow"."""
    first, _, rest = mention.shown.partition(" ")
    known = load_given_names()
    return (
        mention.kind == "person"
        and rest in forms
        and " " in rest
        and len(fold(first)) > 1
        and fold(first) not in known
        and fold(rest.partition(" ")[0]) in known
    )


def _is_shouted(form: str) -> bool:
    """Tell whether a name is in capitals throughout, as in a headline, and is no acronym."""
    return len(form) > 3 and form.isupper() and "." not in form


def _is_plural(name: str) -> bool:
    last = name.lower().rpartition(" ")[2]
    return " and " in name or last in PLURALS or (last.endswith("s") and not last.endswith("ss"))
