"""Real servers on the loopback interface, reached by a network of the tests' own; production allows none of it."""

import contextlib
import gzip
import socket
import ssl
import threading
import time
import zlib
from functools import partial
from pathlib import Path

import pytest

from onrecord.errors import BadResponse, FetchError, FetchTimeout, OversizedSource, RefusedAddress, Unreachable
from onrecord.ingest.addresses import is_public
from onrecord.ingest.fetching import INTERNET, Network, fetch, resolve_by_system
from onrecord.settings import Settings

squeeze = partial(gzip.compress, mtime=0)
"""As gzip, but the same bytes whenever: they name tests."""

CERTIFICATES = Path(__file__).parent / "certificates"
PAGE = b"<html><p>The mayor said the bridge would open in May.</p></html>"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
PUBLIC = "93.184.215.14"
SHORT = Settings(fetch_seconds=1.0)
SMALL = Settings(max_source_bytes=100_000)

PRIVATE_FORMS = [
    "127.0.0.1", "127.255.255.254", "127.0.0.1.", "127.1", "127.0.1", "127.0.0.01", "0177.0.0.1", "0x7f.0.0.1",
    "0x7f.1", "0x7f000001", "2130706433", "017700000001", "127。0。0。1", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "localhost",
    "LOCALHOST", "localhost.", "0.0.0.0", "0", "0x0", "0.0.0.1", "10.0.0.1", "10.255.255.255", "0x0a000001",
    "167772161", "012.0.0.1", "172.16.0.1", "172.31.255.255", "0xac100001", "192.168.0.1", "192.168.255.255",
    "3232235521", "0xc0a80001", "0300.0250.0.1", "192.168.1", "169.254.169.254", "169.254.0.1", "2852039166",
    "0xa9fea9fe", "0251.0376.0251.0376", "100.64.0.1", "100.127.255.255", "100.100.100.200", "168.63.129.16",
    "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2001::1]",
    "[2001:db8::1]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]",
    "[100::1]", "[v1.127.0.0.1]", "127%2e0.0.1", "user@127.0.0.1", "news.example@127.0.0.1",
    "news.example\\@127.0.0.1", "127.0.0.1\\.news.example",
]  # fmt: skip


class Server:
    """Answers each connection by a function of its request; counts connections and keeps requests."""

    def __init__(self, answer, *, tls=None):
        self.answer, self.tls = answer, tls
        self.connections, self.requests, self.names = 0, [], []
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join()

    def run(self):
        while not self.stopped.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection, contextlib.suppress(OSError):
                self.serve(connection)

    def serve(self, connection):
        connection.settimeout(10)
        if self.tls is None:
            return self.reply(connection)
        with self.tls.wrap_socket(connection, server_side=True) as encrypted:
            return self.reply(encrypted)

    def reply(self, connection):
        request = b""
        while b"\r\n\r\n" not in request and not request.startswith(b"\x16"):  # which begins a TLS handshake
            piece = connection.recv(4096)
            if not piece:
                return
            request += piece
        self.requests.append(request.decode("latin-1"))
        for piece in self.answer(self.requests[-1]):
            connection.sendall(piece)
            if self.stopped.is_set():
                return


def page(body=PAGE, headers="", status="200 OK", *, length=True):
    sized = f"Content-Length: {len(body)}\r\n" if length else ""
    return [f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=ISO-8859-1\r\n{sized}{headers}\r\n".encode() + body]


def moved(location, status="302 Found"):
    return [f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()]


def serving(answer, **options):
    return Server(answer if callable(answer) else lambda _: answer, **options)


def town(server, *, resolve=None, authority=CERTIFICATES / "authority.pem", connected=None):
    """Return a network in which every name has one public address, and that address is the server."""

    def connect(address, timeout):
        host, _ = address
        if connected is not None:
            connected.append(host)
        assert host == PUBLIC
        return socket.create_connection(("127.0.0.1", server.port), timeout=timeout)

    trust = partial(ssl.create_default_context, cafile=authority)
    return Network(resolve=resolve or (lambda _: [PUBLIC]), connect=connect, trust=trust)


def tls(certificate="news.pem", names=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / certificate, CERTIFICATES / "news.key")
    if names is not None:
        context.sni_callback = lambda _socket, name, _context: names.append(name)
    return context


def get(server, url="http://news.example/a", *, settings=SMALL, **options):
    return fetch(url, settings=settings, network=town(server, **options))


def test_a_page_is_fetched_with_one_honest_request():
    with serving(page()) as server:
        fetched = get(server, "http://news.example/a?b=c#d")
    assert (fetched.raw, fetched.url) == (PAGE, "http://news.example/a?b=c")
    assert (fetched.content_type, fetched.charset) == ("text/html", "iso-8859-1")
    [request] = server.requests
    assert request.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert "\r\nHost: news.example\r\n" in request
    assert "\r\nUser-Agent: onrecord/" in request
    assert "\r\nAccept-Encoding: gzip, deflate\r\n" in request
    assert not any(name in request for name in ("Cookie", "Authorization", "Referer"))


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (squeeze(PAGE), "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (squeeze(squeeze(PAGE)), "gzip, gzip"),
    ],
)
def test_content_encodings_are_undone(packed, encoding):
    with serving(page(packed, f"Content-Encoding: {encoding}\r\n")) as server:
        assert get(server).raw == PAGE


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(PAGE, "br"), (PAGE, "zstd"), (PAGE, "gzip"), (squeeze(PAGE)[:-9], "gzip"), (PAGE, "gzip" + ", gzip" * 3)],
)
def test_an_encoding_that_does_not_hold_is_a_bad_response(body, encoding):
    with serving(page(body, f"Content-Encoding: {encoding}\r\n")) as server, pytest.raises(BadResponse):
        get(server)


