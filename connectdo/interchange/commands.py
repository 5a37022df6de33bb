"""connectdo import, connectdo sample."""

import json
from collections import Counter
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from connectdo.interchange.importing import Account, import_files, write_rejects
from connectdo.listings.queries import has_listings
from connectdo.progress import shown
from connectdo.search.sync import sync

SAMPLE = Path(__file__).parent / "sample"


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path),
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
    account = _import(files, dry_run)
    written = None
    if account.rejected:
        written = rejects or Path(current_app.instance_path) / "rejected.csv"
        write_rejects(account, written)
    click.echo(_as_json(account, written) if as_json else _in_words(account, written, dry_run))
    raise SystemExit(account.exit_code)


@click.command("sample")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are listings already.")
@with_appcontext
def sample(if_empty: bool) -> None:
    """Take in the sample listings: invented groups and events at real postcodes."""
    if if_empty and has_listings():
        return
    account = _import(tuple(sorted(SAMPLE.glob("*.csv"))), dry_run=False)
    click.echo(_in_words(account, None, dry_run=False))
    raise SystemExit(account.exit_code)


def _import(files: tuple[Path, ...], dry_run: bool) -> Account:
    account = import_files(files, dry_run=dry_run, progress=shown)
    if not dry_run:
        sync(shown)
    return account


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
            "cleaned": account.cleaned,
            "unreadable": account.unreadable,
        },
        ensure_ascii=False,
    )


def _in_words(account: Account, written: Path | None, dry_run: bool) -> str:
    would = "Nothing was changed. This would be: " if dry_run else ""
    lines = [
        f"{would}{account.added:,} added, {account.updated:,} updated, "
        f"{account.unchanged:,} unchanged, {len(account.rejected):,} rejected."
    ]
    lines += account.unreadable
    if account.cleaned:
        reasons = Counter(str(each["reason"]) for each in account.cleaned)
        lines.append(f"{len(account.cleaned):,} things were put right:")
        lines += [f"  {count:,} x {reason}" for reason, count in reasons.most_common(10)]
    if written:
        lines.append(f"The rejected rows, with the reason beside each: {written}")
    return "\n".join(lines)
