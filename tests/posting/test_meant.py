"""Interests that a description means, though it names none of them."""

import pytest

from connectdo.listings.vocabulary import Vocabulary
from connectdo.posting.suggesting import MOST_SUGGESTED, with_meant
from connectdo.search.encoding import read_unread
from connectdo.search.sync import sync
from tests.factories import make_person
from tests.posting.conftest import Writer

PACK = "Take your pups for a walk with us."


@pytest.fixture
def vocabulary() -> Vocabulary:
    from connectdo.listings.queries import vocabulary

    return vocabulary()


class TestWhereSentencesAreRead:
    @pytest.fixture
    def meaning(self) -> str:
        return "1"

    def test_interests_are_offered_for_what_a_description_means(self, writer: Writer) -> None:
        sync()
        read_unread()
        writer.visitor.sign_in(make_person())
        writer.begin(name="The Saturday Pack", description=PACK)

        page = writer.get("interests").text

        assert 'value="dog-walking"' in page
        assert 'value="dog-walking" checked' not in page

    def test_what_is_not_english_is_left_to_the_words(self, writer: Writer) -> None:
        sync()
        read_unread()
        writer.visitor.sign_in(make_person())
        writer.begin(name="خواتین کا گروپ", description="ہر منگل کو چائے")

        assert writer.get("interests").status_code == 200


def test_turned_off_they_are_suggested_by_words_alone(writer: Writer) -> None:
    writer.visitor.sign_in(make_person())
    writer.begin(name="The Saturday Pack", description=PACK)

    assert 'value="dog-walking"' not in writer.get("interests").text


def test_what_words_suggest_comes_first_and_stays(app: object, vocabulary: Vocabulary) -> None:
    offered = with_meant(vocabulary, ["singing"], ["choir", "music", "singing"])

    assert offered == ["singing", "choir"]


def test_so_many_are_offered_at_most(app: object, vocabulary: Vocabulary) -> None:
    every = [each.slug for each in vocabulary.concepts]

    assert len(with_meant(vocabulary, [], every)) == MOST_SUGGESTED
