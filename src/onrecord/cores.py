"""How many processor cores there are for us."""

from __future__ import annotations

import os
from typing import Final

CORES: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
"""Those that this process may run on, which ``taskset`` and job schedulers make fewer than the machine has."""
