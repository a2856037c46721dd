"""Labels of a transcript that are nobody's name: the letters of an interview, and "UNIDENTIFIED MALE".

>>> is_letter("Q"), is_letter("QUILL"), is_nameless("UNIDENTIFIED MALE"), is_nameless("Question")
(True, False, True, True)
"""

from __future__ import annotations

import re
from typing import Final

from onrecord.attribution.labelled import NO_NAME

LETTER: Final = re.compile(r"Q|A|QUESTION|Question|ANSWER|Answer")


def is_letter(label: str) -> bool:
    """Tell whether a source only says that a question or an answer follows."""
    return LETTER.fullmatch(label) is not None


def is_nameless(label: str) -> bool:
    """Tell whether a source is what a transcript calls whom it has no name for."""
    return is_letter(label) or NO_NAME.fullmatch(label) is not None
