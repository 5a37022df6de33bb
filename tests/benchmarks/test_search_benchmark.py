"""The benchmark runs, on so few listings that its figures say nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks import engines, rounds
from benchmarks.answers import Answer
from benchmarks.queries import Asked
from benchmarks.search import main
from connectdo.search.query import Query

FEW = ("--sizes", "200", "--rounds", "1")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Listings and indexes that the tests of this file share."""
    return tmp_path_factory.mktemp("benchmark")


def test_the_figures_of_every_engine_are_written(cache: Path, tmp_path: Path, monkeypatch):
    monkeypatch.delenv("CONNECTDO_BENCH_DATABASE_URL", raising=False)
    path = tmp_path / "figures.json"

    result = CliRunner().invoke(main, [*FEW, "--cache", str(cache), "--json", str(path)])

    assert result.exit_code == 0, result.output
    figures = json.loads(path.read_text())["200"]
    assert set(figures) == set(engines.NAMES)
    for name in ("ours", "floor", "sqlite", "whoosh"):
        assert 0 < figures[name]["p50_ms"] <= figures[name]["p95_ms"]


def test_an_engine_that_cannot_be_asked_is_skipped_loudly(cache: Path, tmp_path: Path, monkeypatch):
    monkeypatch.delenv("CONNECTDO_BENCH_DATABASE_URL", raising=False)
    path = tmp_path / "figures.json"
    chosen = ("--engines", "postgresql", "--json", str(path))

    result = CliRunner().invoke(main, [*FEW, "--cache", str(cache), *chosen])

    assert "SKIPPED POSTGRESQL" in result.stderr
    assert json.loads(path.read_text())["200"]["postgresql"] is None


ASKED = Asked(Query("choir"), (), ())


def test_engines_that_count_differently_are_not_compared():
    ours = Answer(3, [], {"free": {"yes": 2}})
    theirs = Answer(4, [], {"free": {"yes": 2}})

    with pytest.raises(rounds.Disagreement, match="ours finds 3, floor 4"):
        rounds.agree("floor", [ASKED], [ours], [theirs])
