"""Pages: each shows what it promises, and every state of one is an address."""

from __future__ import annotations


def test_the_overview_says_what_is_in_the_record(client):
    page = client.get("/").text
    assert "31 reports" in page or "28 reports" in page
    assert "reports/bad.html" in page
