"""A record that each test has for itself, and that has to be whole behind it."""

from __future__ import annotations

import pytest

from onrecord.record.checking import check_record
from onrecord.record.opening import open_record


@pytest.fixture
def connection(tmp_path):
    connection = open_record(tmp_path / "news.db", create=True)
    yield connection
    assert list(check_record(connection)) == []
    connection.close()
