"""Which network addresses may be fetched: public ones only, whatever way they are written.

``ipaddress.is_global`` of Python 3.11 calls ``64:ff9b::7f00:1`` (NAT64 of 127.0.0.1), ``2002:7f00:1::``
(6to4 of it) and ``224.0.0.1`` global, so the rules stand here: the IANA special-purpose registries
(RFC 6890 and its updates), read strictly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from onrecord.errors import RefusedAddress

PRIVATE_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host; Linux connects 0.0.0.0 to itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier NAT, and cloud metadata at 100.100.100.200
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's wire server: a public number, answered inside
        "169.254.0.0/16",  # link-local, and cloud metadata at 169.254.169.254
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
GLOBAL_V6 = IPv6Network("2000::/3")  # all that IANA has given out; ::1, fc00::, fe80:: and ff00:: lie outside
PRIVATE_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # Teredo, benchmarking, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4: any IPv4 address stands inside
        "3fff::/20",
    )
)
NAT64 = IPv6Network("64:ff9b::/96")
DOTTED = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}", re.ASCII)
# The last label decides, as in browsers: 127.1, 2130706433, 0x7f.1 and 0177.0.0.1 are all numbers to a resolver.
NUMERIC_END = re.compile(r"(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)$", re.ASCII)
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
LONGEST = 8_000  # characters; servers commonly stop at 8,192
CONTROL = re.compile(r"[\x00-\x20\x7f]")
DEFAULT_PORTS = {"http": 80, "https": 443}
IN_PATH = "/%:@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An http(s) address taken apart, its host checked for shape but not yet resolved."""

    scheme: str
    host: str
    """A lower-case ASCII name (IDNA), or an IP address without brackets."""
    port: int
    path: str
    """Path and query, percent-encoded, as they stand in the request line."""

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address again, without fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"


def is_public(address: str) -> bool:
    """Tell whether an IP address, as a resolver gives it, belongs to a host of the open internet.

    An IPv4 address inside an IPv6 one (mapped, NAT64) counts as that IPv4 address; what is no address is not public.

    >>> is_public("8.8.8.8"), is_public("64:ff9b::7f00:1"), is_public("fe80::1%eth0")
    (True, False, False)
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in PRIVATE_V4)
    return _is_public_v6(parsed)


def _is_public_v6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(str(address.ipv4_mapped))
    if address in NAT64:
        # Networks without IPv4 resolve every IPv4-only site to such an address.
        return is_public(str(IPv4Address(int(address) & 0xFFFFFFFF)))
    return address in GLOBAL_V6 and not any(address in network for network in PRIVATE_V6)


def parse_target(url: str) -> Target:
    """Take an address apart and refuse what is malformed, not http(s), or carries a user name.

    Raises:
        RefusedAddress: naming the address without its user name and password.
    """
    where = shown(url)
    if len(url) > LONGEST or CONTROL.search(url):
        raise RefusedAddress("the address is too long or has spaces in it", where=where, advice="check the address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddress("the address is malformed", where=where, advice="check the address") from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise RefusedAddress("only http and https addresses are read", where=where)
    if "@" in parts.netloc:
        raise RefusedAddress("no user name or password is sent", where=where, advice="take it out of the address")
    path = quote(parts.path or "/", safe=IN_PATH) + (
        f"?{quote(parts.query, safe=IN_PATH + '?')}" if parts.query else ""
    )
    check = _checked_v6 if parts.netloc.startswith("[") else _checked_name
    host = check(parts.hostname or "", where)
    return Target(scheme=scheme, host=host, port=DEFAULT_PORTS[scheme] if port is None else port, path=path)


def is_web_address(url: str) -> bool:
    """Tell whether a link that a stranger wrote is an http(s) address; not whether it may be fetched.

    >>> is_web_address("https://tarnmail.example/a"), is_web_address("javascript:alert(1)")
    (True, False)
    """
    try:
        parse_target(url)
    except RefusedAddress:
        return False
    return True


def follow(target: Target, location: str) -> Target:
    """Return where a redirect leads; never from https back to http.

    Raises:
        RefusedAddress: the new address is not acceptable.
    """
    try:
        absolute = urljoin(target.url, location.strip())
    except ValueError as error:
        raise RefusedAddress("redirects to a malformed address", where=target.url) from error
    following = parse_target(absolute)
    if target.scheme == "https" and following.scheme == "http":
        raise RefusedAddress(
            f"redirects from https to {shown(following.url)}, which is not encrypted",
            where=target.url,
            advice="give the http address itself if you accept that",
        )
    return following


def shown(url: str) -> str:
    """Return an address as an error may show it: on one line, no password, at most 200 characters."""
    bare = re.sub(r"^([a-zA-Z][a-zA-Z0-9+.-]*:)?[/\\]*[^/?#]*@", lambda match: f"{match[1] or ''}//", url)
    printable = "".join(character if character.isprintable() else "�" for character in bare)
    return printable if len(printable) <= 200 else f"{printable[:199]}…"


def _checked_name(host: str, where: str) -> str:
    try:
        # Also folds full-width digits and dots, so that the rules below see what a resolver would.
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise RefusedAddress("the host name is malformed", where=where, advice="check the address") from error
    if NUMERIC_END.search(name):
        # One spelling of an IPv4 address is read; in the others 010 is 8 to some resolvers and 10 to the rest.
        if not DOTTED.fullmatch(name) or any(int(part) > 255 for part in name.split(".")):
            raise RefusedAddress("the host is a number, not a name", where=where, advice="give the site's name")
    elif len(name) > 253 or not NAME.fullmatch(name):
        raise RefusedAddress("the host name is malformed", where=where, advice="check the address")
    return name


def _checked_v6(host: str, where: str) -> str:
    try:
        address = IPv6Address(host)
    except ValueError as error:
        raise RefusedAddress("the host is no IPv6 address", where=where, advice="check the address") from error
    if address.scope_id is not None:
        raise RefusedAddress("the host is an address of this machine's own links", where=where)
    return str(address)
