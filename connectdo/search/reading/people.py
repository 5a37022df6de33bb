"""Who somebody is, where a listing may be for others only: age, sex, steps, hearing, language."""

import re
from collections.abc import Iterator

from connectdo.search.reading.said import Read

SMALL = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty".split(),
        start=1,
    )
}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
DECADES |= {"seventies": 70, "eighties": 80, "nineties": 90}
OLDEST = 110
A_TEENAGER = 15

NUMBER = rf"(?P<age>\d{{1,3}}|{'|'.join(SMALL)})"
RELATION = (
    r"(?:mum|mother|mam|dad|father|nan|nana|gran|grandma|grandmother|grandad|granddad|grandfather"
    r"|husband|wife|partner|son|daughter|lad|boy|girl|brother|sister|uncle|aunt|auntie|aunty|nephew"
    r"|niece|neighbour|friend|mate|grandson|granddaughter|(?:mother|father)[ -]in[ -]law|he|she)"
)
OF_TIME = (
    r"(?! ?(?:weeks?|months?|days?|hours?|hrs?|minutes?|mins?|miles?|stone|foot|ft|am|pm|%)\b)"
)
NO_AGE_AFTER = rf"(?![\w:.]*\d){OF_TIME}(?! (?:of|or|and a half|times|in the)\b)"
AGES = (
    rf"\b(?:i'?m|i am)(?: (?:only|now|just|nearly|almost|about|over|a))? {NUMBER}\b{NO_AGE_AFTER}",
    rf"\b{RELATION}(?:'s| is|s)(?: (?:only|now|just|nearly|almost))? {NUMBER}\b{NO_AGE_AFTER}",
    rf"\baged? {NUMBER}\b|\bturned {NUMBER.replace('<age>', '<turned>')}\b",
    rf"\b{NUMBER}[ -]?(?:years?[ -]?olds?|year[ -]old|yrs?[ -]old|yo)\b",
    r"\b(?:at|^) ?(?P<age>[1-9]\d)\b(?!:)(?=[,. ]+(?:i|and|i'?m|years)\b|$|[.,!?])",
    rf"^(?P<age>[1-9]\d), {OF_TIME}",
)
IN_THEIR = re.compile(
    r"\bin (?:my|his|her|their) (?:(?:early|mid|late) )?"
    rf"(?P<decade>{'|'.join(DECADES)}|[2-9]0'?s)\b",
    re.IGNORECASE,
)
TEENAGER = re.compile(r"\bteen(?:ager|age|aged)?s?\b", re.IGNORECASE)
_ages = [re.compile(rule, re.IGNORECASE) for rule in AGES]

MANLY = r"(?:man|bloke|chap|lad|guy|boy|dad|father|widower|husband|grand(?:ad|dad|father))"
WOMANLY = (
    r"(?:woman|lady|lass|girl|mum|mam|mother|widow|wife|nan|gran|grandma|grandmother|housewife)"
)
HIM = r"(?:dad|father|husband|son|lad|brother|uncle|nephew|grand(?:ad|dad|father|son))"
HER = (
    r"(?:mum|mam|mother|wife|daughter|sister|aunt|auntie|aunty|niece|nan|gran|grandma|grandmother"
    r"|granddaughter)"
)
ADJECTIVES = r"(?:(?!not\b|no\b)[\w'-]+ ){0,3}?"
WANTS = r"(?:'s| is| needs| wants| would| loves| likes| has nothing)"
WANTING = rf"{WANTS}(?<!'s)(?<! is)|(?:'s| is) (?:\d|looking|lonely|bored|stuck|isolated)"
FOR = r"(?<!care )(?<!cares )(?<!caring )(?<!cared )\bfor"
SEXES = {
    "man": rf"\b(?:i'?m|i am|as) an? {ADJECTIVES}{MANLY}\b(?! of)|{FOR} my {HIM}\b"
    rf"|\bmy (?!husband){HIM}(?:{WANTING})",
    "woman": rf"\b(?:i'?m|i am|as) an? {ADJECTIVES}{WOMANLY}\b(?! of)|{FOR} my {HER}\b"
    rf"|\bmy (?!wife){HER}(?:{WANTING})",
}
_sexes = {sex: re.compile(rule, re.IGNORECASE) for sex, rule in SEXES.items()}

