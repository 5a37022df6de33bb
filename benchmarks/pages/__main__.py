"""python -m benchmarks.pages: a page of results, beside itself from constants and a bare page.

All three are served by one gunicorn, told what `connectdo serve` tells it, and asked in turn over
connections that are kept. The questions are those of `python -m benchmarks.search` that fill a
page, as addresses. Ratios are of one round each, and the middle one counts.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.corpus import corpus_of
from benchmarks.database import database_of
from benchmarks.pages.first_visit import bytes_moved
from benchmarks.pages.inside import Inside, inside
from benchmarks.pages.questions import address_of
from benchmarks.pages.rounds import Figures, full_pages, measured, median_ratio
from benchmarks.pages.site import serving
from benchmarks.queries import HOW_MANY, asked_of
from benchmarks.running import folder_of, say
from connectdo.progress import shown

SIZES = "10000,100000"
PAGES = ("/", "/search", "/interests", "/interests/choir", "/areas", "/areas/leeds", "/listings/1")


@dataclass(frozen=True)
class Outcome:
    """What came out at one size. Bytes are those of a first visit, by page."""

    size: int
    figures: dict[str, Figures]
    inside: Inside
    first_visit: dict[str, int]

    @property
    def times_constant(self) -> float:
        """How many times as long as the same page from constants."""
        return median_ratio(self.figures["results"].p50_ms, self.figures["constant"].p50_ms)

    @property
    def share_of_bare(self) -> float:
        """How many of a bare page's requests a second."""
        return median_ratio(self.figures["results"].per_second, self.figures["bare"].per_second)

    def as_values(self) -> dict[str, Any]:
        return {
            **{name: each.as_values() for name, each in self.figures.items()},
            "times_constant": self.times_constant,
            "share_of_bare": self.share_of_bare,
            "first_visit_bytes": self.first_visit,
            **asdict(self.inside),
        }

    def as_table(self) -> str:
        asked = self.figures["results"].questions
        lines = [
            f"{self.size:,} listings, {asked} questions that fill a page",
            f"  {'':12}{'p50 ms':>10}{'p95 ms':>10}{'a second':>12}",
        ]
        for name, each in self.figures.items():
            values = each.as_values()
            lines.append(
                f"  {name:12}{values['p50_ms']:>10.2f}{values['p95_ms']:>10.2f}"
                f"{values['per_second']:>12.0f}"
            )
        return "\n".join(
            [
                *lines,
                f"  {self.times_constant:.2f} times the page from constants; "
                f"{self.share_of_bare:.3f} of a bare page's requests a second",
                f"  {self.inside.statements} SQL statements; a search {self.inside.search_ms:.2f} "
                f"ms, the distances of what it shows {self.inside.distances_ms:.3f} ms",
                "  bytes at a first visit: "
                + ", ".join(f"{page} {moved:,}" for page, moved in self.first_visit.items()),
            ]
        )


@click.command()
@click.option("--sizes", default=SIZES, show_default=True, help="Listings.")
@click.option("--questions", default=HOW_MANY, show_default=True, help="Of them, those that fit.")
@click.option("--rounds", default=5, show_default=True, help="How often each question is asked.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="A file for the figures.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="A folder to keep the databases in, for the next run of the same code.",
)
def main(sizes: str, questions: int, rounds: int, path: Path | None, cache: Path | None) -> None:
    """Times a page of results beside the same page from constants and a bare page."""
    outcomes = []
    with folder_of(cache) as folder:
        for size in sizes.split(","):
            outcomes.append(_outcome(folder, int(size), questions, rounds))
            click.echo(outcomes[-1].as_table() + "\n")
    if path is not None:
        values = {str(outcome.size): outcome.as_values() for outcome in outcomes}
        path.write_text(json.dumps(values, indent=1) + "\n")


def _outcome(folder: Path, size: int, questions: int, rounds: int) -> Outcome:
    instance = database_of(folder, size, shown)
    every = asked_of(corpus_of(folder, size, shown), questions)
    addresses = [address_of(asked) for asked in every]
    with serving(instance, addresses) as port:
        full = full_pages(port, addresses)
        if not full:
            raise click.ClickException(f"With {size} listings no question fills a page.")
        figures = measured(port, addresses, full, rounds, say)
        example = addresses[full[0]]
        first_visit = {page: bytes_moved(port, page) for page in PAGES}
        first_visit["results"] = bytes_moved(port, example)
    within = inside(instance, [every[n] for n in full], [addresses[n] for n in full])
    return Outcome(size, figures, within, first_visit)


if __name__ == "__main__":
    main()