def test_chunked_bodies_and_bodies_without_length_are_read():
    chunked = CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    for answer in ([chunked], page(length=False), [b"HTTP/1.0 200 OK\r\n\r\n" + PAGE]):
        with serving(answer) as server:
            assert get(server).raw == PAGE


@pytest.mark.parametrize(
    "status", ["404 Not Found", "500 Oops", "403 Forbidden", "204 No Content", "206 Partial", "304 Same"]
)
def test_a_status_other_than_success_is_said(status):
    with (
        serving(page(b"" if status[0] != "4" else PAGE, status=status)) as server,
        pytest.raises(BadResponse) as refused,
    ):
        get(server)
    assert f"answered {status}" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\x01\x02",
        b"HTTP/1.1 abc\r\n\r\n",
        b"SSH-2.0-server\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort",
        CHUNKED + b"xyz\r\n",
        CHUNKED + b"ff\r\n",
        CHUNKED + b"-5\r\nabc",
        b"HTTP/1.1 302 Found\r\n\r\n",
    ],
)
def test_a_broken_answer_is_a_bad_response(answer):
    with serving([answer]) as server, pytest.raises(BadResponse):
        get(server)


def test_no_such_host_and_no_connection_are_told_apart():
    def fail(_):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def refuse(address, timeout):
        raise ConnectionRefusedError(111, "Connection refused")

    for resolve in (fail, lambda _: []):
        with pytest.raises(Unreachable, match=r"news\.example was not found"):
            fetch("http://news.example/", settings=SMALL, network=Network(resolve=resolve))
    with pytest.raises(Unreachable, match="Connection refused"):
        fetch("http://news.example/", settings=SMALL, network=Network(resolve=lambda _: [PUBLIC], connect=refuse))


def test_a_dead_first_address_leaves_time_for_the_second():
    with serving(page()) as server:
        shares = []

        def connect(address, timeout):
            shares.append(timeout)
            if address[0] != PUBLIC:
                raise TimeoutError
            return socket.create_connection(("127.0.0.1", server.port), timeout=timeout)

        network = Network(resolve=lambda _: ["2606:4700::1", PUBLIC], connect=connect)
        assert fetch("http://news.example/", settings=Settings(fetch_seconds=8), network=network).raw == PAGE
    assert shares[0] <= 4


# FE1: addresses inside some network, in every spelling, by every way in.
def unconnectable(connected):
    def connect(address, timeout):
        connected.append(address)
        raise AssertionError(address)

    return connect


def test_there_are_enough_forms():
    assert len(PRIVATE_FORMS) >= 60
    assert INTERNET.allows is is_public
    assert INTERNET.resolve is resolve_by_system
    assert INTERNET.connect is socket.create_connection


@pytest.mark.parametrize("host", PRIVATE_FORMS)
def test_no_form_of_a_private_address_is_connected_to(host):
    connected = []
    for scheme in ("http", "https"):
        with pytest.raises((RefusedAddress, Unreachable)):
            fetch(f"{scheme}://{host}:8080/", settings=SHORT, network=Network(connect=unconnectable(connected)))
    assert connected == []


