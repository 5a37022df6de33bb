"""The optional live geocoder, asked over a real connection to a small server here."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask

from connectdo.places import UnknownPlace, find_place, geocoder

FOUND = [{"lat": "51.4445", "lon": "-0.0949", "display_name": "Secretham, Lambeth, London"}]


class Nominatim(ThreadingHTTPServer):
    """Answers every question with `status` and `body`, and keeps the questions."""

    status = 200
    body = json.dumps(FOUND)
    slow = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[str] = []
        self.closing = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Nominatim

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.path} {self.headers['User-Agent']}")
        if self.server.slow:
            self.server.closing.wait(10)
            return
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def nominatim(gazetteer: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nominatim]:
    server = Nominatim()
    monkeypatch.setitem(gazetteer.config, "GEOCODER_DOMAIN", server.address)
    monkeypatch.setitem(gazetteer.config, "GEOCODER_USER_AGENT", "connectdo tests")
    monkeypatch.setattr(geocoder, "TIMEOUT_SECONDS", 0.3)
    geocoder._ask.cache_clear()
    geocoder._nominatim.cache_clear()
    yield server
    server.closing.set()
    server.shutdown()
    server.server_close()


def _down(server: Nominatim) -> None:
    server.shutdown()
    server.server_close()


def _slow(server: Nominatim) -> None:
    server.slow = True


def _refusing(server: Nominatim) -> None:
    server.status = 429


def _broken(server: Nominatim) -> None:
    server.status = 500


def _babbling(server: Nominatim) -> None:
    server.body = "<html>"


def _unlike(server: Nominatim) -> None:
    server.body = '[{"lat": "north"}]'


@pytest.mark.usefixtures("gazetteer")
def test_it_is_off_unless_a_server_is_named() -> None:
    assert geocoder.geocode("Secretham") is None


def test_a_name_we_lack_is_asked_for_in_great_britain(nominatim: Nominatim) -> None:
    place = find_place("Secretham")

    assert (place.name, place.kind, place.area) == ("Secretham", "place", "Lambeth")
    assert place.note == "This place was found with OpenStreetMap."
    assert "countrycodes=gb" in nominatim.asked[0]
    assert "connectdo tests" in nominatim.asked[0]


def test_an_answer_is_asked_for_once(nominatim: Nominatim) -> None:
    for _ in range(3):
        find_place("Secretham")

    assert len(nominatim.asked) == 1


def test_a_postcode_or_a_name_we_know_is_never_sent(nominatim: Nominatim) -> None:
    for typed in ("SE24 0NG", "SE24 9ZZ", "SE24", "Tulse Hill", "Brixton SW9"):
        find_place(typed)
    with pytest.raises(UnknownPlace):
        find_place("BT1 1AA")

    assert nominatim.asked == []


def test_a_place_that_it_does_not_know_either_is_unknown(nominatim: Nominatim) -> None:
    nominatim.body = "[]"

    with pytest.raises(UnknownPlace):
        find_place("Secretham")

    assert len(nominatim.asked) == 1


@pytest.mark.parametrize("fail", [_down, _slow, _refusing, _broken, _babbling, _unlike])
def test_when_it_fails_the_page_goes_on_and_the_log_keeps_the_secret(
    nominatim: Nominatim, fail: Callable[[Nominatim], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fail(nominatim)

    with pytest.raises(UnknownPlace):
        find_place("Secretham")

    assert "The live geocoder gave no answer" in caplog.text
    assert "secretham" not in caplog.text.lower()


def test_after_a_failure_it_is_left_alone_for_a_while(nominatim: Nominatim) -> None:
    nominatim.status = 500

    for typed in ("Secretham", "Otherham"):
        with pytest.raises(UnknownPlace):
            find_place(typed)

    assert len(nominatim.asked) == 1
