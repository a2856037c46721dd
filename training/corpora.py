"""Annotated corpora to one shape: passages with their names, descriptions and coreference, by code-point spans.

Every reader yields passages; what a corpus does not annotate is None, so that training never takes a gap for a "no".
"""

from __future__ import annotations

import csv
import itertools
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.document import Span
from onrecord.wordlists import word_set

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
GOLD_KINDS: Final = {"person": "person", "organization": "organization", "country": "place"}
SOURCE_PRONOUNS: Final = word_set("i we you he she it they him her them us me who which that one another others")
ANIMATE: Final = word_set("i me my mine myself you your he him his himself she her hers herself who whom")


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


def set_tokens(builder: _Builder, words: Sequence[str]) -> list[Span]:
    """Add a sentence's words with the spaces that print has between them."""
    spans: list[Span] = []
    glue, quoted = True, False
    for word in words:
        closing = word == '"' and quoted
        if not glue and not closing and not CLOSES.match(word) and word != "”":
            builder.add(" ")
        spans.append(builder.add(word))
        glue = bool(OPENS.match(word)) or (word == '"' and not quoted)
        if word == '"':
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
    reader = _GumReader()
    for line in path.read_text("utf-8").splitlines():
        reader.read(line)
    return _gum_passage(path.stem, reader.builder.text, reader.rows, reader.mentions)


class _GumReader:
    """Takes in the lines of one CoNLL-U file, in order."""

    def __init__(self) -> None:
        self.builder = _Builder()
        self.rows: list[_Row] = []
        self.mentions: list[tuple[int, int, str]] = []
        """First row, last row, cluster."""
        self._opened: dict[str, list[int]] = defaultdict(list)
        self._offset = 0
        """Index of the sentence's first row."""
        self._gap = ""
        """What stands before the next word."""
        self._joined = (0, True)
        """The last row of what print joins ("do" and "n't"), and whether a space follows it."""

    def read(self, line: str) -> None:
        if not line:
            self._offset = len(self.rows)
        elif line.startswith("# newpar") and not line.startswith("# newpar_block") and self.builder.size:
            self._gap = "\n\n"
        elif not line.startswith("#"):
            self._read_columns(line.split("\t"))

    def _read_columns(self, columns: Sequence[str]) -> None:
        spaced = "SpaceAfter=No" not in columns[9]
        if "-" in columns[0]:
            self._joined = (int(columns[0].split("-")[1]), spaced)
        elif "." not in columns[0]:
            number = int(columns[0])
            self._add_row(number, columns)
            self._add_mentions(columns[9])
            self._gap = " " if self._is_spaced(number, spaced=spaced) else ""

    def _is_spaced(self, number: int, *, spaced: bool) -> bool:
        """Tell whether a space follows a row."""
        last, joined_spaced = self._joined
        if number < last:
            return False
        self._joined = (0, True)
        return joined_spaced if number == last else spaced

    def _add_row(self, number: int, columns: Sequence[str]) -> None:
        if self.builder.size:
            self.builder.add(self._gap)
        head = int(columns[6])
        row = _Row(
            id=self._offset + number - 1,
            form=columns[1],
            pos=columns[3],
            xpos=columns[4],
            plural="Number=Plur" in columns[5],
            head=self._offset + head - 1 if head else -1,
            relation=columns[7],
            span=self.builder.add(columns[1]),
        )
        self.rows.append(row)

    def _add_mentions(self, notes: str) -> None:
        """Open and close the mentions that begin or end at the last row."""
        found = re.search(r"Entity=([^|]*)", notes)
        for opening, closing in re.findall(r"(\([^()]+\)?)|([^()]+\))", found[1]) if found else ():
            key = (opening or closing).strip("()")
            if opening:
                self._opened[key].append(len(self.rows) - 1)
            if closing or opening.endswith(")"):
                self.mentions.append((self._opened[key].pop(), len(self.rows) - 1, key))


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


PRONOUNS: Final = word_set(
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself "
    "it its itself they them their theirs themselves who whom whose which that this these those"
)


def read_litbank(folder: Path) -> Iterator[Passage]:
    """Read LitBank's coreference: the last noun of a long mention stands for it."""
    for path in sorted(folder.glob("*.conll")):
        yield _read_litbank_file(path)


