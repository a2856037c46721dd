"""Reading archives: the same bytes whatever happens, and nothing lost in silence (reliability rows BA1 to BA4)."""

from __future__ import annotations

import json
import os
import sys
import threading

import pytest

pytest.importorskip("fsspec", reason="archives need the extra batch: pip install 'onrecord[batch]'")
pytest.importorskip("pyarrow", reason="archives need the extra batch: pip install 'onrecord[batch]'")

import msgspec
from pyarrow import parquet

from batch_by_hand import Here, entry, files_of, write_lines
from onrecord.batch import cutting, folding, places, running, shards
from onrecord.batch.inputs import list_inputs
from onrecord.batch.places import Place, ask, find_place
from onrecord.batch.plan import Homes, find_plan
from onrecord.batch.running import make_order
from onrecord.batch.shards import ShardReader, Task
from onrecord.batch.underway import UnderWay
from onrecord.errors import BatchError, MissingExtra, ModelError, SourceError, Unreachable
from onrecord.ingest.options import ReadOptions
from onrecord.reading import Reader
from onrecord.settings import Settings
from reading_by_hand import READER

PLAN = "_onrecord/plan.json"


@pytest.fixture
def small_pieces(monkeypatch):
    """Cut inputs to pieces of some reports."""
    monkeypatch.setattr(cutting, "LEAST", 1_000)
    monkeypatch.setattr(cutting, "SHARDS", 8)


@pytest.fixture
def lines(tmp_path, small_pieces):
    """A file of reports of three months: one twice, one without a date, one that can't be read."""
    entries = [entry(number, "PAUSE" * (number % 5 == 0)) for number in range(40)]
    return write_lines(tmp_path / "a.jsonl", [*entries[:7], {"body": 1}, *entries[7:], entry(3), entry(40, date=None)])


def rows(folder, table):
    return parquet.ParquetDataset(folder / table).read().to_pylist()


# ---- what is written


def test_reports_go_to_tables_by_month(batch, lines, tmp_path):
    finished = batch(lines)
    out = tmp_path / "out"
    assert finished.counts["reports"] == 41
    assert finished.counts["statements"] == 3 * 41
    assert (finished.counts["repeated"], finished.counts["failures"]) == (1, 1)
    assert sorted(files_of(out)) == [
        PLAN,
        *(
            f"documents/year={year}/month={month}/part-00000.parquet"
            for year, month in [("2024", "04"), ("2024", "05"), ("2024", "06"), ("__HIVE_DEFAULT_PARTITION__",) * 2]
        ),
        "failures.jsonl",
        "manifest.json",
        *(
            f"statements/year={year}/month={month}/part-00000.parquet"
            for year, month in [("2024", "04"), ("2024", "05"), ("2024", "06"), ("__HIVE_DEFAULT_PARTITION__",) * 2]
        ),
    ]
    may = parquet.read_table(out / "documents/year=2024/month=05/part-00000.parquet", partitioning=None).to_pylist()
    assert [row["title"] for row in may] == [f"Report {number}" for number in range(1, 40, 3)]
    assert may[0]["origin"] == f"{lines}:2"
    assert may[0]["text"] == entry(1)["text"]
    assert (may[0]["model"], may[0]["statements"]) == (READER.model, 3)
    assert [row["position"] for row in may] == sorted(row["position"] for row in may)


def test_statements_have_the_columns_of_an_export(batch, lines, tmp_path):
    from onrecord.record.statements import arrow_schema

    batch(lines)
    path = next((tmp_path / "out/statements/year=2024/month=04").iterdir())
    assert parquet.read_schema(path).names == [
        name for name in arrow_schema().names if name not in {"speaker_ids", "standing", "copy_of"}
    ]
    found = parquet.read_table(path, partitioning=None).to_pylist()[1]
    assert found["content"].startswith("The levy of 0 crowns will go")
    assert (found["outlet"], found["date"].isoformat(), found["model"]) == (None, "2024-04-01", READER.model)


