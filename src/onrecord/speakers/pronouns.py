"""The pronouns of English that may refer to somebody, and what each says of whom it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from onrecord.document import Span
from onrecord.speakers.namewords import Gender

PronounClass = Literal["he", "she", "it", "they", "who", "which", "i", "we"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """What a pronoun tells of its antecedent."""

    kind: PronounClass
    gender: Gender | None = None
    plural: bool | None = None
    """None where it may be either: "who"."""


HE: Final = Pronoun(kind="he", gender="masculine", plural=False)
SHE: Final = Pronoun(kind="she", gender="feminine", plural=False)
IT: Final = Pronoun(kind="it", plural=False)
THEY: Final = Pronoun(kind="they", plural=True)
WHO: Final = Pronoun(kind="who")
WHICH: Final = Pronoun(kind="which")
ME: Final = Pronoun(kind="i", plural=False)
WE: Final = Pronoun(kind="we", plural=True)

PRONOUNS: Final[dict[str, Pronoun]] = {
    **dict.fromkeys(["he", "him", "his", "himself"], HE),
    **dict.fromkeys(["she", "her", "hers", "herself"], SHE),
    **dict.fromkeys(["it", "its", "itself"], IT),
    **dict.fromkeys(["they", "them", "their", "theirs", "themselves"], THEY),
    **dict.fromkeys(["who", "whom", "whose"], WHO),
    "which": WHICH,
    **dict.fromkeys(["i", "me", "my", "mine", "myself"], ME),
    **dict.fromkeys(["we", "us", "our", "ours", "ourselves"], WE),
}
# "US" is the country, and "IT" a trade: in capitals only "I" is a pronoun.
WRITTEN: Final = re.compile(
    r"(?<![\w’'.@-])(?:I|(?!US\b|IT\b|HER\b|WHO\b)(?i:"
    + "|".join(sorted(set(PRONOUNS) - {"i"}, key=len, reverse=True))
    + r"))(?![\w@]|-\w|\.\w)"
)


def pronoun_of(words: str) -> Pronoun | None:
    """Return what a word says if it is a pronoun; a clitic verb after it ("who's", "I've") does not count.

    >>> pronoun_of("She").gender
    'feminine'
    """
    return PRONOUNS.get(re.split(r"['’]", words.strip().lower(), maxsplit=1)[0])


def find_pronouns(text: str, runs: Sequence[Span]) -> Iterator[Span]:
    """Yield the pronouns of some runs of the text, in order."""
    for run in runs:
        for match in WRITTEN.finditer(text, run.start, run.end):
            yield Span(*match.span())
