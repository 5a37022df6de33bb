"""The benchmark of sentences runs, on so few listings that its figures say nothing."""

from pathlib import Path

from click.testing import CliRunner

from benchmarks.sentences import HOSTILE, main


def test_sentences_are_timed_beside_the_models_own_pass(tmp_path: Path):
    few = ("--listings", "200", "--rounds", "1", "--cache", str(tmp_path))

    result = CliRunner().invoke(main, few)

    assert result.exit_code == 0, result.output
    for name in ("the model's own pass", "a sentence", "a worker more", *HOSTILE):
        assert name in result.output
