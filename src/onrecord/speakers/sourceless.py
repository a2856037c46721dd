"""Statements without a source: said by nobody in particular, or by somebody named elsewhere in the sentence.

"It is clear that ..." and "he is expected to ..." have no speaker. "She was accused by the council of ..."
and "under fire from critics" have one, whom the source lacks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.speakers.headnouns import items_of
from onrecord.speakers.sourcephrases import Words, extent, read_phrases

_ADVERBS: Final = r"(?:(?:\w+ly|not|n['’]t|also|still|now|often|once|here|better|best|well|much|so|all)\s+)*"
_BE: Final = r"(?:is|are|was|were|be|been|being|['’]s|['’]re|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|gets?|got)\s+"
_HELD: Final = (
    r"(?:un)?(?:expected|seen|viewed|regarded|considered|known|recogni[sz]ed|treated|perceived|described|portrayed|thought|"
    r"believed|assumed|presumed|rumou?red|said|understood|supposed|associated|favou?red|listed|scheduled|"
    r"projected|anticipated|credited|respected|reported|talked|derided|hailed|deemed|held)"
)
IMPERSONAL: Final = re.compile(
    rf"""\b(?:
      (?:seem|appear|sound)(?:s|ed|ing)?\b
    | {_BE}{_ADVERBS}{_HELD}\b
    | (?:is|are|was|were|became|become|becomes|remains?|remained|['’]s)\s+{_ADVERBS}
      (?:clear|unclear|obvious|evident|apparent|hard|difficult|likely|unlikely|possible|unknown|doubtful|uncertain)\b
    | no\s+(?:doubt|question|denying|telling)\b | little\s+doubt\b
    | reportedly | allegedly | purportedly | supposedly | apparently | presumably | ostensibly | seemingly | widely
    )""",
    re.VERBOSE | re.IGNORECASE,
)
BARE: Final = re.compile(rf"\A\s*{_ADVERBS}{_HELD}\b", re.IGNORECASE)
NOUNS: Final = re.compile(
    r"""\b(?:questions|complaints?|fears|doubts?|suspicions?|allegations|rumou?rs?|speculation|debate|indignation|
    sentiment|carping|recognition|publicity|concerns?\s+about|criticism\s+on|surge|reports\s+of|swarms?)\b""",
    re.VERBOSE | re.IGNORECASE,
)
PARTICIPLE: Final = re.compile(
    r"(?:\w+ed|\w+en|told|said|made|put|held|sent|led|seen|known|given|shown|drawn|hit|slammed|kept)\W*\Z"
    r"|(?:\w+ed|told|said|made|seen|known|given)\s+(?:as|of|for|to|over|about|with)\W*\Z",
    re.IGNORECASE,
)
# At most four words stand between a passive and its agent, none of which opens a clause.
BY: Final = re.compile(
    r"(?:\s+(?!(?:and|or|but|that|who|which)\b)[\w$%’'-]+){0,4}?,?\s+(?:even\s+)?by\s+", re.IGNORECASE
)
BY_AT_END: Final = re.compile(r"\bby\W*\Z", re.IGNORECASE)
FROM_AT_END: Final = re.compile(
    r"\b(?:fire|pressure|criticism|questions|support|praise|attack|scrutiny)\s+from\W*\Z", re.I
)
NOT_AGENT: Final = re.compile(
    r"(?:\w+ing\b|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|(?:the\s+)?(?:end|time|early|late|mid)\b|then\b|now\b|next\b|last\b"
    r"|far\b|law\b|name\b|mail\b|phone\b|email\b|design\b|default\b|contrast\b|which\b|what\b|how\b|a\s+(?:margin|vote))",
    re.IGNORECASE,
)
OWNER: Final = re.compile(
    r"(?:\b(?P<name>(?!(?:There|It|That|He|She|What|Who|Here|This|Let)\b)[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})['’]s?|\b(?P<pronoun>his|her|their|its|my|our))\s+\Z"
)
LONGEST_AGENT: Final = 200


def is_impersonal(text: str, cue: Sequence[Span], sentence: Span) -> bool:
    """Tell whether a statement without a source is said by nobody in particular: "it is clear", "is expected".

    >>> text = "The vote is widely expected to fail."
    >>> is_impersonal(text, [Span(9, 27)], Span(0, 36))
    True
    """
    if not cue or find_agent(text, cue, sentence) is not None:
        return False
    words = text[cue[0].start : cue[-1].end]
    return any(pattern.search(words) for pattern in (IMPERSONAL, BARE, NOUNS))


def find_agent(text: str, cue: Sequence[Span], sentence: Span) -> Span | None:
    """Return who said it where the source is empty but the sentence tells: "by X", "X's promise", "from X".

    >>> text = "She was accused by the council of theft."
    >>> find_agent(text, [Span(4, 15)], Span(0, 40)).of(text)
    'the council'
    """
    if not cue:
        return None
    start, end = cue[0].start, cue[-1].end
    owner = OWNER.search(text, max(sentence.start, start - 80), start)
    words = text[start:end]
    if owner is not None:
        return Span(*owner.span(owner.lastgroup or 0))
    if BY_AT_END.search(words) or FROM_AT_END.search(words):
        return _agent_at(text, end, sentence)
    if PARTICIPLE.search(words):
        found = BY.match(text, end, sentence.end)
        return _agent_at(text, found.end(), sentence) if found else None
    return None


def _agent_at(text: str, start: int, sentence: Span) -> Span | None:
    """Return the noun phrase that begins at ``start``, unless it is a time, a means or a participle."""
    while start < sentence.end and text[start].isspace():
        start += 1
    if start >= sentence.end or NOT_AGENT.match(text, start):
        return None
    items = items_of(text, Span(start, min(sentence.end, start + LONGEST_AGENT)))
    phrases = read_phrases(Words(text, items, ()))
    if not phrases:
        return None
    members = phrases[0].members
    ties = [member.base.end for member in members if member.tie == "of"]
    return extent(items, phrases[0].base.start, ties[0] if ties and members[0].tie == "of" else phrases[0].base.end)
