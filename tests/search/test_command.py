"""connectdo search, as a program and a person use it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from tests.factories import HOME, TODAY, make_listing, once


@pytest.fixture
def run(app: Flask) -> Any:
    def run(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["search", "--as-of", TODAY, *words])

    return run


def test_the_answer_has_everything_a_program_needs(run: Any) -> None:
    listing = make_listing(
        "Lantern Street Choir", miles=1, interests=["Choir"], weekly="Tue 18:30",
        organisation="Lantern Street", is_free=True,
    )  # fmt: skip

    answer = json.loads(run("choir", "--near", HOME, "--json").stdout)

    assert set(answer) == {"query", "total", "notes", "facets", "results"}
    assert answer["total"] == 1
    result = answer["results"][0]
    assert result["id"] == listing.id
    assert (result["source"], result["source_id"]) == ("test", listing.source_id)
    assert (result["name"], result["kind"]) == ("Lantern Street Choir", "group")
    assert result["organisation"] == "Lantern Street"
    assert result["distance_miles"] == pytest.approx(1, abs=0.01)
    assert result["next"] == "2026-10-13T18:30:00+01:00"
    assert result["confirmed_on"] is None
    assert result["reasons"] == [
        "Matches choir", "1 mile", "next Tuesday 13 October, 6:30pm", "free",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ("2026-10-20T18:30", "2026-10-20T18:30:00+01:00"),
        ("2026-10-27T18:30", "2026-10-27T18:30:00+00:00"),
        ("2027-03-28T01:30", "2027-03-28T02:30:00+01:00"),
        ("2026-10-20", "2026-10-20"),
    ],
)
def test_next_carries_londons_offset_or_is_a_bare_date(
    run: Any, starts: str, expected: str
) -> None:
    make_listing(kind="event", schedules=[once(starts)])

    answer = json.loads(run("--json").stdout)

    assert answer["results"][0]["next"] == expected


def test_an_ambiguous_place_names_the_candidates_on_standard_error(run: Any) -> None:
    result = run("choir", "--near", "Brixton")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Brixton, Lambeth" in result.stderr
    assert "Brixton, Devon" in result.stderr


@pytest.mark.parametrize(
    "words",
    [("--near", "Zzyzx-on-Sea"), ("--within", "5"), ("--at", "nowhere"), ("--day", "someday")],
)
def test_what_cannot_be_used_exits_with_two(run: Any, words: tuple[str, ...]) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert result.stderr.strip()


def test_a_batch_answers_line_by_line_in_order(run: Any, tmp_path: Path) -> None:
    make_listing("Choir", interests=["Choir"])
    make_listing("Chess", interests=["Chess"])
    queries = [{"text": "chess"}, {"text": "x", "near": "Brixton"}, {"interest": ["Choir"]}]
    file = tmp_path / "queries.jsonl"
    file.write_text("\n".join([*map(json.dumps, queries), "not json", "[]"]))

    result = run("--batch", str(file), "--json")
    answers = [json.loads(line) for line in result.stdout.splitlines()]

    assert result.exit_code == 1
    assert [a.get("total", "error") for a in answers] == [
        1, "error", 1, "error", "error",
    ]  # fmt: skip
    assert answers[2]["results"][0]["name"] == "Choir"


def test_results_come_in_pages(run: Any) -> None:
    for number in range(5):
        make_listing(f"Choir {number}", interests=["Choir"])

    answer = json.loads(run("choir", "--limit", "2", "--offset", "2", "--json").stdout)

    assert answer["total"] == 5
    assert [each["name"] for each in answer["results"]] == ["Choir 2", "Choir 3"]


def test_a_person_reads_names_and_reasons(run: Any) -> None:
    make_listing("Lantern Street Choir", interests=["Choir"], is_free=True)

    output = run("choir").stdout

    assert output.startswith("1 result\n")
    assert "1. Lantern Street Choir\n   Matches choir · free" in output


def test_access_that_nobody_has_answered_for_is_said(run: Any) -> None:
    make_listing("Choir")

    answer = json.loads(run("--access", "step_free", "--json").stdout)

    assert answer["results"][0]["reasons"] == ["step-free access not stated: ask them"]
