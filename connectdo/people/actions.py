"""Writes about people: who they are, and what they may do."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from connectdo import audit
from connectdo.access import MODERATOR
from connectdo.db import db, utc_now
from connectdo.people import letters, rules
from connectdo.people.models import Person, SecondStep, SignIn, StaffRole, Ticket
from connectdo.people.queries import person_with
from connectdo.people.secrets import new_second_step, password_hash
from connectdo.people.tickets import SET_UP, days_of, issue
from connectdo.places import area_names
from connectdo.places.models import Area
from connectdo.post.actions import write
from connectdo.text import slug


class NoSuchArea(ValueError):
    """No area has that name."""


def person_for(email: str) -> Person:
    """The person with a normalised address, made if there is none yet."""
    person = person_with(email)
    if person:
        return person
    try:
        with db.session.begin_nested():
            person = Person(email=email)
            db.session.add(person)
    except IntegrityError:
        # Another request made them in this moment.
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
    return person


def give_roles(person: Person, roles: Iterable[str], areas: Iterable[str] = ()) -> None:
    """Adds roles, and areas to moderate, by name. They sign in again, as staff do, after setting
    that up by a link that is mailed to them. Raises NoSuchArea."""
    known = {each.name for each in person.areas}
    person.areas += [_area(name) for name in dict.fromkeys(areas) if name not in known]
    new = set(roles) - person.roles
    person.staff_roles += [StaffRole(role=each) for each in new]
    end_sign_ins(person)
    _tell_roles("give", person, new)
    if not rules.has_second_step(person):
        # A password chosen as a member may have been chosen lightly.
        person.password_hash = ""  # nosec B105
    if not rules.is_set_up(person):
        mail_set_up(person)


def take_roles(person: Person, roles: Iterable[str]) -> None:
    """Takes roles away, at once. A moderator who is none has no areas either."""
    taken = person.roles & set(roles)
    person.staff_roles = [each for each in person.staff_roles if each.role not in taken]
    if MODERATOR not in person.roles:
        person.areas = []
    end_sign_ins(person)
    _tell_roles("take", person, taken)


def disable(person: Person) -> None:
    """Nobody comes in as this person any more."""
    person.disabled_at = utc_now()
    end_sign_ins(person)
    audit.tell("people.disable", "person", person.id)


def enable(person: Person) -> None:
    """They may come in again."""
    person.disabled_at = None
    db.session.flush()
    audit.tell("people.enable", "person", person.id)


def start_over(person: Person) -> None:
    """For who has lost password, app and recovery codes: all of it ends, and a link is mailed to
    set it up again."""
    person.password_hash, person.second_step = "", None
    end_sign_ins(person)
    audit.tell("people.start_over", "person", person.id)
    mail_set_up(person)


def mail_set_up(person: Person) -> None:
    """Mails the link by which staff set up how they sign in."""
    secret = issue(SET_UP, person.email)
    write(person.email, *letters.set_up(secret, days_of(SET_UP)))


def choose_password(person: Person, password: str) -> None:
    """Sets a password. Every sign-in and every link of the person ends, and they are told."""
    had_one = bool(person.password_hash)
    person.password_hash = password_hash(password)
    end_sign_ins(person)
    audit.tell("people.choose_password", "person", person.id, by=person.id)
    if had_one:
        write(person.email, *letters.password_changed())


def begin_second_step(person: Person) -> SecondStep:
    """A new secret for an authenticator app; the old app and its recovery codes end."""
    person.second_step = None
    db.session.flush()
    person.second_step = SecondStep(secret=new_second_step())
    db.session.flush()
    audit.tell("people.begin_second_step", "person", person.id, by=person.id)
    return person.second_step


def end_sign_ins(person: Person) -> None:
    """Signs a person out everywhere, and ends the links that were mailed to them."""
    db.session.flush()
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    db.session.execute(delete(Ticket).where(Ticket.email == person.email))


def forget_ended() -> None:
    """Deletes tickets and sign-ins whose time is over."""
    now = utc_now()
    db.session.execute(delete(Ticket).where(Ticket.ends_at < now))
    db.session.execute(delete(SignIn).where(SignIn.made_at < now - rules.MEMBER_LASTS))
    db.session.commit()


def _tell_roles(did: str, person: Person, roles: Iterable[str]) -> None:
    for role in sorted(roles):
        audit.tell(f"people.{did}_role {role}", "person", person.id)


def _area(name: str) -> Area:
    """An area by its name in any case, made where no listing has needed it yet."""
    known = {each.casefold(): each for each in area_names()}
    exact = known.get(name.strip().casefold(), name.strip())
    area = db.session.scalar(select(Area).where(Area.name == exact))
    if area is None:
        if exact not in known.values():
            raise NoSuchArea(name)
        area = Area(name=exact, slug=slug(exact))
        db.session.add(area)
    return area
