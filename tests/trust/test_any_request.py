"""Whatever is sent, by whomever: the site answers, says nothing of a client to who may not see
them, and goes on.

Another try than the usual one: CONNECTDO_TRY=7 begins with another number. What failed is done
again by CONNECTDO_TRY=7:1234, which sends that request after those since all was last made new.
"""

import logging
import os
import random
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from connectdo.calendars.connecting import Network
from connectdo.posting import looking
from tests.clients.canaries import CANARY
from tests.trust.any_request import Request
from tests.trust.playground import KINDS, Playground
from tests.trust.site import FULL, say

TRY, _, ONE = os.environ.get("CONNECTDO_TRY", "1").partition(":")
REQUESTS = 20_000 if FULL else 400
MADE_NEW_AFTER = 250
SECONDS = 2.0


def nowhere(*_: object, **__: object) -> list[str]:
    """No calendar is fetched from outside."""
    raise OSError


@pytest.fixture
def playground(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Playground:
    monkeypatch.setattr(looking, "NETWORK", Network(resolve=nowhere))
    return Playground(app)


def numbers() -> Iterator[int]:
    first = int(ONE) - int(ONE) % MADE_NEW_AFTER if ONE else 0
    return iter(range(first, int(ONE) + 1 if ONE else REQUESTS))


def made(playground: Playground, number: int) -> tuple[str, Request]:
    """Who sends the request of a number, and what: often somebody who gets as far as the page."""
    chance = random.Random(f"{TRY}:{number}")
    request = playground.maker.request(chance)
    owner = playground.owners.get(request.endpoint)
    return owner if owner and chance.random() < 0.6 else chance.choice(KINDS), request


def fault_in(playground: Playground, kind: str, response: TestResponse) -> str:
    """What is wrong with an answer, "" if nothing is."""
    if response.status_code >= 500:
        return str(response.status_code)
    said = f"{response.headers}{response.data.decode(errors='replace')}".lower()
    if CANARY in said and not playground.may_see_somebody(kind):
        return "says something of a client"
    return ""


# A file that was sent in a form that nobody looks at is left to be collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_request_is_answered(
    playground: Playground, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    faults, statuses, slowest = [], Counter[int](), 0.0
    for number in numbers():
        if number % MADE_NEW_AFTER == 0 and number:
            playground.renew()
            playground.sow()
        kind, request = made(playground, number)
        start = time.monotonic()
        response = playground.send(kind, request)
        took = time.monotonic() - start
        statuses[response.status_code] += 1
        slowest = max(slowest, took)
        fault = fault_in(playground, kind, response)
        if CANARY in caplog.text.lower():
            fault += " logs something of a client"
        if FULL and took > SECONDS:
            fault += f" took {took:.1f} seconds"
        if fault:
            log = caplog.text[-6_000:]
            faults.append(f"CONNECTDO_TRY={TRY}:{number} {fault}\n{kind}: {request}\n{log}")
        caplog.clear()
    say(f"== {sum(statuses.values())} requests: {dict(statuses)}, the slowest {slowest:.2f} s")

    assert statuses[200] > len(statuses)
    assert not faults, f"{len(faults)} faults\n" + "\n\n".join(faults[:20])
