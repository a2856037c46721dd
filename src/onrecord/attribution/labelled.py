"""Speech that the layout attributes: a transcript's speaker labels, and names signed under quotations and posts.

    WALLACE: Why now?                     “It kept us awake for a week.”    The dog is ahead.
    ORTEGA: Because nobody else would.    — Mira Halloran, baker            — Buck Stadler (@realbuck) March 8, 2024

Only what the network tied to no cue is read this way; what it tied to a label goes on to the end of the turn.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from onrecord.attribution.linking import Attribution
from onrecord.document import Span
from onrecord.layout.kickers import ASKING, KICKER, find_kicker
from onrecord.layout.quotemarks import Quotation
from onrecord.reading import Evidence

_NOISE: Final = (
    r"(?:applause|laughter|laugh(?:s|ing)|chuckl(?:es|ing)|cheer(?:s|ing)|boo(?:s|ing)|cross-?talk|inaudible"
    r"|unintelligible|off[ -](?:mi[ck]e?|camera)|pause|sighs?|gavel|commercial break|(?:begin|end) (?:video|audio)"
    r"|videotape|video clip)"
)
DIRECTION: Final = re.compile(rf"[(\[](?i:(?:\w{{3,12}} )?{_NOISE}(?:[ ,;.–—-]{{1,3}}\w{{2,12}}){{0,3}})[.!]?[)\]]")
"""What a transcript notes between a speaker's words: "(APPLAUSE)", "[laughs]", "(Laughter and applause.)"."""
_ASIDE: Final = r"(?: ?[(\[](?i:through|via|on|off|in|over|voice|reading|by|[rdi]-)[^()\[\]\n]{1,40}[)\]])?"
_ROLE: Final = r"(?P<role>, [^\W\d_a-z][^\n:a-z]{2,60}| [(\[][^()\[\]\n:]{3,60}[)\]])?"
LABEL: Final = re.compile(
    rf"(?:{DIRECTION.pattern}\s+)?[\"“]?(?P<name>[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*){{0,3}}){_ASIDE}{_ROLE}"
    r"(?P<cue>:) +(?P<speech>\S)"
)
"""Words and a colon at the start of a paragraph; a label if they are a name, in capitals or again and again."""
ANSWERED: Final = re.compile(r"(?P<name>[QA])(?P<cue>\.) +(?P<speech>\S)")
"""The letters before the questions and the answers of an interview."""
NO_NAME: Final = re.compile(
    r"(?i:(?:unidentified|unknown)(?: [\w-]+){1,2}|(?:the )?(?:moderator|interviewer|reporter|host|operator|translator)"
    r"|audience(?: member)?|speaker|participant)"
)
"""How a transcript calls whom it has no name for."""
TITLED: Final = re.compile(
    r"(?:MR|MRS|MS|DR|SEN|REP|GOV|GEN|AMB|JUDGE|JUSTICE|SECRETARY|PRESIDENT|MAYOR)\b\.? .+|Q|QUESTION"
    r"|THE (?:(?:VICE )?PRESIDENT|PRIME MINISTER|CHAIR(?:MAN|WOMAN)?|SPEAKER|COURT|WITNESS|CLERK)"
)
"""Capitals that are a speaker's before one turn, too."""
NO_LETTER: Final = re.compile(r"[\d_]")
WORD: Final = re.compile(r"\w")
WORDS: Final = re.compile(r"\w+")
HEADLINES: Final = 1_000
"""Characters from the start in which a headline stands: only there is looked whether the text has a label again."""
SHORTEST_CRY: Final = 5
"""Letters of a cry's last word: fewer in capitals are mostly the initials of somebody."""
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
    | {"JUST", "MUST", "READ", "RELATED", "SEE", "SOURCE", "UPDATE", "UPDATED", "VERDICT", "VIDEO", "WATCH"}
)
FACTS: Final = "THE FACTS"
"""What checks of facts answer a label with."""
LONGEST_KICKER: Final = 100
"""Characters before a source in which the start of its line is looked for."""
SCORE: Final = re.compile(r"\b[^\W\d_a-z][\w.’']{1,24} \d{1,3}[-–]\d{1,3} [^\W\d_a-z]")
NEXT: Final = re.compile(r"(?<=[.!?…)\]”\"’—–-]) (?P<name>[^\W\d_a-z][\w.'’\-]*(?: [^\W\d_a-z][\w.'’\-]*){0,3}): ")
"""The next speaker's label, where a transcript is printed in one paragraph."""
OPENING: Final = "'‘\"“«„"
STOPS: Final = (".", "!", "?", "…")
CLOSING: Final = "'’\"”»)"
TO_SOMEBODY: Final = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us)\b")
"""What people say to each other, and lists of towns or of headlines don't."""
MOST_SPEAKERS: Final = 50
"""Of more labels none is looked up in the text, so that a list of thousands stays linear."""
FULL_NAME: Final = r"\b[^\W\d_a-z][\w.’'-]{{0,24}} {last}\b(?!:)"
"""The name of a label with another before it: Ada Quill, whose answers begin "Quill:"."""
SIGNATURE: Final = re.compile(r"\s*(?P<cue>[―—–]|--?)\s*(?P<name>[^\W\d_][^,\n]{1,60}?)(?=\.?\s*$|,| \(@)")
"""A dash and a name, which may be followed by a comma and what the person is, or by an account."""
POSTED: Final = re.compile(r"\s*(?P<cue>[―—–]|--?)\s*(?P<name>[^\W\d_][^\n(@]{1,60}?) \(@[\w.-]{1,60}\)[^\n.!?]{0,40}$")
"""Who posted the words above, on a line as pages embed it, with the account and the day."""
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
    for name, cue, speech in _turns(text, paragraphs):
        yield _attribution("speaker-label", name, cue, tuple(_spoken(text, speech)), confidence)
    starts = {quotation.outer.start: quotation for quotation in quotations}
    for index, paragraph in enumerate(paragraphs):
        quotation = starts.get(paragraph.start)
        signature = quotation and _signature(text, quotation.outer, paragraphs[index : index + 2])
        if quotation and signature:
            name, cue = Span(*signature.span("name")), Span(*signature.span("cue"))
            yield _attribution("signature", name, cue, (quotation.outer,), confidence)
    for name, cue, post in _posts(text, paragraphs):
        yield _attribution("signature", name, cue, (post,), confidence)


