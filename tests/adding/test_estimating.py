"""How many reports there are, before they are read."""

from __future__ import annotations

import gzip

from onrecord.adding.estimating import count_reports


def test_files_count_as_one_and_lines_as_one_each(tmp_path):
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    (tmp_path / "b.html").write_text("<p>one")
    (tmp_path / "c.jsonl").write_text("{}\n" * 6 + "{}")
    assert count_reports([str(tmp_path)]) == 9
    assert count_reports([str(tmp_path / "*.jsonl"), "nowhere.txt"]) == 8


def test_what_does_not_tell_is_not_counted(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"{}\n{}\n"))
    (tmp_path / "b.jsonl").write_bytes(gzip.compress(b"{}\n{}\n"))
    (tmp_path / "c.rss").write_text("<rss/>")
    for name in ("a.jsonl.gz", "b.jsonl", "c.rss"):
        assert count_reports([str(tmp_path / name)]) is None
    assert count_reports(["https://orrin.example/levy"]) is None
    assert count_reports(["-"]) is None