def test_no_form_of_a_private_address_is_redirected_to():
    connected = []
    hosts = iter(PRIVATE_FORMS)
    # The name is public; everything else goes the production way.
    with serving(lambda _: moved(f"http://{next(hosts)}/")) as server:
        network = town(
            server,
            connected=connected,
            resolve=lambda host: [PUBLIC] if host == "news.example" else resolve_by_system(host),
        )
        for host in PRIVATE_FORMS:
            with pytest.raises((RefusedAddress, Unreachable)):
                fetch("http://news.example/", settings=SMALL, network=network)
            assert connected[-1] == PUBLIC, host
    assert len(connected) == len(PRIVATE_FORMS)


# FE2: names whose answers change.


def test_a_name_that_turns_private_is_never_connected_to():
    connected, asked = [], []
    answers = {0: [PUBLIC], 1: ["127.0.0.1"], 2: [PUBLIC, "10.0.0.1"], 3: ["::ffff:127.0.0.1"]}

    def resolve(host):
        asked.append(host)
        return answers[(len(asked) - 1) % 4]

    refused = 0
    with serving(page()) as server:
        for _ in range(1_000):
            try:
                assert get(server, resolve=resolve, connected=connected).raw == PAGE
            except RefusedAddress:
                refused += 1
    assert len(asked) == 1_000, "each name is resolved once"
    assert set(connected) == {PUBLIC}
    assert (len(connected), refused) == (250, 750)
    assert all("\r\nHost: news.example\r\n" in request for request in server.requests)


def test_a_redirect_is_resolved_and_checked_anew():
    answers = iter([[PUBLIC], ["169.254.169.254"]])
    with serving(moved("http://news.example/again")) as server, pytest.raises(RefusedAddress):
        get(server, resolve=lambda _: next(answers))
    assert server.connections == 1


# FE3: servers that never end.


def endless(head, piece, *, pause):
    yield head
    while True:
        time.sleep(pause)
        yield piece


drip = partial(endless, pause=0.05)
flood = partial(endless, pause=0)


ENDLESS = {
    "body": lambda _: drip(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"a"),
    "body without length": lambda _: drip(b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
    "chunks": lambda _: drip(CHUNKED, b"1\r\na\r\n"),
    "status": lambda _: drip(b"HTTP/1.1 ", b"2"),
    "header": lambda _: drip(b"HTTP/1.1 200 OK\r\nA: ", b"b"),
    "interim answers": lambda _: drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "gzip": lambda _: drip(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + squeeze(PAGE)[:20], b"\x00"),
    "nothing": lambda _: drip(b"", b""),
}


@pytest.mark.parametrize(
    ("kind", "scheme", "encrypts"),
    [*((kind, "http", False) for kind in ENDLESS), ("nothing", "https", False), ("body", "https", True)],
)
def test_a_server_that_never_ends_is_left_at_the_deadline(kind, scheme, encrypts):
    with serving(ENDLESS[kind], tls=tls() if encrypts else None) as server:
        start = time.monotonic()
        with pytest.raises(FetchTimeout):
            get(server, f"{scheme}://news.example/", settings=SHORT)
        assert abs(time.monotonic() - start - SHORT.fetch_seconds) <= 1


def test_a_resolver_that_never_answers_is_left_at_the_deadline():
    done = threading.Event()
    network = Network(resolve=lambda _: [PUBLIC] if done.wait(30) else [])
    start = time.monotonic()
    with pytest.raises(FetchTimeout):
        fetch("http://news.example/", settings=SHORT, network=network)
    assert abs(time.monotonic() - start - SHORT.fetch_seconds) <= 1
    done.set()


def test_slow_redirects_share_one_deadline():
    def slowly(_):
        time.sleep(0.4)
        return moved("http://news.example/next")

    with serving(slowly) as server:
        start = time.monotonic()
        with pytest.raises(FetchTimeout):
            get(server, settings=SHORT)
        assert abs(time.monotonic() - start - SHORT.fetch_seconds) <= 1


# FE4: redirects.


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_followed(status):
    with serving(lambda request: page() if " /b/c " in request else moved("/b/c", status)) as server:
        fetched = get(server)
    assert (fetched.raw, fetched.url) == (PAGE, "http://news.example/b/c")


def test_five_redirects_are_followed_and_a_sixth_is_not():
    def count_down(request):
        left = int(request.split()[1].removeprefix("/"))
        return moved(f"/{left - 1}") if left else page()

    with serving(count_down) as server:
        assert get(server, "http://news.example/5").raw == PAGE
    for start in (6, 21, 1_000_000):
        with serving(count_down) as server, pytest.raises(BadResponse, match="redirects more than 5 times"):
            get(server, f"http://news.example/{start}")
        assert server.connections == 6


def test_a_redirect_to_itself_ends():
    with serving(moved("http://news.example/a")) as server, pytest.raises(BadResponse):
        get(server)
    assert server.connections == 6


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://news.example/a", "gopher://news.example/", "javascript:alert(1)", "data:text/html,a",
     "http://reader:secret@other.example/", "http://other.example:x/", "http://a b/"],
)  # fmt: skip
def test_a_redirect_elsewhere_than_to_the_web_is_refused(location):
    with serving(moved(location)) as server, pytest.raises(RefusedAddress) as refused:
        get(server)
    assert server.connections == 1
    assert "secret" not in str(refused.value)


