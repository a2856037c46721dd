"""Variants across an archive: what shares words is found, what does not is not looked at, in time in proportion."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("fsspec", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pytest.importorskip("pyarrow", reason="archives need the extra batch: pip install 'onrecord[batch]'")

from pyarrow import parquet

from batch_by_hand import Here, files_of, write_lines
from clock import grows_at_most
from onrecord.batch import cutting, folding
from onrecord.batch.bands import BANDS, bands_of, pairs_in
from onrecord.batch.variants import find_all_variants
from onrecord.errors import BatchError

SAID = "We will not raise the harbour levy before the winter is over, whatever the council of Tarn may tell you"
OTHERS = {
    "identical": f"“{SAID}!”",
    "clipped": "We will not raise the harbour levy before the winter is over",
    "altered": SAID.replace("winter", "summer"),
    "short": "the harbour levy before the winter is over",
    "none": "The old bridge will stay closed until October because engineers found more cracks than they had feared",
}


def reports_of(texts):
    return [
        {"text": text, "url": f"https://orrin.example/{n}", "date": f"2024-05-{n % 28 + 1:02d}"}
        for n, text in enumerate(texts)
    ]


def shared(one, other):
    return int((bands_of(one) == bands_of(other)).sum())


@pytest.mark.parametrize(("kind", "least"), [("identical", BANDS), ("clipped", 8), ("altered", 8), ("short", 1)])
def test_appearances_share_bands(kind, least):
    assert shared(SAID, OTHERS[kind]) >= least


def test_other_statements_share_none_and_few_words_have_none():
    assert shared(SAID, OTHERS["none"]) == 0
    assert bands_of("He said so") is None


def test_pairs_are_those_of_two_reports_that_share_a_band():
    bands = np.array([5, 5, 5, 9, 7, 9], dtype=np.uint64)
    numbers, reports = np.array([3, 1, 2, 1, 1, 3]), np.array([1, 7, 7, 7, 7, 1])
    assert pairs_in(bands, numbers, reports, 20).tolist() == [[1, 3], [2, 3]]
    assert pairs_in(bands, numbers, reports, 1).tolist() == [[1, 3], [2, 3]]
    assert pairs_in(bands[:1], numbers[:1], reports[:1], 20).tolist() == []


def test_variants_of_an_archive_are_found_and_written(batch, tmp_path):
    batch(write_lines(tmp_path / "a.jsonl", reports_of([SAID, *OTHERS.values()])))
    out = tmp_path / "out"
    found = find_all_variants(str(out), Here())
    rows = parquet.ParquetDataset(out / "variants").read().to_pylist()
    of_said = {(row["kind"], row["other_content"]) for row in rows if row["content"] == SAID}
    assert of_said >= {(kind, OTHERS[kind]) for kind in ("identical", "clipped", "altered")}
    assert OTHERS["none"] not in {words for _, words in of_said}
    assert all(row["published"] <= row["other_published"] for row in rows)
    assert all(row["statement"].startswith(row["document"]) for row in rows)
    assert found.tied == len(rows) == sum(found.kinds.values())
    assert found.statements == 6
    before = files_of(out)
    find_all_variants(str(out), Here(order=lambda items: list(reversed(items))))
    assert files_of(out) == before
    find_all_variants(f"file://{out}", Here())
    assert files_of(out) == before


def test_files_that_the_statements_lie_in_change_nothing_but_the_parts(batch, tmp_path, monkeypatch):
    texts = [SAID, *OTHERS.values(), f"{SAID} now", "The toll will stay as it is until the ferry line says otherwise"]
    name = write_lines(tmp_path / "a.jsonl", reports_of(texts))
    batch(name)
    monkeypatch.setattr(cutting, "LEAST", 50)
    monkeypatch.setitem(folding.PART_ROWS, "statements", 2)
    batch(name, out="parted")
    one, other = (find_all_variants(str(tmp_path / out), Here()) for out in ("out", "parted"))
    assert one == other
    assert len(list((tmp_path / "parted/statements").rglob("*.parquet"))) > 2
    rows = [
        sorted(map(str, parquet.ParquetDataset(tmp_path / out / "variants").read().to_pylist()))
        for out in ("out", "parted")
    ]
    assert rows[0] == rows[1]


def test_a_folder_without_an_archive_is_told(tmp_path):
    with pytest.raises(BatchError, match="no archive that onrecord batch has read"):
        find_all_variants(str(tmp_path), Here())


@pytest.mark.timed
def test_the_cost_of_bands_and_pairs_is_in_proportion():
    """At ten times the statements at most 15 times the time: the bar is 12, a busy machine's clock is no finer."""

    def pairing(count):
        chance = np.random.default_rng(5)
        bands = chance.integers(0, 2**62, (count, BANDS), dtype=np.uint64)
        bands[:, 0] = 7  # a phrase that everybody uses
        numbers = np.repeat(np.arange(count), BANDS)
        return lambda: pairs_in(bands.ravel(), numbers, numbers, 20)

    assert grows_at_most(15, pairing(2_000), pairing(20_000), noise=0.1)


def test_statements_that_cannot_be_read_are_told(batch, tmp_path):
    batch(write_lines(tmp_path / "a.jsonl", reports_of([SAID])))
    [path] = (tmp_path / "out/statements").rglob("*.parquet")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BatchError, match=r"part-00000\.parquet: can't be read"):
        find_all_variants(str(tmp_path / "out"), Here())
    path.unlink()
    with pytest.raises(BatchError, match=r"can't be read \(No such file"):
        find_all_variants(str(tmp_path / "out"), Here())
