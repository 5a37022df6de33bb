"""What is known of a client, in plain words. Pure."""

import re

from connectdo.clients.matching import COMPANY
from connectdo.clients.models import (
    COACH,
    FIGURES,
    HOPE,
    KEEP,
    LEAD,
    LIKE,
    PASSION,
    REFERRER,
    VOLUNTEER,
    Client,
    Consent,
)
from connectdo.listings.choices import ACCESS, DAYS, NEEDS
from connectdo.wording import listed, sentence

KINDS = {LEAD: "team lead", COACH: "coach", VOLUNTEER: "volunteer or peer supporter"}
SAID = {
    PASSION: "They love it",
    HOPE: "They hope to do it one day",
    LIKE: "They like it",
}
# The same, said to the client.
SAID_BY_YOU = {
    PASSION: "You love it",
    HOPE: "You hope to do it one day",
    LIKE: "You like it",
}
TRAVEL = {
    "foot": "on foot",
    "bus": "by bus or train",
    "car": "by car",
    "wheels": "by wheelchair or scooter",
    "bike": "by bike",
    "lift": "if somebody takes them",
}
# What decides, in the order it is asked.
CLIENT_NEEDS = {
    "step_free": ACCESS["step_free"],
    "accessible_toilet": ACCESS["accessible_toilet"],
    "quiet": "somewhere quiet",
    "relaxed": ACCESS["relaxed"],
    "hearing_loop": ACCESS["hearing_loop"],
    "bsl": ACCESS["bsl"],
    "carers_welcome": ACCESS["carers_welcome"],
    "daytime": NEEDS["daytime"],
    "free": "free of charge",
    "women_only": NEEDS["women_only"],
    "men_only": NEEDS["men_only"],
    COMPANY: "someone to go with",
}
PARTS = {"": "any time", "morning": "morning", "afternoon": "afternoon", "evening": "evening"}
# As a coach asks them, aloud. What was said is kept with these words.
QUESTIONS = {
    KEEP: "Can I keep a few notes about what you like and what we do?",
    FIGURES: "Can we count you, without your name, when we show how our work helps?",
    REFERRER: "Can I tell the person who sent you to us how you are getting on?",
}

# What to ring: 999 and its like, "116 123", or a whole number as it is written in this country.
RINGS = re.compile(r"(?<!\d)(?:999|112|111|101|116 \d{3}|(?:\+44|0)[\d ]{8,14}\d)(?!\d)")


def answer(consent: Consent | None) -> str:
    """ "Yes", "No", or that nobody asked."""
    if consent is None:
        return "Not asked yet"
    return "Yes" if consent.given else "No"


def pieces(line: str) -> list[tuple[str, bool]]:
    """A line cut at the phone numbers in it, each with whether it is one."""
    found, end = [], 0
    for number in RINGS.finditer(line):
        found += [(line[end : number.start()], False), (number[0], True)]
        end = number.end()
    return [each for each in [*found, (line[end:], False)] if each[0]]


def where_in_words(client: Client) -> str:
    """ "Near SE27, up to 1.5 miles, on foot"."""
    words = [f"Near {client.near}"] if client.near else []
    if client.within:
        words.append(f"up to {client.within:g} {'mile' if client.within == 1 else 'miles'}")
    words += [TRAVEL[each] for each in client.travel]
    return sentence(", ".join(words))


def needs_in_words(client: Client) -> list[str]:
    """What decides for them."""
    return [CLIENT_NEEDS[each] for each in client.needs if each in CLIENT_NEEDS]


def free_in_words(client: Client) -> str:
    """ "Tuesday morning, Thursday any time"."""
    slots = [each.partition(" ") for each in client.free_when]
    return ", ".join(
        f"{DAYS[day]} {PARTS[part]}" if day else f"any {part}" for day, _, part in slots
    )


def languages_in_words(client: Client) -> str:
    """ "English and Somali"."""
    return listed(client.languages)
