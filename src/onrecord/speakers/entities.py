"""Referents to entities: what the reading says of everybody whom the report mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, cast

from onrecord.reading import Entity, EntityKind, Mention, MentionForm, Role
from onrecord.speakers.discourse import Discourse, Occurrence, Referent
from onrecord.speakers.namewords import fold
from onrecord.speakers.register import look_up, metonym
from onrecord.speakers.roles import country_before

MOST_ALIASES: Final = 20


def make_entities(discourse: Discourse) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """Return the entities in the order of first mention, and the id of each referent that is one."""
    mentions: dict[int, list[Occurrence]] = {}
    for occurrence in discourse.occurrences:
        if occurrence.referent is not None:
            mentions.setdefault(occurrence.referent, []).append(occurrence)
    shown = [
        referent
        for referent in discourse.referents
        if referent.index in mentions or referent.index in discourse.speaking
        if referent.kind != "other" and not referent.members
    ]
    shown.sort(key=lambda each: _first(each, mentions))
    ids = {referent.index: f"e{number}" for number, referent in enumerate(shown, start=1)}
    return tuple(_entity(discourse, each, ids[each.index], mentions.get(each.index, [])) for each in shown), ids


def _first(referent: Referent, mentions: dict[int, list[Occurrence]]) -> tuple[int, int]:
    found = mentions.get(referent.index)
    return (found[0].span.start if found else 0, referent.index)


def _entity(discourse: Discourse, referent: Referent, name: str, occurrences: list[Occurrence]) -> Entity:
    roles = tuple(
        dict.fromkeys(
            Role(title=role.title, of=role.of, span=role.span)
            for role in discourse.roles.get(referent.index, ())
            if role.title
        )
    )
    return Entity(
        id=name,
        name=referent.name,
        kind=_kind(discourse, referent),
        aliases=tuple(_aliases(discourse, referent, occurrences)),
        roles=roles,
        country=_country(discourse, referent, occurrences),
        mentions=tuple(_mention(discourse, occurrence) for occurrence in occurrences),
    )


def _kind(discourse: Discourse, referent: Referent) -> EntityKind:
    """Return what somebody is shown as: the White House is no country, and a state that says nothing a place."""
    entry = look_up(referent.name) if referent.named and referent.kind in ("country", "organization") else None
    if entry is not None and referent.kind == "country" and entry.kind == "government":
        return "country" if referent.name in entry.name else "organization"  # "Vatican" is Vatican City
    if entry is not None and entry.kind == "state" and referent.index not in discourse.speaking:
        return "place"
    return cast("EntityKind", referent.kind)


def _aliases(discourse: Discourse, referent: Referent, occurrences: list[Occurrence]) -> Iterator[str]:
    """Yield each other name and description once, in the order of the text."""
    seen = {fold(referent.name), ""}
    for occurrence in occurrences:
        if occurrence.form == "pronoun":
            continue
        words = " ".join(occurrence.span.of(discourse.text).split())
        key = fold(words)
        if key not in seen and len(seen) < MOST_ALIASES + 2:
            seen.add(key)
            yield words


def _mention(discourse: Discourse, occurrence: Occurrence) -> Mention:
    form: MentionForm = occurrence.form
    if form == "name" and occurrence.animacy != "person" and metonym(occurrence.span.of(discourse.text)) is not None:
        entry = look_up(occurrence.span.of(discourse.text))
        if occurrence.by == "metonym" or (entry is not None and entry.kind == "government"):
            form = "metonym"
    return Mention(span=occurrence.span, form=form, by=occurrence.by, confidence=occurrence.confidence)


def _country(discourse: Discourse, referent: Referent, occurrences: list[Occurrence]) -> str | None:
    """Return the country that the report ties somebody to: by name, by role, or as an owner ("Belgium's Ilven")."""
    if referent.kind != "person":
        entry = look_up(referent.name)
        if entry is not None and entry.kind == "country" and referent.kind == "place":
            return "US"  # "Georgia" beside other states
        return entry.country if entry is not None else None
    votes = Counter(role.country for role in discourse.roles.get(referent.index, ()) if role.country)
    if votes:
        return votes.most_common(1)[0][0]
    found = (country_before(discourse.text, each.span) for each in occurrences[:3] if each.form == "name")
    return next(filter(None, found), None)
