"""Words that say somebody may need help now. Pure: the words typed in, kinds of help out.

Rules and not a score, so that anybody can read what sets them off. They would rather show the
numbers once too often: results still follow. What is typed is looked at here and nowhere kept.
"""

import re

from connectdo.listings.vocabulary.tokens import tokens

# However long a text is, so much of it is looked at.
MOST_LETTERS = 5_000
# Words that may stand anywhere inside a phrase and change nothing: "I really just want to die".
FILLERS = frozenset(
    ("actually", "always", "even", "ever", "just", "keep", "really", "so", "still", "very")
)

ME = "(?:my ?self)"
THEM = "(?:him|her|them)sel(?:f|ves)"
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
CANNOT = "(?:cant|cannot|can not)"
PILLS = (
    "(?:pills|tablets|paracetamols?|painkillers|sleeping pills|meds|medication|ibuprofen"
    "|antidepressants)"
)
HOME = "(?:house|home|flat|place|hostel|room|accommodation)"

# Longer things that are something else, taken out before the rules are asked.
HARMLESS = (
    r"suicide squad",
    r"want to die (?:my|for)",
    r"(?:rather|sooner) die than(?! (?:live|go on|carry on|be here|face|go back|stay|wake))",
    rf"{HURTS} me (?:at|in|with)\b(?! (?:home|the face|the head|the stomach|his|her|a knife|a belt"
    r"|a bottle|things))",
    r"(?:substance|drugs?|alcohol|solvent) abuse",
    r"starving artists?",
    r"hungry caterpillar",
    r"no food (?:waste|miles|allerg\w+|bank|festival)",
    r"street food",
    r"(?:havent|have not|not) eaten (?:out|meat|fish|dairy|sugar|bread|there|it|in years)",
)

