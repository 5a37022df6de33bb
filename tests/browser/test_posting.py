"""Every page on which a group is written, in a real browser."""

import re
import time
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_coming_in import link_mailed_to
from tests.browser.test_every_page import RULES


def come_in(page: Page, site: str, folder: Path) -> str:
    """By the link that is mailed, and on to the first page; the address."""
    address = f"ada-{time.monotonic_ns()}@mail.example"
    page.goto(site)
    page.get_by_role("link", name="Add your group").click()
    page.get_by_label("Your email address").fill(address)
    page.get_by_role("button", name="Send me a link").click()
    page.goto(link_mailed_to(folder, address))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What it is")
    return address


def go_on(page: Page, heading: str, button: str = "Save and go on") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))
    page.wait_for_load_state()


def write(page: Page, name: str) -> None:
    """Every page, up to the whole."""
    page.get_by_label("A group that meets regularly").check()
    page.get_by_label("What is it called?").fill(name)
    page.get_by_label("What do people do there?").fill("We play chess and drink tea.")
    go_on(page, "What it is about")
    expect(page.get_by_label("Chess", exact=True)).to_be_checked()
    go_on(page, "When it is")
    page.get_by_label("Every week", exact=True).check()
    go_on(page, "Every week", "Go on")
    page.get_by_label("Tuesday").check()
    page.get_by_label("When does it start?").fill("6:30pm")
    page.get_by_label("When does it end?").fill("8pm")
    go_on(page, "Check the dates")
    expect(page.locator(".cd-panel strong")).to_contain_text("Every Tuesday, 6:30pm to 8pm")
    go_on(page, "Where it is", "These are right")
    page.get_by_label("At one place", exact=True).check()
    page.get_by_label("What is the postcode of the place?").fill("se24 0ng")
    go_on(page, "The place at")
    if page.get_by_label("Another place").count():
        page.get_by_label("Another place").check()
    page.get_by_label("What is the place called?").fill("Lantern Street Hall")
    go_on(page, "Who it is for")
    page.get_by_label("It is free").check()
    go_on(page, "The first visit")
    page.get_by_label("Drop in, no need to book").check()
    go_on(page, "How to get in touch")
    page.get_by_label("Phone number").fill("01632 960123")
    go_on(page, "A photo")
    go_on(page, name)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_of_posting_is_sound(
    browser: Browser, site: str, site_folder: Path, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size, bypass_csp=True)
    page = context.new_page()
    faults: list[str] = []

    def look() -> None:
        found = Axe().run(page, options=RULES)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if found.violations_count or wide > 0:
            faults.append(f"{page.url} {wide} {found.generate_report()}")

    def press(role: Literal["button", "link"], name: str) -> None:
        """The page is looked at only when the next one is there."""
        with page.expect_navigation():
            page.get_by_role(role, name=re.compile(name)).first.click()

    come_in(page, site, site_folder)
    look()
    write(page, f"Lantern Chess {time.monotonic_ns()}")
    look()
    draft = page.url.removesuffix("/check")
    for path in ("what", "interests", "when", "when/0/weekly", "when/0/monthly_weekday",
                 "when/0/once", "when/0/terms", "dates", "where", "venue", "who", "visit",
                 "contact", "photo", "delete"):  # fmt: skip
        page.goto(f"{draft}/{path}")
        for details in page.locator("main summary").all():
            details.click()
        look()
    page.goto(f"{draft}/contact")
    page.get_by_label("Phone number").fill("")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    look()
    page.goto(f"{draft}/check")
    press("button", "^Post it")
    look()
    groups = page.url
    press("link", "^Cancel or move")
    look()
    press("link", "^Move")
    look()
    page.goto(groups)
    press("link", "^It has stopped")
    look()

    assert faults == []
    context.close()