def test_the_manifest_says_what_was_read_and_by_whom(batch, lines, tmp_path):
    batch(lines, "none.jsonl")
    manifest = json.loads((tmp_path / "out/manifest.json").read_bytes())
    assert manifest["reader"] == {"version": READER.version, "model": READER.model}
    assert manifest["failures"] == {"BadLine": 1, "MissingSource": 1}
    [told] = manifest["inputs"]
    assert (told["name"], told["reports"], told["failures"]) == (
        lines,
        42,
        1,
    )  # one of them stands in another shard, too
    for each in manifest["files"]:
        content = (tmp_path / "out" / each["path"]).read_bytes()
        assert (len(content), parquet.read_metadata(tmp_path / "out" / each["path"]).num_rows) == (
            each["bytes"],
            each["rows"],
        )
    failures = [json.loads(line) for line in (tmp_path / "out/failures.jsonl").read_text().splitlines()]
    assert [(each["where"], each["kind"]) for each in failures] == [
        ("none.jsonl", "MissingSource"),
        (f"{lines}:8", "BadLine"),
    ]


@pytest.mark.usefixtures("small_pieces")
def test_an_input_without_a_report_is_told(batch, tmp_path):
    one, none = write_lines(tmp_path / "a.jsonl", [entry(1)]), tmp_path / "b.jsonl"
    none.write_bytes(b"\n" * 9_000)
    finished = batch(one, str(none))
    assert [(each.where, each.what) for each in finished.failures] == [(str(none), "no report in it")]


# ---- the same bytes (BA1, BA2)


def test_the_order_in_which_shards_are_read_changes_nothing(batch, lines, tmp_path):
    batch(lines)
    batch(lines, out="other", cluster=Here(order=lambda items: list(reversed(items))))
    assert len(find_plan(find_place(str(tmp_path / "out"))).shards) == 7
    assert files_of(tmp_path / "out") == files_of(tmp_path / "other")


def test_an_interrupted_run_goes_on_where_it_stopped(batch, lines, tmp_path):
    batch(lines)
    for ends_after in (0, 2, 1, 3):
        with pytest.raises(KeyboardInterrupt):
            batch(lines, out="other", cluster=Here(ends_after=ends_after))
    read = []
    batch(lines, out="other", cluster=Here(order=lambda items: read.append(len(items)) or items))
    assert read[0] == len(find_plan(find_place(str(tmp_path / "out"))).shards) - 6
    assert files_of(tmp_path / "out") == files_of(tmp_path / "other")


def test_a_run_ended_while_it_folds_is_folded_again(batch, lines, tmp_path, monkeypatch):
    batch(lines)
    write, written = running.write_part, []

    def end(out, part):
        written.append(part)
        if len(written) == 5:
            (tmp_path / "other/documents/year=2024/x.parquet.7.part").write_bytes(b"half")
            raise KeyboardInterrupt
        return write(out, part)

    monkeypatch.setattr(running, "write_part", end)
    with pytest.raises(KeyboardInterrupt):
        batch(lines, out="other")
    batch(lines, out="other")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "other")


class Watched(Here):
    """A cluster that notes, when a shard is read, how many reports are counted in a folder."""

    __slots__ = ("folder", "noted")

    def __init__(self, folder):
        super().__init__()
        object.__setattr__(self, "folder", str(folder))
        object.__setattr__(self, "noted", [])

    def map_in_actors(self, make, argument, items):
        for answer in super().map_in_actors(make, argument, items):
            self.noted.append(UnderWay(self.folder).reports())
            yield answer


def test_who_watches_is_told_of_the_reports_of_shards_that_are_not_done(batch, lines, tmp_path):
    folder = tmp_path / "under way"
    folder.mkdir()
    order = make_order([lines])
    cluster = Watched(folder)
    finished = running.run_batch(order, str(tmp_path / "watched"), cluster, under_way=str(folder))
    assert len(cluster.noted) > 1
    assert sum(cluster.noted) == finished.counts["reports"] + 1  # one is in two shards, and is kept once
    assert list(folder.iterdir()) == []
    batch(lines)
    assert files_of(tmp_path / "watched") == files_of(tmp_path / "out")


def test_who_watches_and_is_gone_ends_no_run(lines, tmp_path, by_hand):
    gone = str(tmp_path / "gone")
    assert running.run_batch(make_order([lines]), str(tmp_path / "out"), Here(), under_way=gone).counts["reports"] == 41


