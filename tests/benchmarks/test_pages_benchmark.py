"""The benchmark of pages runs, on so few listings that its figures say nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.database import database_of
from benchmarks.pages.__main__ import main
from connectdo import create_app
from connectdo.progress import silent
from connectdo.search import sync

FEW = 300


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Listings, index and database that the tests of this file share."""
    return tmp_path_factory.mktemp("benchmark")


def test_the_index_is_that_of_the_database(cache: Path, monkeypatch):
    monkeypatch.delenv("CONNECTDO_DATABASE_URL", raising=False)
    instance = database_of(cache, FEW, silent)

    with create_app(instance).app_context():
        differences = sync.check()

    assert differences == []


def test_the_figures_of_every_page_are_written(cache: Path, tmp_path: Path):
    path = tmp_path / "figures.json"
    few = ("--sizes", str(FEW), "--questions", "60", "--rounds", "1")

    result = CliRunner().invoke(main, [*few, "--cache", str(cache), "--json", str(path)])

    assert result.exit_code == 0, result.output
    figures = json.loads(path.read_text())[str(FEW)]
    for name in ("results", "constant", "bare"):
        assert 0 < figures[name]["p50_ms"] <= figures[name]["p95_ms"]
    assert figures["statements"] == 1
    assert figures["distances_ms"] < figures["search_ms"]
    assert max(figures["first_visit_bytes"].values()) < 60_000
