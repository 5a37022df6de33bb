"""What somebody would rather not have, and that it had better cost nothing."""

import re
from collections.abc import Iterator

from connectdo.search.reading.said import Read, Unwanted

# What people turn down: how it is named, how it is said back, and what that is among listings.
THINGS: dict[str, tuple[str, str, Unwanted]] = {
    "church": (
        r"church(?:es|y)?|chapels?|religio(?:n|us)|god|faith(?: groups?)?|preach(?:ing|y)|bible",
        "nothing religious",
        Unwanted(("faith-and-belief",), ("church", "chapel")),
    ),
    "exercise": (
        r"exercis(?:e|es|ing)|sports?|sporty|the gym|gyms?|keep(?:ing)? fit|fitness|workouts?",
        "no exercise",
        Unwanted(("sport", "exercise-and-wellbeing")),
    ),
    "older-people": (
        r"(?:old|older|elderly) (?:people|folks?|dears|biddies|ladies)|oldies|pensioners?|the old",
        "not for older people",
        Unwanted(("over-50s",), ("elders", "pensioners")),
    ),
    "pub": (r"pubs?|bars?|drink(?:ing|ers)?|alcohol|booze", "no pub", Unwanted((), ("pub", "bar"))),
    "online": (
        r"online|on ?line|zoom|computers?|on (?:a )?screens?|video calls?",
        "not online",
        Unwanted((), (), ("online",)),
    ),
    "phone": (
        r"(?:on|over|by) the (?:tele)?phone|phone calls?",
        "not by phone",
        Unwanted((), (), ("phone",)),
    ),
    "bingo": ("bingo", "no bingo", Unwanted(("bingo",))),
    "singing": (r"sing(?:ing|ers)?|choirs?|karaoke", "no singing", Unwanted(("singing",))),
    "dancing": (r"danc(?:e|es|ing)", "no dancing", Unwanted(("dance",))),
    "knitting": (r"knit(?:ting)?|crochet", "no knitting", Unwanted(("knitting", "crochet"))),
    "crafts": (r"(?:arts and )?crafts?|crafting", "no crafts", Unwanted(("art-and-craft",))),
    "cards": (
        r"card games?|playing cards",
        "no card games",
        Unwanted(("board-games",), ("cards",)),
    ),
    "football": ("football|footy", "no football", Unwanted(("football",))),
    "walking": (r"walk(?:s|ing)?|rambl(?:es?|ing)", "no walking", Unwanted(("walking-groups",))),
    "swimming": (r"swim(?:ming)?", "no swimming", Unwanted(("swimming",))),
    "yoga": ("yoga", "no yoga", Unwanted(("yoga",))),
    "gardening": ("gardening", "no gardening", Unwanted(("gardening",))),
    "coffee": (
        r"coffee mornings?|tea and (?:cake|biscuits)",
        "no coffee morning",
        Unwanted(("coffee-mornings",)),
    ),
}
THING = "|".join(f"(?P<{key.replace('-', '_')}>{rule})" for key, (rule, *_) in THINGS.items())
FILLERS = (
    r"(?:(?:another|an?|in|into|any|anything|something|the|to|at|go|going|play|playing|do|doing|be"
    r"|more|bloody|of|with|for|too|much|run by|to do with) ){0,5}"
)
REFUSES = (
    r"not|nothing|isn'?t|ain'?t|hates?|can'?t (?:stand|bear)|don'?t (?:want|like|do|fancy|need)"
    r"|won'?t|rather (?:not|die than)|anything but|sick of|fed up (?:of|with)|not keen on|not into"
    r"|no interest in|never"
)
AND_ALSO = r"(?: hall| group| stuff| things?)?(?:,? (?:or|and|nor) (?:no )?|, (?:no )?)"
_refused = re.compile(rf"\b(?:{REFUSES}) {FILLERS}(?:{THING})\b", re.IGNORECASE)
# "No church choir near me" wants one; "no church, please" does not.
_no = re.compile(
    rf"\b(?:no|without) (?:more )?(?:{THING})\b(?=(?: hall| stuff| things?)?(?: ?[,.;!?)]|$"
    r"| (?:or|and|please|thanks|but)\b))",
    re.IGNORECASE,
)
_and_also = re.compile(rf"{AND_ALSO}(?:{THING})\b", re.IGNORECASE)
_hall = re.compile(r" (?:halls?|groups?|clubs?|stuff|things?|type things?)\b", re.IGNORECASE)

FREE = re.compile(
    r"\b(?:free of charge|for free|(?:something|anything|anywhere|somewhere) (?:\w+ )?free"
    r"|(?:that'?s|which is|it'?s|has to be|must be|to be) (?:free|cheap)"
    r"|costs? nothing"
    r"|(?:doesn'?t|don'?t|not) costs? (?:\w+ ){0,2}(?:much|anything|money|the earth)"
    r"|(?:no|not (?:got )?(?:any|much)|haven'?t got (?:any|much)|without) (?:spare )?money"
    r"|(?:(?:i|we)(?:'?m| am|'?re| are) |completely |totally )(?:skint|broke|poor)"
    r"|skint|on benefits|on a (?:tight|small) budget|low income|pension credit"
    r"|can'?t afford (?:much|anything|it|to pay|to go (?:out|anywhere)|classes"
    r"|the (?:fees?|cost)))\b",
    re.IGNORECASE,
)


def unwanted(text: str) -> Iterator[Read]:
    """Each thing that somebody turns down."""
    for rule in (_refused, _no):
        for found in rule.finditer(text):
            yield _turned_down(found, text)
            more = _and_also.match(text, found.end())
            while more:
                yield _turned_down(more, text)
                more = _and_also.match(text, more.end())


def free(text: str) -> Iterator[Read]:
    """That money is short."""
    if spans := tuple(found.span() for found in FREE.finditer(text)):
        yield Read("free", "free if possible", spans, like="free")


def _turned_down(found: re.Match[str], text: str) -> Read:
    key = next(key for key, value in found.groupdict().items() if value).replace("_", "-")
    _, label, what = THINGS[key]
    hall = _hall.match(text, found.end())
    end = hall.end() if hall else found.end()
    return Read(f"not-{key}", label, ((found.start(), end),), unwanted=what)
