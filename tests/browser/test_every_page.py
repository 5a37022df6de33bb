"""What must hold on every page, on a small phone and on a desktop: axe's rules for WCAG 2.2 AA
find nothing, nothing scrolls sideways, and everything can be pressed with a thumb."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESKTOP, PHONE

PAGES = [
    "/",
    "/?near=SE24+0NG",
    "/search",
    "/search?q=choir&near=SE24+0NG",
    "/search?q=choir&near=SE24+0NG&access=step_free&time=evening&within=2",
    "/search?q=choir&near=SE24+0NG&view=map",
    "/search?near=SE24+0NG&page=2",
    "/search?q=zzzzqqq",
    "/search?q=choir&near=Brixton",
    "/search?q=i+want+to+die",
    "/listings/1",
    "/listings/30",
    "/listings/1/report",
    "/listings/1/reported",
    "/listings/1/embed",
    "/listings/1/poster",
    "/organisations/1",
    "/organisations/1/embed",
    "/interests",
    "/interests/choir",
    "/areas",
    "/areas/lambeth",
    "/my-list",
    "/help-now",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/add-your-group",
    "/sign-in",
    "/sign-in?next=/account",
    "/sign-in/sent",
    "/sign-in/link/never-was",
    "/l/never-was",
    "/sign-in/password",
    "/signed-out",
    "/nowhere",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="session", params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def looked_at(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in which axe may run: the policy, tested elsewhere, would refuse its script."""
    context = browser.new_context(viewport=request.param, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(looked_at: Page, site: str, path: str) -> None:
    looked_at.goto(site + path)

    found = Axe().run(looked_at, options=RULES)
    sideways = looked_at.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    too_small = looked_at.evaluate(
        """() => [...document.querySelectorAll("button, select, input:not([type=hidden])")]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 24)
            .map(e => e.outerHTML)"""
    )

    assert found.violations_count == 0, found.generate_report()
    assert sideways <= 0
    assert too_small == []
