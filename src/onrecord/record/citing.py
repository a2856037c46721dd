"""Citations of statements and reports: in a sentence, as BibTeX, as CSL-JSON, in Markdown.

All say what makes the words found again: who said them, where, when, the address that leads to them, the record's id
and the hash of the page. What the report gives in its own words is never put in quotation marks as if it were verbatim.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import quote

from onrecord.encoding import clean
from onrecord.reading import Form, StatementModality
from onrecord.record.hits import Citation
from onrecord.record.lookup import Entry

Style = Literal["plain", "bibtex", "csl", "markdown"]
_CLOSERS: Final = "\"'”’»)"
NOBODY: Final = "Somebody not named"
_VERBATIM: Final[dict[Form, str | None]] = {"direct": None, "indirect": "not verbatim", "mixed": "partly verbatim"}
_NOT_SAID: Final = "reported as not said"
_TAKEN_AWAY: Final = "corrected to be no statement"
_MOODS: Final[dict[StatementModality, str | None]] = {
    "said": None,
    "future": "reported as yet to be said",
    "hypothetical": "reported as what might be said",
    "denied": "reported as denied to have been said",
}
"""What a citation says of words that, by their report, nobody has said so far: else it would give them to somebody."""
_BIBTEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}
# What makes a list of a line: a dash, or a number of up to nine digits.
_NUMBERED: Final = "|".join(rf"(?<=^\d{{{digits}}})[.)]" for digits in range(1, 10))
_MARKDOWN: Final = re.compile(rf"[\\`*_\[\]<>|~&#]|^[-+](?=\s)|{_NUMBERED}")
_SPACE: Final = re.compile(r"\s+")
_SAFE: Final = "!#$%&'()*+,/:;=?@[]~"
"""What stands in an address as it is; percent signs are encoded already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What is cited: words of somebody, or, without words, a report as a whole."""

    citation: Citation
    speaker: str | None = None
    words: str | None = None
    form: Form = "direct"
    modality: StatementModality = "said"
    negated: bool = False
    is_taken_away: bool = False
    """Somebody said that it is no statement: whoever has its id is told, where no search finds it any more."""

    @property
    def how(self) -> str:
        """How it was said, in brackets behind a space; empty for what was said verbatim."""
        mood = _TAKEN_AWAY if self.is_taken_away else _NOT_SAID if self.negated else _MOODS[self.modality]
        if mood is None and self.form == "indirect":
            mood = "reported"
        told = ", ".join(filter(None, (mood, _VERBATIM[self.form])))
        return f" ({told})" if told else ""

    @property
    def said(self) -> str:
        """Who says how what, in a sentence."""
        return f"{self.speaker or NOBODY}{self.how}: {self.words}"

    @property
    def id(self) -> str:
        """The record-wide id."""
        return self.citation.statement or self.citation.document


def quoted(entry: Entry) -> Quoted:
    """Return what an entry's citation says."""
    if entry.hit is None:
        return Quoted(citation=entry.citation)
    hit = entry.hit
    return Quoted(
        citation=entry.citation,
        speaker=hit.speaker,
        words=hit.words,
        form=hit.form,
        modality=hit.modality,
        negated=hit.negated,
        is_taken_away=any(each.field == "deleted" and each.state == "stands" for each in entry.corrections),
    )


def cite(entry: Entry, style: Style) -> str:
    """Return the citation of a statement or a report; ends without a line break.

    Args:
        entry: of :func:`onrecord.record.lookup.look_up`.
        style: ``plain``, one line; ``bibtex``, an entry for BibTeX with escapes; ``csl``, a CSL-JSON list of one item,
            for Zotero, Pandoc and the like; ``markdown``, a quotation with a line of its source.
    """
    return _STYLES[style](quoted(entry))


def cite_all(entries: Sequence[Entry], style: Style) -> str:
    """Return the citations of several: one CSL-JSON list of all, or one citation after another."""
    if style == "csl":
        return _dumped([_csl_item(quoted(entry)) for entry in entries])
    return ("\n\n" if style in ("bibtex", "markdown") else "\n").join(cite(entry, style) for entry in entries)


def cite_source(citation: Citation) -> str:
    """Return in one line where words stand, without the words: for where they are at hand already."""
    return _plain(Quoted(citation=citation))


def _flat(words: str) -> str:
    """Return words on one line, without what text can't hold."""
    return _SPACE.sub(" ", clean(words)).strip()


# ---- one line ------------------------------------------------------------------------------------------------


def _plain(cited: Quoted) -> str:
    source = ", ".join(_source(cited.citation))
    said = f"{_stopped(_flat(cited.said))} In: " if cited.words is not None else ""
    return f"{said}{source} [onrecord {cited.id}, page sha256 {cited.citation.raw_sha256}]"


