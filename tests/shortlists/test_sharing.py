"""The link that a client takes home: what it shows, what they say there, and how it ends."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from connectdo.clients import actions as clients
from connectdo.clients.everything import copy_of
from connectdo.clients.forgetting import forget
from connectdo.clients.models import VOLUNTEER, Client
from connectdo.db import db, utc_now
from connectdo.listings.models import HIDDEN, STOPPED
from connectdo.people.secrets import hash_of
from connectdo.post.models import Mail
from connectdo.shortlists import actions, queries, sharing
from connectdo.shortlists.limits import MAILS_TO_AN_ADDRESS, REPLIES
from connectdo.shortlists.models import (
    LIKES,
    NO,
    REGULAR,
    SAYS_LIKE,
    SAYS_REMIND,
    Item,
    Reply,
    SharedList,
)
from connectdo.shortlists.models import STOPPED as STOPPED_GOING
from tests.factories import make_client, make_coach
from tests.shortlists.test_taking_home import CANARY, kept, page_of, share, words_of
from tests.visitor import Visitor


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Whoever has the link, in a browser of their own."""
    return Visitor(app)


def link_to(client: Client) -> str:
    """The path of a new link to all on a client's shortlist."""
    share(client)
    link = sharing.link_of(client)
    assert link
    return f"/l/{sharing.secret_of(link)}"


def said() -> list[tuple[int, str]]:
    db.session.expire_all()
    query = select(Reply).order_by(Reply.item_id, Reply.said)
    return [(each.item_id, each.said) for each in db.session.scalars(query)]


def test_the_list_behind_it_is_as_it_is_now(stranger: Visitor, mary: Client) -> None:
    choir, chess = kept(mary, "Choir", "Chess")
    link = link_to(mary)
    before = stranger.get(link).text

    choir.listing.cost = "£7 from now on"
    actions.drop(chess)
    db.session.commit()

    after = stranger.get(link).text
    assert "Choir" in before
    assert "Chess" in before
    assert "£7 from now on" in after
    assert "Chess" not in after


def test_it_says_of_nobody_whose_it_is(stranger: Visitor, mary: Client) -> None:
    mary.coach.name = "Ruth Winterbourne"
    kept(mary, "Choir")
    link = link_to(mary)

    page = stranger.get(link).text

    for word in ("Mary", "Ruth", mary.team.name, "SE24", CANARY, "My mother sang alto", "Bring a"):
        assert word not in words_of(page)
    assert "origin" not in page


def test_nothing_keeps_it_or_lists_it(stranger: Visitor, mary: Client) -> None:
    kept(mary, "Choir")

    for address in (link_to(mary), "/l/never-was"):
        headers = stranger.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in headers["X-Robots-Tag"]
    assert "Disallow: /l/" in stranger.get("/robots.txt").text


def test_only_a_hash_of_the_secret_is_kept(mary: Client) -> None:
    kept(mary, "Choir")
    secret = link_to(mary).removeprefix("/l/")

    link = db.session.scalars(select(SharedList)).one()

    assert len(secret) >= 32
    assert link.secret_hash == hash_of(secret)
    assert secret not in (link.salt, link.secret_hash)


def test_with_another_key_of_the_site_the_link_cannot_be_shown(
    app: Flask, visitor: Visitor, mary: Client
) -> None:
    kept(mary, "Choir")
    link = link_to(mary).removeprefix("/l/")

    db.session.scalars(select(SharedList)).one().salt = "another"
    db.session.commit()

    page = visitor.get(page_of(mary)).text
    assert link not in page
    assert "Make a new link" in page


def test_what_is_not_on_the_site_or_they_have_stopped_is_not_behind_it(
    stranger: Visitor, mary: Client
) -> None:
    hidden, over, stopped = kept(mary, "Taken down", "Over and done", "Had enough")
    link = link_to(mary)

    hidden.listing.status, over.listing.status = HIDDEN, STOPPED
    actions.get_to(stopped, mary.coach, STOPPED_GOING)
    db.session.commit()

    page = stranger.get(link).text
    assert "Taken down" not in page
    assert "Had enough" not in page
    assert "Over and done" in page
    assert "This has stopped." in page


