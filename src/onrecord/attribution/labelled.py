"""Speech that the layout attributes: a transcript's speaker labels, and names signed under quotations.

    WALLACE: Why now?                     “It kept us awake for a week.”
    ORTEGA: Because nobody else would.    — Mira Halloran, baker

Only what the network tied to no cue is read this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.attribution.linking import Attribution
from onrecord.document import Span
from onrecord.layout.quotemarks import Quotation
from onrecord.reading import Evidence

LABEL: Final = re.compile(r"[\"“]?(?P<name>[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){0,3})(?P<cue>:) +(?P<speech>\S)")
"""Words and a colon at the start of a paragraph; a label if they are a name in capitals."""
NO_LETTER: Final = re.compile(r"[\d_]")
WORD: Final = re.compile(r"\w")
NO_NAMES: Final = frozenset(
    {"ALSO", "BREAKING", "CAPTION", "CLICK", "CORRECTION", "DISCLAIMER", "EDITOR", "EXCLUSIVE", "FACT", "FILE", "IMAGE"}
    | {
        "LISTEN",
        "LIVE",
        "MORE",
        "NB",
        "NOTE",
        "OPINION",
        "PHOTO",
        "PHOTOS",
        "PICTURE",
        "PICTURES",
        "POLL",
        "PS",
        "QUIZ",
    }
    | {"READ", "RELATED", "SEE", "SOURCE", "UPDATE", "UPDATED", "VIDEO", "WATCH"}
)
SIGNATURE: Final = re.compile(r"\s*(?P<cue>[―—–]|--?)\s*(?P<name>[^\W\d_][^,\n]{1,60}?)(?=\.?\s*$|,)")
"""A dash and a name, which may be followed by a comma and what the person is."""
SIGNED_WORDS: Final = 8
"""A name of more words is the rest of a sentence."""


def labelled_speech(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], *, confidence: dict[str, float]
) -> Iterator[Attribution]:
    """Yield the attributions that labels and signatures make, whether or not the network found them too.

    Args:
        text: the document's text.
        paragraphs: the paragraphs that are read, by start.
        quotations: the outermost quotations, by start.
        confidence: what each rule is worth, by its name: ``speaker-label`` and ``signature``.
    """
    labels = [(span, match) for span in paragraphs if (match := _label(text, span))]
    if len(labels) > 1:  # a single one is a headline ("PM: taxes will rise") or a sign of something else
        for paragraph, match in labels:
            name, cue = Span(*match.span("name")), Span(*match.span("cue"))
            speech = Span(match.start("speech"), paragraph.end)
            yield _attribution("speaker-label", name, cue, speech, confidence)
    starts = {quotation.outer.start: quotation for quotation in quotations}
    for index, paragraph in enumerate(paragraphs):
        quotation = starts.get(paragraph.start)
        signature = quotation and _signature(text, quotation.outer, paragraphs[index : index + 2])
        if quotation and signature:
            name, cue = Span(*signature.span("name")), Span(*signature.span("cue"))
            yield _attribution("signature", name, cue, quotation.outer, confidence)


def _signature(text: str, quotation: Span, paragraphs: Sequence[Span]) -> re.Match[str] | None:
    """Return the signature after a quotation: on the rest of its paragraph, or alone on the next."""
    at, end = quotation.end, paragraphs[0].end
    if at == end:
        at, end = (paragraphs[1].start, paragraphs[1].end) if len(paragraphs) > 1 else (at, at)
    match = SIGNATURE.match(text, at, end)
    is_name = match and match["name"].count(" ") < SIGNED_WORDS and match["name"][0].isupper()
    return match if is_name else None


def _label(text: str, paragraph: Span) -> re.Match[str] | None:
    match = LABEL.match(text, paragraph.start, paragraph.end)
    name = match["name"] if match else ""
    if not name.isupper() or NO_LETTER.search(name) or name.split()[0] in NO_NAMES:
        return None
    return match if match and WORD.search(text, match.start("speech"), paragraph.end) else None


def _attribution(rule: str, name: Span, cue: Span, content: Span, confidence: dict[str, float]) -> Attribution:
    worth = confidence[rule]
    evidence = Evidence(cue_score=worth, source_score=worth, content_score=worth, rule=rule)
    return Attribution(source=(name,), cue=(cue,), content=(content,), confidence=worth, evidence=evidence)
