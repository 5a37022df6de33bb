"""Interests that a description speaks of. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from connectdo.listings.vocabulary import Vocabulary
from connectdo.listings.vocabulary.tokens import stem, tokens

# A name says it; hints only do when several of them agree.
A_NAME, A_HINT, ENOUGH = 3, 1, 2
MOST_SUGGESTED = 8
MOST_TICKED = 4


def suggested(vocabulary: Vocabulary, name: str, description: str) -> list[str]:
    """Slugs of the interests that a listing seems to be about, the likeliest first.

    What its name says counts twice. One that stands above another that was found says nothing new.
    """
    found: Counter[int] = Counter()
    for text, times in ((name, 2), (description, 1)):
        words = tokens(text)
        for span in vocabulary.spans(words, said=False):
            found.update(dict.fromkeys(span.interests, A_NAME * times))
        found.update(_hinted(vocabulary, words))
    likely = {interest for interest, weight in found.items() if weight >= ENOUGH}
    above = {
        upper for interest in likely for upper in vocabulary.with_ancestors([interest]) - {interest}
    }
    ranked = sorted(likely - above, key=lambda each: (-found[each], each))
    return [vocabulary.concepts[each].slug for each in ranked[:MOST_SUGGESTED]]


def with_meant(vocabulary: Vocabulary, by_words: Sequence[str], meant: Sequence[str]) -> list[str]:
    """Those suggested by words, then those that the whole means and that say something new."""
    known = [vocabulary.position[each] for each in (*by_words, *meant)]
    above = {upper for each in known for upper in vocabulary.with_ancestors([each]) - {each}}
    new = [each for each in meant if vocabulary.position[each] not in above]
    return list(dict.fromkeys([*by_words, *new]))[:MOST_SUGGESTED]


def ticked(vocabulary: Vocabulary, name: str, description: str) -> list[str]:
    """Those of the suggested that are named outright: to be ticked already."""
    outright = {*named(vocabulary, name), *named(vocabulary, description)}
    likely = suggested(vocabulary, name, description)
    return [each for each in likely if each in outright][:MOST_TICKED]


def named(vocabulary: Vocabulary, text: str) -> list[str]:
    """Slugs of the interests whose names stand in a text, in its order; none that stands above
    another of them."""
    spans = vocabulary.spans(tokens(text), said=False)
    found = list(dict.fromkeys(each for span in spans for each in span.interests))
    above = {upper for each in found for upper in vocabulary.with_ancestors([each]) - {each}}
    return [vocabulary.concepts[each].slug for each in found if each not in above]


def _hinted(vocabulary: Vocabulary, words: Sequence[str]) -> Counter[int]:
    """How many different hints at each interest stand in a text."""
    places = defaultdict(set)
    for place, word in enumerate(words):
        places[stem(word)].add(place)
    found: Counter[int] = Counter()
    for interest in range(len(vocabulary)):
        for hint in vocabulary.hints_of(interest):
            first = hint[0][1]
            if any(
                all(place + ahead in places[word] for ahead, word in hint)
                for place in places.get(first, ())
            ):
                found[interest] += A_HINT
    return found
