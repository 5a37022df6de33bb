"""A coach with a client, in their browser."""

import pytest
from flask import Flask

from connectdo.clients.models import Client
from tests.factories import make_client
from tests.visitor import Visitor


@pytest.fixture
def mary(app: Flask, visitor: Visitor) -> Client:
    """A client who loves singing, whose coach is the visitor."""
    client = make_client(name="Mary", loves=["Choir"], near="SE24", within=3.0)
    visitor.sign_in(client.coach)
    return client
