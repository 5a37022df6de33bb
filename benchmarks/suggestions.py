"""python -m benchmarks.suggestions: what suits one client, beside a plain search, in milliseconds.

The same listings; two hundred questions as visitors ask them, and two hundred as a client's page
does: no words, several interests that matter differently, near a place, at the times they are
free, with needs that decide, a language, and some listings that they said no to.
"""

from pathlib import Path
from random import Random

import click

from benchmarks.corpus import corpus_of
from benchmarks.made_up import NOW
from benchmarks.queries import HOW_MANY, NEEDS, asked_of
from benchmarks.rounds import Runner
from benchmarks.running import folder_of
from benchmarks.tree import TOWNS, vocabulary
from connectdo.listings.choices import DAYS, TIMES
from connectdo.places import Place, Point
from connectdo.progress import shown
from connectdo.search.door import Door
from connectdo.search.finding import Result, find_in
from connectdo.search.query import Query

MILES = (1.0, 1.5, 2.0, 3.0, 5.0)
LANGUAGES = ("Somali", "Polish", "Urdu")
A_PAGE = 10


def clients(size: int) -> list[Query]:
    """What is known of made-up clients, as their pages ask it."""
    chance, names = Random(67), [each.slug for each in vocabulary().concepts]
    return [_client(chance, names, size) for _ in range(HOW_MANY)]


def _client(chance: Random, names: list[str], size: int) -> Query:
    town = chance.choice(TOWNS)
    loves = chance.sample(names, chance.randint(1, 4))
    return Query(
        place=Place(town.area, "point", Point(town.latitude, town.longitude), town.area),
        within=chance.choice(MILES),
        interests=tuple(loves),
        matters=tuple(float(chance.choice((1, 3))) for _ in loves),
        access=tuple(chance.sample(NEEDS, chance.randint(0, 2))),
        needs=tuple(chance.sample(("free", "daytime"), chance.randint(0, 2))),
        when=tuple((chance.choice(list(DAYS)), chance.choice(("", *TIMES))) for _ in range(3)),
        speaks=(chance.choice(LANGUAGES),) if chance.random() < 0.3 else (),
        leave_out=tuple(chance.sample(range(1, size + 1), 3)),
        mark=tuple(chance.sample(range(1, size + 1), 3)),
        limit=A_PAGE,
    )


@click.command()
@click.option("--listings", default=100_000, show_default=True)
@click.option("--rounds", default=5, show_default=True, help="How often each question is asked.")
@click.option("--cache", type=click.Path(path_type=Path), help="A folder to keep listings in.")
def main(listings: int, rounds: int, cache: Path | None) -> None:
    """Times what suits a client beside a plain search."""
    with folder_of(cache) as folder:
        corpus = corpus_of(folder, listings, shown)
        snapshot = Door(corpus.index_folder).snapshot()

        def answer(query: Query) -> list[Result]:
            return find_in(snapshot, query, NOW).results

        plain = Runner("a plain search", answer, [each.query for each in asked_of(corpus)])
        theirs = Runner("what suits a client", answer, clients(listings))
        for query in (*plain.questions, *theirs.questions):
            answer(query)
        for _ in range(rounds):
            plain.run()
            theirs.run()
    click.echo(f"{listings:,} listings: milliseconds a question, p50 and p95")
    for runner in (plain, theirs):
        figures = runner.figures()
        times = figures.p50_ms / plain.figures().p50_ms
        click.echo(f"  {runner.name:22}{figures.p50_ms:>8.3f}{figures.p95_ms:>8.3f}{times:>8.2f}x")


if __name__ == "__main__":
    main()
