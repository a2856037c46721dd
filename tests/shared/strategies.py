"""Texts for the tests, in one place: invented reports from a seed, and hostile texts from hypothesis.

The people, places and sentences are invented. A report from a seed is the same on every machine, so that a failure
can be written down as one number.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st

PEOPLE = (
    "Mara Ilven",
    "Teo Brandt",
    "Osric Pallen",
    "Dr. Wenna Sool",
    "Halvard Quy",
    "Ibby Tarrow",
    "Sen. Odo Fenwright",
)
ROLES = ("the harbour master", "the council of Belvar", "a spokeswoman for the ferry line", "two officials", "critics")
CUES = ("said", "claimed", "told reporters", "insisted", "warned", "did not say", "has denied", "announced", "believes")
CLAUSES = (
    "the old bridge will stay closed until October",
    "nobody had asked the fishers of Orrin Quay",
    "a new levy on moorings would cost each boat 400 crowns a year",
    "the engineers who looked at the piers found more cracks than they had feared",
    "Halvard Quy told them in March that the money was gone",
    "she had never seen a tender like it in 20 years",
    "the vote was lost by one voice, and would be held again",
)
SPEECH = (
    "We can't wait for another winter",
    "It is not a plan, it's a wish",
    "He told me that the piers were sound, and I believed him",
    "Nobody on the east bank was asked",
    "Take that away and the quay will be empty by spring",
)
PLAIN = (
    "The crossing was opened in 1911 and has been mended four times since, the last time after the flood of 1987.",
    "Boats carry people on foot across the Vel every ten minutes, from six in the morning until the last train leaves.",
    "The market on the east bank was half empty on Monday, and two of its bakers had not opened their stalls at all.",
)
PAIRS = (("“", "”"), ('"', '"'), ("‘", "’"), ("''", "''"), ("«", "»"), ("„", "“"), ("``", "''"))
ODD_MARKS = ('"', "“", "”", "''", "‘", "’", "'", "«", "»", "„", "‹", "—", "`")


def invented_report(seed: int, *, paragraphs: int = 3) -> str:
    """Return a report of an invented town, in one style of quotation marks."""
    chance = random.Random(seed)
    opening, closing = chance.choice(PAIRS)
    return "\n\n".join(_paragraph(chance, opening, closing) for _ in range(paragraphs))


def unbalanced_report(seed: int) -> str:
    """Return a short report whose marks are of every kind, some of them lost, doubled or out of place (row TG6)."""
    chance = random.Random(seed)
    paragraphs = []
    for _ in range(chance.randint(2, 3)):
        opening, _ = chance.choice(PAIRS)
        _, closing = chance.choice(PAIRS)
        words = _paragraph(chance, opening, chance.choice(("", closing))).split(" ")
        for _ in range(chance.randint(0, 2)):
            words.insert(chance.randrange(len(words) + 1), chance.choice(ODD_MARKS))
        paragraphs.append(" ".join(words))
    return chance.choice(("\n", "\n\n", "\r\n")).join(paragraphs)


def _paragraph(chance: random.Random, opening: str, closing: str) -> str:
    source, cue, clause = chance.choice(PEOPLE + ROLES), chance.choice(CUES), chance.choice(CLAUSES)
    speech, more = chance.sample(SPEECH, 2)
    shapes = (
        f"{source[0].upper()}{source[1:]} {cue} that {clause}, although {chance.choice(CLAUSES)}.",
        f"{opening}{speech},{closing} {source} {cue} on {chance.choice(('Monday', 'Friday'))}. {chance.choice(PLAIN)}",
        f"{opening}{speech},{closing} {cue} {source}. {opening}{more}.{closing}",
        f"According to {source}, {clause}. {source} {cue} it was {opening}{more.lower()}{closing} for now.",
        f"{opening}{speech}. {more}, and {chance.choice(CLAUSES)}.{closing}",
        f"{source} recalled that {chance.choice(PEOPLE)} had {chance.choice(('said', 'warned'))} {clause}.",
        chance.choice(PLAIN),
    )
    return chance.choice(shapes)


# What breaks offsets: code points outside the BMP, marks that combine with what stands before them, letters that
# become several under NFD, characters that the vocabulary drops, marks that turn the direction of writing.
_HOSTILE = (
    *(
        "👩‍👩‍👧",
        "🇳🇴",
        "🤷🏽‍♀️",
        "❤️",
        "𝔖𝔞𝔦𝔡",
        "e\u0301",
        "n\u0303\u0327",
        "\u0301",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u2060",
    ),
    *("قال", "אמר", "\u202e", "\u202c", "\u2066", "한국말", "說", "ﬁ", "İ", "ß", "½", "٣", "\ufffd", "\0", "\x1b[31m"),
    *(
        "\r\n",
        "\r",
        "\n",
        "\n\n",
        "\u2028",
        "\x0b",
        "\t",
        "\u00a0",
        "  ",
        "...",
        "…",
        "—",
        "--",
        "x" * 120,
        "@ibby",
        "#",
    ),
    *(
        "WALLACE: ",
        "— Mira Halloran",
        "https://orrin.example/a?b=c#d",
        "<b>",
        "&amp;",
        "[SEP]",
        "[CLS]",
        "##s",
        "[UNK]",
    ),
)
_WORDS = (*PEOPLE, *ROLES, *CUES, *CLAUSES, *SPEECH, *PLAIN, "that", "on Monday", ".", ",", ":", "?", "!")
_MARKS = (*ODD_MARKS, *(mark for pair in PAIRS for mark in pair), "‟", "‚", "›")


def hostile_texts(*, max_pieces: int = 24) -> st.SearchStrategy[str]:
    """Texts made of words of reports, quotation marks of every kind and characters that break offsets.

    Lone surrogates are left out: no reader of ours lets one through, as they are no text.
    """
    anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)
    words, marks, hostile = (st.sampled_from(pieces) for pieces in (_WORDS, _MARKS, _HOSTILE))
    piece = st.one_of(words, words, marks, hostile, anything)
    glued = st.tuples(piece, st.sampled_from(("", " ", " ", "\n")))
    return st.lists(glued, max_size=max_pieces).map(lambda pieces: "".join(piece + glue for piece, glue in pieces))
