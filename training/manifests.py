"""A model's manifest while the model is made: each step puts in the hashes of its graphs, and its values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from onrecord.model.manifest import MANIFEST, Manifest


def hashes_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each of these files of a folder."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def load_manifest(folder: Path) -> Manifest:
    """Return a folder's manifest, whether or not its files are those that it names."""
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a folder's manifest."""
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def change_manifest(folder: Path, *, files: Iterable[str] = (), **values: Any) -> None:
    """Put the hashes of files that were written anew, and other values, into a folder's manifest."""
    manifest = load_manifest(folder)
    save_manifest(folder, replace(manifest, files=manifest.files | hashes_of(folder, files), **values))