def test_a_run_that_is_complete_is_not_done_again(batch, lines, tmp_path):
    first = batch(lines)
    before = files_of(tmp_path / "out")
    again = batch(lines, cluster=Here(ends_after=0))
    assert (again.was_done, again.counts, again.failures) == (True, first.counts, first.failures)
    assert files_of(tmp_path / "out") == before


def test_an_input_named_twice_is_read_once(batch, lines):
    assert batch(lines, lines, f"{lines[:-7]}*.jsonl").counts["reports"] == 41


def test_a_shard_read_by_two_at_once_is_one_result(batch, lines, tmp_path):
    """Reliability row BA2."""
    with pytest.raises(KeyboardInterrupt):
        batch(lines, cluster=Here(ends_after=0))
    out = str(tmp_path / "out")
    plan = find_plan(find_place(out))
    task = msgspec.json.encode(Task(out=out, reader=READER, options=ReadOptions(), settings=Settings()))
    readers = [ShardReader(task), ShardReader(task)]
    shard = plan.shards[0]
    found = []
    inputs = [plan.order.inputs[piece.input] for piece in shard.pieces]
    threads = [threading.Thread(target=lambda each=each: found.append(each.read(shard, inputs))) for each in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for reader in readers:
        reader.close()
    assert found[0] == found[1]
    assert not [name for name in Homes(find_place(out)).shards.names() if name.endswith(".part")]
    batch(lines)
    batch(lines, out="other")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "other")


@pytest.mark.usefixtures("small_pieces")
def test_a_report_that_stands_in_two_shards_is_kept_once(batch, tmp_path):
    one = write_lines(tmp_path / "a.jsonl", [entry(number) for number in range(30)])
    two = write_lines(tmp_path / "b.jsonl", [entry(number) for number in range(20, 40)])
    finished = batch(one, two)
    assert (finished.counts["reports"], finished.counts["repeated"]) == (40, 10)
    documents = rows(tmp_path / "out", "documents")
    assert len({row["document"] for row in documents}) == len(documents) == 40
    assert finished.counts["statements"] == len(rows(tmp_path / "out", "statements")) == 120
    again = [row["origin"] for row in documents if row["title"] == "Report 25"]
    assert again == [f"{one}:26"]


def test_an_input_of_reports_that_stood_elsewhere_is_none_without_a_report(batch, tmp_path):
    one = write_lines(tmp_path / "a.jsonl", [entry(1), entry(2)])
    two = write_lines(tmp_path / "b.jsonl", [entry(2)])
    finished = batch(one, two)
    assert (finished.counts["reports"], finished.counts["repeated"], finished.failures) == (2, 1, ())


@pytest.mark.usefixtures("small_pieces")
def test_a_report_that_has_another_date_the_second_time_is_kept_once(batch, tmp_path, monkeypatch):
    one = write_lines(tmp_path / "a.jsonl", [entry(number) for number in range(30)])
    two = write_lines(tmp_path / "b.jsonl", [entry(number, date="2023-01-05") for number in range(20, 30)])
    three = write_lines(tmp_path / "c.jsonl", [entry(number, date=None) for number in range(25, 31)])
    finished = batch(one, two, three)
    assert (finished.counts["reports"], finished.counts["repeated"]) == (31, 15)
    documents = rows(tmp_path / "out", "documents")
    assert len({row["document"] for row in documents}) == len(documents) == 31
    assert finished.counts["statements"] == len(rows(tmp_path / "out", "statements")) == 93
    assert not [path for path in files_of(tmp_path / "out") if "2023" in path]  # of which all were there before
    monkeypatch.setattr(folding, "SHARE_ROWS", 7)
    batch(one, two, three, out="other")
    assert files_of(tmp_path / "other") == files_of(tmp_path / "out")


# ---- another run (BA3)


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"options": ReadOptions(force=True)}, "another option: force was false, and is true"),
        ({"options": ReadOptions(text_field="body")}, "another option: text_field was not given, and is body"),
        ({"settings": Settings(max_window_tokens=128)}, "another setting: max_window_tokens was 256, and is 128"),
        ({"reader": Reader(version="0.1.0", model="b")}, "another model (hand, not b)"),
        ({"reader": Reader(version="9", model="hand")}, "another version of onrecord (0.1.0, not 9)"),
    ],
)
def test_other_options_under_the_same_folder_are_refused(batch, lines, tmp_path, change, difference):
    batch(lines)
    before = files_of(tmp_path / "out")
    with pytest.raises(BatchError) as error:
        batch(lines, **change)
    assert f"holds a run with {difference}; run it as before" in str(error.value)
    assert files_of(tmp_path / "out") == before


