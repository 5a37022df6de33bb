"""The file at an address, from sites that are slow, endless, or lead somewhere they should not."""

import gzip
import socket
import ssl
import threading
from functools import partial
from pathlib import Path
from time import perf_counter, sleep

import pytest

from connectdo.calendars import BadAddress, CannotFetch, fetch_calendar
from connectdo.calendars.connecting import Network
from connectdo.calendars.reading import MOST_BYTES
from tests.calendars.conftest import Answer, Site
from tests.calendars.writing import calendar, event

CALENDAR = calendar(event())


def fetched(site: Site, path: str = "/cal.ics", host: str = "calendar.example") -> bytes:
    return fetch_calendar(site.url(path, host), site.network(), seconds=5)


def why_not(site: Site, path: str = "/cal.ics", seconds: float = 5) -> str:
    with pytest.raises(CannotFetch) as told:
        fetch_calendar(site.url(path), site.network(), seconds)
    return str(told.value)


def sends_on(to: str, status: int = 302) -> "partial[None]":
    return partial(Answer.say, status=status, Location=to)


def test_a_calendar_is_fetched(site: Site) -> None:
    site.paths["/cal.ics?key=1"] = partial(Answer.say, body=CALENDAR)

    assert fetched(site, "/cal.ics?key=1") == CALENDAR
    assert site.asked == [(f"calendar.example:{site.server_port}", "/cal.ics?key=1")]


def test_a_packed_calendar_is_unpacked(site: Site) -> None:
    packed = gzip.compress(CALENDAR)
    site.paths["/cal.ics"] = partial(Answer.say, body=packed, Content_Encoding="gzip")

    assert fetched(site) == CALENDAR


def test_a_calendar_that_comes_in_pieces_is_put_together(site: Site) -> None:
    def in_pieces(answer: Answer) -> None:
        answer.begin(Transfer_Encoding="chunked")
        for piece in (CALENDAR[:50], CALENDAR[50:]):
            answer.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        answer.wfile.write(b"0\r\n\r\n")

    site.paths["/cal.ics"] = in_pieces

    assert fetched(site) == CALENDAR


# Where addresses lead.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_address_that_sends_us_on_is_followed(site: Site, status: int) -> None:
    site.paths["/cal.ics"] = sends_on(site.url("/new.ics", "other.example"), status)
    site.paths["/new.ics"] = sends_on("newest.ics", status)
    site.paths["/newest.ics"] = partial(Answer.say, body=CALENDAR)

    assert fetched(site) == CALENDAR
    assert [host.split(":")[0] for host, _ in site.asked] == [
        "calendar.example",
        "other.example",
        "other.example",
    ]


def test_an_address_that_sends_us_on_and_on_is_given_up(site: Site) -> None:
    site.paths["/cal.ics"] = sends_on("/cal.ics")

    assert "too many times" in why_not(site)
    assert len(site.asked) == 4


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2:{port}/",
        "http://10.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://169.254.169.254:{port}/latest/meta-data",
        "http://private.example:{port}/",
        "http://both.example:{port}/",
        "http://calendar.example:22/",
        "http://name:secret@calendar.example:{port}/",
        "file:///etc/passwd",
        "ftp://calendar.example/",
        "//here.example:{port}/",
        "http://[::1",
    ],
)
def test_an_address_that_sends_us_where_we_do_not_go_is_refused(site: Site, to: str) -> None:
    site.paths["/cal.ics"] = sends_on(to.format(port=site.server_port))

    with pytest.raises(BadAddress):
        fetched(site)

    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "host",
    [
        "private.example",
        "here.example",
        "both.example",
        "127.0.0.2",
        "192.168.0.1",
        "nowhere.example",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(site: Site, host: str) -> None:
    with pytest.raises(BadAddress, match="private network"):
        fetched(site, host=host)

    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://127.1/",
        "https://169.254.169.254/latest/meta-data",
        "http://10.1.2.3/",
    ],
)
def test_this_machine_and_its_neighbours_are_never_asked(address: str) -> None:
    with pytest.raises(BadAddress, match="private network"):
        fetch_calendar(address, seconds=5)


