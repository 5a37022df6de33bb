"""The steps by which somebody comes in. The same is done for an address that we know and for one
that we do not, and takes as long: nobody learns here who has an account."""

from datetime import UTC, datetime

from sqlalchemy import delete, update

from connectdo import audit
from connectdo.db import db, utc_now
from connectdo.people import letters, queries, rules
from connectdo.people.actions import mail_set_up, person_for
from connectdo.people.models import Person, RecoveryCode, SecondStep, SignIn, Ticket
from connectdo.people.secrets import (
    RECOVERY_DIGITS,
    hash_of,
    new_recovery_codes,
    new_secret,
    password_fits,
    password_hash,
    step_of,
)
from connectdo.people.tickets import HALF_WAY, MAILED, NEW_PASSWORD, SIGN_IN, issue, spend
from connectdo.post.actions import write


def ask_for_link(email: str, next_page: str) -> None:
    """Mails what lets this address in: a link to sign in, or for staff a way to their password."""
    person = queries.person_with(email)
    if person and person.disabled_at:
        write(email, *letters.closed())
    elif person and rules.is_staff(person) and not rules.is_set_up(person):
        mail_set_up(person)
    elif person and rules.is_staff(person):
        write(email, *letters.new_password(issue(NEW_PASSWORD, email, next_page)))
    else:
        write(email, *letters.sign_in(issue(SIGN_IN, email, next_page)))


def follow_link(ticket: Ticket) -> Person | None:
    """Spends a mailed ticket; the person it was mailed to, made now if they are new. None if it
    has ended meanwhile, or if it is not enough for who they have become."""
    if not spend(ticket):
        return None
    person = person_for(ticket.email)
    if person.disabled_at or (rules.is_staff(person) == (ticket.purpose == SIGN_IN)):
        return None
    return person


def say_password(email: str, password: str) -> Person | None:
    """The person with this address and password, None where there is none."""
    person = queries.person_with(email)
    fits = password_fits(person.password_hash if person else "", password)
    if fits and person and not person.disabled_at:
        return person
    # The same is written whether or not we know the address.
    audit.tell("people.wrong_password", "person", person.id if person else None)
    return None


def sign_in(person: Person, way: str) -> str:
    """Signs a person in; returns the secret that the browser is to keep."""
    secret = new_secret()
    db.session.add(SignIn(secret_hash=hash_of(secret), person_id=person.id, way=way))
    person.seen_at = utc_now()
    ways_in = delete(Ticket).where(Ticket.purpose.in_((*MAILED, *HALF_WAY)))
    db.session.execute(ways_in.where(Ticket.email == person.email))
    db.session.flush()
    return secret


def sign_out(secret: str) -> None:
    """Ends the sign-in of one browser; nothing happens to one that has ended."""
    db.session.execute(delete(SignIn).where(SignIn.secret_hash == hash_of(secret)))


def use_code(person: Person, typed: str) -> bool:
    """Takes a code of the person's app, or a recovery code; each is good once."""
    if _is_right(person, typed):
        return True
    audit.tell("people.wrong_code", "person", person.id)
    return False


def make_recovery_codes(step: SecondStep) -> list[str]:
    """New recovery codes, to be shown once; the old ones end."""
    codes = new_recovery_codes()
    step.recovery_codes = [RecoveryCode(code_hash=password_hash(each)) for each in codes]
    db.session.flush()
    audit.tell("people.make_recovery_codes", "person", step.person_id, by=step.person_id)
    return codes


def _is_right(person: Person, typed: str) -> bool:
    step = person.second_step
    code = "".join(typed.split())
    if step is None:
        return False
    if len(code) == RECOVERY_DIGITS:
        return _use_recovery_code(person, step, typed)
    at = step_of(step.secret, code, datetime.now(UTC))
    if at is None:
        return False
    used = (
        update(SecondStep)
        .where(SecondStep.person_id == person.id, SecondStep.used_step < at)
        .values(used_step=at)
        .returning(SecondStep.person_id)
    )
    return db.session.scalar(used) is not None


def _use_recovery_code(person: Person, step: SecondStep, typed: str) -> bool:
    digits = "".join(typed.split())
    code = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    for kept in step.recovery_codes:
        if password_fits(kept.code_hash, code):
            gone = delete(RecoveryCode).where(RecoveryCode.id == kept.id)
            if db.session.scalar(gone.returning(RecoveryCode.id)) is None:
                return False
            left = queries.count_recovery_codes(person)
            write(person.email, *letters.recovery_code_used(left))
            audit.tell("people.use_recovery_code", "person", person.id, by=person.id)
            return True
    return False
