"""What a sentence hopes for orders what is found. Only what must be there leaves any out."""

from collections.abc import Callable

from tests.factories import HOME, make_listing

Names = Callable[..., list[str]]


def test_what_is_at_another_time_comes_after_what_is_when_they_said(names: Names) -> None:
    make_listing("Choir in the morning", interests=["Choir"], weekly="Tue 10:00")
    make_listing("Choir at night", interests=["Choir"], weekly="Tue 19:00")

    found = names("I want to join a choir in the evenings")

    assert found == ["Choir at night", "Choir in the morning"]


def test_a_time_finds_no_class_by_its_word(names: Names) -> None:
    make_listing("Evening class in bookkeeping", weekly="Tue 19:00")
    make_listing("Choir", interests=["Choir"], weekly="Tue 19:00")

    found = names("I want to join a choir in the evenings")

    assert found == ["Choir"]


def test_what_somebody_turns_down_comes_last(names: Names) -> None:
    make_listing("Chapel choir", interests=["Choir", "Church and Christian groups"])
    make_listing("Singers of the arch", interests=["Choir"])

    found = names("I'd love a choir but not another church")

    assert found == ["Singers of the arch", "Chapel choir"]


def test_what_is_for_another_age_comes_last(names: Names) -> None:
    make_listing("Choir for the young", interests=["Choir"], max_age=25)
    make_listing("Choir", interests=["Choir"], min_age=18)

    assert names("I'm 72 and love a choir")[0] == "Choir"
    assert len(names("I'm 72 and love a choir")) == 2


def test_what_is_for_the_other_sex_comes_last(names: Names) -> None:
    make_listing("Choir of women", interests=["Choir"], gender="women")
    make_listing("Choir", interests=["Choir"])

    found = names("I'm a man of few words but I love a choir")

    assert found == ["Choir", "Choir of women"]


def test_what_costs_nothing_comes_first_for_who_has_no_money(names: Names) -> None:
    make_listing("Dear choir", interests=["Choir"], is_free=False)
    make_listing("Choir of all", interests=["Choir"], is_free=True)

    found = names("I love a choir but I've got no money")

    assert found == ["Choir of all", "Dear choir"]


def test_where_somebody_says_they_are_is_where_it_is_near(names: Names) -> None:
    make_listing("Distant choir", interests=["Choir"], miles=20)
    make_listing("Near choir", interests=["Choir"], miles=1)

    assert names("I'd love a choir round Herne Hill way")[0] == "Near choir"
    assert names("I'd love a choir near Orpington", near=HOME)[0] == "Near choir"


def test_steps_decide_for_a_wheelchair_and_can_be_taken_off(names: Names) -> None:
    make_listing("Choir upstairs", interests=["Choir"], access="no step_free")
    make_listing("Choir on the level", interests=["Choir"], access="step_free")
    said = "I use a wheelchair and love a choir"

    assert names(said) == ["Choir on the level"]
    assert sorted(names(said, not_read=["step_free"])) == ["Choir on the level", "Choir upstairs"]


def test_a_name_is_found_by_its_words_whatever_they_say(names: Names) -> None:
    for name in ("The Evening Choir", "Sunday Assembly", "Young at Heart", "Age UK Lambeth"):
        make_listing(name, weekly="Mon 10:00")

    for name in ("The Evening Choir", "Sunday Assembly", "Young at Heart", "Age UK Lambeth"):
        assert names(name)[0] == name


def test_what_comes_only_in_a_way_that_they_turn_down_comes_last(names: Names) -> None:
    make_listing("Choir by screen", delivery=["online"])
    make_listing("Choir by screen or in the hall", delivery=["online", "in_person"])

    found = names("I'd love a choir but I don't do computers")

    assert found == ["Choir by screen or in the hall", "Choir by screen"]
