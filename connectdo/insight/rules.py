"""What may be told of a count, and what may be kept of the words somebody typed. Pure."""

from functools import lru_cache

from connectdo.listings.choices import ACCESS, DAYS, NEEDS, TIMES
from connectdo.listings.vocabulary import Vocabulary
from connectdo.listings.vocabulary.tokens import JOINING, singular, tokens
from connectdo.search.crisis import help_for

FEWEST_TOLD = 8
NOT_TOLD = "fewer than 8"
ROUNDED_TO = 5
MOST_WORDS = 5
LONGEST_TEXT = 40
# Words of no interest in particular that people add to one.
OF_ANY_INTEREST = """
    adults beginners cafe class club daytime group lessons local seniors sessions weekday weekend
"""


def told(count: int) -> str:
    """A count as it may leave the team: 0 is 0, 1 to 7 are not told, others are rounded to 5."""
    if count == 0:
        return "0"
    if count < FEWEST_TOLD:
        return NOT_TOLD
    return f"about {round(count / ROUNDED_TO) * ROUNDED_TO:,}"


def may_be_kept(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the words of a search can be remembered without remembering a person.

    They can where they speak of an interest that we know, and where every other word of them is an
    ordinary one: a word that joins, one that our interests' sayings and hints use, or one of a
    filter. Names of people, addresses, postcodes and telephone numbers are not among these; words
    that stand only inside a name ("St John Ambulance") count only as that name, and figures too
    ("over 50s"). What is long, or speaks of a crisis, is not kept whatever its words are.

    Cost: what no interest speaks of yet is not remembered, nor is a word that was spelt wrongly.
    A name made of ordinary words alone ("Faith Hill") cannot be told from them.
    """
    words = tokens(text)
    if len(text) > LONGEST_TEXT or len(words) > MOST_WORDS or "@" in text or help_for(text):
        return False
    spans = vocabulary.spans(words, said=True)
    named = {number for span in spans for number in range(span.start, span.end)}
    ordinary = _ordinary(vocabulary)
    others = (word for number, word in enumerate(words) if number not in named)
    return bool(spans) and all(singular(word) in ordinary for word in others)


@lru_cache(maxsize=2)
def _ordinary(vocabulary: Vocabulary) -> frozenset[str]:
    """The words that name nobody, without their plural endings."""
    texts = [OF_ANY_INTEREST, *JOINING]
    for choices in (DAYS, TIMES, ACCESS, NEEDS):
        texts += choices.values()
    for concept in vocabulary.concepts:
        texts += [*concept.sayings, *concept.hints]
    words = (singular(word) for text in texts for word in tokens(text))
    return frozenset(word for word in words if not any(letter.isdigit() for letter in word))
