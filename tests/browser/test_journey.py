"""A newcomer's path through the real site, with script and without."""

from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE

CHOIR = "Arch Seven Singers: Tuesday choir"


def search_for_a_choir(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("What do you enjoy?").fill("choir")
    page.get_by_label("Postcode or place").first.fill("se24 0ng")
    page.get_by_role("button", name="Search").click()


def choose_step_free_and_evening(page: Page) -> None:
    filters = page.locator("details.cd-filters")
    if filters.get_attribute("open") is None:
        filters.locator("summary").click()
    page.get_by_label("Evening").check()
    page.get_by_label("Step-free").check()
    page.get_by_role("button", name="Show results").click()


def download_the_calendar(page: Page, to: Path) -> Calendar:
    with page.expect_download() as download:
        page.get_by_role("link", name="calendar").click()
    download.value.save_as(to)
    return Calendar.from_ical(to.read_bytes())


def test_from_home_to_a_choir_in_the_calendar(page: Page, site: str, tmp_path: Path) -> None:
    search_for_a_choir(page, site)
    expect(page.get_by_role("heading", level=1)).to_contain_text("choir near SE24 0NG")

    choose_step_free_and_evening(page)
    expect(page.get_by_role("link", name=CHOIR)).to_be_visible()
    page.get_by_role("link", name=CHOIR).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CHOIR)
    calendar = download_the_calendar(page, tmp_path / "choir.ics")

    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == [CHOIR]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_same_path_without_script(
    browser: Browser, site: str, tmp_path: Path, size: ViewportSize
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()

    search_for_a_choir(page, site)
    choose_step_free_and_evening(page)
    page.get_by_role("link", name=CHOIR).click()
    calendar = download_the_calendar(page, tmp_path / "choir.ics")

    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == [CHOIR]
    context.close()


def test_a_list_is_kept_shared_and_ended(page: Page, browser: Browser, site: str) -> None:
    search_for_a_choir(page, site)
    page.get_by_role("button", name=f"Add to my list {CHOIR}").click()
    expect(page.locator("#listing-1")).to_contain_text("On your list")

    page.get_by_role("link", name="My list").click()
    page.get_by_role("button", name="Share this list").click()
    address = page.locator(".cd-share__address").inner_text().strip()
    receiver = browser.new_context().new_page()
    receiver.goto(address)
    expect(receiver.get_by_role("link", name=CHOIR)).to_be_visible()
    page.get_by_role("button", name="Stop sharing").click()
    gone = receiver.goto(address)

    assert gone is not None
    assert gone.status == 404
    receiver.context.close()


def test_a_search_with_the_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What do you enjoy?")).to_be_focused()
    page.keyboard.type("choir")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("choir")


def test_the_map_shows_the_same_listings_as_the_list(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=choir&near=SE24+0NG")

    page.get_by_role("link", name="Show on a map").click()

    expect(page.get_by_role("button", name=CHOIR, exact=False).first).to_be_visible()
    expect(page.get_by_role("link", name=CHOIR).first).to_be_visible()


def test_a_mistyped_place_is_asked_again_and_the_words_are_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=choir&near=Brixton")

    expect(page).to_have_title("Error: " + page.title().removeprefix("Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Brixton, Lambeth").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("choir near Brixton, Lambeth")
