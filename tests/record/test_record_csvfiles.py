"""Tables of CSV that a user gives: whatever a spreadsheet writes is read, and what is none is told in one line."""

from __future__ import annotations

import pytest

from onrecord.compare.tables import read_asked
from onrecord.errors import BadQuery, BadRow
from onrecord.record.registering import read_register


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(tmp_path, end):
    path = tmp_path / "table.csv"
    path.write_text(end.join(["name;kind", "Ada Quill;person", "Orrin Port;organization", ""]), "utf-8", newline="")
    entries, wrong = read_register(path)
    assert ([each.name for each in entries], wrong) == (["Ada Quill", "Orrin Port"], [])
    path.write_text(end.join(["speaker\twords", "Ada Quill\tThe levy, too", ""]), "utf-8", newline="")
    assert [(each.speaker, each.words) for each in read_asked(path)] == [("Ada Quill", "The levy, too")]


@pytest.mark.parametrize(("read", "error"), [(read_register, BadRow), (read_asked, BadQuery)])
def test_a_first_line_that_no_table_has_is_told_in_one_line(tmp_path, read, error):
    path = tmp_path / "table.csv"
    path.write_text("name,words," + "x" * 200_000, "utf-8")
    with pytest.raises(error, match=r"no CSV \(field larger than field limit") as caught:
        read(path)
    assert "\n" not in str(caught.value)
