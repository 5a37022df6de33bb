"""Mary's story, as her coach plays it on a tablet: from an occupational therapist who passes on her
name, to the look back 3 months after the 12 weeks, when she goes on alone.

Everything is done on the real pages. It begins half a year ago, so each contact is written down
with its day, as a coach does who had no time for it that day; only the answers about loneliness
and the plan to go somewhere are of today.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from connectdo.days import london_today
from tests.browser.coaching import come_in, made
from tests.browser.test_coming_in import SMALL_PHONE

TABLET = ViewportSize(width=820, height=1180)
FIRST_MEETING = london_today() - timedelta(weeks=26)
TOMORROW = london_today() + timedelta(days=1)


def after(*, weeks: int = 0, days: int = 0) -> str:
    """A day after the first meeting, as a coach writes it."""
    return written(FIRST_MEETING + timedelta(weeks=weeks, days=days))


def written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@pytest.fixture
def tablet(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """The coach's, signed in."""
    context = browser.new_context(viewport=TABLET, base_url=site)
    come_in(context, made("coach")["cookie"], site)
    yield context
    context.close()


def test_marys_story(tablet: BrowserContext, browser: Browser) -> None:
    page = tablet.new_page()

    # An occupational therapist passes on Mary's name. The coach needs no more, and phones.
    add_mary(page)
    write_down(page, "Call", 12, after(days=-4), "Introduction")

    # They meet in a cafe, and talk about what she loves.
    write_down(page, "Face to face", 60, after(), "First meeting")
    begin_the_12_weeks(page)
    ask_if_notes_may_be_kept(page)
    she_says(page, "Singing with my mother in the kitchen", "They love it")
    she_says(page, "Grow my own tomatoes", "They hope to do it one day")
    she_starts_from(page, "SE27 0HP", needs="Step-free access")
    she_answers_on_the_tablet(page, "At the start", "Often")

    # They look together at what suits her. Three things she likes are on the list she takes home.
    kept = keep_three(page)
    link = make_something_to_take_home(page, kept)
    on_her_phone_she_likes(browser, link, kept[0])
    expect_on_home(page, "Mary has answered about 1 thing")

    # They go to all three together; the morning after each, the coach calls.
    plan_to_visit_tomorrow(page, kept[0])
    expect_on_home(page, f"Mary Visiting {kept[0]} together, tomorrow")
    for number, name in enumerate(kept):
        write_down(page, "Visit together", 40, after(weeks=2 + number))
        write_down(page, "Call", 12, after(weeks=2 + number, days=1), "Call the day after a visit")
        say_where_it_has_got_to(page, name, "Tried it")

    # Texts and e-mails go back and forth. They review it at 6 weeks; the last time, at 12, they
    # meet in the garden where she has begun to grow tomatoes.
    write_down(page, "Text", 120, after(weeks=5), how_many=37)
    write_down(page, "Face to face", 30, after(weeks=6), "Review at 6 weeks")
    write_down(page, "Visit together", 90, after(weeks=12), "Last meeting at 12 weeks")
    say_where_it_has_got_to(page, kept[0], "Goes regularly")
    end_the_12_weeks(page, after(weeks=12))

    # 3 months later the coach is reminded, and calls. She is less lonely, and goes on alone.
    expect_on_home(page, "Mary Look back 3 months later, since")
    call_to_look_back(page, 12)
    she_answers_on_the_tablet(page, "Looking back, 3 months later", "Some of the time")
    write_down_what_she_went_on_to_do(page, "Joined a group", "Met new people")

    expect_change(page, "Mary’s loneliness went from 9 to 6. It is lower than before.")
    expect_totals(page)
    expect_nothing_more_is_due(page)


def open_page(page: Page, tab: str) -> None:
    """One of Mary's pages, from another of them or from the coach's home."""
    tabs = page.get_by_role("navigation", name="Mary")
    if not tabs.count():
        page.goto("/coaching")
        page.get_by_role("link", name="Mary", exact=True).last.click()
    tabs.get_by_role("link", name=tab, exact=True).click()
    expect(tabs.locator("[aria-current]")).to_have_text(tab)


def add_mary(page: Page) -> None:
    page.goto("/coaching")
    page.get_by_role("link", name="Add somebody").click()
    page.get_by_label("What do they like to be called?").fill("Mary")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mary")


def write_down(
    page: Page, kind: str, minutes: int, day: str, purpose: str = "", *, how_many: int = 1
) -> None:
    open_page(page, "Mary")
    page.get_by_role("link", name=f"{kind} with Mary").click()
    page.get_by_role("link", name="Another day, several at once, or a line about it").click()
    page.get_by_label("How many minutes did it take?").fill(str(minutes))
    page.get_by_label("Which day was it?").fill(day)
    page.get_by_label("How many were there?").fill(str(how_many))
    page.get_by_label("What was it for?").select_option(label=purpose or "Nothing in particular")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Mary: ")


def begin_the_12_weeks(page: Page) -> None:
    """On the day that they met, which the page knows."""
    page.get_by_role("link", name="Begin the 12 weeks").click()
    expect(page.get_by_label("When did you first meet?")).to_have_value(after())
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Week 27")).to_be_visible()


def ask_if_notes_may_be_kept(page: Page) -> None:
    open_page(page, "Mary")
    page.get_by_role("link", name="Ask if you can keep notes").click()
    for question in (
        "Can I keep a few notes",
        "Can we count you",
        "Can I tell the person who sent",
    ):
        page.get_by_role("group", name=re.compile(question)).get_by_label("Yes").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Yes, on")).to_have_count(3)


