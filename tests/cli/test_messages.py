"""Messages: one line each, on standard error."""

from __future__ import annotations

from onrecord.cli.messages import complain


def test_a_message_is_one_line_without_escapes(capsys):
    complain("report\x1b[2J.html: broken\nin two")
    assert capsys.readouterr() == ("", "onrecord: report\\x1b[2J.html: broken in two\n")
