"""A team's figures: exact ones for its lead, and those that may leave the team."""

from typing import NamedTuple

from connectdo.clients.models import Team
from connectdo.insight.rules import told
from connectdo.outcomes import queries, rules, wording
from connectdo.outcomes.change import Change, Pairs, change_of
from connectdo.outcomes.instruments import Measure
from connectdo.wording import sentence


class Line(NamedTuple):
    """The change of one measure, in words and figures. "" is not known, or not told."""

    name: str
    sentence: str
    began: str
    came_back: str
    share: str
    mean: str
    scale: str


class Figures(NamedTuple):
    """All of a team's figures."""

    changes: list[Line]
    went_on: list[tuple[str, str]]


def exact(team: Team) -> Figures:
    """For those who lead the team, and nobody else."""
    changes = _changes(team, queries.pairs_of(team))
    went_on = queries.went_on_in(team)
    return Figures(
        [_exact(measure, change) for measure, change in changes],
        [(words, f"{went_on[kind]:,}") for kind, words in wording.WENT_ON.items()],
    )


def to_send_on(team: Team) -> Figures:
    """Of those who agreed to be counted, as the one rule lets them be told."""
    changes = _changes(team, queries.pairs_of(team, agreed=True))
    went_on = queries.went_on_in(team, agreed=True)
    return Figures(
        [told_line(measure, change) for measure, change in changes],
        [(words, told(went_on[kind])) for kind, words in wording.WENT_ON.items()],
    )


def _changes(team: Team, pairs: Pairs) -> list[tuple[Measure, Change]]:
    measures = queries.measures_of(team)
    return [(each, change_of(pairs[each.key])) for each in measures if each.key in pairs]


def _exact(measure: Measure, change: Change) -> Line:
    return Line(
        sentence(measure.name),
        wording.exact_in_words(measure, change),
        f"{change.began:,}",
        f"{change.came_back:,}",
        wording.share_in_words(change.share),
        wording.mean_in_words(change.mean, 2),
        wording.scale_in_words(measure),
    )


def told_line(measure: Measure, change: Change) -> Line:
    """One measure, as it may leave the team. Pure."""
    mean = rules.told_mean(change.mean, change.came_back)
    return Line(
        sentence(measure.name),
        wording.told_in_words(measure, mean),
        told(change.began),
        told(change.came_back),
        wording.share_in_words(rules.told_share(change.came_back, change.began)),
        wording.mean_in_words(mean, 1),
        wording.scale_in_words(measure),
    )