def she_says(page: Page, words: str, feeling: str) -> None:
    open_page(page, "Mary")
    page.get_by_label("What do they love, or hope to do?").fill(words)
    page.get_by_label(feeling, exact=True).check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text(f"“{words}”")).to_be_visible()


def she_starts_from(page: Page, postcode: str, *, needs: str) -> None:
    """Only the first half of it is kept."""
    open_page(page, "About them")
    page.get_by_label("Where do they start from?").fill(postcode)
    page.get_by_label(needs).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Near {postcode.split()[0]}", exact=True)).to_be_visible()


def she_answers_on_the_tablet(page: Page, moment: str, answer: str) -> None:
    """Three questions about loneliness, on a page that leads nowhere else. She hands it back."""
    open_page(page, "How they are")
    page.get_by_role("link", name="Ask how they are").click()
    page.get_by_label("Loneliness (UCLA, 3 questions)").check()
    page.get_by_label(moment).check()
    page.get_by_label("On this device, which you hand over").check()
    page.get_by_role("button", name="Go on").click()
    questions = page.locator(".cd-question")
    expect(questions).to_have_count(3)
    for question in questions.all():
        question.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Send my answers").click()
    page.get_by_role("link", name="I am the coach").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coaching")


def keep_three(page: Page) -> list[str]:
    """The first three that suit her; their names."""
    open_page(page, "Find")
    suitable = page.locator(".cd-result__name")
    names = [suitable.nth(number).inner_text() for number in range(3)]
    for name in names:
        page.get_by_role("button", name=f"Add to the shortlist {name}", exact=True).click()
        expect(page.get_by_text(f"{name} is on the shortlist.")).to_be_visible()
    return names


def make_something_to_take_home(page: Page, names: list[str]) -> str:
    """A sheet of paper, and a link to the same for her phone; the link's address."""
    open_page(page, "Shortlist")
    page.get_by_role("link", name="Something to take home").click()
    page.get_by_role("button", name="Make the link and QR code").click()
    link = page.locator(".cd-share__address").inner_text()
    page.get_by_role("button", name="See the sheet").click()
    expect(page.locator("h2")).to_have_text(names)
    return link


def on_her_phone_she_likes(browser: Browser, link: str, name: str) -> None:
    phone = browser.new_context(viewport=SMALL_PHONE)
    page = phone.new_page()
    page.goto(link)
    page.get_by_role("button", name=f"I like this {name}", exact=True).click()
    expect(page.get_by_text("You said that you like")).to_be_visible()
    phone.close()


def expect_on_home(page: Page, words: str) -> None:
    page.goto("/coaching")
    expect(page.get_by_role("listitem").filter(has_text=words).first).to_be_visible()


def open_thing(page: Page, name: str) -> None:
    """Something on her shortlist."""
    open_page(page, "Shortlist")
    page.get_by_role("link", name=f"Change {name}", exact=True).click()


def plan_to_visit_tomorrow(page: Page, name: str) -> None:
    open_thing(page, name)
    page.get_by_label("Visiting together", exact=True).check()
    page.get_by_label("If you visit together, on which day?").fill(written(TOMORROW))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Visiting together on")).to_be_visible()


def say_where_it_has_got_to(page: Page, name: str, where: str) -> None:
    open_thing(page, name)
    page.get_by_label(where, exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".cd-sheet__entry").filter(has_text=name)).to_contain_text(where)


def end_the_12_weeks(page: Page, day: str) -> None:
    open_page(page, "12 weeks")
    page.get_by_role("link", name="End the 12 weeks").click()
    page.get_by_label("When did they end?").fill(day)
    page.get_by_label("They go on alone").check()
    page.get_by_role("button", name="End the 12 weeks").click()
    expect(page.get_by_text("after 12 weeks. They go on alone.")).to_be_visible()


def call_to_look_back(page: Page, minutes: int) -> None:
    """Today, so that it takes two taps and the minutes."""
    open_page(page, "12 weeks")
    page.get_by_text("Done, or another day").click()
    page.get_by_role("link", name="Write it down").click()
    page.get_by_label("Another number of minutes").fill(str(minutes))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Mary: Call, {minutes} minutes.")


def write_down_what_she_went_on_to_do(page: Page, *what: str) -> None:
    open_page(page, "How they are")
    page.get_by_role("link", name="Add what they went on to do").click()
    for each in what:
        page.get_by_label(each).check()
    page.get_by_role("button", name="Save").click()
    for each in what:
        expect(page.locator(".cd-ticks")).to_contain_text(each)


def expect_change(page: Page, sentence: str) -> None:
    open_page(page, "How they are")
    expect(page.get_by_role("heading", name=sentence)).to_be_visible()
    expect(page.get_by_role("img", name="Bar chart")).to_be_visible()


def expect_totals(page: Page) -> None:
    """5 hours face to face are 300 minutes: 60, 120 on visits, 90 in the garden and 30."""
    open_page(page, "12 weeks")
    in_all = "5 calls, 37 texts and e-mails, 5 hours face to face, 8 hours in all"
    expect(page.get_by_text(in_all)).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(6)
    rows = {
        row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").all_inner_texts()
        for row in page.get_by_role("row").all()[1:]
    }
    assert rows == {
        "Call": ["5", "60"],
        "Text": ["37", "120"],
        "Face to face": ["2", "90"],
        "Visit together": ["4", "210"],
        "In all": ["48", "480"],
    }


def expect_nothing_more_is_due(page: Page) -> None:
    expect(page.get_by_text("They go on alone.")).to_be_visible()
    expect(page.get_by_text("Nothing more is waiting.")).to_be_visible()
    page.goto("/coaching")
    expect(page.get_by_role("heading", name="Today")).to_have_count(0)