# What they cannot do without decides; the rest is only better.
MUSTS = {
    "step_free": (
        "step-free only",
        r"\bwheel ?chair (?:user|bound)\b|\b(?:in|use|uses|using|need|needs|my|his|her) "
        r"(?:a |an )?(?:\w+ )?wheel ?chair\b(?! (?:basket|rugby|tennis|sport|danc|rac))"
        r"|\bmy (?:mobility )?scooter\b|\bzimmer(?: frame)?\b|\bwalking frame\b|\bstep[ -]?free\b"
        r"|\b(?:can'?t|cannot|can not|couldn'?t|won'?t) (?:do|manage|climb|get up|cope with|use)"
        r"(?: the| any)? (?:stairs|steps)\b|\bno (?:stairs|steps)\b",
    ),
    "women_only": (
        "women only",
        r"\b(?:women|ladies|females?)[ -]?only\b|\b(?:just|only) (?:for )?(?:women|ladies)\b",
    ),
    "men_only": ("men only", r"\b(?:men|blokes)[ -]?only\b|\b(?:just|only) for (?:men|blokes)\b"),
}
LIKES = {
    "hearing_loop": (
        "hearing loop",
        r"\b(?:i'?m|i am) (?:\w+ )?(?:deaf|hard of hearing)\b|\bmy hearing aids?\b",
    ),
    "bsl": ("British Sign Language", r"\b(?:i|we) sign\b|\bbsl\b|\b(?:my|our) interpreter\b"),
    "quiet": (
        "somewhere quiet",
        r"\bsomewhere (?:\w+ )?(?:quiet|calm)\b|\b(?:not|isn'?t) too (?:noisy|loud)\b"
        r"|\bcan'?t (?:stand|bear|do|cope with|take) (?:the )?noise\b|\bnot good with noise\b",
    ),
    "assistance_dogs": (
        "assistance dogs welcome",
        r"\b(?:my|a|his|her) (?:guide|assistance|hearing) dog\b",
    ),
    "near_bus": ("near a bus stop", r"\bon a bus route\b|\bi don'?t drive\b|\bnear a bus\b"),
}
_access = [
    (key, label, re.compile(rule, re.IGNORECASE), is_must)
    for rules, is_must in ((MUSTS, True), (LIKES, False))
    for key, (label, rule) in rules.items()
]

LANGUAGES = (
    "Albanian Amharic Arabic Bengali Bulgarian Cantonese Chinese Czech Dari Dutch Farsi French"
    " German Greek Gujarati Hebrew Hindi Hungarian Italian Japanese Konkani Korean Kurdish"
    " Lithuanian Mandarin Nepali Pashto Persian Polish Portuguese Punjabi Romanian Russian Somali"
    " Spanish Swahili Sylheti Tagalog Tamil Tigrinya Turkish Twi Ukrainian Urdu Vietnamese Welsh"
    " Yoruba"
).split()
LANGUAGE = rf"(?P<language>{'|'.join(LANGUAGES)})"
SPEAKS = re.compile(
    rf"\b(?:speaks?|speaking)(?: (?:only|just|fluent|mostly|mainly|no english only))? {LANGUAGE}\b"
    rf"|\b{LANGUAGE.replace('<language>', '<spoken>')}[ -]speak(?:er|ers|ing)\b"
    rf"|\b(?:hearing|missing|talk in|chat in) {LANGUAGE.replace('<language>', '<heard>')}\b",
    re.IGNORECASE,
)


def age(text: str) -> Iterator[Read]:
    """The one age that a sentence gives. Of two, nobody knows whose matters."""
    found = [
        (_number(next(filter(None, match.groupdict().values()))), match.span())
        for rule in _ages
        for match in rule.finditer(text)
    ]
    found = [(years, span) for years, span in found if 1 <= years <= OLDEST]
    about = [(_decade(match["decade"]), match.span()) for match in IN_THEIR.finditer(text)]
    teens = [(A_TEENAGER, match.span()) for match in TEENAGER.finditer(text)]
    years = {each for each, _ in found} or {each for each, _ in about}
    if len(years) == 1:
        spans = tuple(dict.fromkeys(span for _, span in (*found, *about)))
        label = f"aged {min(years)}" if found else f"aged about {min(years)}"
        yield Read("age", label, spans, age=min(years), keeps_words=True)
    elif teens and not years:
        span = teens[0][1]
        yield Read("age", "a teenager", (span,), age=A_TEENAGER, keeps_words=True)


def sex(text: str) -> Iterator[Read]:
    """Whether it is for a man or for a woman, where only one of them is spoken of."""
    found = {each: match.span() for each, rule in _sexes.items() if (match := rule.search(text))}
    if len(found) == 1:
        ((each, span),) = found.items()
        yield Read("sex", f"for a {each}", (span,), sex=each, keeps_words=True)


def access(text: str) -> Iterator[Read]:
    """What they cannot do without, and what would be better."""
    for key, label, rule, is_must in _access:
        if found := rule.search(text):
            must, like = (key, "") if is_must else ("", key)
            yield Read(key, label, (found.span(),), keeps_words=True, must=must, like=like)


def languages(text: str) -> Iterator[Read]:
    """What they speak besides English."""
    for found in SPEAKS.finditer(text):
        language = next(filter(None, found.groupdict().values())).capitalize()
        yield Read(
            f"speaks-{language.lower()}",
            f"in {language}",
            (found.span(),),
            keeps_words=True,
            speaks=language,
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else SMALL[text.lower()]


def _decade(text: str) -> int:
    """The middle of somebody's seventies."""
    return (DECADES.get(text.lower()) or int(text[:2])) + 5
