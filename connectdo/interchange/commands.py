"""connectdo import, connectdo sample."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from connectdo.interchange.account import Account, Told
from connectdo.interchange.importing import import_files
from connectdo.listings.queries import has_listings
from connectdo.progress import shown
from connectdo.search.sync import sync

SAMPLE = Path(__file__).parent / "sample"
MOST_REASONS = 10


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Where rejected rows are written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the account for a program.")
@with_appcontext
def import_listings(
    files: tuple[Path, ...], dry_run: bool, rejects: Path | None, as_json: bool
) -> None:
    """Take in listings from CSV or JSON Lines files (.gz too).

    A listing is known by its source and source id: the same file again changes nothing, a
    changed row updates its listing. Exits 0 when every row is in, 1 when some were rejected
    and the rest are in, 2 when nothing could be read.
    """
    if rejects and not rejects.absolute().parent.is_dir():
        raise click.BadParameter(f"There is no folder {rejects.parent}.", param_hint="--rejects")
    # A dry run leaves nothing behind that was not asked for.
    unasked = None if dry_run else Path(current_app.instance_path) / "rejected.csv"
    account, written = _import(files, dry_run, rejects or unasked)
    told = _as_json(account, written) if as_json else _in_words(account, written, dry_run)
    # A file's name may hold bytes that no terminal takes.
    click.echo(told.encode("utf-8", "replace").decode())
    raise SystemExit(account.exit_code)


@click.command("sample")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are listings already.")
@with_appcontext
def sample(if_empty: bool) -> None:
    """Take in the sample listings: invented groups and events at real postcodes."""
    if if_empty and has_listings():
        return
    account, _ = _import(tuple(sorted(SAMPLE.glob("*.csv"))), False, None)
    click.echo(_in_words(account, None, dry_run=False))
    raise SystemExit(account.exit_code)


def _import(
    files: tuple[Path, ...], dry_run: bool, rejects: Path | None
) -> tuple[Account, Path | None]:
    try:
        done = import_files(files, dry_run=dry_run, rejects_to=rejects, progress=shown)
        if not dry_run:
            sync(shown)
    except OperationalError as error:
        raise click.ClickException(
            "The database did not answer in time or could not write "
            f"({error.orig}). What is in stays in. Run the same import again."
        ) from error
    return done


def _as_json(account: Account, written: Path | None) -> str:
    return json.dumps(
        {
            "added": account.added,
            "updated": account.updated,
            "unchanged": account.unchanged,
            "rejected": len(account.rejected),
            "rejects_file": str(written) if written else None,
            "rejects": [
                {"file": each.file, "line": each.line, "reason": each.reason}
                for each in account.rejected
            ],
            "cleaned": [asdict(each) for each in account.cleaned],
            "unreadable": account.unreadable,
        },
        ensure_ascii=False,
    )


def _in_words(account: Account, written: Path | None, dry_run: bool) -> str:
    would = "Nothing was changed. This would be: " if dry_run else ""
    counts = (
        f"{would}{account.added:,} added, {account.updated:,} updated, "
        f"{account.unchanged:,} unchanged, {len(account.rejected):,} rejected."
    )
    lines = [counts, *account.unreadable]
    lines += _reasons("rows were rejected", account.rejected)
    lines += _reasons("things were put right", account.cleaned)
    if written:
        lines.append(f"The rejected rows, with the reason beside each: {written}")
    return "\n".join(lines)


def _reasons(what: str, told: Sequence[Told]) -> list[str]:
    """How often something was told, most often first, and where it was told first."""
    if not told:
        return []
    first = {each.reason: each for each in reversed(told)}
    lines = [f"{len(told):,} {what}:"]
    for reason, count in Counter(each.reason for each in told).most_common(MOST_REASONS):
        where = f"{first[reason].file}, line {first[reason].line}"
        lines.append(f"  {count:,} x {reason} ({'first in ' if count > 1 else ''}{where})")
    if len(first) > MOST_REASONS:
        lines.append(f"  and {len(first) - MOST_REASONS:,} more kinds")
    return lines