RULES = {
    "danger": (
        r"(?:call|ring|need|dial) (?:an |the )?(?:999|ambulance|police)",
        r"^999$",
        r"(?:im|i am|is|are|were|life|lives) in danger",
        r"going to kill (?:me|us|him|her)",
        r"(?:has|have|with|got) a (?:knife|gun)",
        r"overdosed?|over dosed?",
        rf"(?:taken|took|swallowed) (?:too many|all (?:of )?(?:my|the|his|her)|lots of|loads of"
        rf"|a (?:whole )?(?:lot|packet|bottle|box|load|handful) of) {PILLS}",
        r"having a (?:heart attack|stroke)|having chest pains",
        rf"chest (?:hurts|pains?|is tight) (?:and )?(?:i )?{CANNOT} breathe",
        r"not breathing|bleeding (?:badly|a lot|heavily)|unconscious",
        rf"{PERSON} (?:wont|{CANNOT}) wake up(?! (?:in|for|before|on|early|late))",
        r"(?:cut|slit|slashed) my wrists?",
        r"(?:someones?|somebodys?|they|theyre|a man)(?: is| are)? (?:breaking in(?:to)?"
        r"|trying to (?:break|get) in)",
    ),
    "suicide": (
        r"suicid\w*|sucid\w*|suisid\w*|suicde|unalive",
        rf"(?:kill|killing|hurt|hurting|harm|harming|cut|cutting|hang|hanging) {ME}",
        rf"(?:kill|killing|harm|harming|cutting|hanging) {THEM}",
        r"(?:end|ending|take|taking) my (?:own )?life",
        r"(?:wants?|wanted|trying|tried|going|threatens|threatening|talks? about|talking about"
        r"|thinking of)(?: to)? (?:end|ending|take|taking) (?:his|her|their) (?:own )?li(?:fe|ves)",
        r"(?:end|ending) it all|want it (?:all )?to (?:end|stop)",
        r"(?:thinking (?:about|of)|want to|going to) (?:end|ending) things(?! with)",
        r"self ?harm\w*",
        r"(?:wants? to|wanted to|wanna|going to|rather) die",
        r"(?:wish i (?:was|were)|want to be|wanna be|rather be|better off|might as well be) dead",
        r"better off without me",
        r"(?:happier|better|better off|easier) (?:if|when) i"
        r" (?:(?:was|were|am) (?:gone|dead|not here)"
        r"|(?:wasnt|werent) (?:here|around))",
        r"no ?(?:body|one) (?:would|will)"
        r" (?:miss me|(?:care|notice) if i (?:died|was gone|wasnt here|disappeared))",
        r"(?:dont|do not|no longer) (?:want|wanna) (?:to )?(?:live|exist|be alive|be here|wake up)",
        r"(?:wish|hope|pray) i (?:dont|didnt|wouldnt|wont|never|do not) wake up"
        r"(?! (?:late|early|at|for))",
        r"(?:go to sleep|fall asleep) and (?:not|never) wake up",
        r"(?:wish id|wish i had|wish i was) never (?:been )?born",
        r"(?:cant|cannot|can not|dont want to) (?:go|carry) on(?: any ?more| like this| living)?$",
        rf"{CANNOT} (?:go|carry) on (?:any ?more|like this|living)|{CANNOT} go on with",
        rf"{CANNOT} take (?:it|this) any ?more|{CANNOT} do (?:this|life) any ?more",
        rf"(?:{CANNOT}|dont) see (?:a|any) way (?:out|forward)|no way out(?: of (?:this|it|here))?"
        r"(?: for me)?$|no way out of this",
        r"(?:dont|do not|cant|no longer) see (?:the|a|any) point(?:$| any ?more"
        r"| (?:in|of) (?:anything|life|living|it all|going on|carrying on|being here))",
        r"the point (?:of|in) (?:carrying on|going on|living|life|being here|anything)",
        r"(?:no|any) reason to (?:live|go on|carry on)|nothing (?:left )?to live for"
        r"|no point (?:in )?living|tired of living|(?:give|given|giving) up on (?:life|living)",
        r"had enough of (?:life|living)(?! (?:alone|on|in|with|here|at|by|off|under|above))",
        r"(?:goodbye|suicide) (?:letters?|notes?)",
        r"jump(?:ing)? (?:off|in front of) (?:a |the |that )?(?:bridge|roof|cliff|train|building)",
        rf"(?:saved|saving|storing|hoarding|stockpiling) (?:up )?(?:all )?(?:my )?{PILLS}",
        r"(?:been|im|am|started) cutting again|cutting my (?:arms?|legs?|wrists?|thighs?)",
        r"want to disappear(?! (?:into|to|for|in|behind|off|under|on))",
        r"(?:im|i am) (?:such )?a burden (?:to|on) (?:everyone|everybody|them|people|my family)",
    ),
    "abuse": (
        r"domestic (?:abuse|violence)|sexual (?:abuse|assault|violence)|coercive control",
        r"\babuse$|\babuse (?:at|by|from|in|help|survivors?|victims?)",
        r"(?:child|elder|emotional|physical|financial) abuse",
        r"(?:being|been|am|im|was|get|getting|got) (?:abused|assaulted|raped|stalked)",
        r"abusive (?:relationship|marriage|home|ex|husband|wife|partner|boyfriend|girlfriend)",
        r"\brape\b|\braped\b",
        rf"{PERSON}(?: (?:is|was|has|will|been|to|who))* {HURTS} (?:me|us|my {CHILDREN})"
        r"(?! out\b)",
        r"(?:hitting|beating|punching|strangling|raping|stalking|abusing) me",
        r"(?:and|or|then) (?:hits|punches|slaps|kicks|strangles|beats) (?:me|us)",
        r"(?:round|around|by) (?:my|the) (?:throat|neck)$|by the throat"
        r"|hands (?:round|around) my (?:throat|neck)",
        rf"{PERSON} (?:wont|doesnt|does not|will not|never) lets? me (?:leave|go out|out|see|talk)",
        rf"{PERSON} (?:throws|smash(?:es|ed)) (?:things|the (?:place|house)|everything|my things)",
        rf"{PERSON} (?:controls|takes) (?:all )?(?:of )?my (?:money|wages|bank card|passport)"
        r"|checks my phone",
        rf"(?:scared|afraid|frightened|terrified) of (?:my )?(?:him|her|{PERSON})\b",
        r"(?:scared|afraid|frightened|terrified) (?:to go|of going) home",
        r"(?:scared|afraid|frightened|terrified) of what (?:he|she|hell|shell|they|theyll)\b",
        r"(?:stepdad|stepfather|dad|father|uncle|brother|he) (?:comes|came|gets|got) (?:in|into) my"
        r" (?:room|bed|bedroom)",
        r"(?:is|someone|somebody|he|man|uncle|dad|stepdad|keeps) touch(?:es|ing) me",
        r"(?:make|making|makes|made|force|forces|forced|forcing) me (?:to )?(?:marry|have sex)"
        r"|forc(?:es|ed|ing) (?:him|her)self on me",
        r"take (?:the|my|our) (?:children|kids|baby)(?: away)?(?: from me)? if i leave",
        r"(?:not|dont feel|never) safe (?:at|in my|in our) home|not safe with (?:him|her|my)",
        r"unsafe at home|forced marriage|honour (?:based )?violence",
        r"(?:leave|escape|leaving|escaping) my violent|violent (?:husband|partner|boyfriend)",
    ),
    "home": (
        r"homeless (?:tonight|today|now)|(?:im|i am|be|being|made|become|became) homeless",
        r"(?:nowhere|no where|no ?place|somewhere) to sleep",
        r"(?:nowhere|no where) to (?:live|stay|go) (?:tonight|now)|nowhere to (?:live|stay)",
        r"sleeping (?:rough|on the streets?|in (?:my|the|our) (?:car|van))|sofa ?surf\w*",
        r"on the streets? (?:tonight|since|again)|living on the streets?",
        rf"(?:kicked|thrown|chucked|threw) (?:me |us )?out (?:of (?:my|our|the|his|her) {HOME}"
        r"|of home|tonight|today|and|at \d+)|(?:kicked|thrown|chucked|threw) (?:me|us) out$",
        r"being evicted|evicted today|to evict (?:me|us)|evicting (?:me|us)",
        r"landlord (?:has )?changed (?:the|my|our) locks",
    ),
    "food": (
        r"no food|nothing to eat|(?:nothing|no food) in the (?:cupboards?|fridge)",
        r"cupboards? (?:is|are) (?:empty|bare)|fridge is empty",
        r"(?:out of|need|get|afford|buy|emergency|without|any) food (?:today|tonight|now|parcels?)",
        rf"{CANNOT} afford (?:any |to buy )?(?:food|to eat|to feed)|money for food",
        r"(?:run|ran|running) out of food|^(?:out of|need|emergency) food$|i need food$",
        r"(?:havent|have not|not|ive not) eaten",
        rf"(?:go|going|went|gone) without (?:food|meals|eating|(?:the|my|our) {CHILDREN} can)",
        r"skip(?:ping)? meals",
        r"starving|^hungry$",
        rf"hungry (?:{CHILDREN}|today|tonight|now)|{CHILDREN} (?:is |are )?hungry",
        r"(?:im|i am|were|we are|go|going|went) hungry(?! for)",
        rf"{CANNOT} feed (?:my|the|our) {CHILDREN}|^food today$|free food today",
    ),
}

_harmless = re.compile("|".join(rf"\b(?:{rule})" for rule in HARMLESS))
_rules = {
    kind: re.compile("|".join(rf"(?<!\w)(?:{rule})(?!\w)" for rule in rules))
    for kind, rules in RULES.items()
}


def help_for(text: str) -> list[str]:
    """The kinds of help to show for what was typed, the most pressing first.

    Grief is none of them: who has lost somebody finds others who have.

    Kinds are "danger", "suicide", "abuse", "home" and "food".
    """
    said = " ".join(word for word in tokens(text[:MOST_LETTERS]) if word not in FILLERS)
    said = _harmless.sub(" / ", said)
    return [kind for kind, rule in _rules.items() if rule.search(said)]
