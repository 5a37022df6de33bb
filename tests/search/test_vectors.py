"""Vectors are kept in four bits a number, in files that are there whole or not at all."""

from pathlib import Path

import numpy as np
import pytest

from connectdo.meaning import WIDTH
from connectdo.search import vectors
from connectdo.search.passages import KEY
from connectdo.search.vectors import CutShort, File, Vectors, files_in

Made = tuple[np.ndarray, np.ndarray]


def made(count: int, seed: int = 1) -> Made:
    chance = np.random.default_rng(seed)
    some = chance.normal(size=(count, WIDTH)).astype(np.float32)
    keys = chance.integers(0, 2**63, count).astype(KEY)
    return keys, some / np.linalg.norm(some, axis=1, keepdims=True)


def test_a_cosine_is_nearly_what_it_was(tmp_path: Path):
    keys, each = made(500)
    vectors.add(tmp_path, keys, each)
    kept = Vectors(files_in(tmp_path))
    asked = (each[3] + each[4]) / np.linalg.norm(each[3] + each[4])

    found = kept.cosines(kept.rows(keys), asked)

    assert np.abs(found - each @ asked).max() < 0.03
    assert set(np.argsort(-found)[:2].tolist()) == {3, 4}


def test_fewer_signs_differ_the_more_alike_two_are(tmp_path: Path):
    keys, each = made(100)
    vectors.add(tmp_path, keys, each)
    kept = Vectors(files_in(tmp_path))

    differing = kept.differing(each[7])[kept.rows(keys)]

    assert differing[7] == 0
    assert differing.argsort()[0] == 7
    assert kept.differing(each[7])[-1] == WIDTH


def test_a_key_without_a_vector_has_no_row(tmp_path: Path):
    keys, each = made(5)
    vectors.add(tmp_path, keys, each)
    kept = Vectors(files_in(tmp_path))

    assert kept.rows(np.array([keys[2], 7], dtype=KEY)).tolist()[1] == -1
    assert kept.cosines(np.array([-1]), each[0]).tolist() == [0]


def test_many_files_are_as_one(tmp_path: Path):
    keys, each = made(60)
    for start in range(0, 60, 20):
        vectors.add(tmp_path, keys[start : start + 25], each[start : start + 25])
    apart = Vectors(files_in(tmp_path))
    before = apart.cosines(apart.rows(keys), each[5])

    vectors.merge(tmp_path, apart.files)
    merged = Vectors(files_in(tmp_path))

    assert len(merged.files) == 1
    assert merged.size == 60
    np.testing.assert_array_equal(merged.cosines(merged.rows(keys), each[5]), before)


def test_what_no_listing_needs_is_left_out_of_the_merged(tmp_path: Path):
    keys, each = made(10)
    vectors.add(tmp_path, keys, each)

    vectors.merge(tmp_path, files_in(tmp_path), wanted=keys[:4])

    assert Vectors(files_in(tmp_path)).rows(keys).tolist().count(-1) == 6


def test_rows_stay_the_same_when_files_are_added(tmp_path: Path):
    keys, each = made(10)
    vectors.add(tmp_path, keys[:5], each[:5])
    first = Vectors(files_in(tmp_path))
    for n in range(5, 10):
        vectors.add(tmp_path, keys[n : n + 1], each[n : n + 1])

    second = Vectors(files_in(tmp_path, first.files))

    assert second.continues(first)
    assert second.rows(keys[:5]).tolist() == first.rows(keys[:5]).tolist()


def test_a_file_that_is_cut_short_is_passed_over_and_never_read(tmp_path: Path):
    keys, each = made(10)
    vectors.add(tmp_path, keys, each)
    kept = Vectors(files_in(tmp_path))
    (file,) = tmp_path.iterdir()
    with file.open("r+b") as cut:
        cut.truncate(500)

    with pytest.raises(CutShort):
        kept.refuse_if_cut_short()
    with pytest.raises(CutShort):
        File(file)
    assert files_in(tmp_path) == []


def test_a_file_that_was_changed_is_not_sound(tmp_path: Path):
    keys, each = made(10)
    vectors.add(tmp_path, keys, each)
    (file,) = tmp_path.iterdir()
    assert vectors.is_sound(file)

    content = bytearray(file.read_bytes())
    content[300] ^= 1
    file.write_bytes(bytes(content))

    assert not vectors.is_sound(file)


def test_who_dies_while_writing_leaves_nothing_that_is_read(tmp_path: Path):
    (tmp_path / "abc.unfinished").write_bytes(b"half of it")

    assert files_in(tmp_path) == []
