"""Where photos are kept."""

import io
import os
import time
from pathlib import Path

import pytest
from PIL import Image

from connectdo.photos import (
    Photo,
    keep_photo,
    make_photo,
    photo_file,
    sweep_photos,
)
from connectdo.photos.making import SIZES, WRITTEN

EVERY = [(size, ending) for size in SIZES for ending in WRITTEN]


def a_photo(colour: str = "red") -> Photo:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return make_photo(file.getvalue(), "A choir")


def test_a_photo_is_kept_whole_and_found_by_its_name(tmp_path: Path) -> None:
    photo = a_photo()

    keep_photo(tmp_path, photo)
    keep_photo(tmp_path, photo)

    for size, ending in EVERY:
        path = photo_file(tmp_path, photo.name, size, ending)
        assert path is not None
        assert path.read_bytes() == photo.pictures[size, ending]
    assert len(list((tmp_path / "photos").iterdir())) == len(EVERY)


def test_the_same_picture_has_the_same_name_and_another_has_another() -> None:
    assert a_photo().name == a_photo().name != a_photo("blue").name


@pytest.mark.parametrize(
    ("name", "size", "ending"),
    [
        ("../../secret_key", "large", "jpg"),
        ("a" * 31, "large", "jpg"),
        ("a" * 32 + "\n", "large", "jpg"),
        ("a" * 32, "large", "jpg"),
        ("{name}", "../large", "jpg"),
        ("{name}", "huge", "jpg"),
        ("{name}", "large", "svg"),
    ],
)
def test_no_other_name_leads_to_a_file(tmp_path: Path, name: str, size: str, ending: str) -> None:
    photo = a_photo()
    keep_photo(tmp_path, photo)

    assert photo_file(tmp_path, name.replace("{name}", photo.name), size, ending) is None


def test_what_nobody_wants_is_swept_unless_it_is_new(tmp_path: Path) -> None:
    old, wanted, new = a_photo("red"), a_photo("blue"), a_photo("green")
    for photo in (old, wanted, new):
        keep_photo(tmp_path, photo)
    left_behind = tmp_path / "photos" / "new-abc"
    left_behind.write_bytes(b"half")
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    for path in (tmp_path / "photos").iterdir():
        if not path.name.startswith(new.name):
            os.utime(path, (two_days_ago, two_days_ago))

    gone = sweep_photos(tmp_path, {wanted.name})

    assert gone == len(EVERY) + 1
    assert photo_file(tmp_path, old.name, "small", "webp") is None
    assert photo_file(tmp_path, wanted.name, "small", "webp") is not None
    assert photo_file(tmp_path, new.name, "small", "webp") is not None


def test_a_photo_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        keep_photo(tmp_path, a_photo())

    assert list((tmp_path / "photos").iterdir()) == []
