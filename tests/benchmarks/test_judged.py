"""The questions that people have judged are about listings that are there."""

import pytest

from benchmarks.relevance.judged import HALVES, KINDS, read_judged, sample_rows

FEWEST = {"sentences": 100, "keywords": 40}


@pytest.mark.parametrize("kind", KINDS)
def test_each_listing_that_is_judged_is_a_sample(kind: str) -> None:
    there = {row["source_id"] for row in sample_rows()}

    judged = {listing for each in read_judged(kind) for listing in (*each.first, *each.also)}

    assert judged <= there


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_questions_and_each_is_asked_once(kind: str) -> None:
    said = [each.said for each in read_judged(kind)]

    assert len(said) == len(set(said)) >= FEWEST[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_both_halves_have_their_share(kind: str) -> None:
    halves = [each.half for each in read_judged(kind)]

    assert all(halves.count(half) >= len(halves) / 3 for half in HALVES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_listing_is_offered_first_or_also_good_never_both(kind: str) -> None:
    both = [each.said for each in read_judged(kind) if each.first & each.also or not each.first]

    assert both == []
