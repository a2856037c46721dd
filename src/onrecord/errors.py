"""Every error that onrecord raises on purpose, in one tree.

    OnrecordError
    |- SourceError             an input could not be read; the others go on
    |  |- MissingSource        no such file, folder or match
    |  |- EmptySource          nothing, or only white space, in it
    |  |- BinarySource         bytes that are no text and no page
    |  |- UndecodableSource    no character encoding fits
    |  |- OversizedSource      larger than a limit of settings
    |  |- DamagedSource        compressed data that is cut short or broken
    |  |- HostileSource        built to exhaust the parser
    |  |- NoArticle            a page without an article
    |  |- BadLine              a line of JSON Lines that is no report
    |  |- BadEntry             an entry of a feed or a sitemap that is no report and names none
    |  |- BadRow               a row of a CSV file that is no entry of the register
    |  |- ParserFailure        the parser died, ran out of time or of memory
    |  |- ForeignLanguage      not English, and --force was not given
    |  `- FetchError           an address could not be fetched
    |     |- Unreachable       no such host, or no connection to it
    |     |- RefusedAddress    private, malformed, or not http(s)
    |     |- FetchTimeout      not finished at the deadline
    |     `- BadResponse       status, certificate, redirect or encoding is not acceptable
    |- BadSetting              a limit is set to what it can't be
    |- MissingExtra            what is asked for needs a package that is not installed
    |- ServingError            the web reader can't start
    |- RefusedRequest          the web reader does not do that, or not for whoever asks
    |  `- WrongToken           the token is missing, or another one
    |- ExportError             an export can't be written
    |- BatchError              a run over archives can't be begun or gone on with
    |- BadAnnotation           an entry of an annotator's file that fits no report of the record
    |- ModelError              the weights in the package can't be used
    |  |- ModelMissing
    |  `- ModelDamaged         cut short, wrong hash, wrong label set
    `- RecordError             the file that keeps the readings can't be used
       |- MissingRecord        no such file, or nothing of that id in it
       |- BadQuery             a search that asks for what there can't be
       |- SlowQuery            the web reader ended a search that took too long
       |- NotARecord           a file of another kind, or another program's database
       |- NewerRecord          made by a later version of onrecord
       |- OlderRecord          made by an earlier version, and it may not be written
       |- LockedRecord         another process is writing for longer than we wait
       |- ForbiddenRecord      no permission to read or to write there
       |- FullDisk             no room left for it
       |- BadChange            a merge, split, join or correction that can't be made
       |- DamagedRecord        cut short or overwritten
       `- UnstorableReading    a reading whose spans do not fit its text, or with two of an id

Each says what was wrong, where, and what to do; ``str(error)`` is that one line.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Something that the user can be told in one line.

    Args:
        what: what was wrong, a clause without a full stop.
        where: the file, address, line or offset; may be empty.
        advice: what to do next, a clause without a full stop; may be empty.
    """

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what = what
        self.where = where
        self.advice = advice
        super().__init__(what, where, advice)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        next_step = f"; {self.advice}" if self.advice else ""
        line = f"{place}{self.what}{next_step}"
        # Names of files and words of servers may hold line ends, and what steers a terminal.
        return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in line)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders (the parser runs apart), and keyword arguments do not pickle by themselves.
        return (_rebuild, (type(self), self.what, self.where, self.advice))


def _rebuild(kind: type[OnrecordError], what: str, where: str, advice: str) -> OnrecordError:
    return kind(what, where=where, advice=advice)


class SourceError(OnrecordError):
    """An input could not be read."""


class MissingSource(SourceError):
    """No such file, folder or match."""


class EmptySource(SourceError):
    """Nothing, or only white space."""


class BinarySource(SourceError):
    """Bytes that are neither text nor a page."""


class UndecodableSource(SourceError):
    """No character encoding fits the bytes."""


class OversizedSource(SourceError):
    """Larger than a limit of the settings."""


class DamagedSource(SourceError):
    """Compressed data that is cut short or broken."""


class HostileSource(SourceError):
    """Built, or broken, in a way that would exhaust a parser."""


class NoArticle(SourceError):
    """A page without an article."""


class BadLine(SourceError):
    """A line of JSON Lines that is no report."""


class BadEntry(SourceError):
    """An entry of a feed or a sitemap that is no report and names none."""


class BadRow(SourceError):
    """A row of a CSV file that is no entry of the register."""


class ParserFailure(SourceError):
    """The parser, which runs in a process of its own, died or ran out of time or memory."""


class ForeignLanguage(SourceError):
    """The report is not in English."""


class FetchError(SourceError):
    """An address could not be fetched."""


class Unreachable(FetchError):
    """No such host, or no connection to it."""


class RefusedAddress(FetchError):
    """The address is private, malformed, or not http(s)."""


class FetchTimeout(FetchError):
    """The answer was not complete at the deadline."""


class BadResponse(FetchError):
    """The status, certificate, redirect or encoding of the answer is not acceptable."""


class BadSetting(OnrecordError):
    """A limit of the settings, or an argument, has a value that it can't have."""


class MissingExtra(OnrecordError):
    """What is asked for needs a package that is not installed."""


class ServingError(OnrecordError):
    """The web reader can't start, or can't go on: its port is taken, say."""


class RefusedRequest(OnrecordError):
    """The web reader does not do that, or not for whoever asks: another site's page, say."""


class WrongToken(RefusedRequest):
    """The token is missing, or another one."""


class ExportError(OnrecordError):
    """An export can't be written."""


class BatchError(OnrecordError):
    """A run over archives can't be begun or gone on with."""


class BadAnnotation(OnrecordError):
    """An entry of an annotator's file that fits no report of the record."""


class ModelError(OnrecordError):
    """The weights in the package can't be used."""


class ModelMissing(ModelError):
    """A file of the model is not there."""


class ModelDamaged(ModelError):
    """A file of the model is cut short, altered, or of another label set."""


class RecordError(OnrecordError):
    """The file that keeps the readings can't be used."""


class MissingRecord(RecordError):
    """No such file, or nothing of that id in it."""


class BadQuery(RecordError):
    """A search, or a count, that asks for what there can't be, such as a day that is none."""


class SlowQuery(RecordError):
    """A search, or a page, that took longer than the web reader lets it."""


class NotARecord(RecordError):
    """A file of another kind, or another program's database."""


class NewerRecord(RecordError):
    """Made by a later version of onrecord."""


class OlderRecord(RecordError):
    """Made by an earlier version of onrecord, in a place that may not be written."""


class LockedRecord(RecordError):
    """Another process is writing for longer than we wait."""


class ForbiddenRecord(RecordError):
    """No permission to read or to write there."""


class FullDisk(RecordError):
    """No room left for the record."""


class BadChange(RecordError):
    """A merge, split, join or correction that can't be made."""


class DamagedRecord(RecordError):
    """Cut short or overwritten."""


class UnstorableReading(RecordError):
    """A reading whose spans do not fit its text, or with two of an id."""
