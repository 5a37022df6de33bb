"""What two people made of one listing, answer by answer. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from connectdo.listings.choices import ACCESS, BOOKING, DELIVERY, GENDER
from connectdo.listings.wording import schedules_in_words
from connectdo.posting.answers import Values, times_from
from connectdo.wording import date_in_words, listed, sentence

# Answers that only make sense together are chosen together.
PARTS: dict[str, tuple[tuple[str, ...], str]] = {
    "kind": (("kind",), "Group or event"),
    "name": (("name",), "Name"),
    "summary": (("summary",), "In one sentence"),
    "description": (("description",), "What people do there"),
    "interests": (("interests",), "What it is about"),
    "when": (("schedules", "schedule_words"), "When"),
    "where": (
        ("venue", "hide_address", "delivery", "serves", "serves_everywhere"),
        "Where",
    ),
    "residents_only": (("residents_only",), "Only for people who live nearby"),
    "cost": (("is_free", "cost"), "Cost"),
    "ages": (("min_age", "max_age"), "Ages"),
    "gender": (("gender",), "Who can come"),
    "audience": (("audience",), "Who it is for above all"),
    "languages": (("languages",), "Languages"),
    "access": (("access",), "Good to know"),
    "first_visit": (("first_visit",), "The first visit"),
    "booking": (("booking",), "How to join"),
    "contact_name": (("contact_name",), "Whom to ask for"),
    "phone": (("phone",), "Phone"),
    "email": (("email",), "Email"),
    "url": (("url",), "Website"),
    "photo": (("photo",), "Photo"),
}
MINE, THEIRS = "mine", "theirs"


class Difference(NamedTuple):
    """One part that both changed, each in another way, in words."""

    part: str
    label: str
    mine: str
    theirs: str


def differences(base: Values, mine: Values, theirs: Values, today: date) -> list[Difference]:
    """What both changed since `base`, and not to the same: somebody has to choose."""
    return [
        Difference(part, label, in_words(part, mine, today), in_words(part, theirs, today))
        for part, (keys, label) in PARTS.items()
        if all(_changed(keys, *two) for two in ((base, mine), (base, theirs), (mine, theirs)))
    ]


def changed_by_them(base: Values, theirs: Values, today: date) -> list[tuple[str, str]]:
    """The parts the other person changed, each with what it says now."""
    return [
        (label, in_words(part, theirs, today))
        for part, (keys, label) in PARTS.items()
        if _changed(keys, base, theirs)
    ]


def merged(base: Values, mine: Values, theirs: Values, choices: Mapping[str, str]) -> Values:
    """Theirs, with what only I changed, and mine where it was chosen: nothing of either is lost
    unasked."""
    made = dict(theirs)
    for part, (keys, _) in PARTS.items():
        i_did, they_did = _changed(keys, base, mine), _changed(keys, base, theirs)
        if i_did and (not they_did or choices.get(part) == MINE):
            made |= {key: mine[key] for key in keys if key in mine}
    return made


def in_words(part: str, values: Values, today: date) -> str:
    """What a part says, on a few lines at most; "Nothing" where it says nothing."""
    return WORDS.get(part, _plainly(part))(values, today) or "Nothing"


def _changed(keys: tuple[str, ...], before: Values, after: Values) -> bool:
    return any((before.get(key) or None) != (after.get(key) or None) for key in keys)


def _plainly(part: str) -> Callable[[Values, date], str]:
    def words(values: Values, _today: date) -> str:
        value = values.get(part)
        if isinstance(value, bool):
            return "Yes" if value else "No"
        return ", ".join(value) if isinstance(value, list) else str(value or "")

    return words


def _when(values: Values, today: date) -> str:
    schedules = [times_from(each) for each in values["schedules"]]
    lines = schedules_in_words(schedules, values.get("schedule_words", ""), today)
    off = sorted({day for times in schedules for day in times.cancelled_dates if day >= today})
    if off:
        lines.append(f"Not on {listed([date_in_words(day, today) for day in off])}")
    skipped = sum(len([day for day in times.skip_dates if day >= today]) for times in schedules)
    if skipped:
        lines.append(f"{skipped} dates left out")
    return ". ".join(lines)


def _where(values: Values, _today: date) -> str:
    venue = values["venue"] or {}
    place = ", ".join(filter(None, (venue.get(key) for key in ("name", "address", "postcode"))))
    hidden = "(address not shown)" if values["hide_address"] and place else ""
    ways = [sentence(DELIVERY[each]) for each in values["delivery"] if each != "in_person"]
    serves = listed(values["serves"])
    anywhere = "for people anywhere" if values["serves_everywhere"] else ""
    return ". ".join(filter(None, [f"{place} {hidden}".strip(), *ways, serves, anywhere]))


def _cost(values: Values, _today: date) -> str:
    return values["cost"] or {True: "Free", False: "Not free"}.get(values["is_free"], "")


def _ages(values: Values, _today: date) -> str:
    youngest, oldest = values["min_age"], values["max_age"]
    from_ = f"from {youngest}" if youngest is not None else ""
    return f"{from_} {f'to {oldest}' if oldest is not None else ''}".strip()


def _access(values: Values, _today: date) -> str:
    said = values["access"].items()
    return ", ".join(
        f"{'' if present else 'no '}{ACCESS.get(feature, feature)}" for feature, present in said
    )


def _photo(values: Values, _today: date) -> str:
    return str((values["photo"] or {}).get("alt", ""))


WORDS: dict[str, Callable[[Values, date], str]] = {
    "when": _when,
    "where": _where,
    "cost": _cost,
    "ages": _ages,
    "access": _access,
    "photo": _photo,
    "booking": lambda values, _: BOOKING.get(values["booking"], ""),
    "gender": lambda values, _: GENDER.get(values["gender"], ""),
}
