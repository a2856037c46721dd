"""Adding reports to a record: sources to documents, documents to readings in worker processes, readings to the record.

    with Record.open("news.db", create=True) as record:
        for outcome in add_sources(record, ["reports/"]):
            print(outcome)

The road is the pipeline's, with three rules on top: what the record holds already is not read again, results are
written in the order of the documents whoever reads faster, and only this process writes.
"""

from __future__ import annotations

from onrecord.adding.outcomes import Counts, Kept, SetAside
from onrecord.adding.running import add_documents, add_sources

__all__ = ["Counts", "Kept", "SetAside", "add_documents", "add_sources"]
