"""On a tablet whose signal goes: notes and a new order are kept on it, and all sent once."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.browser.coaching import coach_with_client, come_in
from tests.browser.wire import Wire

TABLET = ViewportSize(width=820, height=1180)


@pytest.fixture
def wire(site: str) -> Iterator[Wire]:
    wire = Wire(urlsplit(site).port or 0)
    yield wire
    wire.close()


@pytest.fixture
def known(site: str) -> dict[str, Any]:
    """A coach whose client has three things on her shortlist."""
    return coach_with_client(3)


@pytest.fixture
def tablet(browser: Browser, wire: Wire, known: dict[str, Any]) -> Iterator[BrowserContext]:
    """The coach's, signed in, reaching the site by the wire."""
    context = browser.new_context(viewport=TABLET, base_url=f"http://127.0.0.1:{wire.port}")
    context.add_cookies(
        [{"name": "session", "value": known["cookie"], "url": f"http://127.0.0.1:{wire.port}"}]
    )
    yield context
    context.close()


def open_everything(page: Page, known: dict[str, Any]) -> str:
    """Turns it on, and opens the shortlist and each thing on it; the shortlist's path."""
    page.goto("/coaching/without-signal")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("button", name="Turn it off")).to_be_visible()
    shortlist = f"/coaching/clients/{known['client']}/shortlist"
    for item in known["items"]:
        page.goto(f"{shortlist}/{item}")
    page.goto(shortlist)
    # What is answered is kept a moment after it is shown.
    page.reload()
    return shortlist


def write_note(page: Page, name: str, note: str) -> None:
    page.get_by_role("link", name=f"Change {name}").click()
    page.get_by_label("A note for them (optional)").fill(note)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#waiting")).to_be_visible()


def test_three_notes_and_a_new_order_written_without_a_signal_are_all_there_once(
    tablet: BrowserContext, wire: Wire, known: dict[str, Any]
) -> None:
    page = tablet.new_page()
    open_everything(page, known)
    first, second, third = known["names"]

    wire.cut()
    write_note(page, first, "Bring a coat")
    write_note(page, second, "Ask for Ines")
    write_note(page, third, "The red door")
    page.get_by_role("button", name=f"Up {third}").click()
    expect(page.locator("#waiting")).to_contain_text("4 changes wait")
    expect(page.get_by_text("You have no signal")).to_be_visible()
    wire.mend()
    page.reload()

    expect(page.locator(".cd-sheet__name").nth(1)).to_have_text(third)
    expect(page.locator("#waiting")).to_have_count(0)
    expect(page.locator(".cd-sheet__name")).to_have_text([first, third, second])
    for note in ("Bring a coat", "Ask for Ines", "The red door"):
        expect(page.get_by_text(note)).to_have_count(1)


def test_what_somebody_else_changed_meanwhile_is_shown_and_nothing_is_lost(
    tablet: BrowserContext, browser: Browser, site: str, wire: Wire, known: dict[str, Any]
) -> None:
    page = tablet.new_page()
    shortlist = open_everything(page, known)
    name = known["names"][0]
    colleague = browser.new_context()
    colleague.add_cookies([{"name": "session", "value": known["cookie"], "url": site}])

    wire.cut()
    write_note(page, name, "From the tablet")
    other = colleague.new_page()
    other.goto(f"{site}{shortlist}/{known['items'][0]}")
    other.get_by_label("A note for them (optional)").fill("From the office")
    other.get_by_role("button", name="Save").click()
    wire.mend()
    page.reload()

    expect(page.locator("#waiting")).to_contain_text(f"Somebody else changed {name}")
    expect(page.locator("#waiting")).to_contain_text("From the tablet")
    expect(page.get_by_text("From the office")).to_be_visible()
    page.get_by_role("button", name="I have seen this").click()
    expect(page.locator("#waiting")).to_have_count(0)
    colleague.close()


def test_a_colleague_on_the_same_tablet_reads_nothing_that_was_kept_and_is_not_held_up(
    tablet: BrowserContext, wire: Wire, known: dict[str, Any]
) -> None:
    page, colleague = tablet.new_page(), coach_with_client(1)
    theirs = open_everything(page, known)

    wire.cut()
    write_note(page, known["names"][0], "Bring a coat")
    wire.mend()
    come_in(tablet, colleague["cookie"], page.url.partition("/coaching")[0])
    page.goto(f"/coaching/clients/{colleague['client']}/shortlist")
    page.get_by_role("link", name=f"Change {colleague['names'][0]}").click()
    page.get_by_label("A note for them (optional)").fill("Ask for Ines")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Ask for Ines")).to_be_visible()
    wire.cut()
    page.goto(theirs)

    expect(page.get_by_text("This page is not kept on this device")).to_be_visible()
    expect(page.get_by_text("Bring a coat")).to_have_count(0)


def test_nothing_can_be_read_on_the_device_and_signing_out_clears_it(
    tablet: BrowserContext, wire: Wire, known: dict[str, Any]
) -> None:
    page = tablet.new_page()
    open_everything(page, known)

    kept = page.evaluate(EVERYTHING_KEPT)
    page.goto("/account")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out", exact=True).click()
    after = page.evaluate(EVERYTHING_KEPT)

    assert kept["rows"] >= 4
    assert not any(name in kept["text"] for name in (*known["names"], "Mary"))
    assert after["rows"] == 0


EVERYTHING_KEPT = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name);
  let rows = 0, text = "";
  for (const name of names) {
    const database = await new Promise((resolve) => {
      indexedDB.open(name).onsuccess = (event) => resolve(event.target.result);
    });
    for (const store of database.objectStoreNames) {
      const found = await new Promise((resolve) => {
        const all = database.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => resolve(all.result);
      });
      rows += found.length;
      for (const row of found) text += JSON.stringify(row) + new TextDecoder().decode(row.sealed);
    }
    database.close();
  }
  return { rows, text };
}"""
