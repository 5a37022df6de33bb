"""Where a form may send a visitor back to, judged by how a browser reads addresses, not by us."""

import random

from playwright.sync_api import Page

from connectdo.local import is_local

HERE = "https://here.example"
READ = """([addresses, here]) => addresses.map(each => {
    try { return new URL(each, here + "/sign-in?next=x").origin } catch { return "none" }
})"""
AWAY = "elsewhere.example"
# Ways to another site, or to none, that were tried on programs like this one.
VECTORS = [
    *(f"{start}{AWAY}" for start in ("//", "///", "////", "/\\", "\\/", "\\\\", "/\\/", "\\")),
    *(f"{start}{AWAY}" for start in ("/\t/", "/\n/", "/\r/", "\t//", " //", "\x00//", "/\x0b/")),
    *(f"{start}{AWAY}" for start in ("/.//", "/..//", "/%2f/", "/%5c", "/;//", "//;@", "/@")),
    *(
        f"{start}{AWAY}"
        for start in ("https:", "https:/", "https:\\", "HTTPS://", "http:", "https:///")
    ),
    *(f"//{AWAY}/{end}" for end in ("..", "%2f..", "?/", "#/")),
    f"https://here.example@{AWAY}/",
    f"//here.example.{AWAY}",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
]
PIECES = ["/", "/", "\\", ".", "..", ":", "@", "?", "#", "%2f", "\t", "\n", " ", "\x00", "a", AWAY]
# What the much-copied test lets through.
STARTS_WELL = [each for each in VECTORS if each.startswith("/") and not each.startswith("//")]


def made_up(how_many: int) -> list[str]:
    chance = random.Random(1)
    return [
        "/" + "".join(chance.choices(PIECES, k=chance.randrange(1, 8))) for _ in range(how_many)
    ]


def origins(page: Page, addresses: list[str]) -> list[str]:
    found: list[str] = page.evaluate(READ, [addresses, HERE])
    return found


def test_a_browser_would_be_led_away_by_addresses_that_begin_well(page: Page) -> None:
    """Or the test below would find nothing for want of anything to find."""
    assert len(VECTORS) >= 36
    assert [each for each in origins(page, STARTS_WELL) if each != HERE]


def test_no_browser_is_led_away_from_this_site(page: Page) -> None:
    taken = [each for each in (*VECTORS, *made_up(5_000)) if is_local(each)]

    assert len(taken) > 50
    assert set(origins(page, taken)) == {HERE}
