"""python -m benchmarks.relevance.sample: what people say of their lives, over the sample listings.

`make relevance`. Success is how often a listing that a good signposter would offer first stands
among the first three; nDCG@10 counts the others too. Beside words alone (SQLite's bm25) stands
our search on words and interests, the sentence model alone, and all together.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
import numpy as np

from benchmarks.answers import Skipped
from benchmarks.relevance.charities import Charity
from benchmarks.relevance.judged import HALVES, KINDS, Judged, read_judged, sample_rows
from benchmarks.relevance.measures import ndcg, success
from benchmarks.relevance.others import DEPTH, Search, sqlite
from benchmarks.relevance.ours import A_DAY, a_site, searching, source_ids
from benchmarks.running import say
from connectdo.meaning import ON, state
from connectdo.search import encoding
from connectdo.search.finding import snapshot
from connectdo.search.meant import vector_of


@contextmanager
def words_alone() -> Iterator[Search]:
    with sqlite(_texts()) as search:
        yield search


@contextmanager
def with_the_vocabulary() -> Iterator[Search]:
    with _samples(meaning=False):
        yield searching()


@contextmanager
def the_model_alone() -> Iterator[Search]:
    """The listings that are most alike to a text, whatever its words are."""
    with _samples(meaning=True):
        yield _by_likeness()


@contextmanager
def all_together() -> Iterator[Search]:
    with _samples(meaning=True):
        yield searching()


WAYS = {
    "words alone": words_alone,
    "with the vocabulary": with_the_vocabulary,
    "model alone": the_model_alone,
    "all together": all_together,
}


@click.command()
@click.option("--missed", is_flag=True, help="Show what of the tuning half is not found, and how.")
def main(missed: bool) -> None:
    """Measures the ways of finding over the questions that people have judged."""
    judged = {kind: read_judged(kind) for kind in KINDS}
    click.echo(f"{'':22}{'':12}" + "".join(f"{half:>20}" for half in HALVES))
    for name, way in WAYS.items():
        try:
            with way() as search:
                found = {each.said: search(each.said) for kind in KINDS for each in judged[kind]}
        except Skipped as why:
            say(f"SKIPPED {name.upper()}: {why}")
            continue
        for kind in KINDS:
            halves = [[each for each in judged[kind] if each.half == half] for half in HALVES]
            figures = "".join(f"{_figures(half, found):>20}" for half in halves)
            click.echo(f"{name:22}{kind:12}{figures}")
            if missed:
                _show_missed(halves[0], found)
    click.echo("Each: success@3, nDCG@10, (questions).")


def _figures(questions: Sequence[Judged], found: dict[str, list[str]]) -> str:
    successes = [success(found[each.said], each.first) for each in questions]
    gains = [ndcg(found[each.said], each.worths) for each in questions]
    return f"{np.mean(successes):.3f} {np.mean(gains):.3f} ({len(questions)})"


def _show_missed(questions: Sequence[Judged], found: dict[str, list[str]]) -> None:
    for each in questions:
        if not success(found[each.said], each.first):
            best = " ".join(found[each.said][:3]) or "nothing"
            click.echo(f"    {each.said}\n        found {best}")


@contextmanager
def _samples(*, meaning: bool) -> Iterator[None]:
    """A site with the sample listings. Raises Skipped where it is to have a model and has none."""
    if meaning and state(wanted=True) != ON:
        raise Skipped("the sentence model is not installed: make setup.")
    with a_site(meaning=meaning) as app:
        taken_in = app.test_cli_runner().invoke(args=["sample"])
        assert taken_in.exit_code == 0, taken_in.output
        if meaning:
            encoding.read_unread()
        yield


def _by_likeness() -> Search:
    now, their_ids = snapshot(), source_ids()

    def search(text: str) -> list[str]:
        vector = vector_of(text)
        if vector is None or now.meanings is None:
            return []
        alike = now.meanings.alike(vector, now.calendar(A_DAY).standing_documents)
        best = np.argsort(-alike.likeness, kind="stable")[:DEPTH]
        return [their_ids[each] for each in now.listing[alike.documents[best]].tolist()]

    return search


def _texts() -> list[Charity]:
    """The sample listings as any engine would be given them."""
    shown = ("summary", "description", "interests", "audience", "first_visit", "organisation")
    return [
        Charity(row["source_id"], row["name"], "\n".join(row[each] for each in shown))
        for row in sample_rows()
    ]


if __name__ == "__main__":
    main()
