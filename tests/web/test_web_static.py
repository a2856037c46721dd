"""WEB5: no path leads out of the folder of style sheets, and no answer sends a reader to another site."""

from __future__ import annotations

import pytest

from onrecord.web.static import load_static

OUTSIDE = (
    "/static/../app.py",
    "/static/..%2fapp.py",
    "/static/%2e%2e/app.py",
    "/static/..%5capp.py",
    "/static/....//app.py",
    "/static/reader.css%00.html",
    "/static/%00",
    "/static/",
    "/static",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/../static_secret/x",
    "/static_secret/x",
    "/static/reader.css/",
    "/static/reader.css/..",
    "/static/templates/base.html",
    "/static/" + "a" * 5_000,
)
ELSEWHERE = (
    "//e.example",
    "//e.example/",
    "//e.example/%2f..",
    "/\\e.example",
    "/%5ce.example",
    "/%2f%2fe.example",
    "/%2f%2fe.example/",
    "///e.example",
    "/search//e.example/..",
    "/report//e.example",
    "/search/",
    "/http://e.example",
    "/;@e.example",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_folder_is_sent(client, path):
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert "def create_app" not in answer.text


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nobody_is_sent_to_another_site(client, path):
    answer = client.get(f"http://testserver{path}" if path.startswith("//") else path, follow_redirects=False)
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_a_link_in_the_folder_is_not_followed_by_a_request(client, tmp_path):
    # The files are read when the server starts, by their names: what appears later is not looked for.
    (tmp_path / "secret.css").write_text("secret")
    assert client.get(f"/static/{tmp_path}/secret.css").status_code == 404
    assert set(load_static()) == {
        "across.css",
        "icon.svg",
        "reader.css",
        "ties-64.css",
        "ties-256.css",
        "ties-1000.css",
    }


def test_a_file_is_kept_for_ever_by_its_tag_alone(client):
    page = client.get("/").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in client.get(address).headers["cache-control"]
    assert client.get("/static/reader.css?v=old").headers["cache-control"] == "no-cache"
    assert client.get("/static/reader.css").headers["content-type"] == "text/css; charset=utf-8"


def test_a_first_load_is_small(client, levy):
    page = client.get(f"/report/{levy}")
    sheets = [part.partition('"')[0] for part in page.text.split('rel="stylesheet" href="')[1:]]
    icon = page.text.partition('rel="icon" href="')[2].partition('"')[0]
    assert len(sheets) == 2
    weight = len(page.content) + sum(len(client.get(address).content) for address in (*sheets, icon))
    assert weight < 150_000
