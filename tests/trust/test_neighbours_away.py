"""Ten minutes without the servers that others run: the one that sends mails, and the geocoder. The
clock is moved; the ports are dead ones of this machine."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from time_machine import TimeMachineFixture

from connectdo.places import geocoder
from connectdo.post.delivering import deliver
from connectdo.search.sync import sync
from tests.browser.conftest import free_port
from tests.factories import make_listing, make_person
from tests.post.conftest import Server, server
from tests.visitor import Visitor

__all__ = ["server"]

BEGIN = datetime(2026, 10, 6, 12, 0, 30)
STEP = timedelta(seconds=30)
STEPS = 20


def test_ten_minutes_without_them_fail_no_page_and_lose_and_double_no_mail(
    app: Flask,
    visitor: Visitor,
    server: Server,
    time_machine: TimeMachineFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]
    asked: list[str] = []
    ask = geocoder._ask.__wrapped__

    def ask_and_count(domain: str, user_agent: str, text: str) -> object:
        asked.append(text)
        return ask(domain, user_agent, text)

    its_clock = SimpleNamespace(monotonic=lambda: clock[0])
    monkeypatch.setattr("connectdo.places.geocoder.time", its_clock)
    monkeypatch.setattr(geocoder, "_ask", ask_and_count)
    app.config["GEOCODER_DOMAIN"] = f"http://127.0.0.1:{free_port()}"
    make_listing("Choir", miles=0.0, interests=["Choir"])
    people = [make_person(f"person-{number}@mail.example") for number in range(STEPS)]
    addresses = [each.email for each in people]
    sync()
    server.closes()

    answers = []
    for number, address in enumerate(addresses):
        time_machine.move_to(BEGIN + number * STEP)
        clock[0] += STEP.total_seconds()
        answers += [
            visitor.get(f"/search?q=choir&near=Secretham+{number}").status_code,
            visitor.get(f"/search?q=choir&near=Otherham+{number}").status_code,
            visitor.follow(visitor.post("/sign-in", email=address)).status_code,
        ]
        deliver()
    server.opens()
    for minutes in (15, 30, 60):
        time_machine.move_to(BEGIN + timedelta(minutes=minutes))
        deliver()

    assert set(answers) == {200}
    # One page in half a minute waits for it; the others do not ask.
    assert len(asked) <= STEPS
    assert sorted(str(mail["To"]) for mail in server.mails) == sorted(addresses)
    assert set(server.times_each().values()) == {1}