def _stopped(said: str) -> str:
    return said if said.rstrip(_CLOSERS)[-1:] in tuple(".!?…") else f"{said}."


def _source(citation: Citation) -> Iterator[str]:
    yield from map(_flat, citation.authors)
    yield f"“{_flat(citation.title)}”" if citation.title else "(no title)"
    if citation.outlet:
        yield _flat(citation.outlet)
    if citation.published:
        yield citation.published.partition("T")[0]
    if citation.link or citation.address:
        yield _flat(citation.link or citation.address or "")


# ---- BibTeX --------------------------------------------------------------------------------------------------


def _bibtex(cited: Quoted) -> str:
    fields = [f"  {name} = {{{value}}}" for name, value in _bibtex_fields(cited)]
    return "\n".join([f"@misc{{onrecord-{cited.id},", ",\n".join(fields), "}"])


def _bibtex_fields(cited: Quoted) -> Iterator[tuple[str, str]]:
    citation = cited.citation
    authors = [f"{{{escape_bibtex(author)}}}" for author in citation.authors or filter(None, [citation.outlet])]
    if authors:
        yield "author", " and ".join(authors)
    yield "title", f"{{{escape_bibtex(citation.title or '(no title)')}}}"
    if citation.outlet:
        yield "howpublished", escape_bibtex(citation.outlet)
    date = date_parts(citation.published)
    yield from zip(("year", "month", "day"), map(str, date), strict=False)
    if citation.link:
        # Percent signs are common in addresses, and fine in what styles typeset with \url; braces would not balance.
        yield "url", quote(clean(citation.link), safe=_SAFE)
        yield "urldate", citation.added.partition("T")[0]
    said = f"{escape_bibtex(_stopped(cited.said))} " if cited.words is not None else ""
    yield "note", f"{said}[onrecord {cited.id}, page sha256 {citation.raw_sha256}]"


def escape_bibtex(words: str) -> str:
    r"""Return words as BibTeX and LaTeX read them.

    >>> escape_bibtex("50% of {A & B}")
    '50\\% of \\{A \\& B\\}'
    """
    return "".join(_BIBTEX.get(character, character) for character in _flat(words))


# ---- CSL-JSON ------------------------------------------------------------------------------------------------


def _csl(cited: Quoted) -> str:
    return _dumped([_csl_item(cited)])


def _dumped(items: Sequence[dict[str, Any]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2)


def _csl_item(cited: Quoted) -> dict[str, Any]:
    citation = cited.citation
    item: dict[str, Any] = {
        "id": f"onrecord-{cited.id}",
        "type": "article-newspaper",
        "title": citation.title and clean(citation.title),
        "author": [{"literal": clean(author)} for author in citation.authors],
        "container-title": citation.outlet and clean(citation.outlet),
        "issued": {"date-parts": [date]} if (date := date_parts(citation.published)) else None,
        "accessed": {"date-parts": [date_parts(citation.added)]},
        "URL": citation.link,
        "note": clean(cited.said) if cited.words is not None else None,
        "custom": {"onrecord": cited.id, "sha256": citation.raw_sha256},
    }
    return {name: value for name, value in item.items() if value}


def date_parts(published: str | None) -> list[int]:
    """Return year, month and day of an ISO 8601 date, as far as it has them; empty for none.

    >>> date_parts("2024-05-02T07:30:00Z"), date_parts("2024-05"), date_parts(None)
    ([2024, 5, 2], [2024, 5], [])
    """
    found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "")
    numbers = [int(part or 0) for part in found.groups()] if found else []
    return [number for number in numbers if number]


# ---- Markdown ------------------------------------------------------------------------------------------------


def _markdown(cited: Quoted) -> str:
    citation = cited.citation
    title = escape_markdown(citation.title or "(no title)")
    linked = f"[{title}](<{quote(clean(citation.link), safe=_SAFE)}>)" if citation.link else title
    where = [linked, *([f"*{escape_markdown(citation.outlet)}*"] if citation.outlet else [])]
    where += [citation.published.partition("T")[0]] if citation.published else []
    source = f"{', '.join(where)} (onrecord `{cited.id}`)"
    if cited.words is None:
        return source
    who = f"**{escape_markdown(cited.speaker or NOBODY)}**{cited.how}"
    return f"> {escape_markdown(cited.words)}\n>\n> — {who}, {source}"


def escape_markdown(words: str) -> str:
    r"""Return words that Markdown shows as they are.

    >>> escape_markdown("*No* [levy]")
    '\\*No\\* \\[levy\\]'
    """
    return _MARKDOWN.sub(r"\\\g<0>", _flat(words))


_STYLES: Final = {"plain": _plain, "bibtex": _bibtex, "csl": _csl, "markdown": _markdown}
