"""What the model's files must be: names, hashes, labels and tuned values, checked before anything is read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from onrecord.errors import ModelDamaged, ModelMissing
from onrecord.model.scores import Calibration, Dials, Floats

WEIGHTS: Final = Path(__file__).parent / "weights"
"""The folder of the model that ships."""
VARIABLE: Final = "ONRECORD_MODEL"
MANIFEST: Final = "manifest.json"
LABELS: Final = ("outside", "first", "further")
REINSTALL: Final = "install onrecord again"
GIVEN: Final = "give a folder that training/export.py wrote"
OTHER: Final = f"let {VARIABLE} name a folder that training/export.py wrote, or unset it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """What the scores of an antecedent have besides the product of two vectors, as trained."""

    distance: tuple[float, ...]
    """By the number of mentions between: twice its binary logarithm, rounded down."""
    forms: tuple[float, ...]
    """By the form of the mention that asks times 3 plus that of the one that answers: name, description, pronoun."""
    none: tuple[float, ...]
    """[D] the vector that "nobody" answers with."""
    none_bias: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """How the ranker's answers are read, fitted on reports that it was not trained on."""

    least: float
    """A speaker is named only at this probability."""
    least_implicit: float
    """A statement without a source is given to somebody only at this probability."""
    least_linked: float
    """A description is somebody met before only at this probability, and stands for itself below it."""
    least_definite: float
    """The same of a definite description ("the mayor") and a person with a name: there is one who fits, most times."""
    slope: float
    """Of the confidence, over the log odds of the probability."""
    intercept: float
    described: float
    """Added to it where a description stands for itself."""
    network: float = 0.0
    """The share of the network in the ranker's scores; the rest is that of the trees."""

    def average(self, by_trees: Floats, by_network: Floats) -> Floats:
        """Return the ranker's scores: logarithms of chances that trees and network give, averaged by their shares."""
        share = np.float32(self.network)
        scores: Floats = (1 - share) * by_trees + share * by_network
        return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How the event head's answers are read, fitted on reports that it was not trained on."""

    least: float = 0.3
    """What is told is an event only at this confidence."""
    weights: dict[str, float] = field(default_factory=dict)
    """Of the confidence, one for each name of :data:`onrecord.events.weighing.WEIGHED`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The model's description of itself, ``manifest.json``."""

    name: str
    """Name and date of the training run, such as ``minilm6-2026-11``."""
    labels: tuple[str, ...]
    """Labels of the cue and content tags, in the order of the logits."""
    window_tokens: int
    """The window size, in word pieces, that the values below were tuned with."""
    files: dict[str, str]
    """SHA-256 of each file of the model."""
    dials: Dials
    pairing: Pairing
    ranking: Ranking
    calibration: Calibration
    telling: Telling = field(default_factory=Telling)

    @property
    def version(self) -> str:
        """Name and the first 12 digits of a hash over all the files' hashes."""
        digest = hashlib.sha256("".join(sorted(self.files.values())).encode()).hexdigest()
        return f"{self.name}+{digest[:12]}"


def model_folder() -> Path:
    """Return the folder of the model that reads: the one that ``ONRECORD_MODEL`` names, else the one in the package."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else WEIGHTS


def advice_for(folder: Path) -> str:
    """Return what to do where the model of a folder can't be used."""
    if folder == WEIGHTS:
        return REINSTALL
    return OTHER if os.environ.get(VARIABLE) and folder == model_folder() else GIVEN


@contextmanager
def shipped_part(what: str, path: Path) -> Iterator[None]:
    """Turn what goes wrong while a part of the package beside the model is loaded into errors of the model's.

    Raises:
        ModelMissing: a file is not there.
        ModelDamaged: it is cut short, or something else.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise ModelMissing(f"{what} is not there", where=str(path), advice=REINSTALL) from error
    except Exception as error:  # numpy, onnxruntime and tokenizers raise bare exceptions of their own making
        raise ModelDamaged(f"{what} can't be loaded ({error})", where=str(path), advice=REINSTALL) from error


def read_manifest(folder: Path) -> Manifest:
    """Read ``manifest.json`` and check every file that it names.

    Raises:
        ModelMissing: the manifest or a file is not there.
        ModelDamaged: a file is cut short or altered, or the labels are not this version's.
    """
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise ModelMissing("there is no model", where=str(path), advice=advice_for(folder)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        what = f"the model's manifest can't be read ({error})"
        raise ModelDamaged(what, where=str(path), advice=advice_for(folder)) from error
    if manifest.labels != LABELS:
        what = f"the model has other labels ({', '.join(manifest.labels)})"
        raise ModelDamaged(what, where=str(path), advice=advice_for(folder))
    for name, expected in manifest.files.items():
        _check_file(folder / name, expected, advice_for(folder))
    return manifest


def _check_file(path: Path, expected: str, advice: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ModelMissing("a file of the model is not there", where=str(path), advice=advice) from error
    except OSError as error:
        raise ModelDamaged(f"a file of the model can't be read ({error})", where=str(path), advice=advice) from error
    if found != expected:
        raise ModelDamaged("a file of the model is cut short or altered", where=str(path), advice=advice)
