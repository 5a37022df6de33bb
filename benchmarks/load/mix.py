"""What is asked under load, each with what a right answer shows.

Of a hundred requests, 40 search, 25 open a listing, 15 look at the home page, an interest, an area
or an organisation; coaches open a client 4 times, their suggestions and their shortlist twice each,
keep something and write down a contact 3 times each; members look at their groups twice and
answer a page about a new one 3 times; 1 asks for the page that does nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from markupsafe import escape

from benchmarks.load.client import Answer
from benchmarks.load.people import Browser, Coach, Member
from benchmarks.load.served import NOTHING

SHARES = {
    "search": 40,
    "listing": 25,
    "home": 5,
    "interest": 5,
    "area": 3,
    "organisation": 2,
    "client": 4,
    "suggestions": 2,
    "shortlist": 2,
    "keep": 3,
    "contact": 3,
    "groups": 2,
    "write": 3,
    "nothing": 1,
}
WRITES = {"keep", "contact", "write"}
NAMES = re.compile(r"Client\d+x\d+y")
CARD = 'class="cd-result"'
Right = Callable[[Answer], bool]


@dataclass(frozen=True)
class Request:
    """`is_right` says whether an answer is what was asked for."""

    kind: str
    path: str
    is_right: Right
    browser: Browser | None = None
    form: dict[str, str] | None = None


@dataclass(frozen=True)
class Mix:
    """Whoever comes, and what there is to ask for. `searches` are addresses, each with how many
    cards it shows at least; `pages` are those of each public kind, each with what it shows."""

    searches: Sequence[tuple[str, int]]
    pages: dict[str, list[tuple[str, str]]]
    coaches: Sequence[Coach]
    members: Sequence[Member]
    random: Random = field(default_factory=lambda: Random(1))

    def request(self) -> Request:
        """The next one, by chance."""
        kind = self.random.choices(list(SHARES), list(SHARES.values()))[0]
        if kind == "nothing":
            return Request(kind, "/nothing", lambda answer: answer.text == NOTHING.decode())
        if kind == "search":
            path, cards = self.random.choice(self.searches)
            return Request(kind, path, lambda answer: _has_cards(answer, cards))
        if kind in self.pages:
            path, shown = self.random.choice(self.pages[kind])
            return Request(kind, path, lambda answer: _shows(answer, shown))
        if kind in ("groups", "write"):
            return self._of_member(kind, self.random.choice(self.members))
        return self._of_coach(kind, self.random.choice(self.coaches))

    def _of_member(self, kind: str, member: Member) -> Request:
        if kind == "groups":
            path, shown = "/your-groups", member.group
            return Request(kind, path, lambda answer: _shows(answer, shown), member.browser)
        draft = f"/your-groups/drafts/{member.draft}"
        form = {"first_visit": f"Ask for {self.random.random()}.", "booking": "drop_in"}
        return Request(
            kind, f"{draft}/visit", lambda answer: _leads_to(answer, draft), member.browser, form
        )

    def _of_coach(self, kind: str, coach: Coach) -> Request:
        number, name = self.random.choice(coach.clients)
        client = f"/coaching/clients/{number}"
        if kind in ("keep", "contact"):
            listing = self.random.choice(self.pages["listing"])[0].rpartition("/")[2]
            path = {"keep": f"/find/{listing}", "contact": "/contacts/add/call"}[kind]
            form = {"minutes": "10"} if kind == "contact" else {}
            return Request(
                kind, client + path, lambda answer: _leads_to(answer, client), coach.browser, form
            )
        path = {"client": "", "suggestions": "/find", "shortlist": "/shortlist"}[kind]
        return Request(kind, client + path, lambda answer: _is_about(answer, name), coach.browser)


def _shows(answer: Answer, shown: str) -> bool:
    return answer.status == 200 and str(escape(shown)) in answer.text


def _has_cards(answer: Answer, cards: int) -> bool:
    return answer.status == 200 and answer.text.count(CARD) >= cards


def _is_about(answer: Answer, name: str) -> bool:
    """Of this client, and of nobody else's."""
    return answer.status == 200 and set(NAMES.findall(answer.text)) == {name}


def _leads_to(answer: Answer, path: str) -> bool:
    return answer.status == 303 and f"\nLocation: {path}" in answer.head