def without_kickers(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions without those in which a mark ties no speaker to words, but a headline to its kicker.

    "Opinion | Nobody asked", "Harbour vote: live updates", "Rovers 3-2 Tarrow: Quy strikes late", "BRIDGE SHOCK: Levy
    to rise"; and those of who speaks in name only: "Analysis | What it says", "FACTBOX-Who says what".
    """
    return [each for each in attributions if not _is_kicker(text, each)]


def _is_kicker(text: str, attribution: Attribution) -> bool:
    if _is_of_kicker(text, attribution):
        return True
    if len(attribution.source) != 1 or any(WORD.search(text, *span) for span in attribution.cue):
        return False
    source = attribution.source[0].of(text)
    content = text[attribution.content[0].start : attribution.content[-1].end]
    is_known = any(map(KICKER.fullmatch, (source, content))) or SCORE.search(source) is not None
    return is_known or _is_cry(text, attribution.source[0])


def _is_cry(text: str, source: Span) -> bool:
    """Tell whether capitals before a headline are nobody whom the report speaks of: "INFERNO: Ten hurt".

    Who speaks in a headline is named below it, a turn of a transcript ends in a stop, and of capitals alone none cry.
    """
    start, end = text.rfind("\n", 0, source.start) + 1, text.find("\n", source.end)
    if source.start != start or end < 0 or start > HEADLINES or not source.of(text).isupper():
        return False
    headline = text[source.end : end].rstrip()
    last = "".join(WORDS.findall(source.of(text))[-1:])  # emoji may be capitals, and no word
    if len(last) < SHORTEST_CRY or headline.isupper() or headline.endswith((*STOPS, *CLOSING)):
        return False
    again = re.compile(rf"\b{re.escape(last)}", re.IGNORECASE)
    return not again.search(text, end) and not again.search(text, 0, start)


def _is_of_kicker(text: str, attribution: Attribution) -> bool:
    """Tell whether the source is the kicker at the start of its line, or what a headline asks right behind one."""
    source = attribution.source[0] if len(attribution.source) == 1 else None
    if source is None:
        return False
    line = text.rfind("\n", max(0, source.start - LONGEST_KICKER), source.start) + 1
    kicker = find_kicker(text, line)
    if kicker is None:
        return False
    return kicker.contains(source) or (source.start == kicker.end and source.of(text) in ASKING)


def whole_turns(text: str, attributions: Sequence[Attribution], paragraphs: Sequence[Span]) -> list[Attribution]:
    """Return the attributions with those of labels and posts going on to the end of what is said there.

    The network reads a transcript like a headline ("Quill: no new levy") and stops after a sentence; of a post it takes
    the account and the day for a part of the name. What stands in quotation marks goes as far as they do ("QUILL: “No
    levy.” — interview Monday."), and what heads one paragraph only may be no speaker ("STATE OF EMERGENCY: The town"):
    "CHAIR ADA QUILL" is one where she is "QUILL" later.
    """
    labelled, posts = _turns(text, paragraphs), list(_posts(text, paragraphs))
    if not labelled and not posts:
        return list(attributions)
    times = Counter(name.of(text) for name, _, _ in labelled)
    spoken = (each for each in labelled if _comes_again(each[0].of(text), times) or _is_speaker(each[0].of(text)))
    turns = {cue: (name, speech) for name, cue, speech in (*spoken, *posts)}
    return [_whole(text, each, turns) for each in attributions]


def _whole(text: str, attribution: Attribution, turns: dict[Span, tuple[Span, Span]]) -> Attribution:
    if len(attribution.source) != 1 or len(attribution.cue) != 1:
        return attribution
    name, speech = turns.get(attribution.cue[0], (None, None))
    if name is None or speech is None or not attribution.source[0].contains(name):
        return attribution
    if not all(speech.contains(piece) for piece in attribution.content):
        return attribution
    is_whole = len(attribution.content) == 1 and not WORD.search(text, attribution.content[0].end, speech.end)
    stays = is_whole or text[speech.start] in OPENING
    content = attribution.content if stays else (speech,)
    return replace(attribution, source=(name,), content=tuple(each for span in content for each in _spoken(text, span)))


def _comes_again(label: str, times: Mapping[str, int]) -> bool:
    first, _, last = label.rpartition(" ")
    return times.get(label, 0) > 1 or bool(first and times.get(last))


def _is_speaker(label: str) -> bool:
    return (NO_NAME.fullmatch(label) or TITLED.fullmatch(label)) is not None


def _spoken(text: str, speech: Span) -> Iterator[Span]:
    """Yield what is said in a turn, without the directions in it; all of one that is nothing else."""
    start, found = speech.start, False
    for direction in (*DIRECTION.finditer(text, *speech), None):
        end = direction.start() if direction else speech.end
        if WORD.search(text, start, end):
            found = True
            yield Span(start, end).trimmed(text)
        start = direction.end() if direction else end
    if not found:
        yield speech


def _posts(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, Span, Span]]:
    """Yield the name, the dash and the words of each post that a page embeds, by start.

    Of a post in several paragraphs the last: how far up it begins the text does not say.
    """
    for above, paragraph in zip((None, *paragraphs), paragraphs, strict=False):
        line = text.rfind("\n", paragraph.start, paragraph.end) + 1 or paragraph.start
        match = POSTED.match(text, line, paragraph.end)
        post = above if line == paragraph.start else Span(paragraph.start, line).trimmed(text)
        if match and post and WORD.search(text, post.start, post.end) and not text[post.end : line].strip():
            yield Span(*match.span("name")), Span(*match.span("cue")), post


def _turns(text: str, paragraphs: Sequence[Span]) -> list[tuple[Span, Span, Span]]:
    """Return the label, the colon and the speech of each paragraph that opens with a speaker's label, by start."""
    heads = [(span, match) for span in paragraphs if (match := _label(text, span))]
    # "ADA QUILL, MAYOR OF ORRIN" is one who is "QUILL" elsewhere; "PARIS, FRANCE" and "PARIS (AFP)" are places.
    alone = {match["name"] for _, match in heads if not match["role"]}
    found = [head for head in heads if not head[1]["role"] or head[1]["name"].rpartition(" ")[2] in alone]
    capitals = [(span, match) for span, match in found if match["name"].isupper()]
    # A single one is a headline ("PM: taxes will rise") or a sign of something else.
    labels = (capitals if len(capitals) > 1 else []) + _surnames(
        text, [each for each in found if not each[1]["name"].isupper()]
    )
    labels += _answered(text, paragraphs)
    turns = (
        (Span(*match.span("name")), Span(*match.span("cue")), Span(match.start("speech"), _turn_end(text, span, match)))
        for span, match in sorted(labels, key=lambda label: label[0])
    )
    return [turn for turn in turns if WORD.search(text, *turn[2])]


def _answered(text: str, paragraphs: Sequence[Span]) -> list[tuple[Span, re.Match[str]]]:
    """Return the letters before questions and answers, if both come again: "A. Quill said so" is no answer."""
    found = [(span, match) for span in paragraphs if (match := ANSWERED.match(text, *span))]
    if not found:
        return []
    times = Counter(match["name"] for _, match in found)
    return found if min(times["Q"], times["A"]) > 1 else []


def _turn_end(text: str, paragraph: Span, label: re.Match[str]) -> int:
    """Return where a turn ends: with its paragraph, or where the next label stands in it, in capitals like its own."""
    for match in NEXT.finditer(text, label.start("speech"), paragraph.end):
        if match["name"].isupper() or not label["name"].isupper():
            return match.start()
    return paragraph.end


def _surnames(text: str, labels: Sequence[tuple[Span, re.Match[str]]]) -> list[tuple[Span, re.Match[str]]]:
    """Return the labels in small letters that are surely speakers': "Quill:" again and again, in an interview with her.

    Each stands at least twice, before sentences of which one is said to somebody, and its name in full elsewhere. Of
    7,000 reports of US papers a dozen have such labels.
    """
    by_name: defaultdict[str, list[tuple[Span, re.Match[str]]]] = defaultdict(list)
    for span, match in labels:
        by_name[match["name"]].append((span, match))
    kept: list[tuple[Span, re.Match[str]]] = []
    for name, group in by_name.items():
        if len(group) < 2 or len(by_name) > MOST_SPEAKERS:
            continue
        speeches = [text[match.start("speech") : span.end] for span, match in group]
        spoken = any(map(TO_SOMEBODY.search, speeches))
        if not spoken or not all(each.rstrip(CLOSING).endswith(STOPS) for each in speeches):
            continue
        if NO_NAME.fullmatch(name) or re.search(FULL_NAME.format(last=re.escape(name.rpartition(" ")[2])), text):
            kept += group
    return kept


def _signature(text: str, quotation: Span, paragraphs: Sequence[Span]) -> re.Match[str] | None:
    """Return the signature after a quotation: on the rest of its paragraph, or alone on the next."""
    at, end = quotation.end, paragraphs[0].end
    if at == end:
        at, end = (paragraphs[1].start, paragraphs[1].end) if len(paragraphs) > 1 else (at, at)
    match = SIGNATURE.match(text, at, end)
    is_name = match and match["name"].count(" ") < SIGNED_WORDS and match["name"][0].isupper()
    return match if is_name else None


def _label(text: str, paragraph: Span) -> re.Match[str] | None:
    if text.find(": ", paragraph.start, paragraph.end) < 0:  # as of most, which the pattern takes long to tell
        return None
    match = LABEL.match(text, paragraph.start, paragraph.end)
    name = match["name"] if match else ""
    words = name.split()
    if not words or not all(word[0].isupper() for word in words) or words[0].upper() in NO_NAMES:
        return None
    if NO_LETTER.search(name) or KICKER.fullmatch(name) or name == FACTS:
        return None
    return match if match and WORD.search(text, match.start("speech"), paragraph.end) else None


def _attribution(
    rule: str, name: Span, cue: Span, content: tuple[Span, ...], confidence: dict[str, float]
) -> Attribution:
    worth = confidence[rule]
    evidence = Evidence(cue_score=worth, source_score=worth, content_score=worth, rule=rule)
    return Attribution(source=(name,), cue=(cue,), content=content, confidence=worth, evidence=evidence)
