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
    r"projected|anticipated|credited|respected|reported|talked|derided|hailed|deemed|held|feared|hoped|estimated|"
    r"suspected|alleged|tipped|slated|billed|touted|remembered|acclaimed|forecast|predicted|judged)"
)
IMPERSONAL: Final = re.compile(
    rf"""\b(?:
      (?:seem|appear|sound)(?:s|ed|ing)?\b
    | {_BE}{_ADVERBS}{_HELD}\b
    | (?:is|are|was|were|became|become|becomes|remains?|remained|['’]s)\s+{_ADVERBS}
      (?:clear|unclear|obvious|evident|apparent|hard|difficult|likely|unlikely|possible|unknown|doubtful|uncertain)\b
    | no\s+(?:doubt|question|denying|telling|secret)\b | little\s+doubt\b
    | look(?:s|ed)?\s+(?:like|as|set|likely|certain)\b
    | reportedly | allegedly | purportedly | supposedly | apparently | presumably | ostensibly | seemingly | widely
    )""",
    re.VERBOSE | re.IGNORECASE,
)
BARE: Final = re.compile(rf"\A\s*{_ADVERBS}{_HELD}\b", re.IGNORECASE)
NOUNS: Final = re.compile(
    r"""\b(?:questions|complaints?|fears|doubts?|suspicions?|allegations|rumou?rs?|speculation|debate|indignation|
    sentiment|carping|recognition|publicity|concerns?\s+about|criticism\s+on|surge|reports\s+of|swarms?|
    chatter|controversy|backlash|outcry|uncertainty|confusion|outrage|worries|anxiety|expectations?|perceptions?|
    buzz|skepticism|scepticism|misgivings|conjecture|gossip)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# A passive: a form of "be", then its participle, and at most three words more ("was declared the winner").
PASSIVE: Final = re.compile(
    rf"\b(?:{_BE}|been\s+){_ADVERBS}(?:\w+ed|\w+en|told|said|made|put|held|sent|led|given|shown|drawn|hit|brought|taught)\b"
    r"(?:\s+[\w$%’'-]+){0,3}\W*\Z",
    re.IGNORECASE,
)
BARE_PARTICIPLE: Final = re.compile(
    r"\A\W*(?:\w+ly\s+)?(?:\w+ed|\w+en|made|held|sent|brought)\b(?:\s+\w+){0,2}\W*\Z", re.IGNORECASE
)
# At most four words stand between a passive and its agent, none of which opens a clause.
_FEW: Final = r"(?:\s+(?!(?:and|or|but|that|who|which|from|by)\b)[\w$%’'-]+)"
BY: Final = re.compile(rf"{_FEW}{{0,4}},?\s+(?:even\s+)?by\s+", re.IGNORECASE)
BY_AT_ONCE: Final = re.compile(r"\s+by\s+", re.IGNORECASE)
FROM: Final = re.compile(rf"{_FEW}{{0,2}}\s+(?:even\s+)?(?:from|by)\s+(?:within\s+)?", re.IGNORECASE)
AT_END: Final = re.compile(r"\b(?:by|from)\W*\Z", re.IGNORECASE)
GIVEN: Final = re.compile(
    r"\b(?:fire|pressure|criticism|questions?|support|praise|attacks?|scrutiny|endorsements?|resistance|opposition|"
    r"reactions?|responses?|pledges?|advice|calls?|shouts?|chants?|complaints?|outcry|backlash|comments?|warnings?|"
    r"threats?|accusations?|allegations?|promises?|condemnation|backing|quip|remarks?|statements?|announcements?|"
    r"lawsuit|concerns?|doubts?|acknowledg\w+|demands?|claims?|approval|rebukes?|denials?)\W*\Z",
    re.IGNORECASE,
)
NOT_AGENT: Final = re.compile(
    r"(?:\w+ing\b|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|(?:the\s+)?(?:end|time|early|late|mid)\b|then\b|now\b|next\b|last\b"
    r"|far\b|law\b|name\b|mail\b|phone\b|email\b|design\b|default\b|contrast\b|which\b|what\b|how\b|a\s+(?:margin|vote))",
    re.IGNORECASE,
)
OWNER: Final = re.compile(
    r"(?:\b(?P<name>(?!(?:There|It|That|He|She|What|Who|Here|This|Let)\b)[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3})['’]s?"
    r"|\b(?P<pronoun>his|her|their|its|my|our))\s+\Z"
)
# "It's clear", "she's protesting": what follows is no possession.
VERB: Final = re.compile(r"\s*(?:\w+ly\s+)?(?:\w+ing|\w+ed|been|not|clear|hard)\b", re.IGNORECASE)
# "Accused by the council of theft": what follows "of" is the charge.
TAKES_OF: Final = re.compile(r"\b(?:accus|convict|suspect|warn|inform|remind|assur|clear|notif)\w*", re.IGNORECASE)
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
    if owner is not None and not VERB.match(words):
        return Span(*owner.span(owner.lastgroup or 0))
    if AT_END.search(words):
        return _agent_at(text, end, sentence, words)
    found = _tie_after(text, words, start, end, sentence)
    return _agent_at(text, found.end(), sentence, words) if found else None


def _tie_after(text: str, words: str, start: int, end: int, sentence: Span) -> re.Match[str] | None:
    """Return the "by" or "from" after a cue that is a passive or a noun of saying."""
    before = text[max(sentence.start, start - 30) : start]
    if PASSIVE.search(before + words):
        return BY.match(text, end, sentence.end)
    if GIVEN.search(words):
        return FROM.match(text, end, sentence.end)
    return BY_AT_ONCE.match(text, end, sentence.end) if BARE_PARTICIPLE.match(words) else None


def _agent_at(text: str, start: int, sentence: Span, cue: str) -> Span | None:
    """Return the noun phrase that begins at ``start``, unless it is a time, a means or a participle."""
    while start < sentence.end and text[start].isspace():
        start += 1
    if start >= sentence.end or NOT_AGENT.match(text, start):
        return None
    items = items_of(text, Span(start, min(sentence.end, start + LONGEST_AGENT)))
    phrases = read_phrases(Words(text, items, ()))
    if not phrases:
        return None
    members = phrases[0].members[:1]
    owned = [member.base.end for member in members if member.tie == "of" and not TAKES_OF.search(cue)]
    return extent(items, phrases[0].base.start, owned[0] if owned else phrases[0].base.end)
