"""Who asserts an event: the outlet in its own voice, or the statement whose content tells of it.

Not every content asserts what it mentions. "Norland bombed the port, Ilven said" is Ilven's claim; "Ilven condemned the
bombing of the port" is hers only as far as the condemning goes: that there was a bombing the outlet tells. What decides
is the form of a content, and where that is no clause what its cue does with it:

- a quotation, a clause, and what somebody is called or charged with, are told by the speaker;
- a deed (to bomb, bombing) is where the cue speaks of it (promises, urges, denies), and not where it plans or tries;
- a thing is where the cue puts it forward (announces, demands), and not where it judges it or is about it.

A statement that was not made claims nothing. These are the rules that benchmarks/labels/EVENTS.md gives its readers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.reading import CueClass, Statement
from onrecord.wordlists import word_set

SAYING: Final = word_set(
    """say tell add note report claim insist argue believe think warn announce allege assert state contend write
    acknowledge admit explain declare reply respond conclude suggest according tweet know feel agree maintain predict"""
)
"""Verbs whose content is a clause, with "that" or without, also where no finite verb of it is known here."""
PUTTING_FORWARD: Final = word_set(
    """mention recall document indicate express voice signal reveal disclose confirm deny emphasize stress affirm
    reaffirm reiterate repeat propose proposal recommend promise pledge vow swear offer threaten demand"""
)
"""Further verbs that may have a thing where they could have a clause: "recalled a raid", "recalled that they raid"."""
ASKING: Final = word_set(
    """announce reiterate promise pledge vow swear agree offer threaten propose proposal claim suggest suggestion
    recommend recommendation deny admit urge ask call order tell instruct demand request advise warn warning invite
    press beg implore encourage want"""
)
"""Verbs of speech that may have a deed: "vowed to raid", "told them to raid", "suggested raiding"."""
NAMING: Final = word_set(
    "call describe brand label dub cast portray depict characterize identify denounce quote see regard view"
)
"""Verbs that say what somebody is: "called him a spy", "cast the raid as revenge"."""
SPEAKING: Final[frozenset[CueClass]] = frozenset({"demanding", "promising", "warning"})
CHARGING: Final[frozenset[CueClass]] = frozenset({"accusing", "praising"})
FINITE: Final = word_set(
    """is are was were be been has have had will would could can did does do should may might must isn't wasn't aren't
    weren't won't wouldn't 's 're 've 'd 'll he she they it i we you that whether how why"""
)
RELATIVE: Final = word_set("who whom whose which where when that")
"""What follows is no clause of the content's own: "a law that has", "the man who is"."""
TOPIC: Final = word_set("about on over into with to")
"""Last words of a cue whose content is what is talked about."""
LINKS: Final = word_set("of for as")
"""What stands between the charged and the charge: "accused (Norland of bombing)", "condemned (it as a crime)"."""
SEEKING: Final = word_set("seek look push block sue")
"""Verbs among the demanding ones that say what somebody does for it."""
DETERMINERS: Final = word_set("the a an his her its their those these this my our your")
WORDS_READ: Final = 12
REACH_OF_TO: Final = 8
"""Words of a content among which its "to" is sought: "urged (the six members of the council to resign)"."""
_WORD: Final = re.compile(r"[\w'’]+")


class Claims:
    """The contents of a report's statements, to be asked by place."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        contents = [(span, each.id) for each in statements if asserts(text, each) for span in each.content]
        self._contents = sorted(contents)
        self._starts = [span.start for span, _ in self._contents]
        self._ends: list[int] = []
        """The furthest end of the contents up to each: none before can hold what lies beyond it."""
        for span, _ in self._contents:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def innermost(self, span: Span) -> str | None:
        """Return the statement whose content holds a span, the shortest such content; None where none does."""
        best: tuple[int, str] | None = None
        for at in range(bisect_right(self._starts, span.start) - 1, -1, -1):
            if self._ends[at] < span.end:
                break
            content, name = self._contents[at]
            if content.end >= span.end and (best is None or content.size < best[0]):
                best = (content.size, name)
        return best[1] if best else None


def asserts(text: str, statement: Statement) -> bool:
    """Tell whether what a statement's content tells is told by its speaker, not by the outlet."""
    kind = statement.cue_class
    made = not statement.negated or kind == "denying"
    if not made or statement.form == "direct" or not statement.cue:
        return made
    words = [word for span in statement.content for word in words_of(text, span)][:WORDS_READ]
    verbs = {lemma for span in statement.cue for word in words_of(text, span) for lemma in lemmas_of(word)}
    if not words or not verbs or "according" in verbs:
        return True
    last = words_of(text, statement.cue[-1])[-1:]
    if words[0] in LINKS and len(words) > 1:
        last, words = words[:1], words[1:]
    demands = kind in SPEAKING and SEEKING.isdisjoint(verbs)
    deed = _tells_of_deed(words, last, kind, speaks=demands or not ASKING.isdisjoint(verbs), wants="want" in verbs)
    if deed is not None:
        return deed
    if not SAYING.isdisjoint(verbs) or (kind in CHARGING and _is_charge(words, last)):
        return True
    if statement.content[0].start < statement.cue[0].start:
        return kind not in CHARGING and kind != "feeling"
    names = not NAMING.isdisjoint(verbs) and words[0] not in ("a", "an")
    return names or demands or not PUTTING_FORWARD.isdisjoint(verbs)


def _tells_of_deed(
    words: Sequence[str], last: Sequence[str], kind: CueClass, *, speaks: bool, wants: bool
) -> bool | None:
    """Tell whether the speaker tells of a clause or deed; None where the content, by its form, is a thing.

    Args:
        words: of the content.
        last: the last word of the cue.
        kind: the class of the cue.
        speaks: the cue is a verb of speech that may have a deed.
        wants: the cue is "want", which speaks of another's deed only.
    """
    if words[0] == "to" or last == ["to"]:
        return speaks and not wants
    if _is_clause(words) or last == ["that"]:
        return True
    if words[0].endswith("ing"):
        return speaks or (kind in CHARGING and last in (["of"], ["for"], ["with"]))
    if speaks and "to" in words[1:REACH_OF_TO]:
        return True
    return None if TOPIC.isdisjoint(last) else False


def _is_clause(words: Sequence[str]) -> bool:
    """Tell whether a content has a finite verb of its own, as far as its first words say."""
    end = next((at for at, word in enumerate(words) if at and word in RELATIVE), len(words))
    return any(word in FINITE and (not at or words[at - 1] != "to") for at, word in enumerate(words[:end]))


def _is_charge(words: Sequence[str], last: Sequence[str]) -> bool:
    """Tell whether a content names a deed as somebody's: "(accused) Norland of bombing", "(blamed for) attacks"."""
    if not LINKS.isdisjoint(last):
        return words[0] not in DETERMINERS and not words[0].endswith("'s")
    at = next((at for at, word in enumerate(words) if word in LINKS or word in TOPIC), None)
    if not at or at + 1 == len(words) or words[at] in TOPIC:
        return False
    named = DETERMINERS.isdisjoint(words[:at]) and not any(word.endswith("'s") for word in words[:at])
    return words[at + 1].endswith("ing") or (named and words[at + 1] not in DETERMINERS)


def words_of(text: str, span: Span) -> list[str]:
    """Return the words of the first 400 code points of a span, in lower case."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text, span.start, min(span.end, span.start + 400))]
