"""What must hold on every page for coaches and leads, on a small phone and on a desktop: axe's
rules for WCAG 2.2 AA find nothing, nothing scrolls sideways, and the browser refuses nothing."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.coaching import come_in, made
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_every_page import RULES

OPTIONS = {**RULES, "resultTypes": ["violations"]}
FOR_LEADS = ("/coaching/team", "/coaching/worries", "/coaching/glass")


def test_every_page_for_coaches_is_sound(page: Page, context: BrowserContext, site: str) -> None:
    everything = made("everything")
    paths: list[str] = everything["paths"]
    faults: list[str] = []

    come_in(context, everything["coach"], site)
    for path in paths:
        if not path.startswith(FOR_LEADS):
            faults += faults_of(page, site + path)
    come_in(context, everything["lead"], site)
    for path in paths:
        if path.startswith(FOR_LEADS) or path in everything["other_for_leads"]:
            faults += faults_of(page, site + path)

    assert faults == []


def faults_of(page: Page, address: str) -> Iterator[str]:
    """What is wrong with a page, with everything on it unfolded."""
    answer = page.goto(address)
    assert answer
    if not answer.ok:
        yield f"{address} answers {answer.status}"
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        found = Axe().run(page, options=OPTIONS)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if found.violations_count:
            yield f"{address} at {size['width']}: {found.generate_report()}"
        if wide > 0:
            yield f"{address} at {size['width']} is {wide} too wide"
