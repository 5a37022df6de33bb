"""Mails: written with what they tell of, sent once, and never lost."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from flask import Flask
from sqlalchemy import select, update

from connectdo import create_app, jobs
from connectdo.config import ROOT, SettingsDisagree
from connectdo.db import db, utc_now
from connectdo.people.models import Person
from connectdo.post.actions import GIVE_UP_AFTER, TO_SEND_ONE, write
from connectdo.post.delivering import deliver
from connectdo.post.models import Mail
from connectdo.post.sending import outbox
from tests.post.conftest import Server
from tests.trust.site import wait_until

ADA = "ada@mail.example"


def write_one(to: str = ADA, subject: str = "Hello", body: str = "Come on Tuesday.\n") -> Mail:
    mail = write(to, subject, body)
    db.session.commit()
    return mail


def waiting() -> list[Mail]:
    db.session.rollback()
    return list(db.session.scalars(select(Mail).where(Mail.refused == "").order_by(Mail.id)))


def let_pass(time: timedelta) -> None:
    """As if the mails that wait had been written, and put off, so much earlier."""
    for mail in waiting():
        mail.written_at -= time
        mail.due_at -= time
    db.session.commit()


@contextmanager
def worker(server: Server) -> Iterator["subprocess.Popen[bytes]"]:
    """`connectdo work`, in a process of its own."""
    command = [sys.executable, "-m", "connectdo.cli", "work"]
    env = {**os.environ, "CONNECTDO_SMTP": server.url, "CONNECTDO_SITE": "https://groups.example"}
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_a_mail_is_sent_and_nothing_is_kept_of_it(app: Flask, server: Server) -> None:
    app.config["MAIL_FROM"] = "hello@groups.example"
    write_one(body="Kaffee über alles.\n")

    deliver()

    mail = server.mails[0]
    assert str(mail["To"]) == ADA
    assert str(mail["From"]) == "Connect & Do <hello@groups.example>"
    assert mail["Subject"] == "Hello"
    assert mail.get_content().replace("\r\n", "\n") == "Kaffee über alles.\n"
    assert waiting() == []


def test_a_mail_of_what_was_rolled_back_is_not_sent(server: Server) -> None:
    db.session.add(Person(email=ADA))
    write(ADA, "Hello", "You are here now.")

    db.session.rollback()
    deliver()

    assert server.mails == []


def test_without_a_mail_server_mails_are_files(app: Flask) -> None:
    mail = write_one()

    deliver()

    files = list(outbox().glob("*.eml"))
    read = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert len(files) == 1
    assert read["Message-ID"] == mail.message_id
    assert outbox().stat().st_mode & 0o077 == 0
    assert files[0].stat().st_mode & 0o077 == 0


def test_a_mail_put_in_the_folder_twice_is_there_once(app: Flask) -> None:
    mail = write_one()
    deliver()

    db.session.add(Mail(**{each: getattr(mail, each) for each in COLUMNS}))
    db.session.commit()
    deliver()

    assert len(list(outbox().glob("*"))) == 1


def test_a_mail_server_that_is_away_for_an_hour_loses_none_and_sends_none_twice(
    server: Server,
) -> None:
    server.closes()
    for number in range(10):
        write_one(subject=f"Mail {number}")
        deliver()
        let_pass(timedelta(minutes=6))

    server.opens()
    deliver()
    deliver()

    assert [str(mail["Subject"]) for mail in server.mails] == [f"Mail {n}" for n in range(10)]
    assert set(server.times_each().values()) == {1}
    assert waiting() == []


def test_a_mail_server_that_closes_on_the_first_mail_gets_both_later(
    server: Server,
) -> None:
    write_one(subject="First")
    write_one(subject="Second")
    server.says_to[ADA] = "421 Closing"

    deliver()
    server.says_to.clear()
    deliver()

    assert sorted(str(mail["Subject"]) for mail in server.mails) == ["First", "Second"]


def test_a_receiver_who_is_refused_for_now_is_tried_later_and_holds_up_nobody(
    server: Server,
) -> None:
    write_one("full@mail.example")
    write_one(ADA)
    server.says_to["full@mail.example"] = "452 Mailbox full"

    deliver()
    at_first = len(server.mails)
    server.says_to.clear()
    deliver()
    too_early = len(server.mails)
    let_pass(timedelta(minutes=5))
    deliver()

    assert (at_first, too_early, len(server.mails)) == (1, 1, 2)


@pytest.mark.parametrize("answer", ["550 No such mailbox", "552 Too big"])
def test_a_mail_that_is_refused_for_good_is_given_up_and_shown(
    app: Flask, server: Server, answer: str
) -> None:
    write_one()
    server.says = answer

    deliver()
    shown = app.test_cli_runner().invoke(args=["post"]).output

    kept = db.session.scalars(select(Mail)).one()
    assert waiting() == []
    assert kept.body == ""
    assert f"{ADA}: Refused with code {answer[:3]}." in shown


def test_a_mail_that_was_put_off_for_days_is_given_up(server: Server) -> None:
    write_one()
    server.says = "451 Not now"

    let_pass(GIVE_UP_AFTER + timedelta(minutes=1))
    deliver()

    assert waiting() == []
    assert server.mails == []


def test_an_address_that_no_mail_can_carry_holds_up_nobody(server: Server) -> None:
    write_one("not an address")
    write_one(ADA)

    deliver()

    assert [str(mail["To"]) for mail in server.mails] == [ADA]


def test_a_header_cannot_be_slipped_into_a_subject(server: Server) -> None:
    write_one(subject="Hello\r\nBcc: eve@mail.example")

    deliver()

    assert server.mails[0]["Bcc"] is None


def test_a_mail_that_somebody_else_is_sending_is_left_alone(server: Server) -> None:
    write_one()
    db.session.execute(update(Mail).values(due_at=utc_now() + TO_SEND_ONE))
    db.session.commit()

    deliver()

    assert server.mails == []


def test_what_is_logged_does_not_say_whose_mail_it_was(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    write_one()
    server.says_to[ADA] = f"550 No mailbox {ADA}"

    deliver()
    server.closes()
    write_one()
    deliver()

    assert "550" in caplog.text
    assert "none can be sent" in caplog.text
    assert ADA not in caplog.text


def test_a_worker_sends_a_mail_within_seconds(app: Flask, server: Server) -> None:
    with worker(server):
        write_one()
        wait_until(lambda: server.mails)
        write_one(subject="Another")
        waited = wait_until(lambda: len(server.mails) == 2)
        wait_until(lambda: not waiting())

    assert waited < 5


def test_a_worker_killed_while_it_sends_leaves_the_mail_to_the_next(
    app: Flask, server: Server
) -> None:
    """Killed after the server took the mail and before it said so: nobody can know which it was,
    so it goes out again, as the same mail."""
    server.hangs = True
    mail = write_one()
    with worker(server) as process:
        wait_until(server.has_one.is_set)
        process.kill()
    server.hangs = False
    deliver()
    too_early = len(server.mails)

    let_pass(TO_SEND_ONE)
    deliver()

    assert too_early == 1
    assert list(server.times_each()) == [mail.message_id]
    assert waiting() == []


def test_workers_killed_at_any_moment_lose_nothing(app: Flask, server: Server) -> None:
    written = [write_one(subject=f"Mail {number}").message_id for number in range(40)]

    for number in range(4):
        with worker(server):
            wait_until(enough(server, 10 * number + 3))
        let_pass(TO_SEND_ONE)
    deliver()

    times = server.times_each()
    assert set(times) == set(written)
    assert sum(times.values()) - len(written) <= 4 * jobs.WORKERS
    assert waiting() == []


def test_links_need_a_site_where_mails_are_really_sent(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTDO_SMTP", "smtp://mail.example")

    with pytest.raises(SettingsDisagree, match="CONNECTDO_SITE"):
        create_app()


@pytest.mark.parametrize("site", ["groups.example", "https://groups.example/there", "ftp://x"])
def test_a_site_is_an_address_without_a_path(
    app: Flask, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    monkeypatch.setenv("CONNECTDO_SITE", site)

    with pytest.raises(SettingsDisagree):
        create_app()


COLUMNS = ("message_id", "recipient", "subject", "body", "written_at")


def enough(server: Server, mails: int) -> Callable[[], bool]:
    return lambda: len(server.mails) >= mails
