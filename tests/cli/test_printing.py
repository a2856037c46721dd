"""JSON and CSV on standard output."""

from __future__ import annotations

import csv
import io

from onrecord.cli.printing import print_csv


def test_what_is_read_of_a_long_table_is_printed_before_the_rest_is_read(capsysbinary):
    printed = []

    def rows():
        for number in range(4):
            printed.append(capsysbinary.readouterr().out)
            yield number, "word " * 25_000

    print_csv(("number", "words"), rows())
    told = b"".join([*printed, capsysbinary.readouterr().out]).decode()
    assert [bool(each) for each in printed] == [False, True, True, True]
    assert [row[0] for row in csv.reader(io.StringIO(told))] == ["number", "0", "1", "2", "3"]
