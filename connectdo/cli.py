"""The `connectdo` command: everything an operator does, by the same functions as the pages."""

import os

# One thread does the arithmetic of a search; more only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click
from flask.cli import FlaskGroup, with_appcontext

from connectdo import create_app, serving
from connectdo.ready import make_ready

main = FlaskGroup(
    create_app=lambda: make_ready(create_app()),
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    set_debug_flag=False,
    help="Connect & Do: a community directory and matching service.",
)


@main.command("init")
@with_appcontext
def init() -> None:
    """Make the database, the gazetteer and the vocabulary, or bring them up to date."""
    click.echo("Ready.")


@main.command("serve")
@click.option("--port", default=5000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(port: int, host: str, workers: int) -> None:
    """Serve the site with gunicorn. Put a buffering proxy such as nginx in front in earnest."""
    click.echo(f"Connect & Do is at http://{host}:{port}/  (Ctrl+C stops it)")
    raise SystemExit(serving.serve(host, port, workers))


if __name__ == "__main__":
    main()
