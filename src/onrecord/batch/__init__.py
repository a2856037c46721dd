"""Archives that outgrow one file: WARC, JSON Lines and Parquet, from any place, read by Ray Data to Parquet by month.

    with open_cluster(workers=4) as cluster:
        for progress in run_batch(["crawl/*.warc.gz"], "archive/", cluster=cluster):
            print(progress)

Above ingest, pipeline and record, like :mod:`onrecord.adding`, whose readers do the reading here, too. Ray plans where
what runs, moves it, and tries again; what a part of the work gives depends on its input alone:

1. name       inputs to a list, each with its size and a mark of its content           inputs, places
2. cut        large ones into pieces, at the same places each time                      cutting, plan
3. read       a shard at a time, each to files and a mark that it is done               pieces, shards
4. fold       shards to tables by year and month, what is repeated left out             tables, folding
5. state      what was read, by which model, and what could not be                      manifest

``running`` goes through these steps, and ``cluster`` is the only place that knows Ray; ``underway`` counts for who
watches. Of an archive that is read, ``loading`` takes reports into a record, and ``variants`` finds the same words
across it, by ``bands``.
"""

from __future__ import annotations
