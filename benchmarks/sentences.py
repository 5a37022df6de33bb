"""python -m benchmarks.sentences: sentences and plain words over many listings, in milliseconds.

The same made-up listings, each passage with a vector drawn by chance: what a vector is made of
costs nothing, reading a hundred thousand listings would take an hour. The sentences are real, and
so is the model's pass over them, which is what they are held against. At the end what a worker
needs for itself, with meaning and without.
"""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import click
import numpy as np

from benchmarks.corpus import Corpus, corpus_of
from benchmarks.made_up import NOW
from benchmarks.queries import asked_of
from benchmarks.relevance.judged import read_judged
from benchmarks.rounds import Runner
from benchmarks.running import folder_of, say
from benchmarks.suggestions import clients
from benchmarks.workers import private_megabytes
from connectdo.meaning import WIDTH, model
from connectdo.progress import shown
from connectdo.search import meant, vectors
from connectdo.search.door import Door
from connectdo.search.finding import Result, find_in
from connectdo.search.matching import Matcher
from connectdo.search.meanings import Meanings
from connectdo.search.passages import KEY
from connectdo.search.query import Query, query_from
from connectdo.search.snapshot import Snapshot

# What is kept together in one file, as `connectdo meaning keep` merges them.
IN_A_FILE = 50_000
SAID = 10
A_SENTENCE = "My wife passed away in the spring and the house is so quiet of an evening."
HOSTILE = {
    "100,000 letters": "lonely " * 14_285,
    "one word 5,000 times": " ".join(["choir"] * 5_000),
    "one word of 100,000 letters": "a" * 100_000,
    "control characters": A_SENTENCE.replace(" ", " \x00\x07\x1b"),
    "right to left": "\u202eאני לבד בבית ואני מחפש חברה لا أعرف أحدا هنا" * 40,
    "emoji": "🙂👩‍👩‍👧‍👦🏳️‍🌈 " * 400,
    "marks on marks": "a" + "\u0301" * 5_000,
}
FORKED = multiprocessing.get_context("fork")


def vectors_of(corpus: Corpus) -> Path:
    """A folder with a vector for each passage of the listings, and for what interests are
    called."""
    folder = corpus.folder / "vectors"
    if folder.exists():
        return folder
    snapshot = Door(corpus.index_folder, folder).snapshot()
    assert snapshot.meanings is not None
    chance = np.random.default_rng(1)
    keys = np.unique(np.concatenate([*snapshot.meanings.keys, snapshot.meanings.callings.keys]))
    folder.mkdir()
    with shown("Drawing vectors", len(keys)) as step:
        for start in range(0, len(keys), IN_A_FILE):
            some = keys[start : start + IN_A_FILE]
            drawn = chance.standard_normal((len(some), WIDTH)).astype(np.float32)
            drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
            vectors.add(folder, some.astype(KEY), drawn)
            step(len(some))
    return folder


@click.command()
@click.option("--listings", default=100_000, show_default=True)
@click.option("--rounds", default=5, show_default=True, help="How often each question is asked.")
@click.option("--cache", type=click.Path(path_type=Path), help="A folder to keep listings in.")
def main(listings: int, rounds: int, cache: Path | None) -> None:
    """Times sentences beside the model's own pass, and words beside words without meaning."""
    with folder_of(cache) as folder:
        corpus = corpus_of(folder, listings, shown)
        kept = vectors_of(corpus)
        plain = Door(corpus.index_folder).snapshot()
        meant_too = Door(corpus.index_folder, kept).snapshot()
        _times(corpus, plain, meant_too, rounds)
        _size(kept, listings)
        for name, snapshot in (("without meaning", plain), ("with it", meant_too)):
            click.echo(f"  a worker more, {name:16}{_of_its_own(snapshot, corpus):>8.1f} MB")


def _times(corpus: Corpus, plain: Snapshot, meant_too: Snapshot, rounds: int) -> None:
    meanings = meant_too.meanings
    assert meanings is not None
    said = [Query(text=each.said) for each in read_judged("sentences")]
    asked = [each.query for each in asked_of(corpus)]
    words = [each for each in asked if Matcher(meant_too, each, NOW).alike is None]
    theirs = [_with_sayings(each, said) for each in clients(corpus.size)[: len(said)]]
    runners: list[Runner[Any]] = [
        Runner("words that answer, no meaning", _answering(plain), words),
        Runner("the same words, with meaning", _answering(meant_too), words),
        Runner("the model's own pass", _pass, said),
        Runner("a sentence", _forgetting(_answering(meant_too), meanings), said),
        Runner("the same sentence again", _answering(meant_too), said[:1] * 100),
        Runner(f"a client who said {SAID} things", _answering(meant_too), theirs),
        Runner("the same client again", _answering(meant_too), theirs[:1] * 100),
        *(
            Runner(name, _forgetting(_reading(meant_too), meanings), [text] * 5)
            for name, text in {"one sentence": A_SENTENCE, **HOSTILE}.items()
        ),
    ]
    for number in range(rounds + 1):
        say(f"Round {number} of {rounds}" if number else "Warming up")
        for runner in runners:
            runner.run()
            if not number:
                runner.seconds.clear()
    click.echo(f"{corpus.size:,} listings: milliseconds a question, p50 and p95")
    for runner in runners:
        figures = runner.figures()
        click.echo(f"  {runner.name:30}{figures.p50_ms:>9.3f}{figures.p95_ms:>9.3f}")


def _with_sayings(client: Query, said: list[Query]) -> Query:
    texts = [each.text for each in said[:: len(said) // SAID]][:SAID]
    return Query(
        place=client.place, within=client.within, said=tuple((each, 1.0) for each in texts)
    )


def _answering(snapshot: Snapshot) -> Callable[[Query], list[Result]]:
    return lambda query: find_in(snapshot, query, NOW).results


def _reading(snapshot: Snapshot) -> Callable[[str], list[Result]]:
    """From what was typed, as a page does."""
    return lambda text: find_in(snapshot, query_from({"text": text}), NOW).results


def _forgetting(answer: Callable[..., object], meanings: Meanings) -> Callable[..., object]:
    """As if nobody had said it before."""

    def as_new(asked: object) -> object:
        meant._read.cache_clear()
        meanings._remembered.clear()
        return answer(asked)

    return as_new


def _pass(query: Query) -> object:
    reader = model()
    assert reader is not None
    return reader.vectors([query.text.casefold()], meant.MOST_PIECES)


def _size(folder: Path, listings: int) -> None:
    size = sum(each.stat().st_size for each in folder.iterdir())
    rows = sum(each.size for each in vectors.files_in(folder))
    click.echo(f"  {size / 1e6:,.0f} MB of vectors: {rows / listings:.1f} passages a listing")


def _of_its_own(snapshot: Snapshot, corpus: Corpus) -> float:
    """Megabytes that a worker, forked from one that has answered, has for itself after answering
    every question."""
    ours, theirs = FORKED.Pipe()
    process = FORKED.Process(target=_worker, args=(snapshot, corpus, theirs))
    process.start()
    megabytes = float(ours.recv())
    process.join()
    return megabytes


def _worker(snapshot: Snapshot, corpus: Corpus, line: Connection) -> None:
    for each in asked_of(corpus):
        _answering(snapshot)(each.query)
    if snapshot.meanings is not None:
        for judged in read_judged("sentences"):
            _answering(snapshot)(Query(text=judged.said))
    line.send(private_megabytes())


if __name__ == "__main__":
    main()
