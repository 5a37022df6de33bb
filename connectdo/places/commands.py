"""connectdo places import: every postcode of Great Britain, from a file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from connectdo.places.gazetteer import gazetteer_path
from connectdo.places.importing import ImportReport, import_postcodes
from connectdo.places.postcode_files import NotPostcodes, postcode_rows
from connectdo.progress import shown

SOME_REJECTED = 1
NOTHING_READ = 2

places = AppGroup("places", help="Postcodes and place names.")


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_file(file: Path, as_json: bool) -> None:
    """Add the postcodes in FILE.

    FILE is a CSV file, gzipped or not: a list with the columns postcode, latitude,
    longitude, live and lad, or the ONS Postcode Directory. A second import of the same
    file changes nothing. Ends with 1 when rows were rejected and 2 when nothing could
    be read.
    """
    try:
        with shown("Reading postcodes", file.stat().st_size) as step:
            report = import_postcodes(gazetteer_path(), postcode_rows(file, step))
    except NotPostcodes as error:
        click.echo(
            json.dumps({"error": str(error)}) if as_json else str(error),
            err=not as_json,
        )
        raise SystemExit(NOTHING_READ) from error
    click.echo(json.dumps(asdict(report)) if as_json else _in_words(report))
    if report.rejected:
        raise SystemExit(SOME_REJECTED)


def _in_words(report: ImportReport) -> str:
    lines = [
        f"{report.added:,} added, {report.updated:,} updated, "
        f"{report.unchanged:,} unchanged, {report.rejected:,} rejected."
    ]
    if report.without_position:
        lines.append(f"{report.without_position:,} have no position and were left out.")
    for reason, rejected in report.reasons.items():
        where = ", ".join(str(line) for line in rejected.lines)
        more = " and more" if rejected.rows > len(rejected.lines) else ""
        lines.append(f"  {rejected.rows:,} x {reason} (line {where}{more})")
    return "\n".join(lines)
