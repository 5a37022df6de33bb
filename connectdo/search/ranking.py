"""The arithmetic of ranking: numbers in, scores out. Pure; arrays of one value a listing.

    score = relevance x nearness x soonness x freshness x understood x convenience x hoped
            / 1000 ^ doubts

Each factor lies between 0 and 1. `relevance` says how well the listing answers what was asked;
the others only order what does. A doubt is something the person needs that the listing may
not give: it puts a listing below every one without it.
"""

from collections.abc import Sequence

import numpy as np

Numbers = np.ndarray

# Words. BM25F: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), section 3.6.
FIELD_WEIGHTS = {"heading": 3.0, "summary": 2.5, "body": 1.0}
LENGTH_PENALTY = {"heading": 0.4, "summary": 0.75, "body": 0.75}
SATURATION = 1.6

# Interests. What a listing shows of one is added up: that it carries it, and for each name and each
# hint that stands in its texts, how strongly it does times how much that tells. One whose texts
# show less than FAINT does not answer.
CARRYING = 2.0
NAMED_BELOW = 0.5
HINTED = 0.5
FAINT = 1.5
# At this much an interest is half shown.
HALF_SHOWN = 2.5
SHARE_OF_INTEREST = 0.9
# How strongly a listing has a word that only the name of one of its interests says.
SAID_BY_AN_INTEREST = 0.4

# What share of relevance comes from each part of a text that was asked for.
SHARE_OF_STRENGTH = 0.75
SHARE_OF_ALL_WORDS = 0.13
SHARE_OF_PHRASE = 0.12
# What a listing found by a corrected spelling keeps of its strength.
CORRECTED = 0.6
# With both words and interests asked for, the share of the words.
SHARE_OF_WORDS = 0.65

# Distance. At HALF_WAY miles nearness is half way between 1 and what the far end keeps.
HALF_WAY = 8.0
FAR_END = 0.08
# What comes to the person (by phone, online, area-wide) counts as some six miles away; what does
# not say where it is as farther than most.
NEARNESS_OF_WHAT_COMES = 0.6
NEARNESS_OF_NOWHERE = 0.2

# Time.
DAYS_TILL_SOON_FADES = 14.0
SHARE_OF_SOON = 0.10
DAYS_TILL_FRESH_FADES = 180.0
SHARE_OF_FRESH = 0.12
UNANSWERED = 0.5

# For who speaks another language too.
IN_NO_LANGUAGE_OF_THEIRS = 0.8

# When a person is free.
AT_NO_KNOWN_TIME = 0.8
AT_ANOTHER_TIME = 0.4

# What a sentence hopes for and a listing does not give, what it turns down, and whom a listing is
# not for.
NOT_AS_HOPED = 0.75
NOBODY_KNOWS_IF_AS_HOPED = 0.9
TURNED_DOWN = 0.25
FOR_OTHER_PEOPLE = 0.3

# Meaning. A cosine of the whole and of the best sentence, half of each; where an interest of the
# listing is closer, what people call that adds its share. Below UNLIKE it is chance, from ALIKE on
# the listing is about just that.
SHARE_OF_CALLING = 0.4
UNLIKE, ALIKE = 0.15, 0.6
SHARE_OF_MEANING = 0.8
# What is not like anything that somebody said keeps this, where they asked for nothing else.
UNLIKE_WHAT_WAS_SAID = 0.25
# What shares no word with what was typed is found from this likeness on.
FOUND_BY_MEANING = 0.3
# From this cosine on a sentence of a listing answers what was typed.
ANSWERS = 0.35
# From this cosine on what a listing says is much what people call an interest.
CALLED = 0.5
# From this cosine of the whole on, or this likeness of the names, two listings at one place may be
# the same. 60 of the pairs of 736 real charities reach the cosine: about half of those from 0.8 on
# are one body twice, most of the rest its neighbours of the same kind.
SAME = 0.75
SAME_NAME = 85.0

DOUBT = 1000.0
LEAST = 1e-3


