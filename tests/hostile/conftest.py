"""Pages built to do harm, for the tests of this folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def pages():
    """Give the module ``pages.py``: under ``--import-mode=importlib`` a test can't import its neighbour."""
    spec = importlib.util.spec_from_file_location("hostile_pages", Path(__file__).with_name("pages.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
