"""A sentence typed into the real site: its labels, one taken off, the order, the reason quoted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE, running

SAID = "I want to sing with other people in the evenings, not in a church, round Brixton way"
GRIEF = "somewhere quiet to sit with other people who have lost someone"


def say(page: Page, site: str, said: str) -> None:
    page.goto(site)
    page.get_by_label("What do you enjoy?").fill(said)
    page.get_by_role("button", name="Search").click()


def names(page: Page) -> list[str]:
    return page.locator(".cd-result__name a").all_inner_texts()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_labels_are_read_and_one_taken_off_changes_the_order(
    browser: Browser, site: str, size: ViewportSize
) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=size).new_page()
    say(page, site, SAID)
    labels = page.get_by_role("link", name="Take off ")
    expect(labels).to_have_count(3)
    expect(page.get_by_role("heading", name="What we read in your words")).to_be_visible()
    before = names(page)

    page.get_by_role("link", name="Take off Near Brixton, Lambeth").click()

    expect(labels).to_have_count(2)
    assert names(page) != before
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"]
    page.get_by_role("link", name="Put back what you took off").click()
    expect(labels).to_have_count(3)
    assert names(page) == before
    page.context.close()


@pytest.fixture
def site_that_reads(tmp_path: Path) -> Iterator[str]:
    """A site that has read the sample listings for their meaning, which takes a minute."""
    with running(tmp_path, meaning="1") as address:
        yield address


def test_the_reason_quotes_the_sentence_of_the_listing_that_answers(
    page: Page, site_that_reads: str
) -> None:
    say(page, site_that_reads, GRIEF)

    expect(page.locator(".cd-result__why").first).to_contain_text("“")
    expect(page.get_by_text("If you need help now")).to_have_count(0)
