"""ONNX Runtime: the one place where it is brought in, so that it tells nobody that it runs."""

from __future__ import annotations

import os
from typing import Any, Final

SILENCE: Final = "ORT_DISABLE_TELEMETRY"
"""Read by ONNX Runtime when it is loaded. Without it, from 1.32 on, each process keeps an id of the machine and what
it did in ``~/.cache/Microsoft`` (or where that is elsewhere), and after some seconds sends it to Microsoft."""


def load_runtime() -> Any:
    """Return ONNX Runtime, loaded (a fifth of a second) and silent."""
    os.environ[SILENCE] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # where another loaded it before, and in Windows' own builds
    return onnxruntime
