"""Words that mean somebody may need help now, and words that only sound like it."""

import pytest

from connectdo.search.crisis import help_for

SERIOUS = {
    "suicide": [
        "suicide",
        "SUICIDAL",
        "feeling suicidal and alone",
        "sucidal thoughts",
        "I want to kill myself",
        "kill my self",
        "I keep thinking of ending my life",
        "end my own life",
        "I want to end it all",
        "want to die",
        "I really just want to die",
        "wish I was dead",
        "they would be better off without me",
        "I don’t want to be here any more",
        "I do not want to live",
        "self-harm",
        "self harming",
        "I hurt myself",
        "cutting myself",
        "can't go on",
        "I can't go on like this",
        "I cannot take this anymore",
        "there is nothing to live for",
        "choir, or I will kill myself",
    ],
    "abuse": [
        "abuse",
        "domestic violence",
        "Domestic Abuse support",
        "he hits me",
        "my husband hits me",
        "my husband has been hitting me",
        "he keeps hitting me",
        "hitting me",
        "my mum hurts me",
        "my son threatens me",
        "my partner beats me at home",
        "I was raped",
        "raped",
        "scared of my husband",
        "I am frightened of him",
        "I'm not safe at home",
        "in an abusive relationship",
        "being abused",
        "my carer slapped me",
        "sexual assault",
    ],
    "danger": [
        "call an ambulance",
        "he is going to kill me",
        "he has a knife",
        "I have taken too many tablets",
        "I'm in danger",
        "I took an overdose",
        "she is not breathing",
        "999",
    ],
    "food": [
        "no food",
        "no food in the house",
        "nothing to eat",
        "starving",
        "we are hungry",
        "hungry",
        "hungry children",
        "my kids are hungry",
        "food today",
        "need food today",
        "can't afford food",
        "I can't feed my children",
        "haven't eaten since Sunday",
        "ran out of food",
        "emergency food parcel",
    ],
    "home": [
        "homeless tonight",
        "I am homeless",
        "nowhere to sleep",
        "somewhere to sleep tonight",
        "nowhere to stay",
        "sleeping rough",
        "kicked out of my house",
        "being evicted",
    ],
}

HARMLESS = [
    "",
    "choir",
    "I could murder a curry",
    "murder mystery night",
    "drop dead gorgeous dance",
    "self defence",
    "women's self defence class",
    "food festival",
    "food bank volunteering",
    "street food today",
    "no food waste cafe",
    "substance abuse group",
    "alcohol abuse",
    "killing time on a Monday",
    "dying to meet people",
    "cakes to die for",
    "want to die my hair pink",
    "die cutting cards",
    "Dead Poets book club",
    "life drawing",
    "end of life care volunteers",
    "Suicide Squad film night",
    "starving artists drawing group",
    "The Very Hungry Caterpillar story time",
    "my grandson beats me at chess",
    "my wife beats me at Scrabble",
    "hit me with your rhythm stick",
    "my knee hurts",
    "my back is hurting me",
    "the grief hit me hard",
    "rapeseed oil painting",
    "grape growing",
    "scared of heights",
    "afraid of dogs",
    "homeless charity volunteering",
    "gun dog training",
    "knife skills cooking",
    "first aid heart attack course",
    "after a stroke",
    "go on a trip",
    "can't go on buses",
    "get out of the house",
    "I can't cope with the garden",
    "cutting garden flowers",
    "hungry for company",
    "swim to save a life",
    "danger mouse",
    "living alone",
    "lonely since my husband died",
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in SERIOUS.items() for text in texts]
)
def test_serious_words_bring_the_numbers_to_ring(kind, text):
    kinds = help_for(text)

    assert kind in kinds


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_sound_serious_bring_nothing(text):
    kinds = help_for(text)

    assert kinds == []


def test_case_accents_and_curly_apostrophes_do_not_matter():
    spellings = ["I CAN'T GO ON", "i can’t go on", "I cant go on", "I can't gó on"]

    kinds = [help_for(spelling) for spelling in spellings]

    assert kinds == [["suicide"]] * 4


def test_the_most_pressing_help_stands_first():
    kinds = help_for("No food, my husband hits me and he has a knife. I want to die")

    assert kinds == ["danger", "suicide", "abuse", "food"]


def test_a_long_text_is_answered_at_once():
    text = "he has been is was will " * 2_000

    kinds = help_for(text)

    assert kinds == []
