"""The settings of a training run, typed; ``recipe.toml`` holds the values."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every choice of a run. Data paths are relative to the repository."""

    train: str
    dev: str
    seed: int
    epochs: int
    batch_tokens: int
    """Word pieces of a batch, padding included."""
    window_limits: tuple[int, ...]
    """Window sizes, in word pieces, drawn from for each document and epoch."""
    encoder_rate: float
    head_rate: float
    warm_up: float
    """Share of the steps in which the learning rate rises."""
    weight_decay: float
    linker_width: int
    linker_layers: int
    average_decay: float
    """Decay of the moving average of the weights, which is what is kept."""
    false_cues: float
    """Candidate cues that are none, shown to the linker: as many as this times the true ones, at most."""
    swap_marks: float
    """Share of windows whose quotation marks are written in another style."""
    made_headlines: float
    """Share of reports that get a headline made from one of their attributions (headlines.py)."""
    threads: int


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; raises msgspec.ValidationError naming the field that is wrong."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Recipe)
