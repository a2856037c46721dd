"""Addresses that lead to the same report: www., m., amp., tracking parameters, fragments."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

MIRROR_LABELS: Final = re.compile(r"(?<![^.])(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
"""Whole labels that outlets put before the domain for the same pages; something like a domain must be left."""
AMP_PATH: Final = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)")
TRACKING: Final = re.compile(
    r"utm_.*|(?:fb|g|dc|ms|tw|y|wb|gb)clid|gclsrc|mc_[ce]id|_hs(?:enc|mi)|ig_(?:sh)?id|cmpid|ncid|ito|ocid|smid|smtyp"
    r"|ref_?src|refsource|ref|cid|soc_(?:src|trk)|xtor|at_(?:medium|campaign|custom\d?)|ns_(?:source|mchannel|campaign|linkname)"
    r"|amp|outputtype|guccounter|guce_.*|share|spm|sr_share|via|feature|partner|rss|src|source|s_cid|yptr|intcmp|icid",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from, never which report is shown."""


def canonical_address(address: str | None) -> str | None:
    """Return what the mirror addresses of a report have in common: host, path and telling parameters.

    >>> canonical_address("https://www.orrin.example/levy/?utm_source=feed#top")
    'orrin.example/levy'
    >>> canonical_address("http://amp.orrin.example/levy/amp?id=7") == canonical_address("https://orrin.example/levy?id=7")
    True
    """
    if not address:
        return None
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port or an IPv6 address that is none
        return address
    if not host:
        return address
    told = sorted(
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(name)
    )
    path = AMP_PATH.sub("", parts.path).rstrip("/")
    place = f":{port}" if port not in {None, 80, 443} else ""
    return MIRROR_LABELS.sub("", host, count=1) + place + path + (f"?{urlencode(told)}" if told else "")


def address_print(address: str | None) -> int | None:
    """Return 64 bits of the hash of an address that its mirrors share, signed as SQLite's integers are."""
    canonical = canonical_address(address)
    if canonical is None:
        return None
    return int.from_bytes(blake2b(canonical.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def domain_of(address: str | None) -> str | None:
    """Return the host of an address without the labels that mirrors differ in; None where there is none.

    >>> domain_of("https://amp.orrin.example/levy")
    'orrin.example'
    """
    try:
        host = urlsplit(address.strip()).hostname if address else None
    except ValueError:
        return None
    return MIRROR_LABELS.sub("", host, count=1) if host else None
