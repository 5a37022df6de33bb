"""The `connectdo` command: everything an operator does, by the same functions as the pages."""

import os
from pathlib import Path
from pwd import getpwuid

# One thread does the arithmetic of a search; more only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext

from connectdo import create_app, jobs, logs, serving
from connectdo.alive import WORKER, living
from connectdo.backup.commands import put_back
from connectdo.checks import Finding, findings, must
from connectdo.config import SettingsDisagree, instance_folder, settings
from connectdo.db import db
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


@main.command("restore", with_appcontext=False)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of what is here, which is lost.")
def restore(file: Path, replace: bool) -> None:
    """Put a backup in place: all of it or nothing, while people use the site.

    A site with data is left alone without --replace. People erased since the backup was made are
    erased again: on a new machine, put your newest copy of the file `erasures` into the instance
    folder first. Restore only backups of your own. Ends with 2 when nothing was changed.
    """
    # Not made ready: the database here may be what a backup has to mend.
    with create_app().app_context():
        put_back(file, create_app, replace=replace)


@main.command("work")
@with_appcontext
def work() -> None:
    """Do what no visitor waits for, such as sending mails, until stopped. `serve` runs this too."""
    logs.as_lines(WORKER)
    with living(WORKER):
        jobs.work(current_app._get_current_object())  # type: ignore[attr-defined]


@main.command("metrics")
@with_appcontext
def metrics() -> None:
    """Tell figures to Prometheus, at CONNECTDO_METRICS. `serve` runs this too."""
    from connectdo.running.metrics import serve

    logs.as_lines("metrics")
    serve(current_app._get_current_object())  # type: ignore[attr-defined]


@main.command("serve", with_appcontext=False)
@click.option("--port", default=5000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--workers", default=2, show_default=True)
def serve(port: int, host: str, workers: int) -> None:
    """Serve the site with gunicorn. Put a buffering proxy such as nginx in front in earnest."""
    folder = instance_folder()
    told = settings(folder)
    click.echo(f"Connect & Do is at http://{host}:{port}/  (Ctrl+C stops it)")
    others = []
    if told["METRICS"]:
        from connectdo.running.metrics import empty_folder

        empty_folder(folder / "metrics")
        others.append(("connectdo.cli", "metrics"))
    raise SystemExit(serving.serve(host, port, workers, others))


@main.command("check", with_appcontext=False)
def check() -> None:
    """Say what is missing or unsafe, and what to do next. Exits 1 where something must be done."""
    found = _found_in(instance_folder())
    for each in found:
        click.echo(f"{'MUST  ' if each.must else 'should'}  {each.says}")
    musts = sum(each.must for each in found)
    click.echo(
        f"{musts} must be done, {len(found) - musts} should be." if found else "All is well."
    )
    if musts:
        raise SystemExit(1)


def _found_in(folder: Path) -> list[Finding]:
    """Also where the site cannot start. Another user than its own would leave files behind that it
    cannot write."""
    owner = folder.stat().st_uid
    if owner != os.geteuid():
        name = getpwuid(owner).pw_name
        return [must(f"{folder} is {name}'s. Ask as that user, as deploy/connectdo does.")]
    try:
        app = create_app(folder)
    except SettingsDisagree as error:
        return [must(str(error))]
    except OSError as error:
        return [must(f"{error.filename or folder} cannot be used: {error.strerror}.")]
    with app.app_context():
        found = findings()
        db.engine.dispose()
    return found


if __name__ == "__main__":
    main()
