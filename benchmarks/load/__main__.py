"""python -m benchmarks.load: the site under a fixed rate of requests, with an import running.

A site of made-up listings is served as `connectdo serve` does, carrier and worker beside it. What
is asked, and how often, is in `mix`; every answer is looked at: it must show what it should, and
of clients nobody else's name. Meanwhile a file of listings is taken in, once, and every second a
listing is renamed and looked for until the page of results shows it. At the end what was answered
as kept is counted in the database. With --climb the rate is then raised until it does not hold.
"""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np
from flask import Flask
from sqlalchemy import func, select

from benchmarks.database import own_copy
from benchmarks.load.asking import Times, asked
from benchmarks.load.client import Client
from benchmarks.load.mix import SHARES, WRITES, Mix
from benchmarks.load.site import mix_of, rename, rows, served, take_in, with_cards
from benchmarks.running import folder_of, say
from connectdo import create_app
from connectdo.db import db
from connectdo.programmes.models import Contact
from connectdo.progress import shown

SECONDS_BEFORE_THE_IMPORT = 10
SECONDS_BETWEEN_RENAMES = 1.0
SECONDS_BETWEEN_LOOKS = 0.05
SECONDS_OF_A_STEP = 30.0
HIGHER = 1.15
# A rate holds where nothing goes wrong and all but one in a hundred are answered within this.
HOLDS_MS = 1_000
ALL = set(SHARES)


@dataclass
class Meanwhile:
    """When the import ran, in seconds from the start, and how long each new name took to be
    found."""

    began: float = 0.0
    ended: float = 0.0
    found: list[float] = field(default_factory=list)


@click.command()
@click.option("--rate", default=200.0, show_default=True, help="Requests a second.")
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--listings", default=5_000, show_default=True)
@click.option("--rows", "how_many", default=5_000, show_default=True, help="Listings taken in.")
@click.option("--workers", default=2, show_default=True)
@click.option("--climb", is_flag=True, help="Then find the highest rate that holds.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="A folder to keep listings and the site's log in.",
)
def main(
    rate: float,
    minutes: float,
    listings: int,
    how_many: int,
    workers: int,
    climb: bool,
    cache: Path | None,
) -> None:
    """Times a mix of reading, searching and writing at a fixed rate."""
    with folder_of(cache) as folder, own_copy(folder, listings, shown) as instance:
        app = create_app(instance)
        mix = mix_of(app, folder, listings)
        file = rows(instance / "rows.jsonl", how_many)
        with served(workers, folder / "load.log") as port:
            mix = with_cards(mix, port)
            meanwhile = Meanwhile()
            say(f"{rate:g} requests a second for {minutes:g} minutes")
            times = asyncio.run(_loaded(port, app, mix, rate, minutes * 60, file, meanwhile))
            click.echo(_told(times, minutes * 60, meanwhile))
            click.echo(_kept(app, times))
            if climb:
                click.echo(_climbed(port, mix, rate))


async def _loaded(
    port: int, app: Flask, mix: Mix, rate: float, seconds: float, file: Path, told: Meanwhile
) -> Times:
    start, enough = time.monotonic(), asyncio.Event()

    async def take_it_in() -> None:
        await asyncio.sleep(min(SECONDS_BEFORE_THE_IMPORT, seconds / 4))
        told.began = time.monotonic() - start
        await asyncio.to_thread(take_in, file)
        told.ended = time.monotonic() - start

    beside = [
        asyncio.create_task(take_it_in()),
        asyncio.create_task(_renamed(port, app, told.found, enough)),
    ]
    times = await asked(port, mix, rate, seconds)
    enough.set()
    await asyncio.gather(*beside)
    return times


async def _renamed(port: int, app: Flask, found: list[float], enough: asyncio.Event) -> None:
    number, client = 0, Client(port)
    while not enough.is_set():
        number += 1
        word = await asyncio.to_thread(rename, app, number)
        committed = time.monotonic()
        while not await _is_found(client, word):
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        found.append(time.monotonic() - committed)
        await asyncio.sleep(SECONDS_BETWEEN_RENAMES)


async def _is_found(client: Client, word: str) -> bool:
    try:
        return f">{word} " in (await client.ask(f"/search?q={word}")).text
    except (OSError, TimeoutError, EOFError):
        return False


def _told(times: Times, seconds: float, meanwhile: Meanwhile) -> str:
    lines = [f"  {'':14}{'requests':>10}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}{'longest':>10}"]
    for name, kinds in {"all": ALL, "writes": WRITES, **{each: {each} for each in SHARES}}.items():
        figures = "".join(f"{each:>10.0f}" for each in times.percentiles(kinds))
        lines.append(f"  {name:14}{sum(len(times.took[each]) for each in kinds):>10,}{figures}")
    during = times.percentiles(ALL, meanwhile.began, meanwhile.ended)
    nothing = times.percentiles({"nothing"}, meanwhile.began, meanwhile.ended)
    wrong = ", ".join(f"{name} {many}" for name, many in times.wrong.most_common(8)) or "nothing"
    return "\n".join(
        [
            f"{times.count / seconds:.0f} requests a second for {seconds:.0f} seconds",
            *lines,
            f"  went wrong: {wrong}",
            f"  the import took {meanwhile.ended - meanwhile.began:.0f} seconds; meanwhile p99 "
            f"{during[2]:.0f} ms, of the page that does nothing {nothing[2]:.0f} ms",
            f"  {_found(meanwhile.found)}",
        ]
    )


def _found(seconds: list[float]) -> str:
    p50, p99 = np.percentile(seconds or [0.0], (50, 99))
    return f"saved to found {p50:.2f} s p50, {p99:.2f} s p99, of {len(seconds)}"


def _kept(app: Flask, times: Times) -> str:
    """What was answered as kept, beside what there is."""
    with app.app_context():
        there = db.session.scalar(select(func.count(Contact.id)))
        db.engine.dispose()
    return f"  {times.kept['contact']:,} contacts were answered as kept, {there:,} are there"


def _climbed(port: int, mix: Mix, rate: float) -> str:
    """The highest rate that holds, from one that is known to."""
    held = 0.0
    while True:
        times = asyncio.run(asked(port, mix, rate, SECONDS_OF_A_STEP))
        p99 = times.percentiles(ALL)[2]
        say(f"{rate:.0f} a second: p99 {p99:.0f} ms, wrong {dict(times.wrong)}")
        if times.wrong or p99 > HOLDS_MS:
            return f"  the highest rate that holds is {held:.0f} a second"
        held, rate = rate, rate * HIGHER


if __name__ == "__main__":
    main()
