"""A mailbox to look into, and the app on somebody's phone."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from flask import Flask
from pyotp import TOTP
from time_machine import TimeMachineFixture

from connectdo.post.delivering import deliver
from connectdo.post.sending import outbox
from tests.factories import APP_SECRET

Mails = Callable[[str], list[EmailMessage]]
Later = Callable[..., None]


@pytest.fixture
def mails(app: Flask) -> Mails:
    """The mails that an address has got, the last one last."""

    def to(address: str) -> list[EmailMessage]:
        deliver()
        files = sorted(outbox().glob("*.eml"), key=lambda each: each.stat().st_mtime_ns)
        read = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in files]
        return [each for each in read if each["To"] == address]

    return to


@pytest.fixture
def later(time_machine: TimeMachineFixture) -> Later:
    """Lets time go by: `later(minutes=29)`."""

    def move(**by: int) -> None:
        time_machine.move_to(datetime.now(UTC) + timedelta(**by))

    return move


def link_in(mail: EmailMessage) -> str:
    """The path of the link that signs in or sets up."""
    found = re.search(r"/sign-in/link/[\w-]+", mail.get_content())
    assert found, mail.get_content()
    return found[0]


def code_now(secret: str = APP_SECRET, later: int = 0) -> str:
    """What the app shows, or will show so many half-minutes later."""
    return TOTP(secret).at(int(time.time()) + 30 * later)