def test_a_redirect_from_https_to_http_is_refused():
    with (
        serving(moved("http://news.example/b"), tls=tls()) as server,
        pytest.raises(RefusedAddress, match="not encrypted"),
    ):
        get(server, "https://news.example/")
    assert server.connections == 1


def test_an_address_in_raw_utf8_is_followed():
    with serving(lambda request: page() if "%C3%A9" in request else moved("/é")) as server:
        assert get(server).url == "http://news.example/%C3%A9"


# FE5: certificates.


def test_an_encrypted_page_is_fetched_and_its_name_is_sent_and_checked():
    names = []
    with serving(page(), tls=tls(names=names)) as server:
        assert get(server, "https://news.example/").raw == PAGE
    assert names == ["news.example"]


@pytest.mark.parametrize(
    ("certificate", "url", "authority", "says"),
    [
        ("expired.pem", "https://news.example/", CERTIFICATES / "authority.pem", "expired"),
        ("news.pem", "https://other.example/", CERTIFICATES / "authority.pem", "mismatch"),
        ("news.pem", f"https://{PUBLIC}/", CERTIFICATES / "authority.pem", "mismatch"),
        ("news.pem", "https://news.example/", None, "issuer|self-signed|verify"),
    ],
)
def test_a_bad_certificate_is_refused_without_a_second_try(certificate, url, authority, says):
    with serving(page(), tls=tls(certificate)) as server, pytest.raises(BadResponse, match=says):
        get(server, url, authority=authority)
    assert (server.connections, server.requests) == (1, [])


def test_a_server_that_speaks_no_tls_is_refused_without_a_second_try():
    with serving(page()) as server, pytest.raises(BadResponse):
        get(server, "https://news.example/", settings=SHORT)
    assert server.connections == 1


def test_production_checks_certificates_and_names():
    context = INTERNET.trust()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


# FE6: bodies that are too large.


FLOODS = {
    "said": lambda _: [b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"],
    "without length": lambda _: flood(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 65_536),
    "chunks": lambda _: flood(CHUNKED, b"1000\r\n%b\r\n" % (b"a" * 4096)),
    "small chunks": lambda _: flood(CHUNKED, b"1\r\na\r\n" * 1_000),
    "a chunk of less than nothing": lambda _: flood(CHUNKED + b"-1\r\n", b"a" * 65_536),
    "a chunk without end": lambda _: flood(CHUNKED + b"ffffffff\r\n", b"a" * 65_536),
    "trailers": lambda _: flood(CHUNKED + b"0\r\n", b"A: b\r\n" * 1_000),
    "interim answers": lambda _: flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
    "a bomb": lambda _: page(squeeze(bytes(2_000_000)), "Content-Encoding: gzip\r\n"),
}


@pytest.mark.parametrize("kind", FLOODS)
def test_a_body_that_is_too_large_is_stopped(kind):
    with serving(FLOODS[kind]) as server, pytest.raises(OversizedSource):
        get(server)


def test_twenty_megabytes_are_the_default_bound():
    with serving(FLOODS["without length"]) as server, pytest.raises(OversizedSource, match="20 MB"):
        get(server, settings=Settings())


def test_a_length_that_is_too_short_ends_the_body_there():
    with serving([b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + PAGE]) as server:
        assert get(server).raw == PAGE[:10]


def test_every_failure_is_a_source_error_of_one_line():
    for answer in (page(status="404 Not\x0bFound\x1b[31m"), moved("ftp://news.example/\x1b[31m"), [b"\x1b[31m\r\n"]):
        with serving(answer) as server, pytest.raises(FetchError) as refused:
            get(server)
        assert str(refused.value).isprintable()
