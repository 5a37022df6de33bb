"""What rules read of a sentence, and what they leave to the words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.relevance.judged import sample_rows
from connectdo import places
from connectdo.search.reading import LONGEST_SAID, read

SAID = [
    # When.
    ("I'd like something in the evenings", ["evenings"]),
    ("my wife died and the house is so quiet of an evening", ["evenings"]),
    ("is there anything on Tuesdays", ["Tuesdays"]),
    ("I want to get out on a Saturday morning", ["Saturday mornings"]),
    ("Saturday nights are murder for me", ["Saturday evenings"]),
    ("somewhere for my lad after school", ["after school", "for a man"]),
    ("I only have my kids at weekends", ["weekends"]),
    ("I could do weekday mornings or Thursday afternoons", ["Thursday afternoons", "mornings"]),
    ("I could go while the kids are at school", ["in school hours"]),
    ("I want something during the day", ["in the daytime"]),
    ("I need a group that is not in the evening", []),
    ("I can't do Tuesdays but would love to sing", []),
    ("I work evenings and know nobody", []),
    ("I clean offices at 4 in the morning and know nobody", []),
    ("I lie awake at three in the morning", []),
    ("my husband died last Sunday and I need someone", []),
    ("I'd love a Sunday lunch with other people", []),
    ("I want to do an evening class in Spanish", []),
    # Who.
    ("I'm 72 and I want to meet people", ["aged 72"]),
    ("im 19 and just had a baby", ["aged 19"]),
    ("my dad is in his eighties and likes cards", ["aged about 85"]),
    ("my 15 year old came out as gay", ["aged 15"]),
    ("my two teenagers have nothing to do", ["a teenager"]),
    ("Our daughter is six with complex needs", ["aged 6"]),
    ("I'm 72 and my wife is 80", []),
    ("We had a baby 5 weeks ago and I know nobody", []),
    ("I'm 5 weeks into my new job", []),
    ("I'm a single mum and want company", ["for a woman"]),
    ("as a man I never talk about it", ["for a man"]),
    ("something for my husband who is bored", ["for a man"]),
    ("I care for my husband who has MS", []),
    ("my mum and my dad want to dance", []),
    ("I use a wheelchair and I miss sport", ["step-free only"]),
    ("I can't manage the stairs but love to sing", ["step-free only"]),
    ("I'd love to try wheelchair basketball", []),
    ("women only please, I want to swim", ["women only"]),
    ("I'm deaf and I want to meet people", ["hearing loop"]),
    ("my gran only speaks Gujarati and is lonely", ["in Gujarati"]),
    ("I miss hearing Portuguese", ["in Portuguese"]),
    # What not.
    ("I want to meet people but not in another church hall", ["nothing religious"]),
    ("something for me with no exercise", ["no exercise"]),
    ("I'd rather die than play bingo but I do like books", ["no bingo"]),
    ("he won't go to anything for old folk", ["not for older people"]),
    ("I like people but no singing or dancing, please", ["no singing", "no dancing"]),
    ("I want something social, not online", ["not online"]),
    ("there is no church choir near me", []),
    ("I can't sing for toffee but it cheers me up", []),
    ("I used to exercise but not now", []),
    # What it costs.
    ("I've got no money and want to get out", ["free if possible"]),
    ("my two boys are bored and i'm skint", ["free if possible"]),
    ("something for me that doesn't cost much", ["free if possible"]),
    ("I've got Saturdays free", ["Saturdays"]),
    ("I broke my hip and feel low", []),
    # Where.
    ("I want something round Brixton way", ["near Brixton, Lambeth"]),
    ("is there anything near SE24", ["near SE24"]),
    ("I live in Hackney and know nobody", ["near Hackney"]),
    ("something for me near SE24 0NG", ["near SE24 0NG"]),
    ("im 72 recently moved to orpington", ["aged 72", "near Orpington"]),
    ("choir near SE24 0NG", ["near SE24 0NG"]),
    ("I grew up in Hackney and miss the market", []),
    ("my daughter lives in Leeds and I am alone", []),
    ("I am in a bit of a hole", []),
    ("I am reading in bed all day", []),
    ("we lost her in March and I can't cope", []),
    ("I would like something between Hackney and somewhere in Bromley", ["near Bromley"]),
]

NAMES = """
Sunday Assembly; Brixton Pride; Women's Institute; The Evening Choir; Age UK; Young at Heart
Age UK Lambeth; Men's Shed; Friday Night Glitter; Mums in Mind; Women in Sport; Made in Hackney
Men Behaving Dadly; Weekend Warriors; Saturday Morning Kitchen; The Free Church; Free Space Project
No Barriers Here; No Limits; Not Dead Yet; Church on the Corner; Deafblind UK
Ring Round Lambeth
Friends of Burgess Park; Tea at Three; Thursday Club; Teen Action; Over 60s Lunch Club; yoga Tuesday
evening class; free yoga; choir; men; wheelchair basketball; step free; dads; aa; ms; 50+; BSL
Bath Rugby; Reading Group; Read to me, Kensal Rise; It Takes Two; Me and My Girl
""".replace("\n", ";").split(";")

HOSTILE = [
    "",
    "x" * 100_000,
    "I want " * 20_000,
    "in the evening " * 7_000,
    "near " * 20_000,
    "I'm " + "9" * 90_000,
    "I'm not " + "another " * 10_000 + "church",
    "no " * 30_000,
    "a way " * 20_000,
    "I live in " + "Brixton " * 10_000,
    "\x00\x01I want\x1b[31m an evening\x07",
    "أريد شيئا في المساء " * 5_000,
    "\u202eI want evenings\u202c " * 2_000,
    "👩‍🦽🙂 " * 20_000,
    "I want \ud800 evenings".encode("utf-8", "replace").decode(),
    "İ" * 5_000 + " I want evenings near SE24",
]


@pytest.fixture(scope="module", autouse=True)
def _gazetteer(installation: Path) -> Iterator[None]:
    """The places that the site of the tests knows."""
    app = Flask(__name__, instance_path=str(installation))
    places.init_app(app)
    with app.app_context():
        yield


@pytest.mark.parametrize(("said", "labels"), SAID)
def test_a_sentence_is_read_as_it_is_meant(said: str, labels: list[str]) -> None:
    reading = read(said)

    assert sorted(each.label for each in reading.reads) == sorted(labels)


@pytest.mark.parametrize("name", [each.strip() for each in NAMES if each.strip()])
def test_a_name_or_a_keyword_is_left_to_its_words(name: str) -> None:
    reading = read(name)

    assert (reading.reads, reading.words) == ((), name)


def test_no_name_of_a_sample_listing_is_read_as_a_sentence() -> None:
    names = {row[each] for row in sample_rows() for each in ("name", "organisation", "venue")}

    read_as = {name: read(name).reads for name in names if read(name).reads}

    assert read_as == {}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_sent_is_read_without_an_error_and_no_further_than_a_page(text: str) -> None:
    reading = read(text)

    assert len(reading.words) <= LONGEST_SAID


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from([said for said, _ in SAID]), st.text(max_size=200))
def test_of_any_text_words_are_left_to_search_for(before: str, said: str, after: str) -> None:
    text = " ".join(f"{before} {said} {after}".split())

    reading = read(text)

    assert reading.words
    assert len({each.key for each in reading.reads}) == len(reading.reads)


@settings(deadline=None)
@given(st.permutations(["evenings", "near SE24", "no bingo", "I'm 72", "I've got no money"]))
def test_in_whatever_order_it_is_said_the_same_is_read(parts: list[str]) -> None:
    reading = read("I want company, " + ", ".join(parts))

    keys = {each.key for each in reading.reads}
    assert keys == {"evening", "near", "not-bingo", "age", "free"}
    assert reading.words.casefold().startswith("i want company")


@settings(deadline=None)
@given(st.sets(st.sampled_from(["evening", "near", "not-bingo", "age", "free"])))
def test_what_is_taken_off_is_not_read_and_the_rest_stays(taken_off: set[str]) -> None:
    said = "I'm 72 and want company in the evenings near SE24, no bingo, and I'm skint"

    reading = read(said, left_out=taken_off)

    kept = {each.key for each in reading.reads}
    assert kept == {"evening", "near", "not-bingo", "age", "free"} - taken_off
    assert reading.words == read(said).words


def test_a_place_that_was_filled_in_wins() -> None:
    reading = read("I want something near SE24", has_place=True)

    assert (reading.near, reading.words) == (None, "I want something near SE24")


def test_which_of_several_places_is_meant_is_asked_and_not_guessed() -> None:
    reading = read("I live in Newport and know nobody")

    assert reading.near is None
    assert len(reading.which) > 1


def test_what_was_read_is_not_searched_for_by_its_words() -> None:
    reading = read("I want to sing in the evenings round Brixton way but not in a church hall")

    assert reading.words == "I want to sing"


def test_words_that_say_more_than_was_read_of_them_are_searched_for_too() -> None:
    said = "I use a wheelchair and only speak Gujarati, women only"

    assert read(said).words == said
