"""What part of a society somebody acts as: PLOVER's sectors of actors, and the country behind them.

Read from what the report says that an entity is: its roles, its name, its descriptions, by the nouns of ``SECTORS``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.reading import Entity, Sector
from onrecord.speakers.register import country_in, look_up

WORDS: Final[dict[Sector, str]] = {
    "MIL": """army navy troops soldier soldiers military airmen marine marines general colonel admiral commander
        infantry paratrooper paratroopers warship warships peacekeeper peacekeepers commando commandos
        pentagon brigade battalion forces sergeant lieutenant""",
    "REB": """rebel rebels insurgent insurgents militant militants guerrilla guerrillas separatist separatists militia
        militias militiaman militiamen jihadist jihadists terrorist terrorists extremist extremists
        gunman gunmen""",
    "SPY": """spy spies intelligence cia mossad fsb mi6 mi5 nsa""",
    "COP": """police policeman policemen officer officers sheriff constable trooper troopers detective detectives fbi
        gendarme gendarmes gendarmerie deputies""",
    "JUD": """judge judges court courts tribunal prosecutor prosecutors attorney judiciary magistrate magistrates
        justice justices""",
    "LEG": """parliament congress senate senator senators lawmaker lawmakers legislator legislators mp mps congressman
        congresswoman congressmen representative representatives assembly bundestag knesset duma speaker
        house councilman councilwoman""",
    "OPP": """opposition dissident dissidents""",
    "PTY": """party parties democrats republicans conservatives labour campaign candidate candidates nominee delegates
        pac""",
    "GOV": """president premier chancellor minister ministers ministry ministries government governments governor
        governors mayor mayors cabinet king queen prince monarch secretary ambassador ambassadors envoy
        envoys diplomat diplomats administration official officials spokesman spokeswoman treasury
        embassy regime kremlin department authorities authority agency state commissioner""",
    "IGO": """un nato eu imf unesco unicef opec osce asean ecowas commission""",
    "NGO": """ngo ngos charity charities aclu amnesty greenpeace foundation""",
    "MED": """journalist journalists reporter reporters newspaper newspapers broadcaster broadcasters editor editors
        media press columnist columnists correspondent correspondents magazine anchor network""",
    "EDU": """university universities college student students teacher teachers professor professors school schools
        academic academics""",
    "BUS": """company companies firm firms bank banks business businesses businessman businesswoman executive
        executives investor investors corporation ceo manufacturer employer employers industry
        entrepreneur""",
    "LAB": """union unions worker workers miners strikers laborers labourers""",
    "REL": """church churches bishop bishops priest priests pope cardinal imam imams rabbi rabbis cleric clerics
        mosque monks archbishop pastor pastors""",
    "CRM": """gang gangs cartel cartels smuggler smugglers trafficker traffickers mafia hacker hackers pirate
        pirates""",
    "CVL": """civilian civilians people resident residents citizen citizens villager villagers protester protesters
        demonstrator demonstrators activist activists refugee refugees migrant migrants voter voters woman women
        child children supporter supporters crowd immigrants marchers""",
}
_BY_WORD: Final[dict[str, Sector]] = {word: sector for sector, words in WORDS.items() for word in words.split()}
_WORD: Final = re.compile(r"[^\W_]+")
_FORMER: Final = frozenset({"former", "ex", "retired", "late"})
_OF: Final = re.compile(r"\b(?:of|for|in|from|against|to|at|on|with|who|that)\b|,")


def with_sectors(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return entities with sector and, where their description alone tells it, country."""
    return tuple([_with_sector(each) for each in entities])


def _with_sector(entity: Entity) -> Entity:
    sector, country = sector_of(entity), entity.country or _country(entity)
    if (sector, country) == (entity.sector, entity.country):  # as of most people, whom a report only names
        return entity
    return replace(entity, sector=sector, country=country)


def sector_of(entity: Entity) -> Sector | None:
    """Return the sector that the report's words for an entity tell first; a country acts as its government."""
    if entity.kind == "country":
        return "GOV"
    return next((sector for words in _descriptions(entity) if (sector := _sector(words)) is not None), None)


def _descriptions(entity: Entity) -> Iterator[str]:
    """Yield what the report says that an entity is, the surest first; a person's name says nothing."""
    for role in entity.roles:
        if not any(word in _FORMER or word.startswith("ex-") for word in role.title.lower().split()):
            yield role.title
    if entity.kind != "person":
        yield entity.name
    yield from (alias for alias in entity.aliases if entity.kind != "person" or alias[:1].islower() or " " in alias)


def _sector(words: str) -> Sector | None:
    """Return the sector of the last telling word before "of", "for" and the like: "minister for the army" is GOV."""
    head = _OF.split(words.lower(), maxsplit=1)[0]
    known = [_BY_WORD[word] for word in _WORD.findall(head) if word in _BY_WORD]
    if known:
        return known[-1]
    entry = look_up(words)
    return "IGO" if entry is not None and entry.kind == "body" else None


def _country(entity: Entity) -> str | None:
    """Return the country that a group or an organization is described by: "Russian forces", "France's parliament"."""
    return country_in(entity.name) if entity.kind in ("group", "organization", "unnamed") else None
