"""A real mail server on this machine, which can be away, slow to answer, or unwilling."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from tests.browser.conftest import free_port


class Server:
    """Takes mails and keeps them. `says` is its answer to the text of each."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[EmailMessage] = []
        self.says = "250 OK"
        self.says_to: dict[str, str] = {}
        self.hangs = False
        self.has_one = threading.Event()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def opens(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def closes(self) -> None:
        if self._controller:
            self._controller.stop()
        self._controller = None

    def times_each(self) -> Counter[str]:
        """How often a mail came, by its Message-ID."""
        return Counter(str(mail["Message-ID"]) for mail in self.mails)

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        answer = self.says_to.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.says.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=policy.default))
        self.has_one.set()
        while self.hangs:
            await asyncio.sleep(0.05)
        return self.says


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """The site's mail server, which is open."""
    server = Server()
    app.config["SMTP"] = server.url
    server.opens()
    yield server
    server.hangs = False
    server.closes()
