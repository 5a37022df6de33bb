"""What must not come back with old rows does not."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyotp import TOTP
from sqlalchemy import select, update

from connectdo.backup.going_back import ENDED, WAITED
from connectdo.clients import actions as clients
from connectdo.clients import forgetting
from connectdo.clients.models import Client
from connectdo.days import london_today
from connectdo.db import Base, db
from connectdo.directory import actions as lists
from connectdo.directory.models import KeptList
from connectdo.listings.models import Listing
from connectdo.outcomes import actions as outcomes
from connectdo.outcomes.instruments import START, UCLA
from connectdo.outcomes.models import LINK
from connectdo.people.models import RecoveryCode, SecondStep
from connectdo.people.tickets import SIGN_IN, issue
from connectdo.post.actions import write
from connectdo.post.delivering import deliver
from connectdo.post.models import Mail
from connectdo.search import sync
from connectdo.search.finding import find
from connectdo.search.models import SearchState
from connectdo.search.query import Query
from connectdo.shortlists.actions import keep
from connectdo.shortlists.sharing import link_of, share, stop_sharing
from tests.backup.conftest import Restores, a_command
from tests.factories import APP_SECRET, make_client, make_coach, make_listing
from tests.visitor import Visitor

Backs = Callable[..., Path]
# What is kept of a secret, and may come back: what was ended of it is on the list of erasures, and
# of passwords the operator is told.
MAY_COME_BACK = {"shared_list.secret_hash", "kept_list.share_hash", "person.password_hash"}
# They tell whether a file or a row of an import is the same.
NO_SECRETS = {"listing.photo_hash", "listing.source_hash"}


def rows(table: Any) -> list[Any]:
    db.session.rollback()
    found = list(db.session.scalars(select(table)))
    db.session.rollback()
    return found


def put_back(restore: Restores, file: Path) -> None:
    """Over what is here."""
    db.session.rollback()
    restore(file, replace=True)
    db.session.expire_all()


# Ways in.


def test_a_copied_cookie_of_a_sign_in_that_has_ended_since_opens_nothing(
    app: Flask, visitor: Visitor, backup: Backs, restore: Restores
) -> None:
    visitor.sign_in(make_coach())
    file = backup()
    before = visitor.get("/coaching").status_code

    put_back(restore, file)

    assert (before, visitor.get("/coaching").status_code) == (200, 303)


def test_secrets_that_work_once_have_all_been_used(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    client = make_client()
    db.session.add(RecoveryCode(person_id=client.coach_id, code_hash="x"))
    outcomes.ask(client, client.coach, UCLA, START, LINK)
    issue(SIGN_IN, "ada@mail.example")
    visitor = Visitor(app)
    visitor.sign_in(client.coach)
    file = backup()
    before = [bool(rows(table)) for table in ENDED]

    put_back(restore, file)

    assert all(before)
    assert [rows(table) for table in ENDED] == [[], [], [], []]


def test_every_secret_that_is_kept_ends_or_is_known_to_come_back() -> None:
    kept = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_hash")
    }

    ended = {each.__tablename__ for each in ENDED}
    back = {each for each in kept - NO_SECRETS if each.partition(".")[0] not in ended}
    assert back == MAY_COME_BACK


def test_a_code_that_was_used_before_the_restore_is_not_good_again(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    make_coach()
    file = backup()
    now = TOTP(APP_SECRET).timecode(datetime.now(UTC))
    db.session.execute(update(SecondStep).values(used_step=now))
    db.session.commit()

    put_back(restore, file)

    (step,) = rows(SecondStep)
    assert step.used_step > now


# What was said or sent.


def test_mails_that_waited_are_kept_for_the_operator_and_not_sent(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    write("ada@mail.example", "Hello", "Come in by this link.")
    db.session.commit()
    file = backup()
    first = deliver()

    put_back(restore, file)

    (mail,) = rows(Mail)
    told = app.test_cli_runner().invoke(args=["post"]).output
    assert (first, deliver()) == (1, 0)
    assert (mail.refused, mail.body) == (WAITED, "")
    assert f"ada@mail.example: {WAITED}" in told


def test_a_list_that_its_visitor_has_cleared_stays_away(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    kept_list, other = lists.start_list(), lists.start_list()
    db.session.commit()
    file = backup()
    lists.clear_list(kept_list)
    db.session.commit()

    put_back(restore, file)

    assert [each.id for each in rows(KeptList)] == [other.id]


@pytest.mark.parametrize("end", [lists.stop_sharing, lists.share_list])
def test_a_link_to_a_list_that_was_ended_opens_nothing(
    app: Flask, backup: Backs, restore: Restores, end: Callable[[KeptList], object]
) -> None:
    ended, open_still = lists.start_list(), lists.start_list()
    for each in (ended, open_still):
        lists.share_list(each)
    db.session.commit()
    shared = open_still.share_hash
    file = backup()
    end(ended)
    db.session.commit()

    put_back(restore, file)

    assert {each.share_hash for each in rows(KeptList)} == {None, shared}


def test_a_link_to_what_a_client_took_home_that_was_ended_opens_nothing(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    mary, noor = make_client(), make_client()
    for each in (mary, noor):
        share(each, each.coach, [keep(each, each.coach, make_listing(), london_today())])
    db.session.commit()
    file = backup()
    stop_sharing(mary)
    db.session.commit()

    put_back(restore, file)

    mary, noor = rows(Client)
    assert (link_of(mary), bool(link_of(noor))) == (None, True)


# People who were forgotten.


def names() -> list[str]:
    return [each.name for each in rows(Client)]


def test_who_was_forgotten_since_is_forgotten_again(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    mary = make_client()
    make_client(mary.coach, "Noor")
    file = backup()
    forgetting.forget(mary)

    put_back(restore, file)

    assert names() == ["Noor"]


def test_a_worry_that_a_lead_has_seen_to_since_keeps_nobody(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    mary = make_client()
    worry = clients.worry(mary.team, mary.coach, "A bruise", mary)
    db.session.commit()
    file = backup()
    clients.see_to(worry, mary.coach, "Rang the GP")
    forgetting.forget(mary)

    put_back(restore, file)

    assert names() == []


def test_on_a_new_machine_the_list_that_was_put_there_counts(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    mary = make_client()
    make_client(mary.coach, "Noor")
    file = backup()
    forgetting.forget(mary)
    (elsewhere / "erasures").write_bytes((Path(app.instance_path) / "erasures").read_bytes())

    restore(file)

    with a_command():
        assert names() == ["Noor"]


def test_the_list_of_the_backup_is_added_to_the_one_that_is_here(
    app: Flask, backup: Backs, restore: Restores, elsewhere: Path
) -> None:
    """So that a still older backup forgets both."""
    first, second = make_client(name="Mary"), make_client(name="Noor")
    oldest = backup("oldest.zip")
    forgetting.forget(first)
    middle = backup("middle.zip")
    forgetting.forget(second)
    lines = (Path(app.instance_path) / "erasures").read_text().splitlines()
    (elsewhere / "erasures").write_text(lines[1] + "\n")

    restore(middle)
    restore(oldest, replace=True)

    with a_command():
        assert names() == []
    assert sorted((elsewhere / "erasures").read_text().splitlines()) == sorted(lines)


def test_who_is_forgotten_while_a_restore_is_made_ready_does_not_come_back(
    app: Flask, backup: Backs, restore: Restores, monkeypatch: pytest.MonkeyPatch
) -> None:
    mary = make_client()
    file = backup()
    db.session.rollback()

    def meanwhile() -> None:
        with app.app_context():
            forgetting.forget(db.session.merge(mary))

    monkeypatch.setattr("connectdo.backup.restoring.os.sync", meanwhile)

    put_back(restore, file)

    assert names() == []


def test_whoever_got_the_id_of_somebody_forgotten_is_not_forgotten_for_them(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    first = backup("first.zip")
    mary = make_client()
    forgetting.forget(mary)
    put_back(restore, first)
    noor = make_client(name="Noor", id=mary.id)
    second = backup("second.zip")

    put_back(restore, second)

    assert (names(), noor.id) == (["Noor"], mary.id)


# What is found.


def test_the_index_notices_that_the_database_went_back_though_its_number_did_not(
    app: Flask, backup: Backs, restore: Restores
) -> None:
    listing = make_listing("Lantern choir")
    file = backup()
    rev = db.session.scalar(select(SearchState.rev))
    listing.name = "Anvil choir"
    db.session.commit()
    sync.sync()
    db.session.execute(update(SearchState).values(rev=rev))
    db.session.commit()

    put_back(restore, file)
    changed = db.session.scalars(select(Listing)).one()
    changed.summary = "Every week"
    db.session.commit()
    sync.sync()

    assert (find(Query(text="lantern")).total, find(Query(text="anvil")).total) == (1, 0)
    assert sync.check() == []


class Enough(BaseException):
    """Ends a loop that has no end."""


def test_the_carrier_notices_another_numbering_at_the_same_number(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing("Lantern choir")
    carried: list[str] = []
    really = sync.sync

    def counted() -> int:
        db.session.rollback()
        carried.append(str(db.session.scalar(select(SearchState.epoch))))
        db.session.rollback()
        return really()

    def put_back_meanwhile(_seconds: float) -> None:
        if len(carried) > 1:
            raise Enough
        db.session.execute(update(SearchState).values(epoch="another"))
        db.session.commit()
        put_back_meanwhile.looks += 1  # type: ignore[attr-defined]
        if put_back_meanwhile.looks > 3:  # type: ignore[attr-defined]
            raise Enough

    put_back_meanwhile.looks = 0  # type: ignore[attr-defined]
    monkeypatch.setattr("connectdo.search.sync.sync", counted)
    monkeypatch.setattr("connectdo.search.sync.time.sleep", put_back_meanwhile)
    with pytest.raises(Enough):
        sync.keep()

    assert carried[1:] == ["another"]
