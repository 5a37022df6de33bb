"""connectdo interests: the words that lead to each interest."""

import click
from flask.cli import with_appcontext

from connectdo.db import db
from connectdo.listings import actions, queries
from connectdo.listings.models import Interest


@click.group("interests")
def interests() -> None:
    """The tree of interests, and the words people use for each."""


@interests.command("show")
@click.argument("name", required=False)
@with_appcontext
def show(name: str | None) -> None:
    """One interest with its words, hints and sayings, or all of them by name."""
    for interest in [_named(name)] if name else queries.interests():
        click.echo(interest.name)
        click.echo(f"  words: {'; '.join(interest.words) or '-'}")
        click.echo(f"  hints: {'; '.join(interest.hints) or '-'}")
        click.echo(f"  sayings: {'; '.join(interest.sayings) or '-'}")


@interests.command("add")
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
@click.option("--hints", "field", flag_value="hints", help="Words that listings about it use.")
@click.option(
    "--sayings", "field", flag_value="sayings", help="What people say when this would suit them."
)
@with_appcontext
def add(name: str, words: tuple[str, ...], field: str | None) -> None:
    """Add other names for an interest, such as: add "Tai chi" taiji."""
    actions.add_words(_named(name), list(words), field or "words")
    db.session.commit()


@interests.command("remove")
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
@with_appcontext
def remove(name: str, words: tuple[str, ...]) -> None:
    """Take words, hints or sayings off an interest."""
    actions.take_words(_named(name), list(words))
    db.session.commit()


def _named(name: str) -> Interest:
    vocabulary = queries.vocabulary()
    number = vocabulary.named(name)
    if number is None:
        raise click.ClickException(f'There is no interest called "{name}".')
    return db.session.get_one(Interest, vocabulary.concepts[number].id)
