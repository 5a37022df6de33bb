"""Whose record each address names: who may have it, and who comes near and may not."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import Flask

from connectdo.access import SECRETS, STRANGER, who_may_enter
from connectdo.clients.models import COACH, LEAD, VOLUNTEER

ELSEWHERE = (f"{COACH} elsewhere", f"{LEAD} elsewhere", f"{VOLUNTEER} elsewhere")
IN_THE_TEAM = (COACH, VOLUNTEER, "colleague")
NOT_ORGANISERS = (
    "member",
    "organiser elsewhere",
    "organiser no more",
    "moderator elsewhere",
    COACH,
)
OFFICES = ("administrator", "moderator")
# No such row was ever there.
NEVER = 2**31 - 1
# What an address may hold besides ids, which is nobody's.
PLAIN = {
    *("slug", "page", "repeats", "kind", "step", "questionnaire", "moment", "what", "way", "said"),
    *("how", "day", "at", "filename"),
    # A photo's are made from what is in it.
    *("name", "size", "ending"),
}


class Record(NamedTuple):
    """Whose something is. The world may have other names than addresses for one that nobody else
    may have, and for one that the owner may."""

    owner: str
    not_owners: tuple[str, ...]
    closed: str = ""
    open: str = ""


OF_A_LEAD = (*IN_THE_TEAM, *ELSEWHERE, "administrator")
MODERATED = Record("moderator", (*NOT_ORGANISERS, "organiser", LEAD))
OWN = Record("organiser", (*NOT_ORGANISERS, "another organiser", *OFFICES))
RECORDS = {
    "client_id": Record(
        COACH,
        (
            *ELSEWHERE,
            "colleague",
            "covered until yesterday",
            "had them before",
            "left the team",
            VOLUNTEER,
            "administrator",
            "broke the glass, which is whole again",
        ),
    ),
    "team_id": Record(LEAD, OF_A_LEAD),
    "worry_id": Record(LEAD, OF_A_LEAD),
    "glass_id": Record(LEAD, OF_A_LEAD),
    "draft_id": OWN,
    "given_id": OWN,
    "calendar_id": Record("organiser", (*NOT_ORGANISERS, *OFFICES)),
    "organisation_id": Record("organiser", (*NOT_ORGANISERS, *OFFICES)),
    "report_id": MODERATED,
    "claim_id": MODERATED,
    "question_id": MODERATED,
    "listing_id": Record("organiser", (*NOT_ORGANISERS, LEAD)),
}
# What the public does not see is not there for anybody, on the public's own pages.
NOT_ORGANISED = (STRANGER, "member", "organiser elsewhere", "moderator elsewhere", COACH, LEAD)
PUBLIC = {
    "listing_id": Record(STRANGER, NOT_ORGANISED, "hidden_id"),
    "organisation_id": Record(STRANGER, NOT_ORGANISED, "not_shown_id"),
}
CLAIMED = Record("member", (*NOT_ORGANISERS, LEAD), open="imported_id")
OTHERWISE = {"posting.claim": CLAIMED, "posting.ask_a_moderator": CLAIMED}
IN_ROOMS = {("moderation", "listing_id"): MODERATED}
# Ids of what belongs to the record before them, but for those of the times of a draft.
NESTED = (
    *("item_id", "contact_id", "interest_id", "assessment_id", "went_on_id", "link_id"),
    *("number", "person_id"),
)


class Address(NamedTuple):
    """A route that names a record, with the name of its id and whose that is."""

    method: str
    endpoint: str
    key: str
    record: Record


def unknown(app: Flask) -> set[str]:
    """What addresses hold of which nothing is said here."""
    found = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    return found - set(RECORDS) - PLAIN - SECRETS - set(NESTED)


def addresses(app: Flask) -> Iterator[Address]:
    """Every route that names a record."""
    for rule in app.url_map.iter_rules():
        key = next((each for each in RECORDS if each in rule.arguments), None)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            if key and not rule.arguments & SECRETS:
                yield Address(method, rule.endpoint, key, _record(app, rule.endpoint, key))


def _record(app: Flask, endpoint: str, key: str) -> Record:
    if endpoint in OTHERWISE:
        return OTHERWISE[endpoint]
    if STRANGER in who_may_enter(app, endpoint):
        return PUBLIC[key]
    return IN_ROOMS.get((endpoint.partition(".")[0], key), RECORDS[key])
