"""What somebody looked for, as far as it is remembered. Pure.

A search that was narrowed by a day, a part of the day, the cost or access is a wish of its own,
and these are said with its words: "evening choir", "choir, step-free access". One that was
narrowed by anything else (a few miles, an area, groups or events, a way to join in) is not a wish:
the same was asked more widely before, and how little is left would tell of the filter alone.
"""

from typing import NamedTuple

from connectdo.insight.rules import LONGEST_TEXT, may_be_kept
from connectdo.listings.choices import ACCESS, DAYS
from connectdo.listings.vocabulary import Vocabulary
from connectdo.listings.vocabulary.tokens import tokens
from connectdo.search.crisis import help_for
from connectdo.search.query import Query
from connectdo.search.reading import speaks_of_somebody

NEAR = 5.0
# Who asks for more at once may be the only one who does.
MOST_CHOSEN = 4
MOST_WORDS_READ = 60
LONGEST_LABEL = 25
LONGEST_SLUG = 60
LONGEST_WORDS = LONGEST_TEXT + MOST_CHOSEN * (LONGEST_LABEL + 2)
LONGEST_INTERESTS = MOST_CHOSEN * (LONGEST_SLUG + 1)
BETWEEN = ","


class Wish(NamedTuple):
    """`words` in lower case, and the slugs of the interests chosen, with commas between."""

    words: str
    interests: str


def wish_of(query: Query, vocabulary: Vocabulary) -> Wish | None:
    """What a search is remembered as; None for one that is not."""
    chosen = len(query.interests) + len(query.days) + len(query.times) + len(query.access)
    if not (query.text or query.interests) or chosen + query.free > MOST_CHOSEN:
        return None
    if not all(each in vocabulary.position for each in query.interests):
        return None
    if _is_narrowed(query):
        return None
    if speaks_of_somebody(query.text):
        return _led_to(query, vocabulary)
    if query.text and not may_be_kept(query.text, vocabulary):
        return None
    return Wish(_words(query), BETWEEN.join(sorted(query.interests)))


def _led_to(query: Query, vocabulary: Vocabulary) -> Wish | None:
    """Of what somebody says of a life nothing is kept, only the interests that it led to."""
    if help_for(query.text):
        return None
    spans = vocabulary.spans(tokens(query.text)[:MOST_WORDS_READ], said=True)
    slugs = {vocabulary.concepts[each].slug for span in spans for each in span.interests}
    slugs.update(query.interests)
    if not 0 < len(slugs) <= MOST_CHOSEN:
        return None
    return Wish("", BETWEEN.join(sorted(slugs)))


def _is_narrowed(query: Query) -> bool:
    """By what says nothing of the wish."""
    close_by = query.within is not None and query.within < NEAR
    return close_by or bool(query.areas or query.kinds or query.delivery)


def _words(query: Query) -> str:
    days = [DAYS[each] for each in query.days]
    first = [*days, *query.times, *(["free"] if query.free else []), *tokens(query.text)]
    access = [ACCESS[each] for each in query.access]
    return ", ".join(filter(None, [" ".join(first), *access])).lower()
