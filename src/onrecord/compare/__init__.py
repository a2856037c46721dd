"""Across reports: where the same words stand elsewhere, and whether a quotation is in the record.

Above the record, which never imports it.
"""

from __future__ import annotations

from onrecord.compare.tying import Tie, tie
from onrecord.compare.variants import Variant, find_variants
from onrecord.compare.verifying import Asked, Verdict, verify

__all__ = ["Asked", "Tie", "Variant", "Verdict", "find_variants", "tie", "verify"]
