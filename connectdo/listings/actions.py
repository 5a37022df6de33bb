"""Writes to the vocabulary of interests."""

from sqlalchemy import select

from connectdo.db import db
from connectdo.listings.models import Interest
from connectdo.listings.queries import unplanted_interests
from connectdo.text import one_line


def plant_interests() -> None:
    """Adds the interests of the packaged tree that are not here.

    One that is here is left alone: its words may have been edited since.
    """
    here = {interest.slug: interest for interest in db.session.scalars(select(Interest))}
    for row in unplanted_interests():
        here[row["slug"]] = Interest(
            slug=row["slug"],
            name=row["name"],
            parent=here[row["parent"]] if row["parent"] else None,
            words=_split(row["words"]),
            hints=_split(row["hints"]),
            sayings=_split(row["sayings"]),
            openactive=row["openactive"],
        )
        db.session.add(here[row["slug"]])
    db.session.flush()


def add_words(interest: Interest, words: list[str], field: str = "words") -> None:
    """Adds other names for an interest ("words"), or its "hints" or "sayings"."""
    here = getattr(interest, field)
    setattr(interest, field, list(dict.fromkeys([*here, *map(one_line, words)])))
    db.session.flush()


def take_words(interest: Interest, words: list[str]) -> None:
    """Takes words off an interest, whether they are names, hints or sayings."""
    gone = {one_line(word).casefold() for word in words}
    for field in ("words", "hints", "sayings"):
        here = getattr(interest, field)
        setattr(interest, field, [word for word in here if word.casefold() not in gone])
    db.session.flush()


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(";") if word.strip()]
