"""What this room holds about a client, as one would say it to them, and to who takes over."""

from collections.abc import Iterable

from connectdo.clients.everything import Part, Room
from connectdo.clients.here import Here
from connectdo.clients.models import Client
from connectdo.days import london_today
from connectdo.outcomes import queries, wording
from connectdo.outcomes.counting import count
from connectdo.outcomes.instruments import MOMENTS, NAMES, SHIPPED, Item, statement, swemwbs
from connectdo.outcomes.models import Assessment
from connectdo.outcomes.showing import courses
from connectdo.wording import date_in_words


def _copy(client: Client) -> Iterable[Part]:
    items = _items(client)
    answered = [
        line for each in queries.assessments_of(client) for line in _answers_in_words(each, items)
    ]
    return [
        Part("What you answered when we asked how you are", answered),
        Part("What you went on to do", _went_on(client)),
    ]


def _summary(here: Here) -> Iterable[Part]:
    if not here.for_colleagues:
        return []
    client = here.client
    measures = queries.measures_of(client.team)
    shown = courses(client.name, measures, queries.assessments_of(client), london_today())
    return [
        Part("How they are", [each.sentence for each in shown]),
        Part("What they went on to do", _went_on(client)),
    ]


ROOM = Room(frozenset({"assessment", "asking_link", "went_on"}), _copy, _summary, count)


def _went_on(client: Client) -> list[str]:
    today = london_today()
    return [
        f"{wording.WENT_ON[each.kind]}, {date_in_words(each.on, today, weekday=False)}"
        f"{f': {each.words}' if each.words else ''}"
        for each in queries.went_on_of(client)
    ]


def _answers_in_words(assessment: Assessment, items: dict[str, Item]) -> list[str]:
    day = date_in_words(assessment.on, london_today(), weekday=False)
    heading = f"{NAMES[assessment.questionnaire]}. {MOMENTS[assessment.moment]}, {day}:"
    return [
        heading,
        *(_answer(items.get(key), key, value) for key, value in assessment.answers.items()),
    ]


def _answer(item: Item | None, key: str, value: int | None) -> str:
    said = "I’d rather not say" if value is None else str(value)
    if item is None:
        return f"{key}: {said}"
    if value is not None:
        said = item.answers[value - item.lowest]
    return f"{item.words} {said}"


def _items(client: Client) -> dict[str, Item]:
    """Every item that can have been answered."""
    words = queries.licensed_wording()
    asked = [*SHIPPED.values(), *([swemwbs(words.items, words.answers)] if words else [])]
    own = [statement(each.id, each.words)[0] for each in queries.statements_of(client.team)]
    return {item.key: item for item in [*(item for each in asked for item in each.items), *own]}
