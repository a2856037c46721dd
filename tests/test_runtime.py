"""ONNX Runtime keeps no mark of the machine, and sends nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

READING = """
from onrecord import Document, Model, read
print(len(read(Document.from_text("“It holds,” said Ada Quill."), Model.load()).statements))
"""


@pytest.mark.parametrize("before", ["", "import onrecord.installation.examining as e; e.examine()\n"])
def test_a_reading_leaves_nothing_in_the_home_of_who_reads(tmp_path, before):
    """ONNX Runtime 1.32 makes ``~/.cache/Microsoft`` with an id of the device, and sends to Microsoft what is in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    done = subprocess.run(
        [sys.executable, "-B", "-c", before + READING],
        env={**kept, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("1\n", "")
    assert list(tmp_path.rglob("*")) == []
