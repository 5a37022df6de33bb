"""connectdo meaning."""

import click
from flask.cli import with_appcontext

from connectdo.progress import shown
from connectdo.search import encoding, sync


@click.group("meaning")
def meaning() -> None:
    """What listings mean, read from their sentences, so that plain sentences find them."""


@meaning.command("read")
@with_appcontext
def read() -> None:
    """Read every listing that is not read yet, with all processors. `serve` does it as it goes."""
    _refuse_where_off()
    sync.sync(shown)
    click.echo(f"{encoding.read_unread(shown):,} listings were read for their meaning.")


@meaning.command("check")
@with_appcontext
def check() -> None:
    """Say whether every listing has been read. Exits 1 if not."""
    _refuse_where_off()
    sync.sync(shown)
    differences = encoding.check()
    for each in differences:
        click.echo(each)
    if differences:
        click.echo("Read them with: connectdo meaning read")
        raise SystemExit(1)
    click.echo("Every listing has been read for its meaning.")


@meaning.command("keep")
@with_appcontext
def keep() -> None:
    """Read what listings mean as they change, until stopped."""
    _refuse_where_off()
    encoding.keep()


def _refuse_where_off() -> None:
    if why := encoding.why_not():
        raise click.ClickException(why)
