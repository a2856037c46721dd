"""The lexicon of cues: words and word groups that report speech, thought and attitude, each with its class.

``cuelexicon.tsv`` beside this file has a line an entry: the cue in its dictionary form, its part of
speech, its class, its use, and the works whose category it is filed under
(``docs/explanation/cue-classes.md`` gives them in full).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast, get_args

from onrecord.attribution.inflection import lemmas_of
from onrecord.reading import CueClass
from onrecord.wordlists import word_set

Part = Literal["verb", "noun", "adjective", "adverb", "phrase", "mark"]
Use = Literal["head", "light", "sole"]


# "made it very clear", "played the whole matter down": verb and particle at most three words apart.
MOST_WORDS_BETWEEN: Final = 3
DETERMINERS: Final = word_set(
    "a an the this that these those his her its their my our your 's some any no many more another one two"
)
NOUN_AFTER: Final = word_set("of about over that from by for on to")
COPULAS: Final = word_set(
    """be is are was were been being 's 're am get got feel felt feels seem seems seemed appear appears appeared remain
    remains remained become becomes became look looks looked sound sounded very so more less not n't"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the lexicon."""

    words: tuple[str, ...]
    """The cue in its dictionary form, word by word, in lower case."""
    part: Part
    cue_class: CueClass
    use: Use
    """``head`` decides; ``light`` ("made", "seems") yields to a head beside it; ``sole`` counts only alone."""
    references: tuple[str, ...]

    @property
    def cue(self) -> str:
        """The cue as it stands in the file."""
        return " ".join(self.words)


class Match(NamedTuple):
    """An entry found at words ``[start, end)`` of a cue."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, by their first word, the longest first."""

    by_first_word: dict[str, tuple[Entry, ...]]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in no special order."""
        return tuple(entry for group in self.by_first_word.values() for entry in group)

    def find(self, words: Sequence[str]) -> list[Match]:
        """Return what the lexicon knows of ``words`` (lower case): by position, none overlapping, the longest."""
        lemmas = [lemmas_of(word) for word in words]
        found: list[Match] = []
        position = 0
        while position < len(words):
            matches = list(self._at(words, lemmas, position))
            if matches:
                is_alone = len(matches) == 1  # as most are
                found.append(matches[0] if is_alone else max(matches, key=lambda match: _preference(match, words)))
            position = found[-1].end if matches else position + 1
        return found

    def _at(self, words: Sequence[str], lemmas: Sequence[tuple[str, ...]], position: int) -> Iterator[Match]:
        for lemma in lemmas[position]:
            for entry in self.by_first_word.get(lemma, ()):
                end = _end_of(entry, lemmas, position)
                if end is not None and _may_be(entry, words[position]):
                    yield Match(entry, position, end)


def _end_of(entry: Entry, lemmas: Sequence[tuple[str, ...]], position: int) -> int | None:
    """Return where ``entry`` ends if it begins at ``position``, its words in order, or None."""
    slack = MOST_WORDS_BETWEEN if entry.part == "verb" else 0
    at = position + 1
    for word in entry.words[1:]:
        window = range(at, min(at + slack + 1, len(lemmas)))
        place = next((index for index in window if word in lemmas[index]), None)
        if place is None:
            return None
        slack -= place - at
        at = place + 1
    return at


def _may_be(entry: Entry, word: str) -> bool:
    """Tell whether the form of ``word`` fits the entry's part of speech: -ed and -ing make no nouns."""
    if entry.part == "verb" or word == entry.words[0]:
        return True
    return entry.part in ("noun", "phrase") and not word.endswith(("ed", "ing"))


def _preference(match: Match, words: Sequence[str]) -> tuple[int, bool, bool]:
    """Rank a match: by its number of words, by counting beside others, by suiting the words around it."""
    return len(match.entry.words), match.entry.use != "sole", _suits(match, words)


def _suits(match: Match, words: Sequence[str]) -> bool:
    """Tell whether the words around a match are those of its part of speech."""
    before = words[max(0, match.start - 3) : match.start]
    participle = words[match.start].endswith(("ed", "ing"))
    if match.entry.part == "adjective":
        return not participle or any(word in COPULAS or word.endswith("ly") for word in before)
    if participle:
        return match.entry.part == "verb" and not any(word in COPULAS for word in before)
    after = words[match.end] if match.end < len(words) else ""
    nominal = not DETERMINERS.isdisjoint(before) or (not before and after in NOUN_AFTER)
    return nominal == (match.entry.part == "noun")


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon of the package, read once."""
    lines = files("onrecord.attribution").joinpath("cuelexicon.tsv").read_text(encoding="utf-8").splitlines()
    groups: dict[str, list[Entry]] = {}
    for line in lines[1:]:  # the first line names the columns
        entry = _entry(line)
        groups.setdefault(entry.words[0], []).append(entry)
    return Lexicon({word: tuple(sorted(group, key=_longest_first)) for word, group in groups.items()})


def _longest_first(entry: Entry) -> tuple[int, str, str]:
    return -len(entry.words), entry.cue, entry.part


def _entry(line: str) -> Entry:
    cue, part, cue_class, use, references = line.split("\t")
    if part not in get_args(Part) or cue_class not in get_args(CueClass) or use not in get_args(Use):
        raise ValueError(f"cuelexicon.tsv: unknown part, class or use in {line!r}")
    return Entry(
        words=tuple(cue.split(" ")),
        part=cast("Part", part),
        cue_class=cast("CueClass", cue_class),
        use=cast("Use", use),
        references=tuple(references.split(";")),
    )
