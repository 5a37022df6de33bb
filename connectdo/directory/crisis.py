"""Words that say somebody may need help now. Pure: the words typed in, kinds of help out.

Rules and not a score, so that anybody can read what sets them off. They would rather show the
numbers once too often: results still follow. What is typed is looked at here and nowhere kept.
"""

import re

from connectdo.listings.vocabulary.tokens import tokens

# Words that may stand anywhere inside a phrase and change nothing: "I really just want to die".
FILLERS = frozenset(
    ("actually", "always", "even", "ever", "just", "keep", "really", "so", "still", "very")
)

ME = "(?:my ?self)"
PERSON = (
    "(?:he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mum|mother"
    "|stepdad|stepmum|son|daughter|brother|sister|uncle|carer|family)"
)
HURTS = (
    "(?:hits?|hitting|beats?|beating|hurts?|hurting|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?"
    "|slap(?:s|ped|ping)?|strangle[ds]?|strangling|choke[ds]?|choking|threaten(?:s|ed|ing)?"
    "|abuse[ds]?|abusing|attack(?:s|ed|ing)?|rape[ds]?|raping)"
)
CHILDREN = "(?:baby|child|children|kids?|family|son|daughter)"

# Longer things that are something else, taken out before the rules are asked.
HARMLESS = (
    r"suicide squad",
    r"want to die (?:my|for)",
    rf"{HURTS} me (?:at|in|with)\b(?! (?:home|the face|the head|his|her))",
    r"(?:substance|drugs?|alcohol|solvent) abuse",
    r"starving artists?",
    r"hungry caterpillar",
    r"no food (?:waste|miles|allerg\w+|bank|festival)",
    r"street food",
)

RULES = {
    "danger": (
        r"(?:call|ring|need|dial) (?:an |the )?(?:999|ambulance|police)",
        r"^999$",
        r"(?:im|i am|is|are|were|life|lives) in danger",
        r"going to kill (?:me|us|him|her)",
        r"(?:has|have|with|got) a (?:knife|gun)",
        r"overdosed?|over dosed?",
        r"(?:taken|took|swallowed) (?:too many|all my|a lot of|lots of) (?:pills|tablets)",
        r"having a (?:heart attack|stroke)",
        r"not breathing|bleeding (?:badly|a lot|heavily)|unconscious",
    ),
    "suicide": (
        r"suicid\w*|sucid\w*|suisid\w*|suicde|unalive",
        rf"(?:kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|hanging) {ME}",
        r"(?:end|ending|take|taking) my (?:own )?life",
        r"(?:end|ending) it all|want it (?:all )?to (?:end|stop)",
        r"self ?harm\w*",
        r"(?:want to|wanna|going to|rather) die|(?:be|was|were) dead|better off dead",
        r"better off without me",
        r"(?:dont|do not|no longer) (?:want|wanna) (?:to )?(?:live|exist|be alive|be here|wake up)",
        r"(?:cant|cannot|can not|dont want to) go on(?: any ?more| like this| living)?$",
        r"(?:cant|cannot|can not) go on (?:any ?more|like this|living|with)",
        r"(?:cant|cannot|can not) take (?:it|this) any ?more",
        r"(?:no|any) reason to live|nothing to live for|no point (?:in )?living|tired of living",
    ),
    "abuse": (
        r"domestic (?:abuse|violence)|sexual (?:abuse|assault|violence)|coercive control",
        r"\babuse$|\babuse (?:at|by|from|in|help|survivors?|victims?)",
        r"(?:child|elder|emotional|physical|financial) abuse",
        r"(?:being|been|am|im|was|get|getting|got) (?:abused|assaulted|raped|stalked)",
        r"abusive (?:relationship|marriage|home|ex|husband|wife|partner|boyfriend|girlfriend)",
        r"\brape\b|\braped\b",
        rf"{PERSON}(?: (?:is|was|has|will|been|to|who))* {HURTS} (?:me|us|my {CHILDREN})",
        r"(?:hitting|beating|punching|strangling|raping|stalking|abusing) me",
        rf"(?:scared|afraid|frightened|terrified) of (?:my )?(?:him|her|{PERSON})\b",
        r"(?:not|dont feel|never) safe (?:at|in my|in our) home|not safe with (?:him|her|my)",
        r"unsafe at home|forced marriage|honour (?:based )?violence",
        r"(?:leave|escape|leaving|escaping) my violent|violent (?:husband|partner|boyfriend)",
    ),
    "home": (
        r"homeless (?:tonight|today|now)|(?:im|i am|be|being|made|become|became) homeless",
        r"(?:nowhere|no where|no ?place|somewhere) to sleep",
        r"(?:nowhere|no where) to (?:live|stay|go) (?:tonight|now)|nowhere to (?:live|stay)",
        r"sleeping (?:rough|on the streets?|in my car)|on the streets? tonight",
        r"(?:kicked|thrown|chucked) (?:me )?out (?:of|tonight|today)|being evicted|evicted today",
    ),
    "food": (
        r"no food|nothing to eat|nothing in the cupboards?",
        r"(?:out of|need|get|afford|buy|emergency|without|any) food (?:today|tonight|now|parcels?)",
        r"(?:cant|cannot|can not) afford (?:any |to buy )?(?:food|to eat|to feed)",
        r"(?:run|ran|running) out of food|^(?:out of|need|emergency) food$|i need food$",
        r"(?:havent|have not|not) eaten",
        r"starving|^hungry$",
        rf"hungry (?:{CHILDREN}|today|tonight|now)|{CHILDREN} (?:is |are )?hungry",
        r"(?:im|i am|were|we are|go|going|went) hungry",
        rf"(?:cant|cannot) feed (?:my|the|our) {CHILDREN}|^food today$|free food today",
    ),
}

_harmless = re.compile("|".join(rf"\b(?:{rule})" for rule in HARMLESS))
_rules = {
    kind: re.compile("|".join(rf"(?<!\w)(?:{rule})(?!\w)" for rule in rules))
    for kind, rules in RULES.items()
}


def help_for(text: str) -> list[str]:
    """The kinds of help to show for what was typed, the most pressing first.

    Kinds are "danger", "suicide", "abuse", "home" and "food".
    """
    said = " ".join(word for word in tokens(text) if word not in FILLERS)
    said = _harmless.sub(" / ", said)
    return [kind for kind, rule in _rules.items() if rule.search(said)]
