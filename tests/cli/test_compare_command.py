"""``onrecord compare`` of files: what its record has to do with it."""

from __future__ import annotations


def test_files_are_compared_whatever_record_the_environment_names(onrecord, report, tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_RECORD", str(tmp_path / "none.db"))
    other = tmp_path / "other.txt"
    other.write_text("Toll stays\n\nThe toll will stay, Ada Quill said.\n", encoding="utf-8")
    result = onrecord("compare", report, other)
    assert (result.exit_code, "none.db" in result.stderr) == (0, False), result.stderr