def inverse_frequency(holders: int, listings: int) -> float:
    """How much a word tells: rarer words more, never less than nothing."""
    return float(np.log1p((listings - holders + 0.5) / (holders + 0.5)))


def field_frequency(field: str, counts: Numbers, length: Numbers) -> Numbers:
    """How often a word stands in a field, weighted. `length` is in mean lengths of the field."""
    penalty = LENGTH_PENALTY[field]
    return FIELD_WEIGHTS[field] * counts / (1 - penalty + penalty * length)


def saturated(frequency: Numbers) -> Numbers:
    """0 to 1: the second mention of a word adds less than the first."""
    return frequency / (SATURATION + frequency)


def shown(evidence: Numbers) -> Numbers:
    """0 to 1: how surely a listing is about an interest."""
    return evidence / (HALF_SHOWN + evidence)


def words_or_interest(words: Numbers, interest: Numbers) -> Numbers:
    """How strongly a listing has what was typed, by its words or by the interest they mean, 0 to 1:
    each adds to what the other leaves."""
    return 1 - (1 - words) * (1 - SHARE_OF_INTEREST * interest)


def text_relevance(
    strengths: list[Numbers], weights: list[float], phrase: Numbers | None
) -> Numbers:
    """How well listings answer what was typed, 0 to 1.

    `strengths` holds, for each word or interest typed, how strongly each listing has it;
    `weights` how much each tells; `phrase` is True where they stand together as typed.
    A phrase is above all words, all words above some.
    """
    if len(strengths) == 1:
        # All of one part says no more than the part itself.
        relevant = (SHARE_OF_STRENGTH + SHARE_OF_ALL_WORDS) * strengths[0]
        return relevant if phrase is None else relevant + SHARE_OF_PHRASE * phrase
    shares = [SHARE_OF_STRENGTH * weight / sum(weights) for weight in weights]
    relevant = shares[0] * strengths[0]
    has_all = strengths[0] > 0
    for share, strength in zip(shares[1:], strengths[1:], strict=True):
        relevant = relevant + share * strength
        has_all = has_all & (strength > 0)
    relevant += SHARE_OF_ALL_WORDS * has_all
    return relevant if phrase is None else relevant + SHARE_OF_PHRASE * (phrase & has_all)


def likeness(whole: Numbers, best: Numbers, called: Numbers) -> Numbers:
    """0 to 1: how alike a listing is to what was typed, from three cosines: that of the whole, of
    the passage that is most alike, and of what people call the closest of its interests."""
    own = (whole + best) / 2
    cosine = own + SHARE_OF_CALLING * np.maximum(called - own, 0)
    return np.clip((cosine - UNLIKE) / (ALIKE - UNLIKE), 0, 1)


def says_it(cosine: float) -> bool:
    """Whether a sentence is alike enough to be quoted as the reason."""
    return cosine >= ANSWERS


def is_called(cosine: float) -> bool:
    """Whether what a listing says is alike enough to what an interest is called to offer it."""
    return cosine >= CALLED


def is_the_same(cosines: Numbers) -> Numbers:
    """Whether two listings say so much the same that they may be one."""
    return cosines >= SAME


def is_the_same_name(likeness: float) -> bool:
    """Whether two names, 0 to 100 alike, may be those of one group."""
    return likeness >= SAME_NAME


def words_or_meaning(words: Numbers, likeness: Numbers) -> Numbers:
    """How well listings answer what was typed, by its words and by what it means, 0 to 1: each adds
    to what the other leaves."""
    return 1 - (1 - words) * (1 - SHARE_OF_MEANING * likeness)


def interest_relevance(closeness: list[Numbers], matters: Sequence[float] = ()) -> Numbers:
    """How well listings answer several interests, 0 to 1: the best one, and how many.

    An interest that matters less counts less for both.
    """
    matters = matters or [1.0] * len(closeness)
    told = [close * (each / max(matters)) for close, each in zip(closeness, matters, strict=True)]
    best = np.maximum.reduce(told)
    covered = sum(told, start=np.zeros_like(best)) * (max(matters) / sum(matters))
    return 0.5 * best + 0.5 * covered


