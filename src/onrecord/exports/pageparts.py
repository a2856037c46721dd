"""What pages that need nothing else are put together from: their templates and styles, and the policy for a style."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files


def resource(name: str) -> str:
    """Return a template or a style of the package, such as ``webpage.css``."""
    return files("onrecord.exports").joinpath(name).read_text(encoding="utf-8")


def hash_of_style(style: str) -> str:
    """Return the hash that a page's policy (CSP) names the one style by that it allows.

    >>> hash_of_style("p{color:red}")
    'p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='
    """
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
