"""People and organizations across reports."""

from __future__ import annotations

from onrecord.record.linking import link_people, unlink_people

__all__ = ["link_people", "unlink_people"]
