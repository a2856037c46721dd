"""Make the examples of ``openapi.json``: requests to a server of the bundled record, and what it answers.

    python docs/rest_examples.py

Lists are cut to their first item, and readings to the first of what they hold, so that they can be looked at.
``tests/web/test_api_description.py`` holds them against the schemas.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final

from starlette.testclient import TestClient

from onrecord.web.app import Edits, create_app
from onrecord.web.bundled import make_bundled

FILE: Final = Path(__file__).parents[1] / "src/onrecord/web/api/examples.json"
HERE: Final = FILE.parents[2]
"""The package, which has the reports of the bundled record in it."""
EDITS: Final = Edits(token="not a secret")  # noqa: S106 - as it says
TOKEN: Final = {"Authorization": f"Bearer {EDITS.token}"}
API: Final = "/api/v1"
TEXT: Final = "“A harbour without a wall is not a harbour,” Ilse Varnham said on Monday."
MISSED: Final = "The boats of Saltmere will pay"
WHEN: Final = "2024-05-16T00:00:00+00:00"
CLOCKED: Final = ("made_at", "undone_at")
QUOTATION: Final = {"words": "the quay will be empty by Christmas", "speaker": "Oakhollow"}


def make_examples(client: TestClient) -> dict[str, Any]:
    """Return the examples by operation."""

    def ask(method: str, path: str, *, request: Any = None, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        given = parameters or {}
        query = {name: value for name, value in given.items() if f"{{{name}}}" not in path}
        response = client.request(
            method, API + path.format(**given), params=query, json=request, headers=TOKEN if method == "POST" else {}
        )
        response.raise_for_status()
        told = {"parameters": parameters, "request": request, "answer": cut(response.json())}
        return {name: value for name, value in told.items() if value is not None}

    found = ask("GET", "/search", parameters={"words": "quay", "limit": 1, "facets": True})
    (hit,) = found["answer"]["items"]
    statement, document = {"statement": hit["statement"]}, {"document": hit["citation"]["document"]}
    person = ask("GET", "/people", parameters={"name": "Varnham"})["answer"]["items"][0]
    report = {"text": TEXT, "title": "Vote on the wall", "date": "2024-05-20", "outlet": "Orrin Echo"}
    correction = ask(
        "POST", "/statements/{statement}/corrections", parameters=statement, request={"speaker": ["Berrin Oakhollow"]}
    )
    examples = {
        "list_documents": ask("GET", "/documents", parameters={"limit": 1}),
        "show_document": ask("GET", "/documents/{document}", parameters=document),
        "list_outlets": ask("GET", "/outlets"),
        "list_statements": ask("GET", "/statements", parameters={"limit": 1, "speaker": "Varnham"}),
        "show_statement": ask("GET", "/statements/{statement}", parameters=statement),
        "search": found,
        "count": ask("GET", "/stats", parameters={"limit": 1}),
        "list_people": ask("GET", "/people", parameters={"name": "Varnham"}),
        "show_person": ask("GET", "/people/{person}", parameters={"person": person["id"]}),
        "verify_words": ask("GET", "/verify", parameters=QUOTATION),
        "verify_quotation": ask("POST", "/verify", request=QUOTATION),
        "list_variants": ask("GET", "/variants/{statement}", parameters=statement),
        "list_stories": ask("GET", "/stories", parameters={"limit": 1}),
        "show_story": ask("GET", "/stories/{report}", parameters={"report": document["document"]}),
        "read_report": ask("POST", "/read", request=report),
        "correct_statement": correction,
        "list_corrections": ask("GET", "/corrections"),
        "undo_correction": ask("POST", "/corrections/{number}/undo", parameters={"number": 1}),
        "merge_people": ask("POST", "/people/merge", request={"people": ["Ilse Varnham", "Berrin Oakhollow"]}),
        "list_changes": ask("GET", "/changes"),
        "undo_change": ask("POST", "/changes/{number}/undo", parameters={"number": 1}),
        "split_person": ask(
            "POST",
            "/people/{person}/split",
            parameters={"person": person["id"]},
            request={"reports": [person_report(client, person["id"])], "why": "another of the name"},
        ),
        "put_statement_in": ask(
            "POST",
            "/documents/{document}/statements",
            parameters=document,
            request={"content": MISSED, "speaker": ["Ilse Varnham"], "who": "Nell", "why": "missed"},
        ),
        "take_statement_away": ask(
            "POST", "/statements/{statement}/take-away", parameters=statement, request={"why": "a heading"}
        ),
        "add_reports": ask("POST", "/documents", request=report),
    }
    return dict(sorted(examples.items()))


def person_report(client: TestClient, person: str) -> str:
    """Return the last report that somebody is in."""
    report: str = client.get(f"{API}/people/{person}").json()["found_in"][-1]["document"]
    return report


def cut(value: Any) -> Any:
    """Return an answer with one item of each list of objects, at one time, the same on every machine."""
    if isinstance(value, dict):
        return {name: WHEN if name in CLOCKED and each else cut(each) for name, each in value.items()}
    if isinstance(value, list):
        return [cut(each) for each in (value[:1] if value and isinstance(value[0], dict) else value)]
    return value.replace(f"{HERE}/", "") if isinstance(value, str) else value


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(make_bundled(Path(folder)), edits=EDITS)
        with TestClient(app) as client:
            examples = make_examples(client)
    FILE.write_text(json.dumps(examples, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
