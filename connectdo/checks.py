"""What an operator is told is missing or unsafe, room by room; `connectdo check` asks them all.

A room looks at what is its own: `checks.add(app, "mail", check)`, where `check` yields what it
finds, each in a line that says what is wrong and what to do next. It changes nothing.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from connectdo.db import reading

CHECKS = "checks"
DATABASE_FIRST = "Not everything could be looked at: see to the database first."


class Finding(NamedTuple):
    """One line. What must be done is unsafe or broken as it is; the rest would be better."""

    must: bool
    says: str


Check = Callable[[], Iterable[Finding]]


def must(says: str) -> Finding:
    return Finding(True, says)


def should(says: str) -> Finding:
    return Finding(False, says)


def add(app: Flask, name: str, check: Check) -> None:
    """A room has something looked at, which it calls by a name."""
    app.extensions.setdefault(CHECKS, {})[name] = check


def findings() -> list[Finding]:
    """All that is found, what must be done first."""
    found = []
    for name, check in current_app.extensions[CHECKS].items():
        try:
            # A context for each: what one leaves open or broken is none of the next one's.
            with current_app.app_context(), reading():
                found += list(check())
        except SQLAlchemyError:
            found.append(must(DATABASE_FIRST))
        except Exception as error:
            kind = type(error).__name__
            found.append(must(f"{name} could not be looked at ({kind}). See the log."))
    return sorted(dict.fromkeys(found), key=lambda each: not each.must)
