"""A client whose coach has signed in, and what is not in a database."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from connectdo.clients.models import Client
from connectdo.programmes.models import CALL, MEETING, TEXT, VISIT, Contact, Programme, StepSaid
from tests.factories import make_client
from tests.visitor import Visitor

START = date(2026, 3, 3)


@pytest.fixture
def mary(app: Flask, visitor: Visitor) -> Client:
    client = make_client(name="Mary")
    visitor.sign_in(client.coach)
    return client


def programme(started_on: date = START, **fields: Any) -> Programme:
    return Programme(**{"id": 1, **fields}, started_on=started_on)


def contact(kind: str = CALL, day: date = START, minutes: int = 10, **fields: Any) -> Contact:
    return Contact(
        **{"id": 1, "times": 1, "step": "", **fields}, kind=kind, day=day, minutes=minutes
    )


def said(step: str, state: str, day: date = START, visit_id: int | None = None) -> StepSaid:
    return StepSaid(id=1, programme_id=1, step=step, state=state, day=day, visit_id=visit_id)


def marys_contacts() -> list[Contact]:
    """Mary's story, as it is entered."""
    return [
        contact(MEETING, minutes=60),
        contact(VISIT, minutes=120, times=3),
        contact(VISIT, minutes=90),
        contact(MEETING, minutes=30),
        *(contact(CALL, minutes=12) for _ in range(5)),
        contact(TEXT, minutes=120, times=37),
    ]
