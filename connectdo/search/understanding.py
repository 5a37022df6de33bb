"""What was typed -> the parts it is made of: interests it names or speaks of, and words.

No word is thrown away. A longer word that nothing has is read as the nearest spelling that
something has, and said so.
"""

from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from connectdo.listings.vocabulary.tokens import JOINING, stem, tokens
from connectdo.search.snapshot import Snapshot

MOST_WORDS = 60
SHORTEST_CORRECTED = 5
LONG_WORD = 8
# A word that so few say may be a slip for one that so many times more do.
FEW = 2
MANY_MORE = 5


class Part(NamedTuple):
    """A word, or words that mean one or more interests.

    `words` are (place in the text, stem) of those that tell something, `spelt` the same as they
    were read; `label` is how to say the part back; `is_name` is False for a saying, whose words
    mean little one by one.
    """

    label: str
    words: tuple[tuple[int, str], ...]
    spelt: tuple[str, ...]
    interests: tuple[int, ...] = ()
    is_name: bool = True
    corrected: bool = False
    joining: bool = False


@dataclass(frozen=True)
class Understood:
    """The parts of a text, and which words were read as others: (as typed, as read)."""

    parts: tuple[Part, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()

    @property
    def telling(self) -> list[Part]:
        """The parts that tell something by themselves; all of them where none does."""
        return [part for part in self.parts if not part.joining] or list(self.parts)


def understand(text: str, snapshot: Snapshot) -> Understood:
    """The parts of what was typed, in order."""
    typed = tokens(text)[:MOST_WORDS]
    spelt = {word: _spelt(word, snapshot) for word in set(typed)}
    read = [spelt[word] for word in typed]
    corrected = [was != now for was, now in zip(typed, read, strict=True)]
    words = [stem(word) for word in read]
    parts: list[Part] = []
    place = 0
    for span in snapshot.vocabulary.spans(read, said=True):
        parts += [_word(n, read, corrected) for n in range(place, span.start)]
        inside = range(span.start, span.end)
        telling = [n for n in inside if read[n] not in JOINING or len(inside) == 1]
        parts.append(
            Part(
                label=" ".join(read[n] for n in inside),
                words=tuple((n, words[n]) for n in telling),
                spelt=tuple(read[n] for n in telling),
                interests=span.interests,
                is_name=span.is_name,
                corrected=any(corrected[n] for n in inside),
            )
        )
        place = span.end
    parts += [_word(n, read, corrected) for n in range(place, len(read))]
    changed = [pair for pair in zip(typed, read, strict=True) if pair[0] != pair[1]]
    return Understood(tuple(parts), tuple(dict.fromkeys(changed)))


def _word(place: int, read: list[str], corrected: list[bool]) -> Part:
    word = read[place]
    return Part(
        label=word,
        words=((place, stem(word)),),
        spelt=(word,),
        corrected=corrected[place],
        joining=word in JOINING,
    )


def _spelt(word: str, snapshot: Snapshot) -> str:
    """The word, or the nearest spelling where nothing has the word and it is long enough."""
    if len(word) < SHORTEST_CORRECTED or not (word.isascii() and word.isalpha()):
        return word
    if word in JOINING or snapshot.vocabulary.knows(word):
        return word
    if _said(word, snapshot):
        return word
    return next((spelling for _, spelling in _near(word, snapshot)), word)


def did_you_mean(text: str, snapshot: Snapshot) -> str | None:
    """What was typed, each word that few say as the nearest one that many more do; None where
    that changes nothing. It is for offering: such a word is searched as it was typed."""
    typed = tokens(text)[:MOST_WORDS]
    meant = [_more_usual(word, snapshot) for word in typed]
    return " ".join(meant) if meant != typed else None


def _more_usual(word: str, snapshot: Snapshot) -> str:
    said = _said(word, snapshot)
    if len(word) < SHORTEST_CORRECTED or not 0 < said <= FEW or snapshot.vocabulary.knows(word):
        return word
    usual = (
        spelling
        for times, spelling in _near(word, snapshot)
        if times >= MANY_MORE * said and stem(spelling) != stem(word)
    )
    return next(usual, word)


def _said(word: str, snapshot: Snapshot) -> int:
    """How many listings say a word."""
    return len(snapshot.postings(stem(word)).documents)


def _near(word: str, snapshot: Snapshot) -> list[tuple[int, str]]:
    """Words spelt nearly the same, with how many say each: fewest slips first, then most said."""
    slips = 2 if len(word) >= LONG_WORD else 1
    near = process.extract(
        word, snapshot.spellings, scorer=OSA.distance, score_cutoff=slips, limit=10
    )
    found = [
        (slip, -_said(spelling, snapshot), spelling)
        for spelling, slip, _ in near
        if spelling[0] == word[0]
    ]
    return [(-said, spelling) for _, said, spelling in sorted(found)]
