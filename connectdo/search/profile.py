"""What a coach knows of a person -> the query that finds what would suit them, without any words.

A profile is an object of plain values. All of it may be left out:

    {
      "interests": {"Choir": 3, "Gardening": 1},
      "said": {"being around dogs": 3},
      "near": "SE5 8RS", "within": 3,
      "when": ["tue morning", "thu", "afternoon"],
      "needs": ["step_free", "free", "daytime", "women_only"],
      "speaks": ["Somali"],
      "said_no": [12, 40]
    }

Interests are names, with how much each matters from 1 to 3; a plain list of them is fine too. What
they said is in their own words, where no interest says it: what means much the same comes earlier.
`within` is how many miles they go, `when` the days and parts of the day they are free; what names
a language they speak comes a little earlier. Needs decide: what says no to one is not found, what
does not say stays below and says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from connectdo.listings.choices import ACCESS, DAYS, NEEDS, TIMES
from connectdo.search.query import BadQuery, Query, query_from
from connectdo.search.reading.said import Slot

MOST_MATTERS = 3
PARTS = frozenset(("interests", "said", "near", "within", "when", "needs", "speaks", "said_no"))


def query_for(profile: Mapping[str, object], options: Mapping[str, object]) -> Query:
    """The query of a profile and of the options of one search, which win. Raises BadQuery."""
    if unknown := sorted(set(profile) - PARTS):
        raise BadQuery("profile", f'A profile has no "{unknown[0]}".')
    given: dict[str, Any] = {
        name: value for name, value in options.items() if value not in (None, "", (), False)
    }
    interests = _mattering(profile.get("interests"))
    needs = [_need(text) for text in _list(profile, "needs")]
    known_of_person = {
        "near": profile.get("near"),
        "within": profile.get("within"),
        "interest": list(interests),
        "access": [need for need in needs if need in ACCESS],
    }
    said_no = [*_list(profile, "said_no"), *map(str, given.pop("leave_out", ()))]
    query = query_from({**known_of_person, **given, "leave_out": said_no})
    return replace(
        query,
        said=tuple(_mattering(profile.get("said")).items()),
        matters=tuple(interests.values()) if "interest" not in given else (),
        needs=tuple(dict.fromkeys((*query.needs, *(need for need in needs if need in NEEDS)))),
        when=tuple(map(_slot, _list(profile, "when"))),
        # English is what most listings are in and few say.
        speaks=tuple(each for each in _list(profile, "speaks") if each.casefold() != "english"),
    )


def _need(text: str) -> str:
    need = text.lower().replace("-", "_").replace(" ", "_")
    if need not in ACCESS and need not in NEEDS:
        known = ", ".join((*ACCESS, *NEEDS))
        raise BadQuery("profile", f'"{text[:40]}" is not a need that we know: {known}.')
    return need


def _mattering(value: object) -> dict[str, float]:
    """Interests by name, or what was said, with how much each matters."""
    if value is None:
        return {}
    if isinstance(value, list):
        value = dict.fromkeys(map(str, value), 1)
    if not isinstance(value, Mapping):
        raise BadQuery("profile", 'Write interests like {"Choir": 3, "Gardening": 1}.')
    for name, matters in value.items():
        if not isinstance(matters, int | float) or not 0 < matters <= MOST_MATTERS:
            raise BadQuery("profile", f'Say how much "{name[:40]}" matters: 1, 2 or 3.')
    return {str(name): float(matters) for name, matters in value.items()}


def _list(profile: Mapping[str, object], part: str) -> list[str]:
    value = profile.get(part) or []
    if not isinstance(value, list):
        raise BadQuery("profile", f'Write "{part}" as a list, in square brackets.')
    return [str(each) for each in value]


def _slot(text: str) -> Slot:
    """A day, a part of the day, or both: "tue", "morning", "tue morning"."""
    day = part = ""
    for word in text.lower().split():
        if word in TIMES:
            part = word
        elif word[:3] in DAYS:
            day = word[:3]
        else:
            raise BadQuery("profile", f'"{text[:40]}" is not a time like "tue" or "tue morning".')
    return day, part
