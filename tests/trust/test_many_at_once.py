"""Many people at a served site do the same thing in the same moment: nothing is lost, and of what
is there once, one has it."""

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from connectdo.access import COACH
from connectdo.db import db
from connectdo.moderation.models import Version
from connectdo.people import here
from connectdo.people.coming_in import make_recovery_codes
from connectdo.people.models import Person, RecoveryCode, SignIn
from connectdo.people.secrets import RECOVERY_CODES
from connectdo.people.tickets import CODE, SIGN_IN, issue
from connectdo.posting import actions
from connectdo.posting.models import Draft
from connectdo.search.finding import moment
from connectdo.shortlists.actions import keep
from connectdo.shortlists.models import LIKES, Item
from tests.factories import make_client, make_listing, make_person
from tests.trust.site import FULL, GunicornAlone, Site, say
from tests.visitor import Visitor

EDITS = 100 if FULL else 20
TAKERS = 50 if FULL else 10
Answer = tuple[int, str]


def all_at_once(ask: Callable[[int], Answer], people: int) -> list[Answer]:
    """What each of them is answered; none asks before all are there."""
    ready = Barrier(people)

    def come(number: int) -> Answer:
        ready.wait()
        return ask(number)

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(come, range(people)))


def post(site: Site, browser: Visitor, path: str, **fields: str) -> Answer:
    """A form sent to a served site with a browser's cookie; `fields` have its token."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"session={browser.cookie()}",
    }
    return site.ask("POST", path, urlencode(fields), headers)


def test_of_many_who_change_one_thing_one_is_heard_and_the_others_keep_their_words(
    app: Flask, visitor: Visitor
) -> None:
    mary = make_client()
    item = keep(mary, mary.coach, make_listing("Lantern choir"), moment(None).date())
    db.session.commit()
    visitor.sign_in(mary.coach)
    path = f"/coaching/clients/{mary.id}/shortlist/{item.id}"
    fields = {"number": f"{item.number}", "state": LIKES, "csrf_token": visitor.token()}

    with GunicornAlone() as site:
        answers = all_at_once(
            lambda n: post(site, visitor, path, **fields, note=f"Words of number {n}."), EDITS
        )
    db.session.rollback()
    kept = db.session.get_one(Item, item.id, populate_existing=True)
    heard = [n for n, (status, _) in enumerate(answers) if status == 303]
    told = [n for n, (status, _) in enumerate(answers) if status == 409]
    say(f"== {EDITS} changes of a shortlist at once: {len(heard)} kept, {len(told)} told")

    assert [f"Words of number {n}." for n in heard] == [kept.note]
    assert len(told) == EDITS - 1
    assert all(f"Words of number {n}." in answers[n][1] for n in told)
    assert all(kept.note in answers[n][1] for n in told)


def test_of_many_who_change_one_record_one_is_heard_and_the_others_keep_their_words(
    app: Flask, visitor: Visitor
) -> None:
    mary = make_client(name="Mary")
    visitor.sign_in(mary.coach)
    path = f"/coaching/clients/{mary.id}/about"
    as_read = re.search(r'name="as_read"[^>]*value="([^"]+)"', visitor.get(path).text)
    assert as_read
    fields = {"as_read": as_read[1], "csrf_token": visitor.token()}

    with GunicornAlone() as site:
        answers = all_at_once(
            lambda n: post(site, visitor, path, **fields, name=f"Mary {n}"), EDITS
        )
    db.session.refresh(mary)
    heard = [n for n, (status, _) in enumerate(answers) if status == 303]
    told = [n for n, (status, _) in enumerate(answers) if status == 409]
    say(f"== {EDITS} changes of a client's record at once: {len(heard)} kept, {len(told)} told")

    assert [f"Mary {n}" for n in heard] == [mary.name]
    assert len(told) == EDITS - 1
    assert all(f'value="Mary {n}"' in answers[n][1] for n in told)


def test_of_many_who_change_one_listing_one_is_heard_and_the_others_keep_their_drafts(
    app: Flask,
) -> None:
    choir = make_listing("Lantern choir", organisation="Singers", weekly="Tue 18:30")
    people = [make_person(looks_after=choir.organisation) for _ in range(EDITS)]
    drafts = [actions.begin_change(each, choir, moment(None).date()) for each in people]
    for n, draft in enumerate(drafts):
        draft.answers = {**draft.answers, "description": f"Words of number {n}."}
    db.session.commit()
    browsers = [Visitor(app) for _ in people]
    for browser, person in zip(browsers, people, strict=True):
        browser.sign_in(person)
    tokens = [browser.token() for browser in browsers]

    with GunicornAlone() as site:
        answers = all_at_once(
            lambda n: post(
                site,
                browsers[n],
                f"/your-groups/drafts/{drafts[n].id}/send",
                csrf_token=tokens[n],
            ),
            EDITS,
        )
    db.session.rollback()
    versions = db.session.scalars(
        select(Version).where(Version.made_by_id.is_not(None), Version.listing_id == choir.id)
    )
    told = [n for n, (_, page) in enumerate(answers) if f"{drafts[n].id}/both" in page]
    waiting = list(db.session.scalars(select(Draft)))
    say(f"== {EDITS} changes of a listing at once: {EDITS - len(told)} kept, {len(told)} told")

    assert {status for status, _ in answers} == {303}
    assert [each.said["description"] for each in versions] == [
        f"Words of number {n}." for n in range(EDITS) if n not in told
    ]
    assert len(told) == EDITS - 1
    assert {each.answers["description"] for each in waiting} == {
        f"Words of number {n}." for n in told
    }


def test_a_link_to_sign_in_lets_one_of_many_in(app: Flask, visitor: Visitor) -> None:
    person = make_person()
    secret = issue(SIGN_IN, person.email)
    db.session.commit()
    token = visitor.token()

    with GunicornAlone() as site:
        answers = all_at_once(
            lambda _: post(site, visitor, f"/sign-in/link/{secret}", csrf_token=token), TAKERS
        )
    came = Counter(status for status, _ in answers)
    say(f"== {TAKERS} at once with one link to sign in: {dict(came)}")

    assert came == {303: 1, 410: TAKERS - 1}
    assert sign_ins_of(person) == 1


def test_a_recovery_code_lets_one_of_many_in(app: Flask, visitor: Visitor) -> None:
    person = make_person("", COACH)
    assert person.second_step
    code = make_recovery_codes(person.second_step)[0]
    half_way = issue(CODE, person.email)
    db.session.commit()
    visitor.put_in_cookie(**{here.HALF: half_way})
    token = visitor.token()

    with GunicornAlone() as site:
        answers = all_at_once(
            lambda _: post(site, visitor, "/sign-in/code", code=code, csrf_token=token), TAKERS
        )
    # Who comes after is told that the code is used, or led to begin again.
    came = [page for status, page in answers if status == 303 and "/sign-in/password" not in page]
    left = db.session.scalar(select(func.count(RecoveryCode.id)))
    say(f"== {TAKERS} at once with one recovery code: {len(came)} came in")

    assert len(came) == 1
    assert {status for status, _ in answers} <= {303, 422}
    assert left == RECOVERY_CODES - 1
    assert sign_ins_of(person) == 1


def sign_ins_of(person: Person) -> int:
    db.session.rollback()
    mine = select(func.count(SignIn.secret_hash)).where(SignIn.person_id == person.id)
    return db.session.scalar(mine) or 0
