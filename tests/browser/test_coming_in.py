"""Coming in, on a phone, by the mails that the worker really puts in the folder."""

import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from pyotp import TOTP

from tests.browser.conftest import DESKTOP, connectdo
from tests.browser.test_every_page import RULES

SMALL_PHONE = ViewportSize(width=360, height=740)
SECONDS_FOR_A_MAIL = 20
PASSWORD = "harbour violin thimble"


def link_mailed_to(folder: Path, address: str, path: str = "/sign-in/link/") -> str:
    """The link in the newest mail to an address, which the worker may still be putting there."""
    return mailed_to(folder, address, rf"http\S+{path}\S+")


def mailed_to(folder: Path, address: str, pattern: str) -> str:
    """What fits a pattern in the newest mail to an address that has it."""
    deadline = time.monotonic() + SECONDS_FOR_A_MAIL
    while time.monotonic() < deadline:
        for file in sorted((folder / "outbox").glob("*.eml"), reverse=True):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            found = re.search(pattern, mail.get_content())
            if mail["To"] == address and found:
                return found[0]
        time.sleep(0.1)
    raise TimeoutError(f"No mail came to {address}.")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SMALL_PHONE, java_script_enabled=request.param)
    yield context
    context.close()


def test_a_stranger_comes_in_by_a_link_and_signs_out_for_good(
    phone: BrowserContext, browser: Browser, site: str, site_folder: Path
) -> None:
    page, address = phone.new_page(), f"ada-{time.monotonic_ns()}@mail.example"
    page.goto(site)
    page.get_by_role("link", name="Add your group").click()
    page.get_by_label("Your email address").fill(address)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email")
    link = link_mailed_to(site_folder, address)

    scanner = browser.new_context()
    looked = scanner.new_page().goto(link)
    page.goto(link)
    expect(page.get_by_text(address)).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What it is")
    thief = browser.new_context(storage_state=phone.storage_state())
    copied = thief.new_page()
    copied.goto(f"{site}/account")
    expect(copied.get_by_role("heading", level=1)).to_have_text("Your account")
    page.goto(f"{site}/account")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    copied.goto(f"{site}/account")
    page.goto(link)

    assert looked is not None
    assert looked.status == 200
    expect(copied.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link has ended")
    scanner.close()
    thief.close()


@pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])
def test_an_administrator_sets_up_and_every_page_on_the_way_is_sound(
    browser: Browser, site: str, site_folder: Path, size: ViewportSize
) -> None:
    context = browser.new_context(viewport=size, bypass_csp=True)
    page, address = context.new_page(), f"grace-{time.monotonic_ns()}@mail.example"
    connectdo("people", "add", address, "--role", "administrator")

    page.goto(re.sub(r"http://[^/]+", site, link_mailed_to(site_folder, address)))
    expect_sound(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    expect_sound(page)
    page.get_by_label("New password").fill("password1")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect_sound(page)
    page.get_by_label("New password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").click()
    expect_sound(page)
    page.get_by_text("I cannot use the camera").click()
    secret = page.locator("strong", has_text=re.compile(r"^[A-Z2-7 ]{30,}$")).inner_text()
    page.get_by_label("Your code").fill(TOTP(secret.replace(" ", "")).now())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
    expect_sound(page)
    recovery_code = page.locator("main li").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    for path in ("/account", "/account/name", "/account/password", "/account/app"):
        page.goto(site + path)
        expect_sound(page)
    page.goto(f"{site}/account")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    expect_sound(page)
    page.goto(f"{site}/sign-in/password")
    expect_sound(page)
    page.get_by_label("Your email address").fill(address)
    page.get_by_label("Your password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    expect_sound(page)
    page.get_by_label("Your code").fill(recovery_code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("To look at")
    page.get_by_role("link", name="Your account").click()

    expect(page.get_by_text("7 recovery codes left")).to_be_visible()
    context.close()


def expect_sound(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
