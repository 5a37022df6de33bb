"""The door to the mail server, or to the folder that stands for one."""

import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC
from email import message_from_bytes
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from connectdo.post.models import Mail

FROM = "Connect & Do"
SECONDS_FOR_AN_ANSWER = 20
PORTS = {"smtp": 25, "smtps": 465}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
CLOSING = 421

Carry = Callable[[Mail], None]


class Unreachable(Exception):
    """No mail can be sent for now."""


class Refused(Exception):
    """One mail that nobody takes: never, or not yet."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good


@contextmanager
def carrier() -> Iterator[Carry]:
    """What carries mails, one after another. It raises Unreachable or Refused; so does opening."""
    url = str(current_app.config["SMTP"])
    if url:
        with _connection(url) as server:
            yield partial(_send, server)
    else:
        yield _put_in_folder


def outbox() -> Path:
    """Where mails are put while no mail server is set."""
    return Path(current_app.instance_path) / "outbox"


def take_out_of_folder(words: str) -> None:
    """Deletes the mails in the folder that say something."""
    for file in outbox().glob("*.eml"):
        with suppress(FileNotFoundError):
            kept = message_from_bytes(file.read_bytes(), policy=SMTP)
            if words in kept.get_content():
                file.unlink()


def message(mail: Mail) -> EmailMessage:
    """A mail as it travels: plain words, which every mail program shows. Raises Refused."""
    made = EmailMessage(policy=SMTP)
    try:
        made["To"] = Address(addr_spec=mail.recipient)
    except (ValueError, HeaderParseError) as error:
        raise Refused("No mail can be written to this address", for_good=True) from error
    sender = parseaddr(str(current_app.config["MAIL_FROM"]))[1]
    made["From"] = Address(FROM, addr_spec=sender)
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.written_at.replace(tzinfo=UTC))
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.body)
    return made


@contextmanager
def _connection(url: str) -> Iterator[smtplib.SMTP]:
    """Signed in where the address says as whom. Words travel in the clear on this machine only."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    safe = ssl.create_default_context()
    try:
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=SECONDS_FOR_AN_ANSWER, context=safe
            )
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS_FOR_AN_ANSWER)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(type(error).__name__) from error
    try:
        if parts.scheme == "smtp" and host not in THIS_MACHINE:
            server.starttls(context=safe)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _send(server: smtplib.SMTP, mail: Mail) -> None:
    """Raises Refused where it is the mail, else Unreachable."""
    try:
        server.send_message(message(mail))
    except smtplib.SMTPRecipientsRefused as error:
        code = error.recipients[mail.recipient][0]
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(type(error).__name__) from error
    else:
        return
    if code == CLOSING:
        raise Unreachable("The server is closing")
    # Without what the server said: that may name the receiver, and this is logged.
    raise Refused(f"Refused with code {code}", for_good=code >= 500)


def _put_in_folder(mail: Mail) -> None:
    """Under a name of the mail's own, so that one put there twice is there once."""
    folder = outbox()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        name = f"{mail.written_at:%Y-%m-%d-%H%M%S}-{mail.message_id[1:9]}.eml"
        half = folder / f"{name}.half"
        half.touch(mode=0o600)
        half.write_bytes(message(mail).as_bytes())
        os.replace(half, folder / name)
    except OSError as error:
        raise Unreachable(type(error).__name__) from error
