import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest.dates import to_iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-05-02", "2024-05-02"),
        (" 2024-05-02 ", "2024-05-02"),
        ("2024-05-02T10:11:12Z", "2024-05-02T10:11:12+00:00"),
        ("2024-05-02 10:11", "2024-05-02T10:11:00"),
        ("2024-05-02T10:11:12.5+02:00", "2024-05-02T10:11:12.500000+02:00"),
        ("20240502", "2024-05-02"),
        ("2024/05/02", "2024-05-02"),
        ("13/05/2024", "2024-05-13"),
        ("05/13/2024", "2024-05-13"),
        ("05.05.2024", "2024-05-05"),
        ("2 May 2024", "2024-05-02"),
        ("2nd of May", None),
        ("May 2, 2024", "2024-05-02"),
        ("Sept. 2, 2024", "2024-09-02"),
        ("Thursday, May 2nd, 2024 at 9:30", "2024-05-02T09:30:00"),
        ("Thu, 02 May 2024 10:00:00 GMT", "2024-05-02T10:00:00+00:00"),
        ("Thu, 2 May 2024 10:00:00 +0530", "2024-05-02T10:00:00+05:30"),
        (1714644000, "2024-05-02T10:00:00+00:00"),
        (1714644000.5, "2024-05-02T10:00:00+00:00"),
        ("1714644000", "2024-05-02T10:00:00+00:00"),
        (1714644000000, "2024-05-02T10:00:00+00:00"),
        ("05/02/2024", None),
        ("2/5/24", None),
        ("2024", None),
        ("May 2024", None),
        ("2024-02-30", None),
        ("31/13/2024", None),
        ("2024-05-02T25:00", None),
        ("Mayday 2, 2024", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (0, None),
        (-5, None),
        (10**400, None),
        ("9" * 5_000, None),
        (float("nan"), None),
        (float("inf"), None),
        (["2024-05-02"], None),
    ],
)
def test_a_date_is_read_where_there_is_one_way_to_read_it(written, iso):
    assert to_iso(written) == iso


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789-/.:TZ+ ,MaySept", max_size=30) | st.integers() | st.floats())
def test_nothing_written_there_fails(written):
    iso = to_iso(written)
    assert iso is None or iso[4] == "-"
