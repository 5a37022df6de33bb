"""connectdo outcomes: the words of licensed questionnaires."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from connectdo.db import db
from connectdo.outcomes import actions
from connectdo.outcomes.instruments import SWEMWBS, SWEMWBS_ANSWERS, SWEMWBS_ITEMS, SWEMWBS_NOTICE
from connectdo.text import one_line

LONGEST_LINE = 200


@click.group("outcomes")
def outcomes() -> None:
    """What teams ask the people they walk beside."""


@outcomes.command("wording")
@click.argument("questionnaire", type=click.Choice([SWEMWBS]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def wording(questionnaire: str, file: Path) -> None:
    """Enter the words of SWEMWBS from your licensed copy: FILE has its 7 statements, one a line.

    If it has 5 more lines, they are the answers, from the lowest to the highest.
    """
    lines = [one_line(each) for each in file.read_text(encoding="utf-8-sig").splitlines()]
    words = [each for each in lines if each]
    items, answers = words[:SWEMWBS_ITEMS], words[SWEMWBS_ITEMS:]
    if len(items) < SWEMWBS_ITEMS or len(answers) not in (0, len(SWEMWBS_ANSWERS)):
        raise click.UsageError(
            f"{file.name} has {len(words)} lines. It must have the 7 statements, one a line, and "
            "may have the 5 answers after them."
        )
    if any(len(each) > LONGEST_LINE for each in words):
        raise click.UsageError(f"A line must be {LONGEST_LINE} letters or fewer.")
    actions.enter_wording(items, answers)
    db.session.commit()
    click.echo("Teams can choose SWEMWBS now. This is shown wherever its words are:")
    click.echo(SWEMWBS_NOTICE)
