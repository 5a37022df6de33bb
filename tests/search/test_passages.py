"""A listing is read whole and by its sentences, each known by a hash of what it says."""

from types import SimpleNamespace

from connectdo.search.passages import key_of, passages, sentence_of, sentences


def row(
    summary: str = "", description: str = "", audience: str = "", first_visit: str = ""
) -> SimpleNamespace:
    return SimpleNamespace(
        name="The Sunday Hearth",
        summary=summary,
        description=description,
        audience=audience,
        first_visit=first_visit,
    )


def test_the_whole_comes_first_and_then_each_sentence():
    listing = row("Tea for people who grieve.", "We meet on Sundays. Nobody has to say much.")

    assert passages(listing) == [
        "The Sunday Hearth. Tea for people who grieve. We meet on Sundays. Nobody has to say much",
        "Tea for people who grieve.",
        "We meet on Sundays.",
        "Nobody has to say much.",
    ]


def test_a_sentence_ends_where_a_reader_says_it_ends():
    said = (
        "Mr. Lewis meets you at St. John's at 7.30 p.m. on Tuesdays. "
        "Bring a mug, e.g. your own!\nCome as you are, always"
    )

    assert sentences(row(description=said)) == [
        "Mr. Lewis meets you at St. John's at 7.30 p.m. on Tuesdays.",
        "Bring a mug, e.g. your own!",
        "Come as you are, always",
    ]


def test_what_is_said_twice_is_read_once_and_scraps_not_at_all():
    listing = row(
        "Tea and a good chat.", "Tea and a good chat. Free!", "Adults", "Just turn up then."
    )

    assert sentences(listing) == ["Tea and a good chat.", "Just turn up then."]


def test_a_sentence_that_has_gone_is_not_quoted():
    listing = row("A kettle, a chair and people who have lost someone too.")
    key = key_of("A kettle, a chair and people who have lost someone too.")

    assert sentence_of(listing, key) == "A kettle, a chair and people who have lost someone too."
    listing.summary = "Something else altogether now."
    assert sentence_of(listing, key) is None
