"""What suits a client is timed beside a plain search, over the same listings."""

from click.testing import CliRunner

from benchmarks.suggestions import main


def test_both_are_timed() -> None:
    result = CliRunner().invoke(main, ["--listings", "500", "--rounds", "1"])

    assert result.exit_code == 0, result.output
    assert "a plain search" in result.output
    assert "what suits a client" in result.output
