"""Home and results, as a visitor reads them."""

from datetime import timedelta

import pytest

from connectdo.search.finding import moment
from connectdo.search.sync import sync
from tests.conftest import Statements
from tests.factories import HOME, make_listing, once, weekly_schedule
from tests.visitor import Visitor


def test_a_result_says_who_what_when_where_and_why(visitor: Visitor) -> None:
    make_listing(
        "Lantern Street Choir", miles=1, interests=["Choir"], organisation="Lantern Street",
        summary="We sing on Tuesdays.", schedules=[weekly_schedule("Tue 18:30")], is_free=True,
    )  # fmt: skip
    sync()

    page = visitor.get("/search", query_string={"q": "choir", "near": HOME}).text

    assert "1 result for choir near SE24 0NG" in page
    for said in ("Lantern Street Choir", "Run by", "We sing on Tuesdays.", "Next on Tuesday"):
        assert said in page
    for reason in ("Matches choir", "1 mile", "Free"):
        assert reason in page


def test_everything_asked_is_in_the_address_and_can_be_taken_off(visitor: Visitor) -> None:
    make_listing("Choir", miles=1, interests=["Choir"], access="step_free", weekly="Tue 18:30")
    sync()

    page = visitor.get(
        f"/search?q=choir&near={HOME}&within=5&interest=choir&day=tue&time=evening"
        "&access=step_free&kind=group"
    ).text

    assert page.count("cd-chip__cross") == 6
    assert "Filters (6 chosen)" in page


def test_an_unknown_place_is_asked_again_and_the_search_goes_on_without_it(
    visitor: Visitor,
) -> None:
    make_listing("Lantern Street Choir", interests=["Choir"])
    sync()

    page = visitor.get("/search?q=choir&near=Zzyzx").text

    assert "<title>Error: " in page
    assert "There is a problem" in page
    assert 'value="Zzyzx"' in page
    assert "Lantern Street Choir" in page


def test_nothing_found_says_so_and_offers_ways_on(visitor: Visitor) -> None:
    make_listing("Lantern Street Choir", miles=30, interests=["Choir"], weekly="Tue 18:30")
    sync()

    page = visitor.get(f"/search?q=choir&near={HOME}&day=wed").text

    assert "No results for choir near SE24 0NG" in page
    assert "Lantern Street Choir" not in page
    assert "(1)" in page or "1 result" in page


def test_nothing_inside_the_radius_shows_what_is_a_little_further(visitor: Visitor) -> None:
    make_listing("Lantern Street Choir", miles=7, interests=["Choir"])
    sync()

    page = visitor.get(f"/search?q=choir&near={HOME}&within=2").text

    assert "A little further away" in page
    assert "Lantern Street Choir" in page


def test_a_more_usual_word_is_offered_as_a_link_with_its_count(visitor: Visitor) -> None:
    for number in range(10):
        make_listing(f"Lantern walk {number}")
    make_listing("Kites by Lentern")
    sync()

    page = visitor.get("/search?q=lentern").text

    assert "Kites by Lentern" in page
    assert 'Did you mean <a href="/search?q=lantern">lantern</a> (10)?' in page


def test_there_are_twenty_results_a_page(visitor: Visitor) -> None:
    for number in range(25):
        make_listing(f"Choir number {number}", interests=["Choir"])
    sync()

    first, second = (visitor.get(f"/search?q=choir&page={n}").text for n in (1, 2))

    assert first.count('class="cd-result"') == 20
    assert second.count('class="cd-result"') == 5
    assert "page 2 of 2" in second


@pytest.mark.parametrize("results", [1, 20])
def test_a_results_page_makes_one_statement_whatever_it_holds(
    visitor: Visitor, statements: Statements, results: int
) -> None:
    for number in range(results):
        make_listing(f"Choir {number}", miles=1, interests=["Choir"], organisation=f"O {number}")
    sync()
    visitor.get("/search?q=choir")

    with statements() as made:
        page = visitor.get(f"/search?q=choir&near={HOME}").text

    assert page.count('class="cd-result"') == results
    assert len(made) == 1


@pytest.mark.parametrize(
    ("typed", "number"),
    [("suicide", "116 123"), ("my husband hits me", "0808 2000 247"), ("no food today", "food")],
)
def test_words_of_crisis_put_the_right_help_above_the_results(
    visitor: Visitor, typed: str, number: str
) -> None:
    page = visitor.get("/search", query_string={"q": typed}).text

    assert number in page
    assert page.index("cd-help__title") < page.index('id="search"')


def test_what_was_typed_is_shown_as_text_and_never_run(visitor: Visitor) -> None:
    page = visitor.get("/search", query_string={"q": "<script>alert(1)</script>"}).text

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "page=99999", "sort=x", "day=x", "within=-1", "q=" + "a" * 5000,
     "q=%00", "q=%ff%fe", "near=%00", "interest=" + "x" * 900, "free=x", "view=x", "area=x"],
)  # fmt: skip
def test_an_odd_address_is_answered_calmly(visitor: Visitor, query: str) -> None:
    response = visitor.get(f"/search?{query}")

    assert response.status_code == 200


def test_home_shows_what_is_on_and_where_to_begin(visitor: Visitor) -> None:
    tomorrow = moment(None).date() + timedelta(days=1)
    make_listing(
        "Lantern walk",
        miles=0,
        interests=["Choir"],
        schedules=[once(f"{tomorrow.isoformat()}T10:00")],
    )
    sync()

    page = visitor.get("/").text

    assert "What do you enjoy?" in page
    assert "Lantern walk" in page
    assert "/interests/music" in page
    assert "/areas/lambeth" in page
