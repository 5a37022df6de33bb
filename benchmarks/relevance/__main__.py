"""python -m benchmarks.relevance: nDCG@10 and recall@50 of our search and of plain rankings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from benchmarks.answers import Skipped
from benchmarks.relevance.charities import (
    LABELLED,
    TAG_NAMES,
    Charity,
    Question,
    read_charities,
    read_questions,
)
from benchmarks.relevance.measures import interval, ndcg, recall
from benchmarks.relevance.others import OTHERS, Search
from benchmarks.relevance.ours import our_search
from benchmarks.running import say

DATA = Path("../shared/data")


@dataclass(frozen=True)
class Figures:
    """One engine's figures, one of each a question."""

    ndcg: list[float]
    recall: list[float]

    def as_values(self) -> dict[str, float]:
        return {
            "ndcg_at_10": round(float(np.mean(self.ndcg)), 4),
            "recall_at_50": round(float(np.mean(self.recall)), 4),
        }


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=DATA,
    show_default=True,
    help="The folder of directories and taxonomies.",
)
@click.option("--objects", is_flag=True, help="Add each charity's legal objects to its texts.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="A file for the figures.")
def main(data: Path, objects: bool, path: Path | None) -> None:
    """Measures our search beside plain rankings. Exits 2 where the charities are not there."""
    for needed in (LABELLED, TAG_NAMES):
        if not (data / needed).is_file():
            say(f"This needs {needed} in {data}. Say where it is with --data.")
            raise SystemExit(2)
    charities, questions = read_charities(data, with_objects=objects), read_questions(data)
    with our_search(charities) as search:
        figures = {"ours": _measured(search, questions)}
    figures |= _others(charities, questions)
    gain = _gain(figures)
    click.echo(_table(figures, questions, gain))
    if path is not None:
        values = {name: each.as_values() for name, each in figures.items()}
        questioned = [
            {"text": each.text, "answers": len(each.answers)}
            | {name: round(one.ndcg[n], 4) for name, one in figures.items()}
            for n, each in enumerate(questions)
        ]
        told = {"figures": values, "gain": gain, "questions": questioned}
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _others(charities: Sequence[Charity], questions: Sequence[Question]) -> dict[str, Figures]:
    figures = {}
    for name, engine in OTHERS.items():
        try:
            with engine(charities) as search:
                figures[name] = _measured(search, questions)
        except Skipped as why:
            say(f"SKIPPED {name.upper()}: {why}")
    return figures


def _measured(search: Search, questions: Sequence[Question]) -> Figures:
    found = [(search(each.text), each.answers) for each in questions]
    return Figures([ndcg(*each) for each in found], [recall(*each) for each in found])


def _gain(figures: dict[str, Figures]) -> dict[str, object]:
    """How much more nDCG ours has than the best of the others, and the 95% interval of that."""
    ours, *others = figures
    best = max(others, key=lambda name: np.mean(figures[name].ndcg))
    low, high = interval(figures[ours].ndcg, figures[best].ndcg)
    more = float(np.mean(figures[ours].ndcg) - np.mean(figures[best].ndcg))
    share = more / float(np.mean(figures[best].ndcg))
    return {
        "over": best,
        "ndcg_at_10": round(more, 4),
        "share": round(share, 4),
        "interval": [round(low, 4), round(high, 4)],
    }


def _table(
    figures: dict[str, Figures], questions: Sequence[Question], gain: dict[str, object]
) -> str:
    lines = [f"{len(questions)} questions", f"{'':12}{'nDCG@10':>10}{'recall@50':>11}"]
    for name, each in figures.items():
        ndcg_at_10, recall_at_50 = each.as_values().values()
        lines.append(f"{name:12}{ndcg_at_10:>10.4f}{recall_at_50:>11.4f}")
    lines.append(
        f"Ours over {gain['over']}: {gain['ndcg_at_10']:+} ({gain['share']:+.1%}),"
        f" 95% interval {gain['interval']}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
