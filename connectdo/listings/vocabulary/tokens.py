"""Text to words, the same way for listings, interests and searches. Pure.

No word is thrown away, however short or common: MS, AA, 50+, IT. Case, accents and
apostrophes do not matter ("T'ai chi" is "tai chi", "café" is "cafe"); English endings do not
either, once stemmed. Scripts other than Latin keep their letters.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

# Letters with no decomposition, and the Arabic forms of letters that Urdu writes in another way.
SAME_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ي": "ی",
        "ك": "ک",
        "&": " and ",
    }
)
# Combining marks of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs and tatweel,
# and the joiners that change how a word looks, not what it is.
MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200d]"
)
APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
PLUS = re.compile(r"(?<=\d) *(?:\+|plus\b)")
# Chinese and Japanese write no spaces, so each character is a word; the Indic and South-East
# Asian blocks hold vowel signs that \w leaves out.
WORD = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff]"
    "|(?:[^\\W_\u3040-\u30ff\u3400-\u9fff]|[\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])+"
)
ASCII_WORD = re.compile("[a-z0-9]+")

# Words that join others and say nothing alone. They are kept and matched like any word; a
# listing that shares nothing else with a search is not an answer to it.
JOINING = frozenset(
    """
    a about after all also am an and any are as at be because been being but by can cant could
    did do does dont for from get go going had has have he her here hers him his how i id if ill
    im in into is isnt it its ive just like lot lots may me might mine more much my near never
    no not now of off on or our ours out she should so some someone something that the their
    them then there these they this those to too up us very was we well were what when where
    which who will with would you your yours really want wants need needs looking love
    """.split()
)

_english = snowballstemmer.stemmer("english")


def tokens(text: str) -> list[str]:
    """The words of `text` in order, folded but not stemmed."""
    if text.isascii():
        # Most text is, and then there is nothing to normalise.
        plain, word = text.lower().replace("&", " and "), ASCII_WORD
    else:
        plain = unicodedata.normalize("NFKC", text).casefold().translate(SAME_LETTERS)
        plain = MARKS.sub("", unicodedata.normalize("NFD", plain))
        plain, word = unicodedata.normalize("NFC", plain), WORD
    plain = APOSTROPHES.sub("", plain)
    if "+" in plain or "plus" in plain:
        plain = PLUS.sub("plus ", plain)
    return word.findall(plain)


def stems(text: str) -> list[str]:
    """The words of `text` in order, folded and stemmed as English."""
    return [stem(token) for token in tokens(text)]


@lru_cache(maxsize=100_000)
def stem(token: str) -> str:
    """The stem of one folded word; words that are not of plain letters are their own."""
    if len(token) < 4 or not (token.isascii() and token.isalpha()):
        return token
    stemmed: str = _english.stemWord(token)
    return stemmed


def singular(token: str) -> str:
    """A folded word without its plural ending; for names, where a stem would be too free
    ("run by" is not running, a food box not boxing). After Harman's S-stemmer (1991)."""
    if len(token) < 4 or not (token.isascii() and token.isalpha()) or token.endswith(("ss", "us")):
        return token
    if token.endswith("ies") and not token.endswith(("aies", "eies")):
        return token[:-3] + "y"
    if token.endswith(("sses", "ches", "shes", "xes")):
        return token[:-2]
    return token.removesuffix("s")
