"""Characters that a screen acts on instead of showing them."""

from __future__ import annotations

import re
from typing import Final

# C0 and C1 controls (ESC, CSI ...) save tab and line breaks, marks that reorder what follows (Trojan Source,
# CVE-2021-42574), line separators, and lone surrogates, which no encoding can write.
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
