"""Where inputs and outputs lie: whatever fsspec reaches, and what goes wrong there in our words.

A local name stays as it was given, so that a report's origin is the same as with ``onrecord add``.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar, cast

from onrecord.errors import BatchError, MissingExtra, OnrecordError, SourceError, Unreachable
from onrecord.ingest.addresses import shown

ANSWER_SECONDS: Final = 60.0
"""How long a store has to answer the first question about a name."""
PART: Final = ".part"
"""How the names of files end that are not whole yet."""
READ_AGAIN: Final = "read the inputs again into a new folder"
"""The advice where what a run wrote is damaged."""
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_HERE: Final = re.compile(r"(?:file|local)://", re.IGNORECASE)
# Wrong names and missing permissions stay so; all else that a store says may be otherwise the next time.
_LASTING: Final = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
_PACKAGES: Final = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "http": "aiohttp", "https": "aiohttp"}

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder or file in a store."""

    store: Any
    """A file system of fsspec."""
    path: str
    """As the store has it."""
    name: str
    """As the user has it."""

    @property
    def is_local(self) -> bool:
        """Whether it lies on this machine, where a file can be given its name when it is whole."""
        return not is_remote(self.name)

    def child(self, *names: str) -> Place:
        """Return a place below."""
        return Place(self.store, "/".join((self.path.rstrip("/"), *names)), "/".join((self.name.rstrip("/"), *names)))

    def open(self) -> BinaryIO:
        """Open the file to be read; it can be wound back."""
        return cast("BinaryIO", self.store.open(self.path, "rb"))

    def read(self) -> bytes:
        """Return all of a file."""
        return bytes(self.store.cat_file(self.path))

    def write(self, content: bytes) -> None:
        """Make the file, whole or not at all: an object is put at once, a local file renamed."""
        if not self.is_local:
            try:
                self.store.pipe_file(self.path, content)
            except FileNotFoundError:  # a store with folders, as of SFTP, that lacks this one
                self.store.makedirs(self.path.rpartition("/")[0], exist_ok=True)
                self.store.pipe_file(self.path, content)
            return
        part = Path(f"{self.path}.{os.getpid()}.{threading.get_ident()}{PART}")
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(self.path)
        finally:
            part.unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Return the names of what lies in the folder, sorted; none where there is no such folder."""
        try:
            self.store.invalidate_cache()
            return sorted(str(each).rstrip("/").rsplit("/", 1)[-1] for each in self.store.ls(self.path, detail=False))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def exists(self) -> bool:
        """Tell whether there is such a file or folder."""
        return bool(self.store.exists(self.path))

    def remove(self) -> None:
        """Take a folder with all in it away, or a file; nothing where there is none."""
        with suppress(FileNotFoundError):  # another one was faster
            self.store.rm(self.path, recursive=True)


def is_remote(name: str) -> bool:
    """Tell whether a name is one of a store rather than of a file here.

    >>> is_remote("s3://news/2024/"), is_remote("C:/news"), is_remote("news.jsonl"), is_remote("file:///news")
    (True, False, False, False)
    """
    return bool(_SCHEME.match(name)) and not _HERE.match(name)


def local_name(name: str) -> str:
    """Return a name without the scheme that says that it lies here; fsspec decodes no ``%20`` in it, nor do we.

    >>> local_name("file:///news/2024"), local_name("news.jsonl"), local_name("s3://news")
    ('/news/2024', 'news.jsonl', 's3://news')
    """
    return _HERE.sub("", name, count=1) or "."


def find_place(name: str) -> Place:
    """Return the place of a name: a path, or an address such as ``s3://bucket/folder``.

    Raises:
        MissingExtra: fsspec, or the package that reaches such stores, is not installed.
        SourceError: no such kind of store is known.
        Unreachable: the store does not answer.
    """
    try:
        import fsspec
    except ImportError as error:
        raise needs_batch("archives need fsspec") from error
    name = local_name(name)
    scheme = _SCHEME.match(name)
    if scheme is None:  # a name with "::" in it is a chain of stores to url_to_fs
        path = Path(os.path.abspath(name)).as_posix()  # noqa: PTH100 - without following links
        return Place(store=fsspec.filesystem("file"), path=path, name=name)
    try:
        store, path = fsspec.core.url_to_fs(name)
    except ImportError as error:
        kind = scheme[1].lower()
        package = _PACKAGES.get(kind)
        raise MissingExtra(
            f"{kind}:// needs a package that is not installed",
            where=shown(name),
            advice=f"install it: pip install {package}" if package else str(error),
        ) from error
    except ValueError as error:
        raise SourceError("no such kind of store is known", where=shown(name), advice="see fsspec's list") from error
    except Exception as error:  # stores that are connected to as soon as they are named: FTP, SFTP, HDFS
        raise unavailable(name, reason_of(error)) from error
    return Place(store=store, path=str(path), name=name)


def check_name(name: str) -> None:
    """Refuse a name that is no text: the plan of a run, and what Ray hands on, are in UTF-8.

    Raises:
        SourceError: the file or folder has such a name.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise SourceError("its name is not in UTF-8", where=shown(name), advice="rename it") from error


def ask(name: str, question: Callable[[], Answer], *, seconds: float = ANSWER_SECONDS) -> Answer:
    """Return what a store answers about a name, in time.

    Raises:
        Unreachable: it does not answer, or says no for a reason that may pass.
        OSError: there is no such file, or no permission.
    """
    if not is_remote(name):
        return question()
    answer: Future[Answer] = Future()

    def put() -> None:
        try:
            answer.set_result(question())
        except BaseException as error:  # noqa: BLE001 - it is for who waits
            answer.set_exception(error)

    threading.Thread(target=put, daemon=True).start()  # one that never ends keeps no process alive
    try:
        return answer.result(timeout=seconds)
    except TooLate as error:
        raise unavailable(name, f"no answer within {seconds:g} s") from error
    except (*_LASTING, OnrecordError):
        raise
    except Exception as error:  # stores raise errors of all kinds of libraries
        raise unavailable(name, reason_of(error)) from error


def unavailable(name: str, reason: str) -> Unreachable:
    """Return the error for a store that can't be asked, or a file here that can't be read any more."""
    if not is_remote(name):
        return Unreachable(f"can't be read now ({reason})", where=name, advice="run it again when it is there")
    return Unreachable(
        f"can't be reached ({reason})", where=shown(name), advice="check the network and the credentials, then go on"
    )


def is_damage(error: OSError) -> bool:
    """Tell whether an error says that a file is broken, as pyarrow's do, and not that its store failed."""
    return error.errno is None


def reason_of(error: BaseException) -> str:
    """Return what an error says, in a few words.

    >>> reason_of(FileNotFoundError(2, "No such file or directory"))
    'No such file or directory'
    """
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(words).split())[:200]


def needs_batch(what: str) -> MissingExtra:
    """Return the error for what the extra ``batch`` brings."""
    return MissingExtra(what, advice='install it: pip install "onrecord[batch]"')


def unwritable(place: Place, error: BaseException) -> BatchError:
    """Return the error for an output that can't be written."""
    return BatchError(f"can't be written ({reason_of(error)})", where=shown(place.name), advice="check the folder")
