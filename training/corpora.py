"""Annotated corpora to one shape: passages with their names, descriptions and coreference, by code-point spans.

Every reader yields passages; what a corpus does not annotate is None, so that training never takes a gap for a "no".
"""

from __future__ import annotations

import csv
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.document import Span

KINDS: Final = ("person", "organization", "place", "group", "other")
"""What names and descriptions are tagged as."""
WORLDWIDE_KINDS: Final = {
    "Person": "person",
    "Organization": "organization",
    "Location": "place",
    "Facility": "place",
    "NORP": "group",
    "Misc": "other",
    "Product": "other",
}
POLITICS_KINDS: Final = {
    "politician": "person",
    "person": "person",
    "organisation": "organization",
    "politicalparty": "organization",
    "country": "place",
    "location": "place",
    "election": "other",
    "event": "other",
    "misc": "other",
}
ANIMATE: Final = frozenset("i me my mine myself you your he him his himself she her hers herself who whom".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """One annotated run of the text."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text with what a corpus says of it."""

    id: str
    corpus: str
    text: str
    names: tuple[Tagged, ...] | None = None
    """Every name; None where the corpus does not mark names."""
    known: tuple[Span, ...] | None = None
    """The runs in which ``names`` is complete; None for all of the text."""
    nominals: tuple[Tagged, ...] | None = None
    """Descriptions of people, from the article to the head noun, by the pronouns that refer to the same."""
    unsure: tuple[Span, ...] = ()
    """Descriptions of which the corpus does not say whether they are of people."""
    clusters: tuple[tuple[Span, ...], ...] | None = None
    """Runs that refer to the same, each the base noun phrase, name or pronoun; single ones included."""


class _Builder:
    """Joins tokens to a text as a newspaper would set them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0

    def add(self, piece: str) -> Span:
        span = Span(self.size, self.size + len(piece))
        self.parts.append(piece)
        self.size += len(piece)
        return span

    @property
    def text(self) -> str:
        return "".join(self.parts)


CLOSES: Final = re.compile(
    r"^(?:[.,;:!?)\]}%…]|'s|’s|n't|n’t|'(?:re|ve|ll|d|m)|’(?:re|ve|ll|d|m)|'|’|-)$", re.IGNORECASE
)
OPENS: Final = re.compile(r"^[(\[{$£€“‘#@-]$")


def set_tokens(builder: _Builder, tokens: Sequence[str]) -> list[Span]:
    """Add a sentence's tokens with the spaces that print has between them."""
    spans: list[Span] = []
    glue, quoted = True, False
    for token in tokens:
        closing = token == '"' and quoted
        if not glue and not closing and not CLOSES.match(token) and token != "”":
            builder.add(" ")
        spans.append(builder.add(token))
        glue = bool(OPENS.match(token)) or (token == '"' and not quoted)
        if token == '"':
            quoted = not quoted
    return spans


def read_columns(path: Path, kinds: dict[str, str], corpus: str, *, one_text: bool) -> Iterator[Passage]:
    """Read a file of ``token<TAB>tag`` lines with BIO tags, sentences parted by blank lines."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text("utf-8").splitlines():
        columns = line.split("\t")
        if not columns[0].strip():
            if sentences[-1]:
                sentences.append([])
        elif len(columns) > 1:
            sentences[-1].append((columns[0].strip(), columns[1].strip()))
    sentences = [sentence for sentence in sentences if sentence]
    groups = [sentences] if one_text else [[sentence] for sentence in sentences]
    for number, group in enumerate(groups):
        builder = _Builder()
        names: list[Tagged] = []
        for index, sentence in enumerate(group):
            if index:
                joined = zlib.crc32(sentence[0][0].encode()) % 3
                builder.add(" " if joined else "\n\n")
            spans = set_tokens(builder, [token for token, _ in sentence])
            names.extend(_bio([tag for _, tag in sentence], spans, kinds))
        yield Passage(id=f"{path.stem}-{number}", corpus=corpus, text=builder.text, names=tuple(names))


def _bio(tags: Sequence[str], spans: Sequence[Span], kinds: dict[str, str]) -> Iterator[Tagged]:
    start = None
    for at in range(len(tags) + 1):
        ends = (
            at == len(tags) or not tags[at].startswith("I-") or (start is not None and tags[at][2:] != tags[start][2:])
        )
        if start is not None and ends:
            kind = kinds.get(tags[start][2:])
            if kind:
                yield Tagged(span=Span(spans[start].start, spans[at - 1].end), kind=kind)
            start = None
        if at < len(tags) and tags[at][:2] in ("B-", "I-") and start is None:
            start = at


def read_worldwide(folder: Path) -> Iterator[Passage]:
    """Read English Worldwide Newswire: one passage an article."""
    for path in sorted(folder.glob("*.tsv")):
        yield from read_columns(path, WORLDWIDE_KINDS, "worldwide", one_text=True)


def is_held_out(passage: Passage) -> bool:
    """Tell whether an article of a corpus without a dev split belongs to ours: one in ten, by its name's checksum."""
    return zlib.crc32(passage.id.encode()) % 10 == 0


MODIFIERS: Final = ("det", "amod", "compound", "nummod", "nmod:poss", "flat", "nmod:unmarked", "advmod", "goeswith")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: int
    form: str
    pos: str
    xpos: str
    plural: bool
    head: int
    relation: str
    span: Span


def read_gum(folder: Path) -> Iterator[Passage]:
    """Read GUM's CoNLL-U: clusters, and descriptions of people; it does not say of what kind a mention is."""
    for path in sorted(folder.glob("*.conllu")):
        yield _read_gum_file(path)


def _read_gum_file(path: Path) -> Passage:
    builder = _Builder()
    rows: list[_Row] = []
    starts: list[int] = []
    opened: dict[str, list[int]] = defaultdict(list)
    mentions: list[tuple[int, int, str]] = []  # first row, last row, cluster
    pending = ""
    space, multi_end, multi_space = True, 0, True
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# newpar") and builder.size and not line.startswith("# newpar_block"):
            pending = "\n\n"
        if line.startswith("#") or not line:
            if not line:
                starts.append(len(rows))
            continue
        columns = line.split("\t")
        spaced = "SpaceAfter=No" not in columns[9]
        if "-" in columns[0]:
            multi_end, multi_space = int(columns[0].split("-")[1]), spaced
            continue
        if "." in columns[0]:
            continue
        number = int(columns[0])
        if number == 1 and rows:
            multi_end = 0 if multi_end < number else multi_end
        if builder.size:
            builder.add(pending or (" " if space else ""))
        pending = ""
        span = builder.add(columns[1])
        space = spaced if number > multi_end else (multi_space if number == multi_end else False)
        if number >= multi_end:
            multi_end = 0
        offset = starts[-1] if starts else 0
        rows.append(
            _Row(
                id=offset + number - 1,
                form=columns[1],
                pos=columns[3],
                xpos=columns[4],
                plural="Number=Plur" in columns[5],
                head=offset + int(columns[6]) - 1 if columns[6] != "0" else -1,
                relation=columns[7],
                span=span,
            )
        )
        found = re.search(r"Entity=([^|]*)", columns[9])
        if found:
            for opening, closing in re.findall(r"(\([^()]+\)?)|([^()]+\))", found[1]):
                key = (opening or closing).strip("()")
                if opening:
                    opened[key].append(len(rows) - 1)
                if closing or opening.endswith(")"):
                    mentions.append((opened[key].pop(), len(rows) - 1, key))
    return _gum_passage(path.stem, builder.text, rows, mentions)


def _gum_passage(name: str, text: str, rows: list[_Row], mentions: list[tuple[int, int, str]]) -> Passage:
    clusters: dict[str, list[Span]] = defaultdict(list)
    nouns: dict[str, list[tuple[Span, bool]]] = defaultdict(list)
    for first, last, cluster in mentions:
        head = next((at for at in range(first, last + 1) if not first <= rows[at].head <= last), last)
        span = _core(rows, first, head, last)
        clusters[cluster].append(span)
        if rows[head].pos in ("NOUN", "ADJ", "NUM", "DET"):
            nouns[cluster].append((span, rows[head].plural))
    nominals: list[Tagged] = []
    unsure: list[Span] = []
    for cluster, found in nouns.items():
        words = {span.of(text).lower() for span in clusters[cluster]}
        if words & (ANIMATE | {"we", "us", "our"}):
            nominals.extend(Tagged(span=span, kind="group" if plural else "person") for span, plural in found)
        else:
            unsure.extend(span for span, _ in found)
    kept = tuple(tuple(sorted(set(spans))) for spans in clusters.values())
    return Passage(
        id=name, corpus="gum", text=text, nominals=_flat(nominals), unsure=tuple(sorted(unsure)), clusters=kept
    )


def _core(rows: Sequence[_Row], first: int, head: int, last: int) -> Span:
    """Cut a mention to its name, or from its article to its head noun, without a possessor before it."""
    start = end = head
    if rows[head].pos == "PROPN":
        while start > first and rows[start - 1].pos == "PROPN":
            start -= 1
        while (
            end < last and rows[end + 1].pos == "PROPN" and rows[end + 1].relation in ("flat", "compound", "goeswith")
        ):
            end += 1
    else:
        while start > first and rows[start - 1].xpos != "POS" and _modifies(rows[start - 1], start, head):
            start -= 1
    return Span(rows[start].span.start, rows[end].span.end)


def _modifies(row: _Row, start: int, head: int) -> bool:
    return start <= row.head <= head and (row.relation in MODIFIERS or row.form == "-")


def _flat(tagged: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """Keep of overlapping runs the one that ends last: the outer head noun."""
    kept: list[Tagged] = []
    for item in sorted(set(tagged), key=lambda item: (item.span.end, item.span.start)):
        while kept and kept[-1].span.overlaps(item.span):
            kept.pop()
        kept.append(item)
    return tuple(kept)


PRONOUNS: Final = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose which that this these those".split()
)


def read_litbank(folder: Path) -> Iterator[Passage]:
    """Read LitBank's coreference: the last noun of a long mention stands for it."""
    for path in sorted(folder.glob("*.conll")):
        builder = _Builder()
        clusters: dict[str, list[Span]] = defaultdict(list)
        opened: dict[str, list[int]] = defaultdict(list)
        spans: list[Span] = []
        sentence: list[list[str]] = []
        count = 0
        for line in [*path.read_text("utf-8").splitlines(), ""]:
            if line.startswith("#"):
                continue
            if line.strip():
                sentence.append(line.split("\t"))
                continue
            if not sentence:
                continue
            count += 1
            if builder.size:
                builder.add("\n\n" if count % 3 == 0 else " ")
            placed = set_tokens(builder, [columns[3] for columns in sentence])
            for columns, span in zip(sentence, placed, strict=True):
                spans.append(span)
                for part in columns[12].strip().split("|") if len(columns) > 12 else ():
                    key = part.strip("()")
                    if part.startswith("("):
                        opened[key].append(len(spans) - 1)
                    if part.endswith(")") and opened[key]:
                        first = opened[key].pop()
                        clusters[key].append(_base(builder.text, spans[first : len(spans)]))
            sentence = []
        kept = tuple(tuple(sorted(set(mentions))) for mentions in clusters.values())
        yield Passage(id=path.stem, corpus="litbank", text=builder.text, clusters=kept)


STOPS: Final = frozenset("of in who whom which that at with from , whose on to and for".split())


def _base(text: str, spans: Sequence[Span]) -> Span:
    """Cut a mention after its first noun phrase: before the first preposition, comma or relative pronoun."""
    for at, span in enumerate(spans):
        if at and span.of(text).lower() in STOPS:
            return Span(spans[0].start, spans[at - 1].end)
    return Span(spans[0].start, spans[-1].end)


def read_gap(path: Path) -> Iterator[Passage]:
    """Read GAP: a pronoun and which of two names it refers to, if any; names and pronoun make up the clusters."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pronoun = Span(int(row["Pronoun-offset"]), int(row["Pronoun-offset"]) + len(row["Pronoun"]))
            names = {
                key: Span(int(row[f"{key}-offset"]), int(row[f"{key}-offset"]) + len(row[key])) for key in ("A", "B")
            }
            clusters = []
            for key, span in names.items():
                clusters.append((span, pronoun) if row[f"{key}-coref"].upper() == "TRUE" else (span,))
            if not any(len(cluster) == 2 for cluster in clusters):
                continue
            yield Passage(
                id=row["ID"], corpus="gap", text=row["Text"], clusters=tuple(tuple(sorted(c)) for c in clusters)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A report of the speaker gold with its attributions."""

    id: str
    text: str
    attributions: tuple[dict[str, list[list[int]]], ...]
    entities: dict[str, dict[str, object]]
    speakers: dict[int, tuple[str, ...]]
    forms: dict[int, str]


def read_speakers(folder: Path, polnear: Path) -> Iterator[Spoken]:
    """Read the speaker gold of a folder with the texts and spans of a PolNeAR file; reports that do not match are left out."""
    reports = {report["id"]: report for report in map(json.loads, polnear.read_text("utf-8").splitlines())}
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        report = reports[gold["doc"]]
        if len(report["attributions"]) != len(gold["speakers"]):
            continue
        speakers, forms = {}, {}
        for key, value in gold["speakers"].items():
            entity = value["entity"]
            speakers[int(key)] = tuple(entity) if isinstance(entity, list) else (entity,) if entity else ()
            forms[int(key)] = value["form"]
        yield Spoken(
            id=gold["doc"],
            text=report["text"],
            attributions=tuple(report["attributions"]),
            entities=gold["entities"],
            speakers=speakers,
            forms=forms,
        )


def names_known(report: Spoken) -> Passage:
    """Return a report with the names of its gold people and organizations, known only where they stand."""
    found: list[Tagged] = []
    for entity in report.entities.values():
        kind = {"person": "person", "organization": "organization", "country": "place"}.get(str(entity["kind"]))
        if kind is None:
            continue
        name = str(entity["name"])
        labels = (
            [name]
            if kind == "person"
            else [name]
            if name[:1].isupper() and "’s" not in name and "'s" not in name
            else []
        )
        if kind == "person" and len(name.split()) > 1:
            labels.append(name.split()[-1])
        for label in labels:
            if label[:1].isupper():
                found.extend(
                    Tagged(span=Span(match.start(), match.end()), kind=kind)
                    for match in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", report.text)
                )
    kept: list[Tagged] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return Passage(
        id=report.id, corpus="speakers", text=report.text, names=tuple(kept), known=tuple(item.span for item in kept)
    )
