"""What an operator is told of the people who work here."""

from collections.abc import Iterator

from connectdo.access import ADMINISTRATOR
from connectdo.checks import Finding, must, should
from connectdo.people import queries, rules
from connectdo.people.wording import roles_in_words


def check() -> Iterator[Finding]:
    """There is an administrator, and all staff have what they sign in with."""
    staff = queries.staff()
    if not any(ADMINISTRATOR in each.roles for each in staff):
        yield must(
            "There is no administrator. Add one: "
            "connectdo people add you@groups.example --role administrator"
        )
    for person in staff:
        if not rules.is_set_up(person):
            # Nobody else can let people in who have lost theirs.
            tell = must if ADMINISTRATOR in person.roles else should
            yield tell(
                f"{person.email} ({roles_in_words(person)}) has not set up a password and a second "
                f"step. Ask them to, or mail them another link: "
                f"connectdo people set-up {person.email}"
            )
