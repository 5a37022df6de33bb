"""Yes or no, about people."""

from datetime import datetime, timedelta

from connectdo.access import ADMINISTRATOR, COACH, MODERATOR, TEAM_LEAD
from connectdo.people.models import Person, SignIn

# Members use their own telephone; staff may use a shared desk and see more.
MEMBER_LASTS = timedelta(days=90)
STAFF_LASTS = timedelta(hours=12)
STAFF_MAY_PAUSE = timedelta(hours=1)
LINK_IS_FRESH = timedelta(minutes=30)
# Where people begin the day: pages of rooms above this one.
GROUPS, COACHING, QUEUE = "posting.groups", "coaching.home", "moderation.queue"


def is_staff(person: Person) -> bool:
    """Has a role for which a link does not do."""
    return bool(person.roles)


def work_of(person: Person) -> str:
    """The page where somebody begins the day."""
    if not person.roles.isdisjoint({COACH, TEAM_LEAD}):
        return COACHING
    return QUEUE if not person.roles.isdisjoint({MODERATOR, ADMINISTRATOR}) else GROUPS


def has_second_step(person: Person) -> bool:
    """Has an authenticator app that has shown its first code."""
    return person.second_step is not None and person.second_step.used_step > 0


def is_set_up(person: Person) -> bool:
    """Has all that staff sign in with."""
    return bool(person.password_hash) and has_second_step(person)


def still_counts(sign_in: SignIn, last_seen: datetime, now: datetime) -> bool:
    """Whether a sign-in still lets its person in."""
    person, age = sign_in.person, now - sign_in.made_at
    if person.disabled_at is not None:
        return False
    if is_staff(person):
        pause = now - last_seen
        return sign_in.way == "code" and age < STAFF_LASTS and pause < STAFF_MAY_PAUSE
    return age < MEMBER_LASTS


def must_say_password(sign_in: SignIn, now: datetime) -> bool:
    """To choose another password one says the old one, unless a link has just shown who it is."""
    fresh = sign_in.way == "link" and now - sign_in.made_at < LINK_IS_FRESH
    return bool(sign_in.person.password_hash) and not fresh
