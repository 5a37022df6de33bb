"""Which addresses of calendars are opened, and which machines are public."""

import pytest

from connectdo.calendars import BadAddress, tidy_address
from connectdo.calendars.addresses import is_public


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        (" https://choir.example/cal.ics ", "https://choir.example/cal.ics"),
        ("webcal://choir.example/cal.ics", "https://choir.example/cal.ics"),
        ("WEBCAL://Choir.Example/Cal.ics", "https://choir.example/Cal.ics"),
        ("choir.example/cal.ics", "https://choir.example/cal.ics"),
        ("http://choir.example", "http://choir.example/"),
        ("https://choir.example:443/cal.ics#top", "https://choir.example/cal.ics"),
        ("https://choir.example:80/", "https://choir.example:80/"),
        ("https://choir.example/a?b=c&d=%20e", "https://choir.example/a?b=c&d=%20e"),
        ("https://chœur.example/été.ics", "https://xn--chur-h4a.example/%C3%A9t%C3%A9.ics"),
        ("https://[2a00:1450::1]/", "https://[2a00:1450::1]/"),
    ],
)
def test_an_address_is_kept_in_one_form(text: str, tidied: str) -> None:
    assert tidy_address(text) == tidied


@pytest.mark.parametrize(
    "text",
    [
        "",
        "calendar",
        "file:///etc/passwd",
        "ftp://choir.example/cal.ics",
        "gopher://choir.example/",
        "javascript:alert(1)",
        "data:text/calendar,x",
        "https://",
        "https:///cal.ics",
        "https://name:secret@choir.example/",
        "https://name@choir.example/",
        "https://choir.example@evil.example/",
        "https://choir.example:22/",
        "https://choir.example:8080/",
        "https://choir.example:0/",
        "https://choir.example:99999/",
        "https://choir.example:port/",
        "https://choir.example\\@evil.example/",
        "https://choir.example/a b",
        "https://choir.example/\r\nHost: evil.example",
        "https://choir..example/",
        "https://" + "a" * 64 + ".example/",
        "https://[::1/",
        "https://choir.example/" + "a" * 2_000,
    ],
)
def test_any_other_address_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(BadAddress, match=r"^(The address|Enter the address) .+\.$"):
        tidy_address(text)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::6810:85e5"])
def test_what_belongs_to_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.88.99.1", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
        "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1",
        "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1", "localhost", "", "0x7f000001",
    ],
)  # fmt: skip
def test_what_belongs_to_somebody_or_to_nobody_is_not_public(address: str) -> None:
    assert not is_public(address)