def test_a_name_is_looked_up_once_so_it_cannot_mean_another_machine_later(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    looked_up = []

    def changes(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return next(answers)

    site.paths["/cal.ics"] = partial(Answer.say, body=CALENDAR)
    usual = site.network()
    network = Network(changes, usual.is_public, usual.ports)

    assert fetch_calendar(site.url("/cal.ics"), network, 5) == CALENDAR
    assert looked_up == ["calendar.example"]


def test_of_several_addresses_the_next_is_tried(site: Site) -> None:
    site.paths["/cal.ics"] = partial(Answer.say, body=CALENDAR)
    usual = site.network()
    # Nobody listens on this machine's IPv6 address.
    network = Network(lambda *_: ["::1", "127.0.0.1"], lambda _: True, usual.ports)

    assert fetch_calendar(site.url("/cal.ics"), network, 5) == CALENDAR


def test_a_name_that_nobody_has_is_told(site: Site) -> None:
    with pytest.raises(CannotFetch, match="could not reach"):
        fetched(site, host="unknown.example")


# Encrypted.


def test_a_secure_site_is_asked_by_its_name_and_has_to_prove_it(
    secure_site: Site, certificate: tuple[Path, Path]
) -> None:
    secure_site.paths["/cal.ics"] = partial(Answer.say, body=CALENDAR)
    network = secure_site.network(lambda: ssl.create_default_context(cafile=str(certificate[0])))

    assert fetch_calendar(secure_site.url("/cal.ics", scheme="https"), network, 5) == CALENDAR
    with pytest.raises(CannotFetch, match="cannot show that it is itself"):
        fetch_calendar(secure_site.url("/cal.ics", "other.example", "https"), network, 5)


def test_a_certificate_that_nobody_vouches_for_is_refused(secure_site: Site) -> None:
    with pytest.raises(CannotFetch, match="cannot show that it is itself"):
        fetch_calendar(secure_site.url("/", scheme="https"), secure_site.network(), 5)

    assert secure_site.asked == []


# How much and how long.


def test_an_answer_that_never_ends_is_given_up(site: Site) -> None:
    def endless(answer: Answer) -> None:
        answer.begin()
        while not answer.server.closing.is_set():
            answer.wfile.write(b"X" * 65_536)

    site.paths["/cal.ics"] = endless

    assert "larger than 2 MB" in why_not(site)


def test_a_large_calendar_is_refused(site: Site) -> None:
    site.paths["/cal.ics"] = partial(Answer.say, body=b"X" * (MOST_BYTES + 1))

    assert "larger than 2 MB" in why_not(site)


def test_a_calendar_that_unpacks_to_gigabytes_is_refused(site: Site) -> None:
    packed = gzip.compress(b"\0" * 100_000_000)
    site.paths["/cal.ics"] = partial(Answer.say, body=packed, Content_Encoding="gzip")

    assert "larger than 2 MB" in why_not(site)


def drips(answer: Answer, begun: bytes) -> None:
    answer.wfile.write(begun)
    while not answer.server.closing.is_set():
        answer.wfile.write(b"x")
        answer.wfile.flush()
        sleep(0.05)


@pytest.mark.parametrize(
    "begun",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        b"HTT",
    ],
)
def test_an_answer_that_drips_is_given_up_in_time(site: Site, begun: bytes) -> None:
    site.paths["/cal.ics"] = partial(drips, begun=begun)
    started = perf_counter()

    told = why_not(site, seconds=0.6)

    assert "took too long" in told
    assert perf_counter() - started < 2


def test_a_site_that_says_nothing_is_given_up_in_time(site: Site) -> None:
    site.paths["/cal.ics"] = lambda answer: answer.server.closing.wait(10)  # type: ignore[assignment]

    assert "took too long" in why_not(site, seconds=0.3)


def test_a_secure_site_that_never_shakes_hands_is_given_up_in_time(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        network = Network(site.network().resolve, lambda _: True, frozenset({port}))

        with pytest.raises(CannotFetch, match="took too long"):
            fetch_calendar(f"https://calendar.example:{port}/", network, 0.4)


def test_a_name_that_takes_for_ever_to_look_up_is_given_up_in_time(site: Site) -> None:
    stop = threading.Event()
    network = Network(lambda *_: [str(stop.wait(10))], lambda _: True, site.network().ports)

    with pytest.raises(CannotFetch, match="took too long"):
        fetch_calendar(site.url("/"), network, 0.3)

    stop.set()


def test_time_is_counted_across_all_that_we_are_sent_on_to(site: Site) -> None:
    def slowly(answer: Answer) -> None:
        answer.server.closing.wait(0.3)
        answer.say(status=302, Location="/cal.ics")

    site.paths["/cal.ics"] = slowly

    assert "took too long" in why_not(site, seconds=0.7)


# What else may be there.


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "is private"),
        (403, "is private"),
        (404, "nothing at that address"),
        (410, "nothing at that address"),
        (500, "an error (500)"),
        (204, "an error (204)"),
        (304, "an error (304)"),
    ],
)
def test_a_site_that_refuses_is_told_in_words(site: Site, status: int, told: str) -> None:
    site.paths["/cal.ics"] = partial(Answer.say, status=status)

    assert told in why_not(site)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "could not reach"),
        (b"\x16\x03\x01\x02\x00", "could not reach"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "could not reach"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN", "part of it is missing"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", "could not reach"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "could not reach"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "could not reach"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nx", "packed in a way"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot packed at all",
            "cannot be unpacked",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(CALENDAR)[:-9],
            "part of it is missing",
        ),
    ],
)
def test_an_answer_that_is_none_is_told_in_words(site: Site, raw: bytes, told: str) -> None:
    site.paths["/cal.ics"] = lambda answer: answer.wfile.write(raw)  # type: ignore[assignment]

    assert told in why_not(site)


def test_a_site_that_does_not_answer_the_door_is_told(site: Site) -> None:
    address, network = site.url("/"), site.network()
    site.server_close()

    with pytest.raises(CannotFetch, match="could not reach"):
        fetch_calendar(address, network, 5)
