"""What people say of themselves leads to the interests and situations they mean."""

from collections.abc import Callable

import pytest

from connectdo.search.finding import Found
from tests.factories import make_listing

Search = Callable[..., Found]

SAID = [
    ("I've just lost my husband", ["bereavement"]),
    ("my son is 19 and autistic and never goes out", ["autism-groups"]),
    ("I want to get fit but I'm in a wheelchair", ["keeping-fit", "wheelchair-sports"]),
    ("something to do with my hands", ["art-and-craft"]),
    ("I used to be in a band", ["bands"]),
    ("practise my English", ["english-conversation"]),
    ("I'm lonely and don't know anyone round here", ["social-groups", "befriending"]),
    ("I would love to sing again but I can't read music", ["singing"]),
    ("someone to talk to in the evenings", ["befriending"]),
    ("I look after my mum and never get a break", ["carers"]),
    ("my wife has dementia and we don't get out any more", ["dementia"]),
    ("I had a stroke last year", ["stroke"]),
    ("I'm scared of falling", ["falls-prevention"]),
    ("I can't stand for long but I want to move more", ["chair-exercise"]),
    ("the doctor told me to exercise", ["exercise-for-health"]),
    ("I drink too much and want to stop", ["alcohol-recovery"]),
    ("my husband drinks and I can't cope", ["affected-by-addiction"]),
    ("I've just had a baby and feel so alone", ["new-parents"]),
    ("somewhere to take my toddler", ["toddler-groups"]),
    ("I'm a dad on my own with the kids", ["single-parents"]),
    ("I can't use my phone, it's all computers now", ["computers-and-phones"]),
    ("I don't have a garden but I like growing things", ["gardening"]),
    ("I love dogs but can't have one", ["dog-walking"]),
    ("I'd like to give something back", ["helping-others"]),
    ("I was in the army", ["veterans"]),
    ("I just retired and have too much time", ["over-50s"]),
    ("I eat on my own every day", ["lunch-clubs"]),
    ("my flat is cold", ["warm-spaces"]),
    ("there is no food in the house", ["food-banks"]),
    ("I can't pay my bills", ["debt-advice"]),
    ("I think I'm being evicted", ["housing-advice"]),
    ("help to fill in my PIP form", ["benefits-advice"]),
    ("I keep hearing voices", ["hearing-voices"]),
    ("I feel low and anxious all the time", ["mental-health"]),
    ("I lost my baby", ["baby-loss"]),
    ("I'm losing my sight", ["sight-loss"]),
    ("I'm gay and don't know anyone else who is", ["lgbtq-groups"]),
    ("I can't read or write very well", ["reading-writing-and-maths"]),
    ("I need a job", ["finding-work"]),
    ("I fled my country", ["refugees"]),
    ("a lift to the hospital", ["community-transport"]),
    ("I like fixing things", ["repair-cafes"]),
    ("I want to trace my family", ["family-history"]),
    ("an old fashioned dance with a tea", ["dance"]),
    ("I used to play football but my knees are gone", ["football"]),
    ("quiet walks with other people, nothing too strenuous", ["gentle-exercise"]),
    ("I miss my workshop", ["mens-sheds"]),
    ("my child has just been diagnosed with autism", ["autism-groups"]),
]


@pytest.mark.parametrize(("said", "meant"), SAID)
def test_a_sentence_reaches_what_it_means(search: Search, said: str, meant: list[str]) -> None:
    found = search(said)

    assert set(meant) <= set(found.interests)


def test_a_sentence_that_means_nothing_we_know_is_searched_as_words(search: Search) -> None:
    make_listing("Zither evening")

    found = search("I wonder whether anybody plays the zither")

    assert found.interests == ()
    assert found.total == 1
