"""The arithmetic of ranking: numbers in, scores out. Pure; arrays of one value a listing.

    score = relevance x nearness x soonness x freshness / 1000 ^ doubts

Each factor lies between 0 and 1. `relevance` says how well the listing answers what was asked;
the other three only order what does. A doubt is something the person needs that the listing may
not give: it puts a listing below every one without it.
"""

import numpy as np

Numbers = np.ndarray

# Words. BM25F: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), section 3.6.
FIELD_WEIGHTS = {"heading": 5.0, "summary": 2.0, "body": 1.0}
LENGTH_PENALTY = {"heading": 0.4, "summary": 0.4, "body": 0.6}
SATURATION = 1.2

# What share of relevance comes from each part of a text that was asked for.
SHARE_OF_STRENGTH = 0.70
SHARE_OF_ALL_WORDS = 0.18
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


def interest_relevance(closeness: list[Numbers]) -> Numbers:
    """How well listings answer several interests, 0 to 1: the best one, and how many."""
    best = np.maximum.reduce(closeness)
    covered = sum(closeness, start=np.zeros_like(best)) / len(closeness)
    return 0.5 * best + 0.5 * covered


def relevance(text: Numbers | None, interests: Numbers | None) -> Numbers | float:
    """Words and interests together. Everything answers when nothing was asked."""
    if text is not None and interests is not None:
        return SHARE_OF_WORDS * text + (1 - SHARE_OF_WORDS) * interests
    if text is not None:
        return text
    return 1.0 if interests is None else interests


def nearness(miles: Numbers, comes: Numbers) -> Numbers:
    """1 next door, fading slowly; the far end keeps a little, so that far is still an order.

    NaN miles are listings without a place; `comes` is True for what comes to the person. It fades
    with the distance to the power of 1.5.
    """
    away = miles / HALF_WAY
    near = FAR_END + (1 - FAR_END) / (1 + away * np.sqrt(away))
    # fmax passes over NaN: what has no place keeps what it has without one.
    return np.fmax(
        near, np.where(comes, NEARNESS_OF_WHAT_COMES, NEARNESS_OF_NOWHERE * np.isnan(miles))
    )


def soonness(days: Numbers) -> Numbers:
    """1 today, fading over weeks to what a listing with no known date has. NaN: no known date."""
    soon = np.exp(-np.maximum(np.nan_to_num(days, nan=np.inf), 0) / DAYS_TILL_SOON_FADES)
    return (1 - SHARE_OF_SOON) + SHARE_OF_SOON * soon


def freshness(days: Numbers) -> Numbers:
    """1 when just confirmed, fading over months to what was never confirmed. NaN: never."""
    fresh = np.exp(-np.maximum(np.nan_to_num(days, nan=np.inf), 0) / DAYS_TILL_FRESH_FADES)
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
