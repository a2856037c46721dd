"""How well names are found, and tied to those whom they name: entity F1 and coreference, on ../shared/data."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from coreference import Cluster, conll_f1
from onrecord.document import Document, Span
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.pipeline import cut, read, read_paragraphs
from onrecord.reading import Reading
from onrecord.settings import DEFAULTS
from onrecord.speakers.markables import Markable
from onrecord.speakers.mentions import find_mentions
from onrecord.speakers.namegroups import group_names
from onrecord.speakers.pronouns import pronoun_of
from onrecord.speakers.register import look_up
from onrecord.speakers.tagging import read_tags

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
sys.path.insert(0, str(HERE.parent / "training"))
from corpora import (  # noqa: E402 - training/ is no package
    POLITICS_KINDS,
    Passage,
    is_held_out,
    read_columns,
    read_gum,
    read_worldwide,
)

SCORED = ("person", "organization", "place")
SPEAKING_KINDS = frozenset({"person", "organization", "unnamed", "author"})
Name = tuple[int, int, str]


def entity_passages() -> dict[str, list[Passage]]:
    """Return what the entity heads are scored on: Wikipedia on politics, and the news articles kept out of training."""
    worldwide = filter(is_held_out, read_worldwide(DATA / "entities" / "worldwide"))
    politics = read_columns(DATA / "entities" / "politics" / "dev.txt", POLITICS_KINDS, "politics", one_text=False)
    return {"politics": list(politics), "worldwide": list(worldwide)}


def entity_f1(passages: Sequence[Passage], model: Model) -> dict[str, dict[str, float]]:
    """Return the F1 of exact spans by kind: of the heads' tags as they are, and with kinds that reports vote for."""
    counts = {"heads": Counter[str](), "voted": Counter[str]()}
    for passage in passages:
        gold = {(*tagged.span, tagged.kind) for tagged in passage.names or ()}
        tagged = list(tag_names(passage.text, model))
        for way, found in (("heads", names_of(tagged)), ("voted", names_of(voted(passage.text, tagged)))):
            count(counts[way], gold, found)
    return {way: f1_by_kind(each) for way, each in counts.items()}


def tag_names(text: str, model: Model) -> Iterator[Markable]:
    """Yield the names that the heads tag in a text."""
    quotations = outermost(text, pair_quotemarks(text))
    for window in cut(text, read_paragraphs(Document.from_text(text)), quotations, model, DEFAULTS):
        found = read_tags(text, window, model.tag(window).mentions)
        yield from (each for each in found if each.form == "name")


def voted(text: str, tagged: Sequence[Markable]) -> Iterator[Markable]:
    """Yield the names with the kind of the group that each is put into; those that the rules drop are left out."""
    names = find_mentions(text, [Span(0, len(text))], tagged, []).names
    naming = group_names(text, names)
    starts = [name.span.start for name in names]
    for each in tagged:
        at = bisect_left(starts, each.span.end) - 1
        if at >= 0 and names[at].span.end > each.span.start:
            kind = naming.groups[naming.group_of[at]].kind
            yield Markable(span=each.span, form="name", kind=kind, confidence=each.confidence)


def names_of(markables: Iterable[Markable]) -> set[Name]:
    """Return spans with their kinds."""
    return {(*each.span, each.kind) for each in markables}


def count(counts: Counter[str], gold: set[Name], found: set[Name]) -> None:
    """Add up the names that are right, found and in the gold, by kind."""
    for part, names in (("right", gold & found), ("found", found), ("gold", gold)):
        counts.update(f"{part} {kind}" for *_, kind in names if kind in SCORED)


def f1_by_kind(counts: Counter[str]) -> dict[str, float]:
    """Return F1 in percent of each kind, and of all three together."""
    sums = {kind: [counts[f"{part} {kind}"] for part in ("right", "found", "gold")] for kind in SCORED}
    sums["all three"] = [sum(column) for column in zip(*sums.values(), strict=True)]
    return {kind: round(200 * right / max(1, found + gold), 1) for kind, (right, found, gold) in sums.items()}


def coreference(model: Model) -> dict[str, dict[str, float]]:
    """Return the CoNLL F1 on GUM's news: people and organizations, with and without those mentioned once."""
    passages = [each for each in read_gum(DATA / "coref" / "gum" / "dev") if each.id.startswith("GUM_news")]
    pairs = []
    for passage in passages:
        reading = read(Document.from_text(passage.text), model)
        gold = [set(cluster) for cluster in passage.clusters or () if is_somebody(passage.text, cluster)]
        pairs.append((gold, list(clusters_of(reading))))
    repeated = [
        ([each for each in gold if len(each) > 1], [each for each in found if len(each) > 1]) for gold, found in pairs
    ]
    return {"mentioned twice or more": conll_f1(repeated), "all": conll_f1(pairs)}


def is_somebody(text: str, cluster: Sequence[Span]) -> bool:
    """Tell whether a cluster holds a pronoun of people, or a name that is no place's.

    Our copy of GUM does not say of what kind a cluster is; a few names of things (a study, a disease) are among them.
    """
    words = {span.of(text) for span in cluster}
    return any(map(_is_personal, words)) or any(_is_name(each) and each.lower() not in words for each in words)


def _is_personal(words: str) -> bool:
    pronoun = pronoun_of(words)
    return pronoun is not None and pronoun.kind in ("he", "she", "i", "we", "who")


def _is_name(words: str) -> bool:
    place = look_up(words)
    capital = words.rsplit(maxsplit=1)[-1][:1].isupper() and pronoun_of(words) is None
    return capital and (place is None or place.kind == "body")


def clusters_of(reading: Reading) -> Iterator[Cluster]:
    """Yield the mentions of each entity that is somebody and that a name or pronoun refers to."""
    for entity in reading.entities:
        forms = {mention.form for mention in entity.mentions}
        if entity.kind in SPEAKING_KINDS and forms & {"name", "pronoun"}:
            yield {mention.span for mention in entity.mentions}
