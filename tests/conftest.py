"""What the tests share: the weights of the package, and stand-ins for them where the network is not the point.

``ONRECORD_FULL=1`` runs the reliability rows at their full scale instead of that of every change.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

# The tests are no package: this is how they import what they share.
sys.path.insert(0, str(Path(__file__).parent / "shared"))

from onrecord.model import Model
from standins import RandomScorer, ScriptedScorer, pinned, pinned_names, plain

# The same examples on every run, so that a failure belongs to a change; slow machines are no failure.
settings.register_profile("onrecord", deadline=None, derandomize=True, database=None)
settings.load_profile("onrecord")

# A shell ignores Ctrl-C for what it runs behind (`make test &`), and processes that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_ignore_collect(collection_path, config):
    """Leave files without a timed test unread where all timed tests are asked for: to import them takes 15 s."""
    all_timed = config.option.markexpr == "timed" and config.args_source is config.ArgsSource.TESTPATHS
    if all_timed and collection_path.suffix == ".py" and "mark.timed" not in collection_path.read_text("utf-8"):
        return True
    return None


@pytest.fixture(scope="session")
def full_scale():
    """Tell whether the reliability rows run at their full scale."""
    return os.environ.get("ONRECORD_FULL") == "1"


@pytest.fixture(scope="session")
def model():
    """Load the network of the package, once."""
    return Model.load()


@pytest.fixture(scope="session")
def scripted_model(model):
    """Make a network that knows the attributions of one text: ``scripted_model(text, Row(...), ...)``.

    ``names=(("Ada Muster", "person"), ...)`` are the names that it tags, wherever they stand.
    """

    def make(text, *rows, names=()):
        return ScriptedScorer(
            manifest=plain(model.manifest),
            tokenizer=model.tokenizer,
            answers=tuple(pinned(text, row) for row in rows),
            names=pinned_names(text, names),
        )

    return make


@pytest.fixture(scope="session")
def random_model(model):
    """Make a network that guesses, always the same: ``random_model(seed)``."""
    manifest = plain(model.manifest)
    return lambda seed, **options: RandomScorer(manifest=manifest, tokenizer=model.tokenizer, seed=seed, **options)
