import pytest

from onrecord.errors import RefusedAddress
from onrecord.ingest.addresses import follow, is_public, parse_target, shown

PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
    "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "ff0e::1", "", "news.example", "127.1", "2130706433", "0177.0.0.1", "2606:4700::1%eth0",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255",
    "128.0.0.1", "169.253.1.1", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.167.1.1", "198.17.0.1", "198.20.0.1",
    "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808", "2001:200::1", "2400:cb00::1", "2606:4700:4700::1111",
    "2a00:1450:4001:80b::200e",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_inside_some_network_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "host", "request_line", "authority"),
    [
        ("http://News.Example", "news.example", "/", "news.example"),
        ("HTTPS://news.example:443/a?b=c#d", "news.example", "/a?b=c", "news.example"),
        ("https://news.example:8443/a", "news.example", "/a", "news.example:8443"),
        ("http://news.example./a", "news.example", "/a", "news.example"),
        ("http://zürich.example/straße?q=é", "xn--zrich-kva.example", "/stra%C3%9Fe?q=%C3%A9", "xn--zrich-kva.example"),
        ("http://news.example/a%20b|c", "news.example", "/a%20b%7Cc", "news.example"),
        ("http://[2606:4700:4700:0::1111]:8080/", "2606:4700:4700::1111", "/", "[2606:4700:4700::1111]:8080"),
        ("http://8.8.8.8/", "8.8.8.8", "/", "8.8.8.8"),
        ("http://my_site.news.example/", "my_site.news.example", "/", "my_site.news.example"),
    ],
)
def test_an_address_is_taken_apart(url, host, request_line, authority):
    target = parse_target(url)
    assert (target.host, target.path, target.authority) == (host, request_line, authority)


@pytest.mark.parametrize(
    "url",
    [
        "", "news.example", "//news.example/", "file:///etc/passwd", "ftp://news.example/", "javascript:alert(1)",
        "data:text/html,x", "gopher://news.example/", "http:///path", "http://", "http:\\\\127.0.0.1\\",
        "http://user@news.example/", "http://user:secret@news.example/", "http://news.example\\@127.0.0.1/",
        "http://news.example:99999/", "http://news.example:x/", "http://news.example/a b",
        "http://news.example/\r\nHost: x", "http://127%2e0.0.1/", "http://-news.example/", "http://news..example/",
        "http://[::1/", "http://[fe80::1%25eth0]/", "http://[v1.x]/", "http://news.example/" + "a" * 8_000,
        "http://" + "a" * 64 + ".example/", "http://a,b.example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_http_address_is_refused(url):
    with pytest.raises(RefusedAddress):
        parse_target(url)


@pytest.mark.parametrize(
    "host",
    [
        "2130706433", "0x7f000001", "0x7f.1", "0x7F.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "017700000001", "1",
        "0", "0x", "256.1.1.1", "1.2.3", "1.2.3.4.5", "127.0.0.01", "１２７.1", "127。1", "news.example.0x10", "news.1",
    ],
)  # fmt: skip
def test_an_ipv4_address_is_read_in_one_spelling_only(host):
    with pytest.raises(RefusedAddress):
        parse_target(f"http://{host}/")


def test_wide_digits_are_the_digits_that_a_resolver_sees():
    assert parse_target("http://１２７.０.０.１/").host == "127.0.0.1"


def test_a_password_is_never_shown():
    with pytest.raises(RefusedAddress) as refused:
        parse_target("https://reader:secret@news.example/a")
    assert "secret" not in str(refused.value)
    assert shown("https://reader:secret@news.example/a") == "https://news.example/a"
    assert "\x1b" not in shown("http://news.example/\x1b[31m")


def test_a_redirect_may_be_relative_but_not_lead_from_https_to_http():
    start = parse_target("https://news.example/a/b?c")
    assert follow(start, "../d").url == "https://news.example/d"
    assert follow(start, "//other.example/e").url == "https://other.example/e"
    for location in (
        "http://news.example/a",
        "file:///etc/passwd",
        "ftp://news.example/",
        "https://a:b@news.example/",
        "//[x",
    ):
        with pytest.raises(RefusedAddress):
            follow(start, location)