def said_of_themselves(alike: Numbers) -> Numbers:
    """By how alike it is to what somebody said of themselves, where nothing else is known: it comes
    first, and nothing is left out."""
    return UNLIKE_WHAT_WAS_SAID + (1 - UNLIKE_WHAT_WAS_SAID) * alike


def relevance(text: Numbers | None, interests: Numbers | None) -> Numbers | float:
    """Words and interests together. Everything answers when nothing was asked."""
    if text is not None and interests is not None:
        return SHARE_OF_WORDS * text + (1 - SHARE_OF_WORDS) * interests
    if text is not None:
        return text
    return 1.0 if interests is None else interests


def nearness(miles: Numbers, otherwise: Numbers) -> Numbers:
    """1 next door, fading slowly; the far end keeps a little, so that far is still an order.

    It fades with the distance to the power of 1.5. NaN miles are listings without a place;
    `otherwise` is what each has however far away: for coming to the person, or as it may be near.
    """
    away = miles / HALF_WAY
    away *= np.sqrt(away)
    away += 1
    # fmax passes over NaN.
    return np.fmax(FAR_END + (1 - FAR_END) / away, otherwise)


def convenience(suits: Numbers) -> Numbers:
    """By whether it is at a time when the person is free: 1 yes, 0 nobody knows, -1 no."""
    return np.select([suits > 0, suits < 0], [1.0, AT_ANOTHER_TIME], AT_NO_KNOWN_TIME)


def hoped(as_hoped: Numbers) -> Numbers:
    """By whether it is as a sentence hopes: 1 yes, 0 nobody knows, -1 no."""
    return np.select([as_hoped > 0, as_hoped < 0], [1.0, NOT_AS_HOPED], NOBODY_KNOWS_IF_AS_HOPED)


def turned_down(is_that: Numbers) -> Numbers:
    """By whether it is what somebody would rather not have."""
    return np.where(is_that, TURNED_DOWN, 1.0)


def for_other_people(leaves_out: Numbers) -> Numbers:
    """By whether it is for people of another age or sex."""
    return np.where(leaves_out, FOR_OTHER_PEOPLE, 1.0)


def understood(says: Numbers) -> Numbers:
    """By whether it names a language that the person speaks, besides English."""
    return np.where(says, 1.0, IN_NO_LANGUAGE_OF_THEIRS)


def soonness(days: Numbers) -> Numbers:
    """1 today, fading over weeks to what a listing with no known date has. NaN: no known date."""
    soon = np.exp(-np.maximum(np.nan_to_num(days, nan=np.inf), 0) / DAYS_TILL_SOON_FADES)
    return (1 - SHARE_OF_SOON) + SHARE_OF_SOON * soon


def freshness(days: Numbers, unchecked: float = np.inf) -> Numbers:
    """1 when just confirmed, fading over months to what was never confirmed. It falls at
    `unchecked` days, when reminders have gone unanswered. NaN: never."""
    days = np.nan_to_num(days, nan=np.inf)
    fresh = np.exp(-np.maximum(days, 0) / DAYS_TILL_FRESH_FADES)
    fresh = np.where(days < unchecked, fresh, UNANSWERED * fresh)
    return (1 - SHARE_OF_FRESH) + SHARE_OF_FRESH * fresh


def doubted(scores: Numbers, doubts: Numbers | None) -> Numbers:
    """Scores, those with doubts below all that have fewer."""
    scores = np.maximum(scores, LEAST)
    return scores if doubts is None else scores * np.power(1 / DOUBT, doubts)


def best_first(scores: Numbers, ids: Numbers, wanted: int) -> Numbers:
    """The places of the `wanted` best scores, best first; of equals the lower id first."""
    if not wanted:
        return np.zeros(0, dtype=np.int64)
    if wanted < len(scores):
        bar = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        candidates = np.flatnonzero(scores >= bar)
    else:
        candidates = np.arange(len(scores))
    order = np.lexsort((ids[candidates], -scores[candidates]))
    return candidates[order][:wanted]