def _read_litbank_file(path: Path) -> Passage:
    builder = _Builder()
    spans: list[Span] = []
    clusters: dict[str, list[Span]] = defaultdict(list)
    opened: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(_litbank_sentences(path), start=1):
        if builder.size:
            builder.add("\n\n" if number % 3 == 0 else " ")
        placed = set_tokens(builder, [columns[3] for columns in sentence])
        for columns, span in zip(sentence, placed, strict=True):
            spans.append(span)
            for part in columns[12].strip().split("|") if len(columns) > 12 else ():
                key = part.strip("()")
                if part.startswith("("):
                    opened[key].append(len(spans) - 1)
                if part.endswith(")") and opened[key]:
                    clusters[key].append(_base(builder.text, spans[opened[key].pop() :]))
    kept = tuple(tuple(sorted(set(mentions))) for mentions in clusters.values())
    return Passage(id=path.stem, corpus="litbank", text=builder.text, clusters=kept)


def _litbank_sentences(path: Path) -> Iterator[list[list[str]]]:
    """Yield the columns of each sentence's words."""
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    for filled, sentence in itertools.groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            yield [line.split("\t") for line in sentence]


STOPS: Final = word_set("of in who whom which that at with from , whose on to and for")


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
    """Read the speaker gold of a folder with the texts and spans of a PolNeAR file, save reports that do not match."""
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


def read_speaker_labels(labels: Path, texts: Path) -> Iterator[Spoken]:
    """Read our own speaker labels, which hold ids and offsets only (benchmarks/labels/SPEAKERS.md).

    The texts are those of PolNeAR, with their attributions, or of news, whose attributions the labels name.
    """
    reports = {report["id"]: report for report in map(json.loads, texts.read_text("utf-8").splitlines())}
    for line in labels.read_text("utf-8").splitlines():
        label = json.loads(line)
        report = reports[label["report"]]
        text: str = report["text"]
        attributions = label.get("attributions") or report["attributions"]
        entities: dict[str, dict[str, object]] = {
            f"e{number}": {
                "name": _words(text, entity["name"]),
                "kind": entity["kind"],
                "aliases": [_words(text, alias) for alias in entity["aliases"]],
                "roles": [],
            }
            for number, entity in enumerate(label["entities"])
        }
        speakers = {int(key): tuple(f"e{each}" for each in found) for key, found in label["speakers"].items()}
        yield Spoken(
            id=report["id"],
            text=text,
            attributions=tuple(attributions),
            entities=entities,
            speakers=speakers,
            forms={
                key: _form(text, attributions[key]["source"], [entities[each] for each in found])
                for key, found in speakers.items()
            },
        )


def _words(text: str, span: Sequence[int]) -> str:
    return " ".join(text[slice(*span)].split())


def _form(text: str, source: Sequence[Sequence[int]], entities: Sequence[dict[str, object]]) -> str:
    """Return the form of a source as the gold would: a name where it holds one of an entity that bears one."""
    if not source:
        return "implicit"
    words = " ".join(_words(text, span) for span in source)
    if words.lower() in SOURCE_PRONOUNS:
        return "pronoun"
    names = [str(entity["name"]) for entity in entities if str(entity["name"])[:1].isupper()]
    surnames = [name.split()[-1] for name in names]
    return "name" if any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", words) for each in surnames) else "nominal"


def names_known(report: Spoken) -> Passage:
    """Return a report with the names of its gold people and organizations, known only where they stand."""
    found = [
        Tagged(span=Span(*match.span()), kind=kind)
        for entity in report.entities.values()
        if (kind := GOLD_KINDS.get(str(entity["kind"]))) is not None
        for label in _labels(str(entity["name"]), kind)
        for match in re.finditer(rf"(?<!\w){re.escape(label)}(?!\w)", report.text)
    ]
    kept: list[Tagged] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return Passage(
        id=report.id, corpus="speakers", text=report.text, names=tuple(kept), known=tuple(item.span for item in kept)
    )


def _labels(name: str, kind: str) -> Iterator[str]:
    """Yield what the names of an entity are looked for by: its name, and a person's surname."""
    owned = kind != "person" and ("’s" in name or "'s" in name)  # "Ilven’s campaign" is described, not named
    if name[:1].isupper() and not owned:
        yield name
    surname = name.rsplit(maxsplit=1)[-1] if kind == "person" and " " in name.strip() else ""
    if surname[:1].isupper():
        yield surname
