"""People's roles in words."""

from connectdo.access import ADMINISTRATOR, COACH, MODERATOR, TEAM_LEAD
from connectdo.people.models import Person
from connectdo.wording import listed

ROLES = {
    MODERATOR: "moderator",
    COACH: "coach",
    TEAM_LEAD: "team lead",
    ADMINISTRATOR: "administrator",
}


def roles_in_words(person: Person) -> str:
    """ "Coach and moderator for Lambeth and Southwark", "" for a member."""
    said = [_role(person, role) for role in sorted(person.roles)]
    words = listed(said)
    return words[:1].upper() + words[1:]


def _role(person: Person, role: str) -> str:
    places = f" for {listed([each.name for each in person.areas])}" if person.areas else ""
    return ROLES[role] + (places if role == MODERATOR else "")
