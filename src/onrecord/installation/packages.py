"""The packages that onrecord needs, and those of its extras: which are here, in which version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final

EXTRAS: Final = ("batch", "charts", "mcp", "spacy", "tables", "web")
"""What users install; ``train``, ``test`` and ``docs`` are for those who change onrecord."""
_NEED: Final = re.compile(r"([\w.-]{1,200})[^;]{0,500}(?:;\s{0,9}extra == ['\"](\w{1,40})['\"])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A group of packages that some commands need."""

    name: str
    packages: dict[str, str | None]
    """Version of each; None where it is missing."""
    advice: str | None
    """What installs those that are missing; None where none is."""


def base_packages() -> dict[str, str | None]:
    """Return the version of each package that every command may need; None where it is missing."""
    return _versions(None)


def extras() -> tuple[Extra, ...]:
    """Return all extras, those that are not installed too."""
    found = {name: _versions(name) for name in EXTRAS}
    return tuple(
        Extra(
            name=name,
            packages=packages,
            advice=f'pip install "onrecord[{name}]"' if None in packages.values() else None,
        )
        for name, packages in found.items()
    )


def _versions(extra: str | None) -> dict[str, str | None]:
    lines = (_NEED.fullmatch(line) for line in requires("onrecord") or ())
    return {name: _version(name) for name in sorted({line[1] for line in lines if line and line[2] == extra})}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
