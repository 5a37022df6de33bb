"""connectdo search, connectdo index."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from connectdo import logs
from connectdo.alive import CARRIER, living
from connectdo.days import LONDON
from connectdo.db import db, reading
from connectdo.listings.queries import listings_by_id
from connectdo.progress import shown
from connectdo.search import encoding, sync
from connectdo.search.explaining import Reasons
from connectdo.search.finding import Found, Result, find
from connectdo.search.index import Unusable
from connectdo.search.profile import query_for
from connectdo.search.query import BadQuery, Query, query_from
from connectdo.search.quoting import quotes
from connectdo.search.wording import notes_in_words, reasons_in_words


@click.command("search")
@click.argument("text", default="")
@click.option("--near", help="A postcode, part of one, or the name of a place.")
@click.option("--at", help="A position instead: LAT,LON in degrees.")
@click.option("--within", help="Only this many miles away, or what needs no travelling.")
@click.option("--interest", multiple=True, help="An interest by name; several are fine.")
@click.option("--day", multiple=True, help="mon, tue, wed, thu, fri, sat or sun.")
@click.option("--time", multiple=True, help="morning, afternoon or evening.")
@click.option("--free", is_flag=True, help="Only what is free.")
@click.option("--access", multiple=True, help="An access need, such as step_free.")
@click.option("--delivery", multiple=True, help="in_person, phone, online or home_visit.")
@click.option("--kind", multiple=True, help="group or event.")
@click.option("--area", multiple=True, help="A borough or district, such as Lambeth.")
@click.option(
    "--profile", type=click.Path(path_type=Path), help="What is known of a person, as JSON."
)
@click.option("--leave-out", multiple=True, help="The id of a listing not to be found again.")
@click.option("--mark", multiple=True, help="The id of a listing to be told apart if it is found.")
@click.option("--as-of", help="Search as if it were the start of this day: 2026-10-07.")
@click.option("--sort", help="best, nearest or soonest.")
@click.option("--limit", default="20", show_default=True)
@click.option("--offset", default="0", show_default=True)
@click.option("--batch", type=click.Path(path_type=Path), help="Queries, one JSON object a line.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer for a program.")
@with_appcontext
def search(batch: Path | None, as_json: bool, **options: Any) -> None:
    """Find groups and events by words, interests and place. The words may be empty."""
    with reading():
        sync.sync()
        encoding.read_if_few()
        if batch is not None:
            raise SystemExit(_search_batch(batch))
        try:
            options["profile"] = _read_profile(options["profile"])
            found = _find(_query(options))
        except BadQuery as error:
            click.echo(str(error), err=True)
            for place in error.candidates:
                click.echo(f"  {place.name}", err=True)
            raise SystemExit(2) from error
        answer = _answer(found)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _in_words(answer))


def _query(options: Mapping[str, Any]) -> Query:
    """The query of options, and of a person's profile where there is one. Raises BadQuery."""
    others = {name: value for name, value in options.items() if name != "profile"}
    profile = options.get("profile")
    if profile is None:
        return query_from(others)
    if not isinstance(profile, dict):
        raise BadQuery("profile", "A profile is an object, in curly brackets.")
    return query_for(profile, others)


