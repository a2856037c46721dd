"""The network itself: a window's scores depend on nothing beside it, and damage is refused (TG7)."""

from __future__ import annotations

import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from onrecord.document import Document
from onrecord.errors import ModelDamaged, ModelMissing
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.model.manifest import MANIFEST, WEIGHTS
from onrecord.model.rows import Rows
from onrecord.model.scores import BUCKETS, NAME_KINDS, NOMINAL_KINDS, CueScores, Sightings
from onrecord.model.session import ENCODER, LINKER, MENTIONS, RANKER, REFERENTS, VOCABULARY
from onrecord.model.surroundings import AROUND
from onrecord.pipeline import cut, read_paragraphs
from onrecord.settings import Settings
from onrecord.speakers.featurenames import FEATURES
from strategies import invented_report


@pytest.fixture(scope="module")
def windows(model):
    document = Document.from_text(invented_report(3, paragraphs=12))
    quotations = outermost(document.text, pair_quotemarks(document.text))
    return list(cut(document.text, read_paragraphs(document), quotations, model, Settings(max_window_tokens=64)))


def test_the_scores_have_the_shapes_that_they_are_said_to_have(model, windows):
    scores = model.tag(windows[0])
    size = len(windows[0])
    assert (scores.hidden.shape[:2], scores.cue.shape) == ((1, size), (size, 3))
    mentions = scores.mentions
    assert mentions.names.shape == (size, 1 + 2 * len(NAME_KINDS))
    assert mentions.nominals.shape == (size, 1 + 2 * len(NOMINAL_KINDS))
    assert mentions.vectors.shape == (size, 4 * len(model.manifest.pairing.none))
    assert mentions.read.shape[0] == size
    logits = model.link(scores, [(1, 1), (2, 4)])
    assert logits.source_start.shape == logits.source_end.shape == (2, size)
    assert (logits.content.shape, logits.valid.shape) == ((2, size, 3), (2,))
    arrays = (scores.cue, mentions.names, mentions.nominals, mentions.vectors, mentions.read)
    assert all(np.isfinite(array).all() for array in arrays)
    assert all(np.isfinite(array).all() for array in (logits.source_start, logits.content, logits.valid))


def sightings(read, whose):
    """Mentions of the second word piece, then of the third and so on, of those candidates."""
    draw = np.random.default_rng(5)
    count = whose.shape[1]
    rows = Rows()
    rows.append(read)
    return Sightings(
        read=rows,
        query=np.array([[0, 1], [2, 2], [3, 6]], dtype=np.intp),
        mentions=np.array([[at, at] for at in range(1, 1 + count)], dtype=np.intp).reshape(-1, 2),
        places=np.stack([draw.integers(0, most, count) for most in (3, BUCKETS, BUCKETS, 2, 2)], axis=1),
        whose=whose,
    )


def test_the_ranker_scores_each_candidate_by_itself(model, windows):
    rows = np.random.default_rng(4).normal(size=(5, len(FEATURES))).astype(np.float32)
    read = model.tag(windows[0]).mentions.read
    whose = np.eye(5, 8, dtype=np.float32)
    whose[3] = 0  # mentioned nowhere
    scores = model.rank(rows, sightings(read, whose))
    assert scores.shape == (5,)
    assert np.isfinite(scores).all()
    alone = [model.rank(rows[at : at + 1], sightings(read, whose[at : at + 1])) for at in range(5)]
    assert np.concatenate(alone) == pytest.approx(scores, abs=1e-4)


def test_those_who_are_mentioned_nowhere_are_ranked_by_their_features(model, windows):
    rows = np.random.default_rng(4).normal(size=(3, len(FEATURES))).astype(np.float32)
    read = model.tag(windows[0]).mentions.read
    nowhere = model.rank(rows, sightings(read, np.zeros((3, 0), np.float32)))
    others = model.rank(rows, sightings(read, np.zeros((3, 4), np.float32)))
    assert np.isfinite(nowhere).all()
    assert nowhere == pytest.approx(others, abs=1e-5)