def test_what_they_like_reaches_the_coach(
    visitor: Visitor, stranger: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")
    link = link_to(mary)

    answer = stranger.post(f"{link}/{choir.id}/like")

    assert "You said that you like Choir" in words_of(stranger.follow(answer).text)
    db.session.refresh(choir)
    assert choir.state == LIKES
    assert choir.steps[-1].by_id is None
    assert "Mary said “I like this” today." in visitor.get(shortlist_of(mary)).text
    assert "Mary has answered about 1 thing" in words_of(visitor.get("/coaching").text)
    client_page = visitor.get(f"/coaching/clients/{mary.id}").text
    assert "Mary has answered about 1 thing" in words_of(client_page)


def test_once_the_coach_has_seen_it_it_is_news_no_more(
    visitor: Visitor, stranger: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")
    stranger.post(f"{link_to(mary)}/{choir.id}/like")

    visitor.post(f"{shortlist_of(mary)}/{choir.id}/seen")

    assert "Mary said" not in visitor.get(shortlist_of(mary)).text
    assert "answered" not in visitor.get("/coaching").text
    db.session.refresh(choir)
    assert choir.state == LIKES


def test_what_is_not_for_them_keeps_why_and_may_be_thought_of_again(
    visitor: Visitor, stranger: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")
    link = link_to(mary)

    stranger.post(f"{link}/{choir.id}/no", why_not="Too loud\nfor me")
    no = [choir_now(choir).state, choir.why_not]
    shown = [stranger.get(link).text, visitor.get(shortlist_of(mary)).text]
    stranger.post(f"{link}/{choir.id}/like")

    assert no == [NO, "Too loud for me"]
    assert "I like this after all" in shown[0]
    assert "Too loud" not in shown[0]
    assert "Mary said “Not for me” today." in shown[1]
    assert choir_now(choir).state == LIKES
    assert said() == [(choir.id, SAYS_LIKE)]


def test_a_reminder_is_asked_for_and_nothing_else_changes(
    visitor: Visitor, stranger: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")
    link = link_to(mary)

    stranger.post(f"{link}/{choir.id}/remind")

    assert choir_now(choir).state == "idea"
    assert "You will be reminded" in stranger.get(link).text
    assert "Mary said “Remind me” today." in visitor.get(shortlist_of(mary)).text


def test_said_several_times_is_said_once(stranger: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")
    link = link_to(mary)

    for what in ("like", "like", "remind", "like", "remind"):
        stranger.post(f"{link}/{choir.id}/{what}")

    assert said() == [(choir.id, SAYS_LIKE), (choir.id, SAYS_REMIND)]
    assert [each.state for each in choir_now(choir).steps] == ["idea", LIKES]


def test_liking_takes_nothing_back_from_who_goes_regularly(stranger: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")
    actions.get_to(choir, mary.coach, REGULAR)
    link = link_to(mary)

    stranger.post(f"{link}/{choir.id}/like")

    assert choir_now(choir).state == REGULAR
    assert said() == [(choir.id, SAYS_LIKE)]


def test_what_was_taken_off_meanwhile_is_said_to_be_gone(stranger: Visitor, mary: Client) -> None:
    choir, _ = kept(mary, "Choir", "Chess")
    link = link_to(mary)
    actions.drop(choir)
    db.session.commit()

    answer = stranger.post(f"{link}/{choir.id}/like")

    assert "That is not on the list any more." in stranger.follow(answer).text
    assert said() == []


def test_nobody_answers_for_what_is_not_behind_their_link(stranger: Visitor, mary: Client) -> None:
    kept(mary, "Choir")
    (theirs,) = kept(make_client(name="John"), "Chess")

    stranger.post(f"{link_to(mary)}/{theirs.id}/like")

    assert choir_now(theirs).state == "idea"
    assert said() == []


def test_what_was_ticked_is_what_the_link_shows(
    visitor: Visitor, stranger: Visitor, mary: Client
) -> None:
    _, chess = kept(mary, "Choir", "Chess")

    visitor.post(page_of(mary, "/link"), item=str(chess.id))

    page = stranger.get(re.findall(r"/l/[\w-]+", visitor.get(page_of(mary)).text)[0]).text
    assert "Chess" in page
    assert "Choir" not in page


def test_a_link_ends_in_every_way_and_then_tells_nothing(
    visitor: Visitor, stranger: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")
    never = stranger.get("/l/never-was")
    links = [link_to(mary)]

    visitor.post(page_of(mary, "/link"))
    links.append(link_to(mary))
    visitor.post(page_of(mary, "/link/end"))
    links.append(link_to(mary))
    db.session.scalars(select(SharedList)).one().ends_at = utc_now() - timedelta(minutes=1)
    db.session.commit()
    answers = [stranger.get(each) for each in links]
    links.append(link_to(mary))
    clients.close(mary)
    db.session.commit()
    answers.append(stranger.get(links[-1]))

    assert {each.status_code for each in [never, *answers]} == {410}
    assert {each.text for each in answers} == {never.text}
    assert {stranger.post(f"{each}/{choir.id}/like").status_code for each in links} == {410}
    assert said() == []


def test_links_last_thirty_days(mary: Client) -> None:
    kept(mary, "Choir")
    link_to(mary)

    left = db.session.scalars(select(SharedList)).one().ends_at - utc_now()

    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)


def test_what_has_ended_is_forgotten_every_night(mary: Client) -> None:
    closed, old = make_client(name="John"), make_client(name="Ada")
    for each in (mary, closed, old):
        kept(each, "Choir")
        link_to(each)
    clients.close(closed)
    link = sharing.link_of(old)
    assert link
    link.ends_at = utc_now()
    db.session.commit()

    sharing.forget_ended()

    assert [each.client_id for each in db.session.scalars(select(SharedList))] == [mary.id]


def test_a_client_who_is_forgotten_leaves_no_link_and_no_answer(
    stranger: Visitor, mary: Client
) -> None:
    (choir,) = kept(mary, "Choir")
    link = link_to(mary)
    stranger.post(f"{link}/{choir.id}/like")

    forget(db.session.get_one(Client, mary.id))

    assert stranger.get(link).status_code == 410
    assert said() == []
    assert db.session.scalars(select(SharedList)).all() == []


def test_a_mail_that_waits_is_not_sent_once_its_link_has_ended(
    visitor: Visitor, mary: Client
) -> None:
    kept(mary, "Choir")
    link_to(mary)
    visitor.post(page_of(mary, "/mail"), email="mary@mail.example")
    waiting = len(db.session.scalars(select(Mail)).all())

    forget(db.session.get_one(Client, mary.id))

    assert waiting == 1
    assert db.session.scalars(select(Mail)).all() == []


def test_a_client_reads_what_is_held_of_their_link(stranger: Visitor, mary: Client) -> None:
    (choir,) = kept(mary, "Choir")
    stranger.post(f"{link_to(mary)}/{choir.id}/remind")

    told = str(copy_of(db.session.get_one(Client, mary.id)))

    assert "you said “Remind me”" in told
    assert "A link to it works until" in told


def test_a_link_is_not_answered_without_end(
    stranger: Visitor, mary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (choir,) = kept(mary, "Choir")
    link = link_to(mary)
    monkeypatch.setattr(
        "connectdo.shortlists.views.shared.REPLIES", type(REPLIES)(REPLIES.name, 2, REPLIES.minutes)
    )

    answers = [stranger.post(f"{link}/{choir.id}/remind").status_code for _ in range(3)]

    assert answers == [303, 303, 429]


def test_a_mail_has_the_link_and_tells_nothing_else(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Coping with depression")
    link = link_to(mary)

    visitor.post(page_of(mary, "/mail"), email="Mary@Mail.Example")

    (mail,) = db.session.scalars(select(Mail)).all()
    assert mail.recipient == "mary@mail.example"
    assert mail.subject == "Your list from Connect & Do"
    assert f"http://localhost{link}\n" in mail.body
    for word in ("Mary", "depression", "Coping", CANARY, mary.team.name):
        assert word not in mail.subject + mail.body


def test_the_mail_is_seen_before_it_is_sent(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")
    link_to(mary)

    page = visitor.get(page_of(mary)).text
    visitor.post(page_of(mary, "/mail"), email="mary@mail.example")

    (mail,) = db.session.scalars(select(Mail)).all()
    assert mail.subject.replace("&", "&amp;") in page
    for paragraph in mail.body.strip().split("\n\n"):
        assert paragraph.replace("&", "&amp;") in page


def test_an_address_that_is_none_is_asked_for_again(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")
    link_to(mary)

    response = visitor.post(page_of(mary, "/mail"), email="mary at home")

    assert response.status_code == 422
    assert "Enter an email address like" in response.text
    assert 'value="mary at home"' in response.text
    assert db.session.scalars(select(Mail)).all() == []


def test_without_a_link_nothing_is_mailed(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")

    response = visitor.post(page_of(mary, "/mail"), email="mary@mail.example")

    assert "Make the link first." in visitor.follow(response).text
    assert db.session.scalars(select(Mail)).all() == []


def test_nobody_is_mailed_without_end(
    visitor: Visitor, mary: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(mary, "Choir")
    link_to(mary)
    monkeypatch.setattr(
        "connectdo.shortlists.views.taking_home.MAILS_TO_AN_ADDRESS",
        type(MAILS_TO_AN_ADDRESS)(MAILS_TO_AN_ADDRESS.name, 1, 60),
    )

    answers = [
        visitor.post(page_of(mary, "/mail"), email="mary@mail.example").status_code
        for _ in range(2)
    ]

    assert answers == [303, 429]


def test_the_text_is_short_and_says_who_it_is_from(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Coping with depression")
    link = link_to(mary)

    page = visitor.get(page_of(mary)).text

    (text,) = re.findall(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)
    text = text.replace("&amp;", "&")
    assert text.startswith("Connect & Do: ")
    assert text.endswith(f"http://localhost{link}")
    assert len(sharing.as_text(f"https://connect.a-long-name-of-a-borough.example{link}")) < 160
    assert "Mary" not in text
    assert "depression" not in text


def test_a_colleague_sees_and_ends_the_link_too(app: Flask, mary: Client) -> None:
    kept(mary, "Choir")
    link = link_to(mary)
    colleague = Visitor(app)
    colleague.sign_in(make_coach("lead", mary.team))

    seen = colleague.get(page_of(mary)).text
    colleague.post(page_of(mary, "/link/end"))

    assert link in seen
    assert Visitor(app).get(link).status_code == 410


def test_a_volunteer_makes_a_link_for_their_own_client(app: Flask, visitor: Visitor) -> None:
    volunteer = make_coach(VOLUNTEER)
    client = make_client(volunteer)
    kept(client, "Choir")
    visitor.sign_in(volunteer)

    response = visitor.post(page_of(client, "/link"))

    assert "The link is made." in visitor.follow(response).text


def test_a_closed_record_is_not_shared(visitor: Visitor, mary: Client) -> None:
    kept(mary, "Choir")
    clients.close(mary)
    db.session.commit()

    answers = [
        visitor.post(page_of(mary, each)).status_code for each in ("/link", "/link/end", "/mail")
    ]

    assert answers == [404, 404, 404]
    assert visitor.get(page_of(mary, "/sheet")).status_code == 200


def test_an_empty_shortlist_is_not_shared(visitor: Visitor, mary: Client) -> None:
    response = visitor.post(page_of(mary, "/link"))

    assert "Put something on the shortlist first." in visitor.follow(response).text
    assert sharing.link_of(mary) is None


def shortlist_of(client: Client) -> str:
    return f"/coaching/clients/{client.id}/shortlist"


def choir_now(item: Item) -> Item:
    """The item as the database has it."""
    db.session.expire_all()
    found = queries.item_of(item.client, item.id)
    assert found
    return found
