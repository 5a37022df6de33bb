"""Somebody who adds a group, page by page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.visitor import Visitor

PAGES: dict[str, dict[str, Any]] = {
    "what": {
        "kind": "group",
        "name": "Lantern Street Choir",
        "description": "We sing songs that everybody knows. You need not read music.",
    },
    "interests": {"interests": ["choir"]},
    "when": {"repeats": "weekly"},
    "when/0/weekly": {"weekday": ["tue"], "starts": "6:30pm", "ends": "8pm"},
    "dates": {},
    "where": {"place": "fixed", "postcode": "se240ng"},
    "venue": {"name": "Lantern Street Hall", "address": "12 Lantern Street"},
    "who": {"is_free": "no", "cost": "£3", "gender": "any"},
    "visit": {"first_visit": "Maureen meets you at the side door.", "booking": "drop_in"},
    "contact": {"contact_name": "Maureen", "phone": "01632 960123"},
    "photo": {},
}
Writes = Callable[..., str]


class Writer:
    """Fills in the pages of a draft and goes where each answer leads."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.draft = ""

    def begin(self, **fields: Any) -> TestResponse:
        response = self.visitor.post("/your-groups/add", **{**PAGES["what"], **fields})
        found = re.match(r"/your-groups/drafts/\d+", response.headers.get("Location", ""))
        self.draft = found[0] if found else ""
        return response

    def post(self, page: str, **fields: Any) -> TestResponse:
        return self.visitor.post(f"{self.draft}/{page}", **fields)

    def get(self, page: str) -> TestResponse:
        return self.visitor.get(f"{self.draft}/{page}")

    def write(self, **instead: dict[str, Any]) -> None:
        """Every page, as a choir would fill it in; `instead` are other answers by page."""
        self.begin(**instead.pop("what", {}))
        for page, fields in PAGES.items():
            if page != "what":
                response = self.post(page, **{**fields, **instead.get(page, {})})
                assert response.status_code == 303, (page, response.text)

    def send(self) -> TestResponse:
        return self.post("send")


@pytest.fixture
def writer(visitor: Visitor) -> Writer:
    return Writer(visitor)