def test_the_words_at_a_mention_count(model, windows):
    rows = np.zeros((2, len(FEATURES)), dtype=np.float32)
    read = model.tag(windows[0]).mentions.read
    one, other = model.rank(rows, sightings(read, np.eye(2, dtype=np.float32)))
    assert one != other


def test_a_window_gets_the_same_scores_from_any_thread_and_another_session(model, windows):
    alone = [model.tag(window) for window in windows]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(model.tag, windows[::-1]))[::-1]
    again = list(map(Model.load().tag, windows))
    for one, *others in zip(alone, together, again, strict=True):
        assert all(one.hidden.tobytes() == other.hidden.tobytes() for other in others)
        assert all(one.cue.tobytes() == other.cue.tobytes() for other in others)
        assert all(one.mentions.vectors.tobytes() == other.mentions.vectors.tobytes() for other in others)


def test_cues_of_a_long_window_get_the_same_answers_from_any_thread_and_another_session(model):
    hidden = np.random.default_rng(6).normal(size=(1, AROUND + 30, 384)).astype(np.float32)
    scores, cues = CueScores(hidden=hidden, cue=hidden[0, :, :3]), [(1, 2), (60, 60), (AROUND + 28, AROUND + 28)]
    alone = model.link(scores, cues)
    assert alone.content.shape == (3, AROUND + 30, 3)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: model.link(scores, cues), range(4)))
    for other in (*together, Model.load().link(scores, cues)):
        for name in ("source_start", "source_end", "content", "valid"):
            assert getattr(other, name).tobytes() == getattr(alone, name).tobytes()


@pytest.fixture
def copied(tmp_path):
    """A copy of the model of the package, and a way to write one of its files with the hash put right."""
    for path in WEIGHTS.iterdir():
        shutil.copy(path, tmp_path)

    def write(name, content):
        (tmp_path / name).write_bytes(content)
        manifest = json.loads((tmp_path / MANIFEST).read_bytes())
        manifest["files"][name] = hashlib.sha256(content).hexdigest()
        (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")

    return tmp_path, write


@pytest.mark.parametrize("name", [ENCODER, LINKER, RANKER, MENTIONS, REFERENTS, VOCABULARY, MANIFEST])
def test_a_missing_or_shortened_file_is_refused(copied, name):
    folder, _ = copied
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelDamaged):
        Model.load(folder)
    (folder / name).unlink()
    with pytest.raises(ModelMissing):
        Model.load(folder)


@pytest.mark.parametrize("name", [ENCODER, LINKER, RANKER, MENTIONS, REFERENTS, VOCABULARY])
@pytest.mark.parametrize("content", [b"", b"not a model", b"{}"])
def test_a_file_that_is_no_model_is_refused_even_with_its_hash(copied, name, content):
    folder, write = copied
    write(name, content)
    with pytest.raises(ModelDamaged):
        Model.load(folder)


def test_a_linker_that_takes_other_inputs_than_this_versions_is_refused(copied):
    folder, write = copied
    write(LINKER, (folder / MENTIONS).read_bytes())
    with pytest.raises(ModelDamaged, match=r"linker\.onnx is another version's: it takes hidden, lower"):
        Model.load(folder)


def test_a_manifest_that_leaves_a_file_unchecked_is_refused(copied):
    folder, _ = copied
    manifest = json.loads((folder / MANIFEST).read_bytes())
    del manifest["files"][LINKER]
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"linker\.onnx"):
        Model.load(folder)


def test_the_environment_names_another_model(model, tmp_path, monkeypatch):
    other = shutil.copytree(WEIGHTS, tmp_path / "other")
    manifest = json.loads((other / MANIFEST).read_text("utf-8"))
    (other / MANIFEST).write_text(json.dumps(manifest | {"name": "ours"}), encoding="utf-8")
    monkeypatch.setenv("ONRECORD_MODEL", str(other))
    assert Model.load().version.startswith("ours+")
    assert Model.load(WEIGHTS).version == Model.load(str(WEIGHTS)).version == model.version


def test_a_model_that_the_environment_names_and_is_none_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_MODEL", str(tmp_path / "nowhere"))
    with pytest.raises(ModelMissing, match="ONRECORD_MODEL"):
        Model.load()