def _read_profile(path: Path | None) -> object:
    """What a profile's file says; None without one. Raises BadQuery."""
    if path is None:
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadQuery("profile", f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise BadQuery("profile", f"{path} is not JSON.") from error


def _find(query: Query) -> Found:
    """A command waits where a page does not: for a new index, if this one turns out damaged."""
    try:
        return find(query)
    except Unusable:
        sync.sync()
        return find(query)


def _search_batch(path: Path) -> int:
    """Answers every line in order; 1 when some could not be read."""
    exit_code = 0
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        click.echo(f"{path} cannot be read: {error.strerror}.", err=True)
        return 2
    for line in filter(str.strip, lines):
        answer = _batch_answer(line)
        exit_code = max(exit_code, int("error" in answer))
        click.echo(json.dumps(answer, ensure_ascii=False))
    return exit_code


def _batch_answer(line: str) -> dict[str, Any]:
    try:
        options = json.loads(line)
        if not isinstance(options, dict):
            return {"error": "The line is not a JSON object."}
        return _answer(_find(_query(options)))
    except BadQuery as error:
        candidates = [place.name for place in error.candidates]
        return {
            "error": str(error),
            **({"candidates": candidates} if candidates else {}),
        }
    except (ValueError, RecursionError):
        return {"error": "The line is not a JSON object."}


def _answer(found: Found) -> dict[str, Any]:
    """The answer as plain values, in the shape the README documents."""
    listings = {each.id: each for each in listings_by_id(r.listing_id for r in found.results)}
    said = quotes(found.results)
    results = []
    for result in found.results:
        listing = listings.get(result.listing_id)
        if listing is None:
            continue
        results.append(
            {
                "id": listing.id,
                "source": listing.source,
                "source_id": listing.source_id,
                "name": listing.name,
                "kind": listing.kind,
                "organisation": listing.organisation.name if listing.organisation else None,
                "distance_miles": result.reasons.miles,
                "score": _rounded(result),
                "next": _next(result.reasons),
                "confirmed_on": listing.confirmed_on.isoformat() if listing.confirmed_on else None,
                "reasons": reasons_in_words(
                    result.reasons, found.now, quote=said.get(listing.id, "")
                ),
            }
        )
    db.session.rollback()
    return {
        "query": _asked(found),
        "total": found.total,
        "notes": notes_in_words(found) + _offers(found),
        "facets": dict(found.facets),
        "results": results,
    }


def _offers(found: Found) -> list[str]:
    return [f'Did you mean "{found.did_you_mean}"?'] if found.did_you_mean else []


def _rounded(result: Result) -> float:
    """Six figures, so that listings with doubts keep their order too."""
    return float(f"{result.score:.6g}")


def _next(reasons: Reasons) -> str | None:
    if reasons.next is None:
        return None
    if not reasons.next_has_time:
        return reasons.next.date().isoformat()
    # A time that the clocks skip is read as they show it after the jump.
    moment = reasons.next.replace(tzinfo=LONDON).timestamp()
    return datetime.fromtimestamp(moment, LONDON).isoformat()


def _asked(found: Found) -> dict[str, Any]:
    query = found.query
    place = query.place
    return {
        "text": query.text,
        "read": [each.label for each in query.reading.reads] if query.reading else [],
        "near": place
        and {
            "name": place.name,
            "latitude": place.point.latitude,
            "longitude": place.point.longitude,
            "area": place.area,
        },
        "within": query.within,
        "interest": list(query.interests),
        "day": list(query.days),
        "time": list(query.times),
        "free": query.free,
        "access": list(query.access),
        "delivery": list(query.delivery),
        "kind": list(query.kinds),
        "area": list(query.areas),
        "needs": list(query.needs),
        "when": [" ".join(filter(None, slot)) for slot in query.when],
        "leave_out": list(query.leave_out),
        "mark": list(query.mark),
        "sort": query.sort,
        "as_of": query.as_of and query.as_of.isoformat(),
        "limit": query.limit,
        "offset": query.offset,
    }


def _in_words(answer: dict[str, Any]) -> str:
    total = answer["total"]
    lines = [f"{total:,} result{'' if total == 1 else 's'}", *answer["notes"], ""]
    for number, result in enumerate(answer["results"], answer["query"]["offset"] + 1):
        by = f" ({result['organisation']})" if result["organisation"] else ""
        lines += [
            f"{number}. {result['name']}{by}",
            f"   {' · '.join(result['reasons'])}",
        ]
    return "\n".join(lines).rstrip()


@click.group("index")
def index() -> None:
    """The full-text index, which is a view of the database."""


@index.command("rebuild")
@with_appcontext
def rebuild_index() -> None:
    """Make a whole new index beside the one in use, then swap."""
    click.echo(f"{sync.rebuild(shown):,} listings are in the index.")


@index.command("check")
@with_appcontext
def check_index() -> None:
    """Apply what is waiting, then compare the index with the database. Exits 1 if they differ."""
    try:
        differences = sync.check(shown)
    except Unusable as error:
        differences = [f"{error} Make it with: connectdo index rebuild"]
    for each in differences:
        click.echo(each)
    if differences:
        raise SystemExit(1)
    click.echo("The index and the database agree.")


@index.command("keep")
@with_appcontext
def keep_index() -> None:
    """Carry every change to the index as it is committed, until stopped."""
    logs.as_lines(CARRIER)
    with living(CARRIER):
        sync.keep()
