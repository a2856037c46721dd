"""How many reports are read of shards that are not done, for whoever watches a run.

A byte for each, in a file for each shard, in a folder of this machine: nothing of it is in the output, and nothing that
the run gives rests on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from onrecord.batch.plan import Shard


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The counts of the shards that are being read.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with UnderWay(folder).counting(Shard(number=7, pieces=())) as count:
    ...         count()
    ...         count()
    ...     UnderWay(folder).reports()
    2
    """

    folder: str
    """Empty where nobody watches, or where the workers are on other machines."""

    @contextmanager
    def counting(self, shard: Shard) -> Iterator[Callable[[], None]]:
        """Give a function to call for each report of a shard that is read from its beginning."""
        try:
            file = self._file(shard).open("wb", buffering=0) if self.folder else None
        except OSError:  # the folder is gone, and with it who watched
            file = None
        if file is None:
            yield lambda: None
            return

        def count() -> None:
            with suppress(OSError):  # a full disk is no end of a run that writes elsewhere
                file.write(b".")

        with file:
            yield count

    def done(self, shard: Shard) -> None:
        """Forget a shard whose reports its mark counts from now on."""
        if self.folder:
            with suppress(OSError):
                self._file(shard).unlink(missing_ok=True)

    def reports(self) -> int:
        """Return how many reports are read of the shards that are not done."""
        if not self.folder:
            return 0
        total = 0
        for file in Path(self.folder).glob("*"):
            with suppress(OSError):  # done meanwhile
                total += file.stat().st_size
        return total

    def _file(self, shard: Shard) -> Path:
        return Path(self.folder, shard.name)
