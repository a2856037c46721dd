"""People of one name on the terminal: a line says which is which, and an id chooses one of them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from onrecord.record import Record
from people_by_hand import told_of


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("namesakes") / "news.db"
    with Record.open(path, create=True) as record:
        for at, (country, role) in enumerate((("NO", "mayor"), ("NO", "mayor"), ("NZ", "judge"))):
            facts = {"country": country, "roles": ((role, None),), "url": f"https://orrin.example/{at}"}
            record.add(told_of("Mara Ilven", words=f"Pier {at} is closed", **facts))
    return path


def test_counts_of_speakers_say_which_is_which(onrecord, path):
    rows = onrecord("stats", "--in", path, "--width", 60).stdout.splitlines()[1:]
    assert [" ".join(row.split()[:3]) for row in rows] == ["Mara Ilven 2", "mayor", "Mara Ilven 1", "judge"]
    facets = onrecord("search", "--in", path, "--facets").stdout
    assert "      2  Mara Ilven (mayor)\n          1  Mara Ilven (judge)\n" in facets
    framing = onrecord("framing", "--in", path, "--by", "speaker").stdout
    assert "Mara Ilven (judge) · 1 statement" in framing


def test_the_table_of_framing_has_their_ids(onrecord, path):
    told = csv.DictReader(io.StringIO(onrecord("framing", "--in", path, "--by", "speaker", "--csv").stdout))
    assert len({row["person"] for row in told}) == 2


def test_an_id_chooses_one_of_them(onrecord, path):
    told = csv.DictReader(io.StringIO(onrecord("stats", "--in", path, "--csv").stdout))
    mayor, judge = (row["person"] for row in told)
    found = json.loads(onrecord("search", "--in", path, "--speaker", judge, "--json").stdout)
    assert [hit["words"] for hit in found["hits"]] == ["Pier 2 is closed"]
    assert onrecord("search", "closed", "--in", path, "--speaker", mayor).stderr == "onrecord: 2 statements\n"
    both = onrecord("stats", "--in", path, "--by", "outlet", "--speaker", "Mara Ilven", "--json").stdout
    assert json.loads(both)["tallies"][0]["statements"] == 3
