"""Tickets and the steps by which somebody comes in, each by itself: what it takes, what it leaves,
and that nothing is good twice."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from time_machine import TimeMachineFixture

from connectdo.access import COACH
from connectdo.audit.models import Entry
from connectdo.db import db, utc_now
from connectdo.people import coming_in, queries, tickets
from connectdo.people.models import Person, RecoveryCode, SecondStep, SignIn, Ticket
from connectdo.people.secrets import hash_of, new_recovery_codes, password_hash
from connectdo.post.models import Mail
from tests.factories import APP_SECRET, PASSWORD, make_person
from tests.people.conftest import code_now

ADA = "ada@mail.example"
NOW = datetime(2026, 10, 6, 12, 0, 10)

pytestmark = pytest.mark.usefixtures("app", "noon")


@pytest.fixture
def noon(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(f"{NOW.isoformat()}+00:00", tick=False)


def ticket(purpose: str, email: str = ADA, **about: object) -> Ticket:
    secret = tickets.issue(purpose, email, **about)  # type: ignore[arg-type]
    return db.session.scalars(select(Ticket).where(Ticket.secret_hash == hash_of(secret))).one()


def mails() -> list[tuple[str, str]]:
    db.session.flush()
    return [(each.recipient, each.subject) for each in db.session.scalars(select(Mail))]


def staff(**fields: object) -> Person:
    return make_person(ADA, COACH, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", sorted(tickets.LASTS))
def test_a_ticket_is_good_once_and_for_as_long_as_its_kind(purpose: str) -> None:
    lasts = {"sign_in": 30, "new_password": 30, "choose": 60, "app": 60, "code": 15}
    days = {"set_up": 3, "invited": 7, "claim": 7}

    made = ticket(purpose, next_page="/account", about=5)

    minutes = lasts.get(purpose, days.get(purpose, 0) * 24 * 60)
    assert made.ends_at == NOW + timedelta(minutes=minutes)
    assert tickets.days_of(purpose) == days.get(purpose, 0)
    assert (made.purpose, made.email, made.next_page, made.about) == (purpose, ADA, "/account", 5)
    assert tickets.spend(made)
    assert not tickets.spend(made)
    assert db.session.scalars(select(Ticket.email)).all() == []


def test_a_ticket_is_about_nothing_unless_that_is_said() -> None:
    made = ticket("sign_in")
    other = ticket("sign_in", "vic@mail.example")

    assert (made.next_page, made.about) == ("", None)
    assert tickets.spend(made)
    assert db.session.scalars(select(Ticket.email)).all() == [other.email]


@pytest.mark.parametrize(
    ("who", "subject", "purpose"),
    [
        ("nobody", "Your link to sign in", "sign_in"),
        ("a member", "Your link to sign in", "sign_in"),
        ("staff", "Choose a new password", "new_password"),
        ("new staff", "Set up how you sign in", "set_up"),
        ("closed", "Your account is closed", ""),
    ],
)
def test_what_is_mailed_lets_in_as_far_as_somebody_may(
    who: str, subject: str, purpose: str
) -> None:
    if who == "a member":
        make_person(ADA)
    if who in ("staff", "new staff"):
        person = staff()
        if who == "new staff":
            person.second_step = None
    if who == "closed":
        make_person(ADA, disabled_at=NOW)

    coming_in.ask_for_link(ADA, "/account")

    found = db.session.scalars(select(Ticket)).all()
    assert [each for each, _ in mails()] == [ADA]
    assert [each.purpose for each in found] == ([purpose] if purpose else [])
    assert all(each.email == ADA for each in found)
    assert all(each.next_page == ("" if who == "new staff" else "/account") for each in found)


def test_each_kind_of_mail_is_another() -> None:
    coming_in.ask_for_link(ADA, "")
    staff()
    coming_in.ask_for_link(ADA, "")
    person = make_person("vic@mail.example", disabled_at=NOW)
    coming_in.ask_for_link(person.email, "")

    assert len(set(mails())) == 3


@pytest.mark.parametrize(
    ("who", "purpose", "comes_in"),
    [
        ("nobody", "sign_in", True),
        ("a member", "sign_in", True),
        ("a member", "new_password", False),
        ("staff", "sign_in", False),
        ("staff", "new_password", True),
        ("staff", "set_up", True),
        ("closed", "sign_in", False),
    ],
)
def test_a_link_is_enough_for_who_they_are_now(who: str, purpose: str, comes_in: bool) -> None:
    if who == "a member":
        make_person(ADA)
    if who == "staff":
        staff()
    if who == "closed":
        make_person(ADA, disabled_at=NOW)
    made = ticket(purpose)

    person = coming_in.follow_link(made)

    assert (person.email if person else None) == (ADA if comes_in else None)
    assert coming_in.follow_link(made) is None


def test_a_password_is_its_owners_and_not_of_who_is_disabled() -> None:
    ada = make_person(ADA, password=PASSWORD)
    make_person("vic@mail.example")

    assert coming_in.say_password(ADA, PASSWORD) is ada
    assert coming_in.say_password(ADA, "not this one") is None
    assert coming_in.say_password("vic@mail.example", PASSWORD) is None
    assert coming_in.say_password("nobody@mail.example", PASSWORD) is None
    ada.disabled_at = NOW
    assert coming_in.say_password(ADA, PASSWORD) is None


def test_who_has_come_in_needs_no_other_link_and_keeps_the_invitations() -> None:
    ada, vic = make_person(ADA), "vic@mail.example"
    for purpose in tickets.LASTS:
        ticket(purpose)
        ticket(purpose, vic)

    secret = coming_in.sign_in(ada, "link")

    db.session.expire_all()
    kept = db.session.scalars(select(Ticket.purpose).where(Ticket.email == ADA)).all()
    assert sorted(kept) == ["claim", "invited"]
    others = db.session.scalars(select(Ticket).where(Ticket.email == vic)).all()
    assert len(others) == len(tickets.LASTS)
    (made,) = db.session.scalars(select(SignIn)).all()
    assert (made.secret_hash, made.way, made.person_id) == (hash_of(secret), "link", ada.id)
    assert ada.seen_at == utc_now()


def test_to_sign_out_ends_one_browser() -> None:
    ada = make_person(ADA)
    first, second = coming_in.sign_in(ada, "link"), coming_in.sign_in(ada, "link")

    coming_in.sign_out(first)
    coming_in.sign_out("never was")

    assert queries.sign_in_with(first) is None
    assert queries.sign_in_with(second) is not None


def test_a_code_of_the_app_is_good_once_with_or_without_spaces() -> None:
    ada = staff()
    code = code_now()

    assert not coming_in.use_code(make_person(), code)
    assert coming_in.use_code(ada, f" {code[:3]} {code[3:]}")
    assert not coming_in.use_code(ada, code)
    assert not coming_in.use_code(ada, code_now(later=-1))
    assert not coming_in.use_code(ada, code_now(later=5))
    assert not coming_in.use_code(ada, "")
    assert coming_in.use_code(ada, code_now(later=1))


def test_a_code_is_its_owners_alone() -> None:
    ada = staff()
    vic = make_person("vic@mail.example", COACH)
    assert coming_in.use_code(ada, code_now())

    assert db.session.get_one(SecondStep, vic.id).used_step == 1
    assert coming_in.use_code(vic, code_now())


def test_recovery_codes_are_kept_as_hashes_and_replace_the_old_ones() -> None:
    step = staff().second_step
    assert step
    coming_in.make_recovery_codes(step)

    codes = coming_in.make_recovery_codes(step)

    kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(codes) == len(kept) == 8
    assert all(each.startswith("$argon2id$") for each in kept)


def test_a_recovery_code_is_good_once_and_its_owner_is_told() -> None:
    ada = staff()
    first, second, other = new_recovery_codes()[:3]
    step = ada.second_step
    assert step
    step.secret = APP_SECRET
    step.recovery_codes = [RecoveryCode(code_hash=password_hash(each)) for each in (first, second)]
    db.session.flush()

    assert not coming_in.use_code(ada, other)
    assert coming_in.use_code(ada, second.replace(" ", ""))
    assert not coming_in.use_code(ada, second)
    assert queries.count_recovery_codes(ada) == 1
    (told,) = db.session.scalars(select(Mail)).all()
    assert told.recipient == ADA
    assert "1" in told.body
    assert coming_in.use_code(ada, f"  {first}  ")


def acts() -> list[tuple[str, str, int | None, int | None]]:
    """What the record says of who came in, or tried."""
    db.session.commit()
    return [
        (each.act, each.kind, each.about_id, each.by_id)
        for each in db.session.scalars(select(Entry).order_by(Entry.number))
        if each.act.startswith("people.")
    ]


def test_each_try_and_each_code_is_on_record_and_none_says_whose_address_it_was() -> None:
    ada = staff()
    step = ada.second_step
    assert step
    coming_in.say_password(ADA, "not this one")
    coming_in.say_password("nobody@mail.example", "not this one")
    coming_in.use_code(ada, "000")
    code = coming_in.make_recovery_codes(step)[0]
    coming_in.use_code(ada, code)

    assert acts() == [
        ("people.wrong_password", "person", ada.id, None),
        ("people.wrong_password", "person", None, None),
        ("people.wrong_code", "person", ada.id, None),
        ("people.make_recovery_codes", "person", ada.id, ada.id),
        ("people.use_recovery_code", "person", ada.id, ada.id),
    ]