def test_other_inputs_under_the_same_folder_are_refused(batch, lines, tmp_path):
    other = write_lines(tmp_path / "b.jsonl", [entry(50)])
    batch(lines)
    for names, difference in (
        ([other], f"other inputs: {lines} is not among these"),
        ([lines, other], f"other inputs: {other} is new"),
        ([lines, "none"], "other inputs that can't be read (none)"),
    ):
        with pytest.raises(BatchError) as error:
            batch(*names)
        assert difference in str(error.value)
    write_lines(lines, [entry(1)])
    with pytest.raises(BatchError, match=r"another content of .*a\.jsonl"):
        batch(lines)


def test_a_folder_with_something_else_in_it_is_refused(batch, lines, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/notes.txt").write_text("mine")
    with pytest.raises(BatchError, match=r"something in it \(notes\.txt\), and no run of onrecord batch"):
        batch(lines)
    assert list(files_of(tmp_path / "out")) == ["notes.txt"]


def test_settings_of_the_machine_are_no_difference(batch, lines):
    batch(lines)
    assert batch(lines, settings=Settings(threads=3, web_seconds=9.0)).was_done


# ---- what workers die of (BA4)


@pytest.mark.usefixtures("killable")
@pytest.mark.parametrize(
    ("poison", "cause"), [("CRASH", "the reader died of signal 9"), ("RAISE", "the reader failed (IndexError")]
)
def test_a_report_that_kills_its_reader_is_set_aside_and_the_rest_is_done(batch, tmp_path, poison, cause):
    """Reliability row BA4."""
    entries = [entry(number, poison * (number == 4)) for number in range(8)]
    finished = batch(write_lines(tmp_path / "a.jsonl", entries))
    [failure] = finished.failures
    assert (failure.where, failure.kind, failure.tries) == (f"{tmp_path / 'a.jsonl'}:5", "SetAside", 2)
    assert failure.what.startswith(cause)
    assert finished.counts["reports"] == 7


@pytest.mark.usefixtures("killable")
def test_a_reader_that_dies_once_is_not_held_against_the_report(batch, tmp_path):
    name = write_lines(tmp_path / "a.jsonl", [entry(1, f"CRASH ONCE {tmp_path}/met"), entry(2)])
    finished = batch(name)
    assert (tmp_path / "met").exists()
    assert (finished.counts["reports"], finished.failures) == (2, ())


def test_a_reading_that_can_not_be_kept_is_set_aside(batch, tmp_path):
    finished = batch(write_lines(tmp_path / "a.jsonl", [entry(1, "ASTRAY"), entry(2)]))
    [failure] = finished.failures
    assert "gave what can't be kept: span" in failure.what
    assert finished.counts["reports"] == 1


def test_a_shard_whose_worker_dies_again_and_again_is_set_aside(batch, lines, tmp_path, monkeypatch):
    deaths = []

    class Dying(Here):
        def map_in_actors(self, make, argument, items):
            """Begin the first item five times, as workers do that are killed over it."""
            worker = make(argument)
            for _ in range(shards.DEATHS):
                monkeypatch.setattr(ShardReader, "_check_reader", lambda _: deaths.append(1) or 1 / 0)
                with pytest.raises(ZeroDivisionError):
                    worker.work(items[0])
                monkeypatch.undo()
            monkeypatch.setattr(cutting, "LEAST", 1_000)
            yield from (worker.work(item) for item in items)
            worker.close()

    finished = batch(lines, cluster=Dying())
    assert len(deaths) == shards.DEATHS
    assert [each.what for each in finished.failures][:1] == [f"the worker died {shards.DEATHS} times over it"]
    assert 20 < finished.counts["reports"] < 41
    assert not list((tmp_path / "out/_onrecord").glob("shards*"))


def test_a_worker_with_another_model_reads_nothing(batch, lines, tmp_path):
    with pytest.raises(ModelError, match=r"a worker has onrecord .* with hand, and the run 9 with other"):
        batch(lines, reader=Reader(version="9", model="other"))
    assert not (tmp_path / "out/manifest.json").exists()


# ---- what can't be read


def test_one_address_is_not_given_to_several_inputs(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Ada Quill said no.")
    with pytest.raises(BatchError, match="one address was given for several inputs; leave --url out"):
        make_order([str(tmp_path)], options=ReadOptions(url="https://orrin.example/a"), reader=READER)


def test_nothing_to_read_touches_nothing(batch, tmp_path):
    with pytest.raises(BatchError, match="nothing to read: none: no such file or folder"):
        batch("none")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("by_hand")
def test_an_input_that_goes_away_is_told_and_the_rest_is_kept(lines, tmp_path):
    gone = tmp_path / "gone.jsonl"
    gone.write_bytes((tmp_path / "a.jsonl").read_bytes().replace(b"Report", b"Rapport"))

    def take_away(items):
        if (tmp_path / "out" / PLAN).exists():
            gone.unlink(missing_ok=True)
        return items

    order = make_order([lines, str(gone)])
    with pytest.raises(
        Unreachable,
        match=r"gone\.jsonl: can't be read now \(No such file or directory\); \d shards are not read; run it again",
    ):
        running.run_batch(order, str(tmp_path / "out"), Here(order=take_away))
    assert not (tmp_path / "out/manifest.json").exists()
    gone.write_bytes((tmp_path / "a.jsonl").read_bytes().replace(b"Report", b"Rapport"))
    assert running.run_batch(order, str(tmp_path / "out"), Here()).counts["reports"] == 82


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names in UTF-8 only")
def test_a_file_whose_name_is_no_text_is_refused_and_the_rest_is_read(batch, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    write_lines(folder / os.fsdecode(b"a\xff.jsonl"), [entry(1)])
    write_lines(folder / "b.jsonl", [entry(2)])
    finished = batch(str(folder))
    assert finished.counts["reports"] == 1
    assert [(each.kind, each.where, each.what) for each in finished.failures] == [
        ("SourceError", f"{folder}/a\N{REPLACEMENT CHARACTER}.jsonl", "its name is not in UTF-8")
    ]


def test_an_output_or_an_option_that_is_no_text_is_refused(batch, lines):
    with pytest.raises(SourceError, match="its name is not in UTF-8; rename it"):
        batch(lines, out="out\udcff")
    with pytest.raises(BatchError, match="an option is not in UTF-8"):
        batch(lines, options=ReadOptions(url="https://orrin.example/\udcff"))


def test_halves_of_characters_are_read_as_for_a_record(batch, tmp_path):
    odd = entry(1, "\ud83d", title="T\ud83d", outlet="O\ud83d", author="A\ud83d", section="S\ud83d", more="\ud83d")
    assert batch(write_lines(tmp_path / "a.jsonl", [odd])).counts["reports"] == 1
    (document,) = rows(tmp_path / "out", "documents")
    odd = "\N{REPLACEMENT CHARACTER}"
    assert (document["title"], document["outlet"], document["authors"]) == (f"T{odd}", f"O{odd}", [f"A{odd}"])
    assert odd in document["text"]
    assert odd in document["extra"]


def test_a_store_that_does_not_answer_is_told_in_time():
    with pytest.raises(Unreachable, match=r"s3://news/a: can't be reached \(no answer within 0.05 s\)"):
        ask("s3://news/a", threading.Event().wait, seconds=0.05)


def test_a_store_that_refuses_touches_nothing(batch, lines, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("Unable to locate credentials")

    monkeypatch.setattr(places.find_place("memory://x").store.__class__, "isfile", refuse)
    with pytest.raises(Unreachable, match=r"memory://news: can't be reached \(Unable to locate credentials\)"):
        batch(lines, "memory://news")
    assert not (tmp_path / "out").exists()


def test_a_store_that_is_connected_to_once_it_is_named_is_told_where_it_does_not_answer(monkeypatch):
    def refuse(_name):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("fsspec.core.url_to_fs", refuse)
    with pytest.raises(Unreachable, match=r"ftp://orrin\.example/news: can't be reached \(Connection refused\)"):
        list_inputs(["ftp://orrin.example/news"])


def test_a_store_that_needs_a_package_names_it():
    pytest.importorskip("fsspec")
    try:
        import s3fs  # noqa: F401 - is it there?
    except ImportError:
        with pytest.raises(MissingExtra, match="install it: pip install s3fs"):
            list_inputs(["s3://news/a.jsonl"])


def test_the_output_may_lie_in_a_folder_that_is_read_and_another_run_s_is_told(batch, lines, tmp_path):
    batch(str(tmp_path), out="first")
    order = make_order([str(tmp_path)], out=str(tmp_path / "first"))
    assert running.run_batch(order, str(tmp_path / "first"), Here()).was_done
    order = make_order([f"{tmp_path}/**/*.jsonl"], out=str(tmp_path / "first"))
    assert [each.name for each in order.inputs] == [lines]
    assert not order.missing
    order = make_order([str(tmp_path)], out=str(tmp_path / "second"))
    assert [each.name for each in order.inputs] == [lines]
    assert [each.where for each in order.missing] == [str(tmp_path / "first")]


def test_files_of_a_folder_that_are_not_read_are_told(lines, tmp_path):
    (tmp_path / "more.jsonl.zst").write_bytes(b"")
    order = make_order([str(tmp_path)])
    assert [each.name for each in order.inputs] == [lines]
    assert [each.what for each in order.missing] == ["a file in it is not read: 1 .zst"]


# ---- stores


def test_a_name_that_begins_with_file_is_that_path(batch, lines, tmp_path):
    batch(lines)
    there = f"file://{tmp_path}/new/folder"
    order = make_order([f"file://{lines}", f"FILE://{tmp_path}/*.jsonl", f"local://{lines}"])
    assert running.run_batch(order, there, Here()).counts["reports"] == 41
    assert files_of(tmp_path / "new/folder") == files_of(tmp_path / "out")
    assert running.run_batch(order, f"{tmp_path}/new/folder", Here()).was_done
    with pytest.raises(BatchError, match="a folder with something in it"):
        running.run_batch(order, f"file://{tmp_path}", Here())


def test_a_store_with_folders_gets_those_that_it_lacks(tmp_path):
    store = find_place(str(tmp_path)).store  # which makes none by itself, as that of SFTP
    place = Place(store, f"{tmp_path}/new/folder", "sftp://news.example/new/folder").child("a.json")
    place.write(b"{}")
    assert (tmp_path / "new/folder/a.json").read_bytes() == b"{}"


def test_inputs_and_output_may_lie_in_a_store(batch, lines, tmp_path):
    batch(lines)
    store = find_place("memory://batch").store
    try:
        store.pipe_file("/batch/in/a.jsonl", (tmp_path / "a.jsonl").read_bytes())
        order = make_order(["memory://batch/in/"])
        finished = running.run_batch(order, "memory://batch/out", Here())
        assert finished.counts["reports"] == 41
        store.pipe_file("/batch/in.csv", b"")
        whole = make_order(["memory://batch"], out="memory://batch/out")
        assert (whole.inputs, [each.what for each in whole.missing]) == (
            order.inputs,
            ["a file in it is not read: 1 .csv"],
        )
        assert make_order(["memory://batch/**/*.json*"], out="memory://batch/out/").inputs == order.inputs
        assert [each.where for each in make_order(["memory://batch"]).missing] == [
            "memory:///batch/out",
            "memory://batch",
        ]
        there = {path.removeprefix("/batch/out/"): store.cat_file(path) for path in store.find("/batch/out")}
        assert sorted(there) == sorted(files_of(tmp_path / "out"))
        name = "documents/year=2024/month=05/part-00000.parquet"
        (tmp_path / "there.parquet").write_bytes(there[name])
        here, other = (
            parquet.read_table(tmp_path / "out" / name, partitioning=None),
            parquet.read_table(tmp_path / "there.parquet"),
        )
        assert here.drop_columns(["origin", "reading"]) == other.drop_columns(["origin", "reading"])
        assert other["origin"][0].as_py() == "memory:///batch/in/a.jsonl:2"
    finally:
        store.rm("/batch", recursive=True)
