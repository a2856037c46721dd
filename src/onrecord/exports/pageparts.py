"""What pages that need nothing else are put together from: one head, with its policy, templates and styles."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from string import Template


def make_page(template: str, *, title: str, version: str, style: str, language: str = "en", **parts: str) -> str:
    """Return a page: the head that all have, whose policy (CSP) allows the one style and nothing else, and a body.

    Args:
        template: of the body, such as ``webpage.html``.
        title: of the page; HTML, like all that follows but the style.
        version: of onrecord.
        style: the page's own.
        language: of the page.
        parts: what else the template names.
    """
    return Template(resource("page.html")).substitute(
        language=language,
        version=version,
        title=title,
        style=style,
        style_hash=hash_of_style(style),
        body=Template(resource(template)).substitute(parts, title=title, version=version, language=language),
    )


def resource(name: str) -> str:
    """Return a template or a style of the package, such as ``webpage.css``."""
    return files("onrecord.exports").joinpath(name).read_text(encoding="utf-8")


def hash_of_style(style: str) -> str:
    """Return the hash that a page's policy (CSP) names the one style by that it allows.

    >>> hash_of_style("p{color:red}")
    'p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='
    """
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
