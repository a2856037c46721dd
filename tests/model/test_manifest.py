"""What the model's files must be; anything else is a typed error before a document is read (TG7)."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from onrecord.attribution.confidence import FEATURES
from onrecord.attribution.continuation import RULES
from onrecord.errors import ModelDamaged, ModelError, ModelMissing
from onrecord.model import manifest
from onrecord.model.manifest import LABELS, MANIFEST, WEIGHTS, Ranking, read_manifest
from onrecord.settings import DEFAULTS

BYTES = bytes(range(256)) * 4


def write_model(folder, **differs):
    """Write a manifest of one file, with what differs from a sound one."""
    (folder / "encoder.onnx").write_bytes(BYTES)
    manifest = {
        "name": "test",
        "labels": list(LABELS),
        "window_tokens": 256,
        "files": {"encoder.onnx": hashlib.sha256(BYTES).hexdigest()},
        "dials": {},
        "pairing": {"distance": [], "forms": [], "none": [], "none_bias": 0.0},
        "ranking": {
            "least": 0.5,
            "least_implicit": 0.5,
            "least_linked": 0.5,
            "least_definite": 0.5,
            "described": 0.0,
            "slope": 1.0,
            "intercept": 0.0,
        },
        "calibration": {"weights": {}, "rules": {}},
    }
    (folder / MANIFEST).write_text(json.dumps(manifest | differs), encoding="utf-8")
    return folder


def test_a_sound_model_is_described(tmp_path):
    manifest = read_manifest(write_model(tmp_path))
    assert manifest.name == "test"
    assert manifest.version.startswith("test+")
    assert len(manifest.version) == len("test+") + 12


def test_a_version_tells_files_apart(tmp_path):
    version = read_manifest(write_model(tmp_path)).version
    (tmp_path / "linker.onnx").write_bytes(b"")
    files = {
        name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "linker.onnx")
    }
    write_model(tmp_path, files=files)
    assert read_manifest(tmp_path).version != version


def test_a_folder_without_a_manifest_is_no_model(tmp_path, monkeypatch):
    with pytest.raises(ModelMissing, match="give a folder"):
        read_manifest(tmp_path)
    monkeypatch.setattr(manifest, "WEIGHTS", tmp_path)
    with pytest.raises(ModelMissing, match="install onrecord again"):
        read_manifest(tmp_path)
    with pytest.raises(ModelMissing):
        read_manifest(tmp_path / "nowhere")


def test_a_file_that_is_not_there_is_named(tmp_path):
    write_model(tmp_path)
    (tmp_path / "encoder.onnx").unlink()
    with pytest.raises(ModelMissing, match=r"encoder\.onnx"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"name": "test"}', b"[" * 100_000, b'{"name": 1}', b"\0" * 64],
)
def test_a_manifest_that_is_none_is_damage(tmp_path, content):
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(ModelDamaged, match="manifest"):
        read_manifest(tmp_path)


def test_a_manifest_that_cannot_be_opened_is_damage(tmp_path):
    (tmp_path / MANIFEST).mkdir()
    with pytest.raises(ModelDamaged):
        read_manifest(tmp_path)


def test_every_cut_of_a_manifest_is_damage(tmp_path):
    whole = (write_model(tmp_path) / MANIFEST).read_bytes()
    for end in range(len(whole)):
        (tmp_path / MANIFEST).write_bytes(whole[:end])
        with pytest.raises(ModelDamaged):
            read_manifest(tmp_path)


@pytest.mark.parametrize("labels", [[], ["outside", "first"], ["first", "further", "outside"], [*LABELS, "B-event"]])
def test_another_label_set_is_damage(tmp_path, labels):
    with pytest.raises(ModelDamaged, match="labels"):
        read_manifest(write_model(tmp_path, labels=labels))


def test_a_wrong_hash_is_damage(tmp_path):
    with pytest.raises(ModelDamaged, match=r"encoder\.onnx"):
        read_manifest(write_model(tmp_path, files={"encoder.onnx": "0" * 64}))


@pytest.mark.parametrize("end", [0, 1, 512, len(BYTES) - 1])
def test_a_file_cut_short_is_damage(tmp_path, end):
    write_model(tmp_path)
    (tmp_path / "encoder.onnx").write_bytes(BYTES[:end])
    with pytest.raises(ModelDamaged, match="cut short"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("bit", [0, 4_000, 8 * len(BYTES) - 1])
def test_one_flipped_bit_is_damage(tmp_path, bit):
    write_model(tmp_path)
    altered = bytearray(BYTES)
    altered[bit // 8] ^= 1 << bit % 8
    (tmp_path / "encoder.onnx").write_bytes(altered)
    with pytest.raises(ModelError):
        read_manifest(tmp_path)


@pytest.mark.parametrize("name", ["dials", "pairing", "ranking", "calibration"])
def test_a_manifest_without_its_tuned_values_is_damage(tmp_path, name):
    manifest = json.loads((write_model(tmp_path) / MANIFEST).read_bytes())
    del manifest[name]
    (tmp_path / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelDamaged, match=name):
        read_manifest(tmp_path)


def test_a_manifest_that_is_no_text_is_damage(tmp_path):
    write_model(tmp_path)
    (tmp_path / MANIFEST).write_bytes(b'{"name": "\xff"}')
    with pytest.raises(ModelDamaged, match="can't be read"):
        read_manifest(tmp_path)


def test_the_model_of_the_package_is_whole_and_fits_its_readers():
    manifest = read_manifest(WEIGHTS)
    assert set(manifest.files) == {path.name for path in WEIGHTS.iterdir()} - {MANIFEST}
    assert set(FEATURES) <= manifest.calibration.weights.keys()
    assert set(RULES) <= manifest.calibration.rules.keys()
    assert manifest.window_tokens == DEFAULTS.max_window_tokens
    assert len(manifest.pairing.forms) == 9
    assert len(manifest.pairing.distance) == 12
    assert 0 <= manifest.ranking.least <= manifest.ranking.least_implicit < 1
    assert manifest.ranking.slope > 0
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= 40_000_000


def test_trees_and_network_are_averaged_by_their_shares():
    ranking = Ranking(
        least=0.0,
        least_implicit=0.5,
        least_linked=0.0,
        least_definite=0.0,
        slope=1.0,
        intercept=0.0,
        described=0.0,
        network=0.25,
    )
    by_trees, by_network = np.array([-4, -8], dtype=np.float32), np.array([-8, 0], dtype=np.float32)
    scores = ranking.average(by_trees, by_network)
    assert (scores.tolist(), scores.dtype) == ([-5, -6], np.float32)
