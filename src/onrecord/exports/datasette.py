"""What Datasette (https://datasette.io) should know of a record: its metadata file, for one record by its name.

The record opens in Datasette as it is. The metadata adds what the file cannot say: a search box on the view of
statements, what views and columns are, facets, and which tables are packed and better left alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

VIEWS: Final[dict[str, str]] = {
    "who_said_what": "One row a statement: who said it, with which word, and what.",
    "who_said_what_corrected": "The same with what people corrected over what was read.",
    "who_did_what": "One row an event: who did what to whom, as an outlet or somebody it quotes tells it.",
    "reports": "One row a report, with its text.",
    "statement_words": "The words of each statement's source, cue and content.",
    "statement_speakers": "Which entities say which statements.",
    "statement_about": "Which entities the content of which statements mentions.",
    "statement_addressees": "Which entities which statements were said to.",
    "statement_targets": "Which entities the cue of which statements accuses or praises.",
    "event_actors": "Which entities do what which events tell.",
    "event_recipients": "Which entities it is done to.",
    "people": "One row for each person, organization and country of all reports.",
    "person_entities": "Which entities of reports are which people and organizations of the record.",
    "roles": "What reports say that entities are.",
    "spans": "Where the words of statements stand: code points of the report's text.",
    "packed_spans": "The same spans by the numbers of this file.",
    "zones": "The parts of each report: headline, caption, body ...",
}
OPEN_TABLES: Final[dict[str, str]] = {
    "outlets": "Where reports come from.",
    "outlet_domains": "Which domains are whose.",
    "corrections": "What people said that statements should be.",
    "revisions": "What changed under the same address.",
    "copies": "Which reports repeat which.",
    "removals": "Reports that were taken out, without their words.",
    "runs": "Runs of onrecord add.",
    "quarantine": "Reports that could not be read.",
}
"""Tables that are plain enough to be looked at; all others are packed, and hidden."""
COLUMNS: Final[dict[str, str]] = {
    "statement": "The id to cite it by: the report's hash and that of its spans",
    "speaker": "Who said it, by the fullest name that the report gives; empty where it stays open",
    "content": "What was said; pieces are apart by an ellipsis",
    "cue": "The words that say that it was said",
    "source": "The words that name who said it",
    "form": "direct (in quotation marks), indirect, or mixed",
    "cue_class": "How the outlet frames it: neutral (said), doubting (claimed), accusing, denying ...",
    "modality": "said, future, hypothetical, or denied",
    "negated": "1: the report says that it was not said",
    "confidence": "How sure the reader is of source and content, 0 to 1",
    "standing": "counts; copy (in a report that repeats another); revised (a later text stands under the address)",
    "is_added": "1: the reader missed it, and somebody put it in",
    "document": "The report's hash",
}
_QUERIES: Final[dict[str, dict[str, str]]] = {
    "search": {
        "title": "Search what was said",
        "sql": """SELECT speaker, who_said_what.content, outlet, published, statement, address
FROM statements_fts JOIN who_said_what ON who_said_what.id = statements_fts.rowid
WHERE statements_fts MATCH :words AND standing = 'counts'
ORDER BY rank LIMIT 100""",
        "description": 'Words, a "phrase", or begin*; the best match first.',
    },
    "most_quoted": {
        "title": "Who is quoted most",
        "sql": """SELECT speaker, count(*) AS statements, count(DISTINCT outlet) AS outlets
FROM who_said_what WHERE standing = 'counts' AND speaker IS NOT NULL
GROUP BY speaker ORDER BY statements DESC, speaker LIMIT 100""",
        "description": "Copies and revised texts do not count.",
    },
    "framing": {
        "title": "How outlets frame what is said",
        "sql": """SELECT outlet, cue_class, count(*) AS statements
FROM who_said_what WHERE standing = 'counts'
GROUP BY outlet, cue_class ORDER BY outlet, statements DESC""",
        "description": "Where one outlet says claimed of what others say was said.",
    },
}


def datasette_metadata(record: Path, tables: list[str]) -> bytes:
    """Return the metadata of a record as JSON; ``tables`` are all tables that it has."""
    described: dict[str, Any] = {name: {"description": text} for name, text in (VIEWS | OPEN_TABLES).items()}
    described["who_said_what"] |= {
        "fts_table": "statements_fts",
        "fts_pk": "id",
        "columns": COLUMNS,
        "facets": ["outlet", "form", "cue_class"],
    }
    hidden = {name: {"hidden": True} for name in sorted(tables) if name not in OPEN_TABLES}
    database = {
        "description": "Who said what in news reports, pinned to the characters that say so.",
        "source": "onrecord",
        "tables": described | hidden,
        "queries": _QUERIES,
    }
    metadata = {"title": "Who said what", "databases": {record.stem: database}}
    return msgspec.json.format(msgspec.json.encode(metadata), indent=2) + b"\n"
