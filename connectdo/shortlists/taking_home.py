"""The sheet that a client takes home: which things are on it, what it says of each, and how large.

The page to print and the PDF say the same, in the same places. What is for colleagues only is
never read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from connectdo.clients.models import Client
from connectdo.directory.paper import beginning
from connectdo.directory.sheet import Entry, entries
from connectdo.listings.models import LIVE, Listing
from connectdo.places import AmbiguousPlace, Place, UnknownPlace, find_place
from connectdo.shortlists.getting_there import journey, way_in_words
from connectdo.shortlists.models import STOPPED, Item

ON_A_PAGE = 5
# As an A4 sheet is printed, in points: the largest that fits, and what is still easy to read.
SIZES = (18, 17, 16, 15, 14, 13, 12, 11)
EASY_TO_READ = 14
POINT = 25.4 / 72
WIDE, HIGH, MARGIN = 210, 297, 10
LINE = 1.2
NAME = 1.2
BETWEEN = 0.75
HEAD, PICTURE = 18, 34
# How wide a letter is on average, in parts of the size; how many are lost where a line breaks.
LETTER, LOST = 0.48, 3
# Letters of what to expect on a first visit: a sheet of few things has more room for it.
FIRST_VISIT, FIRST_VISIT_OF_MANY = 220, 110
FEW = 3

WHERE = "Where"
PLAN = "Plan the journey"

Fact = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """What a sheet says of one thing: `lines` of facts, each a label and its words. `plan` is the
    address of a journey planner, which stands at the end of the line that says where it is."""

    name: str
    lines: list[list[Fact]]
    plan: str


@dataclass(frozen=True)
class Sheet:
    """A sheet to take home. `size` is in points; `link` is "" where it is not shared."""

    name: str
    parts: list[Part]
    day: str
    link: str
    until: str

    @property
    def size(self) -> int:
        """The largest type in which all of it is on one page; where none is, one easy to read."""
        room = HIGH - 2 * MARGIN - (PICTURE if self.link else HEAD)
        fits = (s for s in SIZES if sum(height(each, s) for each in self.parts) <= room)
        return next(fits, EASY_TO_READ)


def offered(items: Sequence[Item]) -> list[Item]:
    """Of a shortlist, what may be taken home: what is on the site, and they did not stop."""
    return [each for each in items if each.listing.status == LIVE and each.state != STOPPED]


def chosen(items: Sequence[Item], ids: Sequence[str]) -> list[Item]:
    """Those that were ticked, in the order of the shortlist; the first five where none was. `ids`
    are as an address says them."""
    wanted = offered(items)
    return [each for each in wanted if str(each.id) in ids] or wanted[:ON_A_PAGE]


def parts_of(client: Client, items: Sequence[Item], now: datetime) -> list[Part]:
    """What the sheet says of each. `now` is London wall time."""
    start, on_foot = starts_at(client), not client.travel or "foot" in client.travel
    most = FIRST_VISIT if len(items) <= FEW else FIRST_VISIT_OF_MANY
    told = zip(items, entries([each.listing for each in items], now), strict=True)
    return [
        Part(
            item.listing.name,
            _lines(item, entry, way_in_words(item.listing, start, on_foot=on_foot), most),
            journey(item.listing, start),
        )
        for item, entry in told
    ]


def starts_at(client: Client) -> Place | None:
    """Where a client sets out, as far as that is kept."""
    try:
        return find_place(client.near) if client.near else None
    except (UnknownPlace, AmbiguousPlace):
        return None


def height(part: Part, size: int) -> float:
    """About how high a part is in type of so many points, in millimetres."""
    a_line = (WIDE - 2 * MARGIN) / (size * POINT * LETTER) - LOST
    rows = NAME * ceil(len(part.name) * NAME / a_line) + BETWEEN
    rows += sum(ceil(_letters(line) / a_line) for line in part.lines)
    return rows * size * POINT * LINE


def _letters(line: list[Fact]) -> int:
    planned = len(f"{PLAN}. ") if line[0][0] == WHERE else 0
    return planned + sum(len(f"{label}: {words}. ") for label, words in line)


def _lines(item: Item, entry: Entry, way: str, most: int) -> list[list[Fact]]:
    listing = item.listing
    when = ". ".join(entry.when) or "Ask them"
    following = entry.next if entry.next not in entry.when else ""
    first_visit = beginning(entry.first_visit[0], most) if entry.first_visit else ""
    every = [
        [("Look out", " ".join(entry.notices))],
        [("When", when), ("Next", following)],
        [(WHERE, ". ".join(entry.where) or "Ask them"), ("Getting there", way)],
        [("Phone", _phone(listing)), ("Ask for", listing.contact_name), ("Cost", _cost(listing))],
        [("First visit", first_visit)],
        [("Why", f"“{item.why}”" if item.why else ""), ("Note", " ".join(item.note.split()))],
    ]
    known = ([(label, words) for label, words in line if words] for line in every)
    return [line for line in known if line]


def _phone(listing: Listing) -> str:
    return listing.phone or (listing.organisation.phone if listing.organisation else "")


def _cost(listing: Listing) -> str:
    return (
        listing.cost
        or {True: "Free", False: "Ask how much it is", None: "Ask them"}[listing.is_free]
    )
