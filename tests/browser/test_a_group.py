"""The life of a group's page, as three people live it: Ada, who runs a chess club and has only a
phone; Mo, who moderates Lambeth; and a visitor who looks for chess.

Ada's phone runs no script. Everything goes through the real pages and the mails that the worker
really puts in the folder; only the three months until "Is it still right?" are not waited for.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from pyotp import TOTP

from tests.browser.conftest import DESKTOP, connectdo
from tests.browser.test_coming_in import PASSWORD, SMALL_PHONE, link_mailed_to, mailed_to
from tests.browser.test_posting import come_in, write

SECONDS_TO_BE_FOUND = 20
THREE_MONTHS_LATER = """
import sys
from datetime import timedelta
from sqlalchemy import select
from connectdo import create_app
from connectdo.db import db
from connectdo.listings.models import Listing
from connectdo.moderation.asking import ask_around
with create_app().app_context():
    listing = db.session.scalars(select(Listing).where(Listing.name == sys.argv[1])).one()
    listing.confirmed_on -= timedelta(days=100)
    ask_around()
"""


@pytest.fixture
def ada(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SMALL_PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def mo(browser: Browser, site: str, site_folder: Path) -> Iterator[Page]:
    """Has come in with a password and an app for codes."""
    context = browser.new_context(viewport=DESKTOP)
    page, address = context.new_page(), f"mo-{time.monotonic_ns()}@mail.example"
    connectdo("people", "add", address, "--role", "moderator", "--area", "Lambeth")
    page.goto(on(site, link_mailed_to(site_folder, address)))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("I cannot use the camera").click()
    secret = page.locator("strong", has_text=re.compile(r"^[A-Z2-7 ]{30,}$")).inner_text()
    page.get_by_label("Your code").fill(TOTP(secret.replace(" ", "")).now())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
    yield page
    context.close()


def on(site: str, link: str) -> str:
    """A link that was mailed by a command, which does not know at which port the site runs."""
    return re.sub(r"http://[^/]+", site, link)


def decide(mo: Page, site: str, name: str, decision: str, words: str = "") -> None:
    mo.goto(f"{site}/moderation")
    mo.get_by_role("link", name=name).click()
    mo.get_by_label(decision).check()
    mo.get_by_label("What do you want to tell them?").fill(words)
    mo.get_by_role("button", name="Decide").click()
    expect(mo.get_by_role("heading", level=1)).to_have_text("To look at")


def find(visitor: Page, site: str, name: str) -> None:
    """Searches until the carrier has brought it to the index, and opens it."""
    deadline = time.monotonic() + SECONDS_TO_BE_FOUND
    while time.monotonic() < deadline:
        visitor.goto(f"{site}/search?q=chess&near=SE24+0NG")
        if visitor.get_by_role("link", name=name).count():
            visitor.get_by_role("link", name=name).first.click()
            return
        time.sleep(0.2)
    raise TimeoutError(f"{name} is not found.")


def day_off_in(file: str) -> str:
    """The day that a calendar leaves out, in words."""
    out = datetime.strptime(re.findall(r"EXDATE[^:]*:(\d{8})", file)[0], "%Y%m%d")
    return f"{out:%A} {out.day} {out:%B}"


def test_a_group_is_added_checked_found_changed_and_confirmed(
    ada: Page, mo: Page, page: Page, browser: Browser, site: str, site_folder: Path, tmp_path: Path
) -> None:
    name = f"Lantern Chess {time.monotonic_ns()}"

    # Ada adds her group. Nobody else sees it yet.
    address = come_in(ada, site, site_folder)
    write(ada, name)
    ada.get_by_role("button", name="Post it").click()
    expect(ada.get_by_text("It waits for a moderator")).to_be_visible()

    # Mo asks for a change; Ada reads it in her mail and among her groups, and changes it.
    decide(mo, site, name, "Ask for a change", "Which door is it?")
    mailed_to(site_folder, address, r"Which door is it\?")
    ada.goto(f"{site}/your-groups")
    expect(ada.get_by_text("Which door is it?")).to_be_visible()
    ada.get_by_role("button", name=f"Change it {name}").click()
    ada.get_by_role("link", name="Change how to join and the first visit").click()
    ada.get_by_label("What happens on somebody's first visit?").fill("Ring at the red door.")
    ada.get_by_role("button", name="Save and go on").click()
    ada.get_by_role("button", name="Send my change").click()
    expect(ada.get_by_text("It waits for a moderator")).to_be_visible()

    # Mo approves it, and a visitor finds it.
    decide(mo, site, name, "Approve")
    find(page, site, name)
    expect(page.get_by_text("Ring at the red door.")).to_be_visible()
    group = page.url

    # Ada cancels the next date. The page and the calendar say so at once.
    ada.goto(f"{site}/your-groups")
    ada.get_by_role("link", name=f"Cancel or move a date of {name}").click()
    day = ada.locator(".cd-dates strong").first.inner_text().split(",")[0]
    ada.get_by_role("button", name=re.compile(f"^Cancel {day}")).click()
    expect(ada.get_by_text(f"{day} is cancelled.")).to_be_visible()
    page.goto(group)
    expect(page.get_by_text(f"Not on {day}")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Add to calendar").click()
    download.value.save_as(tmp_path / "chess.ics")
    file = (tmp_path / "chess.ics").read_text()
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert str(event["SUMMARY"]) == name
    assert day.startswith(day_off_in(file))

    # Three months on she is asked if it is still right. A program that looks through her mail opens
    # the link, and confirms nothing. She opens it and presses the button, without signing in.
    before = confirmed(page, group)
    subprocess.run([sys.executable, "-c", THREE_MONTHS_LATER, name], check=True)
    link = on(site, link_mailed_to(site_folder, address, "/still-right/"))
    asked = confirmed(page, group)
    scanner = browser.new_context()
    scanner.new_page().goto(link)
    looked = confirmed(page, group)
    anywhere = scanner.new_page()
    anywhere.goto(link)
    anywhere.get_by_role("button", name="Yes, still right").click()
    expect(anywhere.get_by_role("heading", level=1)).to_have_text("Thank you")
    scanner.close()
    assert asked == looked != before
    assert confirmed(page, group) == before


def confirmed(page: Page, group: str) -> str:
    """What the page says of when it was last confirmed."""
    page.goto(group)
    return page.get_by_text("last confirmed on").inner_text()
