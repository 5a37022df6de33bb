"""What the figures of relevance say, and that they can be made from a folder of charities."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.relevance.__main__ import main
from benchmarks.relevance.charities import LABELLED, TAG_NAMES, read_charities, read_questions
from benchmarks.relevance.measures import interval, ndcg, recall


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Twelve makers of lanterns and ten painters, one of whom two people have tagged."""
    folder = tmp_path / "data"
    for file in (LABELLED, TAG_NAMES):
        (folder / file).parent.mkdir(parents=True)
    rows = [_row(f"maker-{n}", "We make lanterns.", "LA") for n in range(12)]
    rows += [_row(f"painter-{n}", "We paint walls.", "PA") for n in range(9)]
    rows += [_row("painter-9", "We paint.", "OT"), _row("painter-9", "We paint.", "PA")]
    (folder / LABELLED).write_text("\n".join(map(json.dumps, rows)))
    (folder / TAG_NAMES).write_text("Code,tag\nLA,Lanterns\nPA,Painting\nOT,Others\n")
    return folder


def _row(charity_id: str, description: str, tag: str) -> dict[str, object]:
    extra = {"objects": "To do good.", "tag_names": ["Never to be seen"]}
    row = {"id": charity_id, "name": f"Circle {charity_id}", "description": description}
    return {**row, "tags": [tag], "extra": extra}


def test_answers_alone_score_one_and_none_scores_nothing():
    best = ndcg(["a", "b"], {"a", "b"})
    worst = ndcg(["c", "d"], {"a", "b"})

    assert (best, worst) == (1.0, 0.0)


def test_an_answer_is_worth_more_the_higher_it_stands():
    figures = [ndcg(found, {"a"}) for found in (["a", "b", "c"], ["b", "a", "c"], ["b", "c", "a"])]

    assert figures == pytest.approx([1.0, 0.6309, 0.5], abs=1e-4)


def test_an_answer_below_the_depth_is_worth_nothing():
    found = [*"bcdefghijk", "a"]

    assert (ndcg(found, {"a"}), recall(found, {"a"}, depth=10)) == (0.0, 0.0)


def test_recall_is_the_share_of_all_answers():
    share = recall(["a", "x", "b"], {"a", "b", "c", "d"})

    assert share == 0.5


def test_the_interval_holds_nothing_gained_where_each_is_sometimes_better():
    low, high = interval([1.0, 0.0] * 20, [0.0, 1.0] * 20)

    assert low < 0 < high


def test_the_interval_is_the_gain_itself_where_it_is_always_the_same():
    low, high = interval([0.75, 0.5, 1.0], [0.5, 0.25, 0.75])

    assert (low, high) == (0.25, 0.25)


def test_a_charity_tagged_twice_is_one_that_carries_both(data: Path):
    charities, questions = read_charities(data), read_questions(data)

    assert len(charities) == 22
    assert {each.text: len(each.answers) for each in questions} == {"Lanterns": 12, "Painting": 10}


def test_no_engine_is_given_the_tags(data: Path):
    charities = read_charities(data, with_objects=True)

    assert [each.text for each in charities if each.id == "painter-9"] == ["We paint.\nTo do good."]
    assert "Never to be seen" not in repr(charities)


def test_the_figures_of_every_engine_are_written(data: Path, tmp_path: Path, monkeypatch):
    monkeypatch.delenv("CONNECTDO_BENCH_DATABASE_URL", raising=False)
    monkeypatch.delenv("CONNECTDO_DATABASE_URL", raising=False)
    path = tmp_path / "figures.json"

    result = CliRunner().invoke(main, ["--data", str(data), "--json", str(path)])

    assert result.exit_code == 0, result.output
    assert "SKIPPED POSTGRESQL" in result.stderr
    told = json.loads(path.read_text())
    perfect = {"ndcg_at_10": 1.0, "recall_at_50": 1.0}
    assert told["figures"] == {"ours": perfect, "sqlite": perfect, "whoosh": perfect}
    assert told["gain"]["ndcg_at_10"] == 0


def test_without_the_charities_it_says_what_it_needs(tmp_path: Path):
    result = CliRunner().invoke(main, ["--data", str(tmp_path)])

    assert result.exit_code == 2
    assert "This needs directory/ukcat_charities_labelled_a.jsonl" in result.stderr
