"""python -m benchmarks.search: our search beside other engines, in milliseconds a question.

Every engine is given the same listings and asked the same questions for the same answer: the
first 20, the exact total, every facet. Totals and facets must agree before anything is timed.
The order is each engine's own measure of words, times the same nearness and freshness.

Ours does three things that the others are spared: it reads what was typed, it gives the reasons
for each result, and it looks for phrases. The floor gives reasons and looks for phrases too.
"""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks import engines
from benchmarks.answers import Engine, Skipped
from benchmarks.corpus import Corpus, corpus_of
from benchmarks.queries import asked_of
from benchmarks.rounds import Disagreement, Figures, measured
from benchmarks.running import folder_of, say
from connectdo.progress import shown

SIZES = "1000,10000,100000"


@dataclass(frozen=True)
class Outcome:
    """What came out at one size: figures, or why there are none, by engine."""

    size: int
    figures: dict[str, Figures]
    skipped: dict[str, str]

    def as_values(self) -> dict[str, dict[str, float] | None]:
        """By engine, null for one that was not asked."""
        return {
            name: {"p50_ms": self.figures[name].p50_ms, "p95_ms": self.figures[name].p95_ms}
            if name in self.figures
            else None
            for name in engines.NAMES
        }

    def as_table(self) -> str:
        ours = self.figures["ours"]
        lines = [
            f"{self.size:,} listings, {ours.questions} questions, {ours.rounds} rounds: "
            "milliseconds a question, and how many times ours",
            f"  {'':12}{'p50':>10}{'p95':>10}{'p50':>9}{'p95':>8}",
        ]
        for name, each in self.figures.items():
            times = f"{each.p50_ms / ours.p50_ms:>9.2f}{each.p95_ms / ours.p95_ms:>8.2f}"
            fewer = f"   in {each.rounds} rounds"
            line = f"  {name:12}{each.p50_ms:>10.3f}{each.p95_ms:>10.3f}{times}"
            lines.append(line + (fewer if each.rounds < ours.rounds else ""))
        lines += [f"  {name:12}SKIPPED: {why}" for name, why in self.skipped.items()]
        return "\n".join(lines)


@click.command()
@click.option("--sizes", default=SIZES, show_default=True, help="Listings; 1000000 is welcome.")
@click.option("--engines", "names", default=",".join(engines.NAMES), show_default=True)
@click.option("--rounds", default=5, show_default=True, help="How often each question is asked.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="A file for the figures.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    help="A folder to keep listings and indexes in, for the next run of the same code.",
)
def main(sizes: str, names: str, rounds: int, path: Path | None, cache: Path | None) -> None:
    """Times our search beside other engines."""
    chosen = ["ours", *(name for name in names.split(",") if name != "ours")]
    if unknown := sorted(set(chosen) - set(engines.NAMES)):
        raise click.BadParameter(f"There is no engine {unknown[0]}.", param_hint="--engines")
    outcomes = []
    with folder_of(cache) as folder:
        for size in sizes.split(","):
            outcome = _outcome(corpus_of(folder, int(size), shown), chosen, rounds)
            outcomes.append(outcome)
            click.echo(outcome.as_table() + "\n")
    if path is not None:
        values = {str(outcome.size): outcome.as_values() for outcome in outcomes}
        path.write_text(json.dumps(values, indent=1) + "\n")


def _outcome(corpus: Corpus, names: list[str], rounds: int) -> Outcome:
    ready: dict[str, Engine] = {}
    skipped: dict[str, str] = {}
    with ExitStack() as open_engines:
        for name in names:
            try:
                ready[name] = engines.engine(name)(corpus, shown)
                open_engines.callback(ready[name].close)
            except Skipped as why:
                skipped[name] = str(why)
                say(f"SKIPPED {name.upper()}: {why}")
        try:
            figures = measured(ready, asked_of(corpus), rounds, say)
        except Disagreement as error:
            raise click.ClickException(f"The engines do not agree. {error}") from error
    return Outcome(corpus.size, figures, skipped)


if __name__ == "__main__":
    main()
