"""The machine that onrecord runs on: Python, cores, memory, and what a container lets it have of them."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.cores import CORES

_CGROUP: Final = Path("/sys/fs/cgroup")
_UNLIMITED: Final = 1 << 60
"""Bytes: where there is no limit, the first version of cgroups has a number of this size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where onrecord runs."""

    python: str
    executable: str
    platform: str
    cores: int
    usable_cores: int
    """Those that this process may run on."""
    core_limit: float | None
    """How many of them a container gives it; None for no limit, or an unknown one."""
    memory: int | None
    """Bytes; None where the system does not tell."""
    memory_limit: int | None
    """Bytes that a container gives it; None for no limit, or an unknown one."""


def look_at_machine() -> Machine:
    """Return what this machine is."""
    return Machine(
        python=f"{platform.python_implementation()} {platform.python_version()}",
        executable=sys.executable,
        platform=platform.platform(),
        cores=os.cpu_count() or 1,
        usable_cores=CORES,
        core_limit=core_limit(),
        memory=_memory(),
        memory_limit=memory_limit(),
    )


def core_limit(cgroup: Path = _CGROUP) -> float | None:
    """Return how many cores a Linux container may use, such as 1.5; None for no limit, or an unknown one."""
    given = _words(cgroup / "cpu.max") or _words(cgroup / "cpu/cpu.cfs_quota_us", cgroup / "cpu/cpu.cfs_period_us")
    match given:
        case [quota, period] if quota.isdecimal() and period.isdecimal() and int(period):
            return int(quota) / int(period)
    return None


def memory_limit(cgroup: Path = _CGROUP) -> int | None:
    """Return how many bytes a Linux container may use; None for no limit, or an unknown one."""
    match _words(cgroup / "memory.max") or _words(cgroup / "memory/memory.limit_in_bytes"):
        case [limit] if limit.isdecimal() and int(limit) < _UNLIMITED:
            return int(limit)
    return None


def _words(*paths: Path) -> list[str]:
    try:
        return [word for path in paths for word in path.read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        return []


def _memory() -> int | None:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows has no sysconf
        return None
