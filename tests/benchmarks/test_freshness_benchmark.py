"""The benchmark of freshness runs, on so few listings that its figures say nothing."""

import json
from pathlib import Path

from click.testing import CliRunner

from benchmarks.freshness import main

FEW = ("--listings", "200", "--edits", "6", "--waits", "2")


def test_every_edit_that_is_waited_for_is_found_by_both_workers(tmp_path: Path):
    path = tmp_path / "figures.json"

    result = CliRunner().invoke(main, [*FEW, "--cache", str(tmp_path), "--json", str(path)])

    assert result.exit_code == 0, result.output
    figures = json.loads(path.read_text())
    assert 0 < figures["found_p50_ms"] <= figures["found_p99_ms"]
    assert 0 < figures["before_p50_ms"] <= figures["before_p95_ms"]
    assert figures["worker_mb"] > 0
    assert not list(tmp_path.glob("freshness-*"))
