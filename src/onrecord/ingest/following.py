"""The pages that feeds and sitemaps name: which are fetched, how many, and when to give up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from onrecord.errors import BadResponse, FetchError, FetchTimeout, OversizedSource, SourceError, Unreachable
from onrecord.ingest.options import ReadOptions
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest.fetching import Fetched, Network

# A host that is down would cost 30 s for each of its pages.
MOST_FAILURES: Final = 5


class Pages:
    """Fetches the pages that one source names, one after the other, each address once.

    Args:
        options: ``max_pages`` bounds them.
        settings: the limits of each fetch.
        network: how the net is reached.
        allowed: False for a list in a file, unless the user asked for its pages: nothing is fetched then.
    """

    def __init__(self, *, options: ReadOptions, settings: Settings, network: Network | None, allowed: bool) -> None:
        self._settings = settings
        self._network = network
        self._allowed = allowed
        self._most = options.max_pages
        self._seen: set[str] = set()
        self._failures = 0
        self._left_out = 0

    def fetch(self, url: str) -> Fetched | None:
        """Return what an address answers with; None if it was asked for before, or is not to be asked.

        Raises:
            FetchError: as :func:`onrecord.ingest.fetching.fetch` does.
            OversizedSource: likewise.
        """
        if url in self._seen:
            return None
        if not self._allowed or len(self._seen) >= self._most or self._failures >= MOST_FAILURES:
            self._left_out += 1
            return None
        self._seen.add(url)
        # 20 ms that files need not wait for.
        from onrecord.ingest.fetching import INTERNET, fetch

        try:
            fetched = fetch(url, settings=self._settings, network=self._network or INTERNET)
        except (Unreachable, FetchTimeout):
            self._failures += 1
            raise
        except (BadResponse, OversizedSource):  # which are answers
            self._failures = 0
            raise
        self._failures = 0
        return fetched

    def left_out(self, where: str) -> Iterator[SourceError]:
        """Yield one error that says how many addresses were not asked, and why; none if all were."""
        if not self._left_out:
            return
        pages = f"{self._left_out:,} pages that it names were" if self._left_out > 1 else "a page that it names was"
        if not self._allowed:
            yield FetchError(f"{pages} not fetched", where=where, advice="add --fetch to fetch what a file names")
        elif self._failures >= MOST_FAILURES:
            what = f"{pages} not fetched, after {MOST_FAILURES} in a row that did not answer"
            yield FetchError(what, where=where, advice="try again later")
        else:
            what = f"{pages} not fetched, after {self._most:,}"
            yield FetchError(what, where=where, advice="raise --max-pages")
