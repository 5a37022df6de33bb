"""connectdo audit: who did or saw what, and whether that is still what was written."""

from datetime import datetime
from itertools import islice

import click
from flask.cli import with_appcontext

from connectdo.audit import heads, queries, verifying
from connectdo.audit.chain import KeptHead, Link
from connectdo.db import reading

MOST_FAULTS_SAID = 20


class Head(click.ParamType):  # type: ignore[type-arg]
    """A line that `verify` printed."""

    name = "line"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> KeptHead:
        try:
            return heads.from_line(value)
        except ValueError:
            self.fail("Copy the whole line: a time, a number and the hash.", param, ctx)


@click.group("audit")
def audit() -> None:
    """Who did or saw what, and when."""


@audit.command("verify")
@click.option("--head", "noted", multiple=True, type=Head(), help="A line you noted down before.")
@with_appcontext
def verify(noted: tuple[KeptHead, ...]) -> None:
    """Say whether any entry was changed, taken out or put in. Exits 1 if so."""
    head, found = verifying.verify(noted)
    for note in found.notes:
        click.echo(note)
    for fault in islice(found.faults, MOST_FAULTS_SAID):
        click.echo(fault)
    if found.faults:
        click.echo(
            f"{len(found.faults):,} faults. Compare with a backup from before, and ask who can"
        )
        click.echo("write to the database.")
        raise SystemExit(1)
    click.echo(
        f"{head.number:,} entries, each as it was written. Note the last one down elsewhere:"
    )
    click.echo(heads.as_line(head))


@audit.command("show")
@click.option("--about", nargs=2, type=(str, int), help="A kind and a number: client 7.")
@click.option("--by", type=int, help="The number of a person.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]), help="In UTC.")
@with_appcontext
def show(about: tuple[str, int] | None, by: int | None, since: datetime | None) -> None:
    """Print entries: number, time (UTC), by whom, what, about what."""
    with reading():
        for link in queries.links_about(about, by, since):
            click.echo(_line(link))


def _line(link: Link) -> str:
    who = f"person {link.by_id}" if link.by_id else "nobody"
    what = f"{'looked at ' if link.looked else ''}{link.act}"
    about = f"{link.kind} {link.about_id or '-'}" if link.kind else ""
    return f"{link.number}  {link.at:%Y-%m-%d %H:%M:%S}  {who}  {what}  {about}".rstrip()
