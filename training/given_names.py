"""Make the list of given names with the gender that they tell: `python training/given_names.py`.

Writes `src/onrecord/speakers/givennames.tsv` and the notice of its sources beside it. Needs two packages
that nothing else here needs (`pip install names==0.3.0 Faker==40.63.0`; keep Faker out of the environment
that runs the tests, it is a plugin of pytest):

- `names`: the 1990 lists of the US Census Bureau, with frequencies; public domain.
- `Faker`: lists of given names by language and country; MIT.

A name's share feminine is the mean of the census's share, counted ten times, and one vote a locale; names
that are less than 90 % of one gender are left out, so that Jean, Leslie or Robin tell nothing. What the
census does not have is taken by the number of locales that have it, until the list is full.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter, defaultdict
from importlib.metadata import files, version
from importlib.resources import files as resources
from pathlib import Path

import faker.providers.person
import names

from onrecord.speakers.namewords import fold

TARGET = Path(__file__).parent.parent / "src" / "onrecord" / "speakers"
MOST_NAMES = 7000  # about 85 kB; what follows is rare in any one country
LEAST_SHARE = 0.9
CENSUS_WEIGHT = 10.0
UNLISTED = frozenset({"is_IS"})  # 3,746 names, nearly all unknown elsewhere
RARE_USES = "en"  # 7,203 names, each under every gender that anybody bore it with: heard where the census is silent
NOTICE = """givennames.tsv is made by training/given_names.py from two sources.

1. The lists of given names and surnames of the 1990 US census, as in the Python package `names` {names}
   (Trey Hunner), which says of them: "Data in the following files are public domain (derived from 1990
   Census data)".

2. The lists of given names of the Python package `Faker` {faker}, under this licence:

{licence}"""


def census(part: str) -> dict[str, float]:
    """Return the names of one census list, each with the per cent of people that bear it."""
    lines = resources(names).joinpath(f"dist.{part}").read_text(encoding="ascii").splitlines()
    return {fold(line.split()[0]): float(line.split()[1]) for line in lines}


def locale_votes(counted: set[str]) -> tuple[Counter[str], Counter[str]]:
    """Count for each name the locales that list it as feminine, and as masculine; ``counted`` are the census's."""
    feminine: Counter[str] = Counter()
    masculine: Counter[str] = Counter()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        if module.name in UNLISTED:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        unheard = counted if module.name == RARE_USES else set()
        feminine.update({fold(name) for name in getattr(provider, "first_names_female", ())} - unheard)
        masculine.update({fold(name) for name in getattr(provider, "first_names_male", ())} - unheard)
    return feminine, masculine


def main() -> None:
    """Weigh the sources, pick the names that tell a gender, and write the files."""
    women, men, surnames = (census(part) for part in ("female.first", "male.first", "all.last"))
    feminine, masculine = locale_votes({*women, *men})
    share: dict[str, float] = {}
    support: dict[str, float] = defaultdict(float)
    for name in {*women, *men, *feminine, *masculine}:
        counted = women.get(name, 0.0) + men.get(name, 0.0)
        weight = CENSUS_WEIGHT if counted else 0.0
        support[name] = weight + feminine[name] + masculine[name]
        share[name] = (weight * women.get(name, 0.0) / (counted or 1.0) + feminine[name]) / support[name]
    telling = [
        name
        for name, value in share.items()
        if max(value, 1 - value) >= LEAST_SHARE and name.isascii() and name.isalpha() and len(name) > 1
    ]
    kept = sorted(sorted(telling, key=lambda name: (-support[name], name))[:MOST_NAMES])
    lines = ["name\tfeminine\tsurname"]
    for name in kept:
        rarer = surnames.get(name, 0.0) > (women.get(name, 0.0) + men.get(name, 0.0)) / 2
        lines.append(f"{name}\t{share[name]:.2f}\t{'more' if rarer else ''}".rstrip("\t"))
    (TARGET / "givennames.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    licence = next(path for path in files("Faker") or () if path.name == "LICENSE.txt").read_text(encoding="utf-8")
    notice = NOTICE.format(names=version("names"), faker=version("Faker"), licence=licence)
    (TARGET / "givennames.NOTICE.txt").write_text(notice, encoding="utf-8")
    print(f"{len(kept)} names, {sum(share[name] > 0.5 for name in kept)} of them feminine")


if __name__ == "__main__":
    main()
