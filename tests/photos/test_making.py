"""What is uploaded as a photo -> pictures, or why not."""

import io
import resource
import struct
import zlib
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from connectdo.photos import MOST_BYTES, BadPhoto, Photo, make_photo

RED, BLUE, WHITE = (220, 30, 30), (30, 30, 220), (255, 255, 255)
ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def a_file(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_halves(width: int = 600, height: int = 400) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def the_picture(photo: Photo, size: str = "large", ending: str = "jpg") -> Image.Image:
    return Image.open(io.BytesIO(photo.pictures[size, ending]))


def refused(data: bytes, alt: str = "A choir") -> BadPhoto:
    with pytest.raises(BadPhoto) as told:
        make_photo(data, alt)
    return told.value


def looks_like(found: object, expected: tuple[int, int, int], within: int = 12) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) <= within for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_photo_is_made_in_two_sizes_and_two_formats(kind: str) -> None:
    photo = make_photo(a_file(two_halves(2400, 1600), kind), " A choir\nin a hall ")

    sizes = {key: Image.open(io.BytesIO(data)).size for key, data in photo.pictures.items()}
    assert sizes == {
        ("large", "jpg"): (1200, 800),
        ("large", "webp"): (1200, 800),
        ("small", "jpg"): (480, 320),
        ("small", "webp"): (480, 320),
    }
    assert (photo.width, photo.height, photo.alt) == (1200, 800, "A choir in a hall")
    assert looks_like(the_picture(photo).getpixel((100, 400)), RED)
    assert looks_like(the_picture(photo).getpixel((1100, 400)), BLUE)


def test_a_small_photo_is_not_made_larger() -> None:
    photo = make_photo(a_file(two_halves(300, 200)), "A choir")

    assert the_picture(photo).size == the_picture(photo, "small").size == (300, 200)


def test_a_very_long_photo_keeps_a_pixel_of_its_shorter_side() -> None:
    photo = make_photo(a_file(Image.new("RGB", (5000, 1), RED), "PNG"), "A line")

    assert the_picture(photo, "small").size == (480, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_the_way_it_was_taken(orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    taken = two_halves()
    taken.paste(WHITE, (0, 0, 200, 100))
    data = a_file(taken, exif=exif)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))

    found = the_picture(make_photo(data, "A choir"))

    assert found.size == expected.size
    corners = [(9, 9), (found.width - 9, 9), (9, found.height - 9)]
    for corner in corners:
        pixel = expected.getpixel(corner)
        assert isinstance(pixel, tuple)
        assert looks_like(found.getpixel(corner), (pixel[0], pixel[1], pixel[2]))


def test_where_and_with_what_it_was_taken_is_gone() -> None:
    exif = Image.Exif()
    exif[MAKER] = "SECRETPHONE"
    exif[GPS] = {1: "N", 2: (51.0, 27.0, 12.3), 3: "W", 4: (0.0, 6.0, 4.5)}
    data = a_file(
        two_halves(),
        exif=exif,
        xmp=b"<x:xmpmeta>SECRETPLACE</x:xmpmeta>",
        comment=b"SECRETWORD",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    assert b"SECRETPHONE" in data

    photo = make_photo(data, "A choir")

    for kept in photo.pictures.values():
        image = Image.open(io.BytesIO(kept))
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert not any(word in kept for word in (b"SECRET", b"Exif", b"xmp", b"ICC_PROFILE"))


def test_a_page_or_an_archive_hidden_behind_a_photo_is_gone() -> None:
    hidden = b"<script>alert(1)</script>PK\x05\x06"
    data = a_file(two_halves(), comment=hidden) + hidden

    photo = make_photo(data, "A choir")

    assert not any(b"script" in kept or b"PK\x05\x06" in kept for kept in photo.pictures.values())


def test_what_is_transparent_is_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    palette = Image.new("P", (50, 50), 0)

    for data in (
        a_file(clear, "PNG"),
        a_file(clear, "WEBP"),
        a_file(palette, "PNG", transparency=0),
    ):
        assert looks_like(the_picture(make_photo(data, "Nothing")).getpixel((5, 5)), WHITE)


@pytest.mark.parametrize(
    ("mode", "colour", "kind"),
    [
        ("1", 1, "PNG"),
        ("L", 255, "JPEG"),
        ("LA", (255, 255), "PNG"),
        ("P", 255, "GIF"),
        ("CMYK", (0, 0, 0, 0), "JPEG"),
        ("I;16", 65535, "PNG"),
        ("YCbCr", (255, 128, 128), "JPEG"),
    ],
)
def test_photos_of_every_kind_of_colour_are_taken(mode: str, colour: Any, kind: str) -> None:
    image = Image.new(mode, (50, 50), colour)
    if mode == "P":
        image.putpalette([255, 255, 255] * 256)

    photo = make_photo(a_file(image, kind), "White")

    assert looks_like(the_picture(photo).getpixel((5, 5)), WHITE)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_film_the_first_picture_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (60, 40), RED), Image.new("RGB", (60, 40), BLUE)]
    data = a_file(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)

    photo = make_photo(data, "A choir")

    assert looks_like(the_picture(photo).getpixel((5, 5)), RED)
    assert getattr(the_picture(photo, ending="webp"), "n_frames", 1) == 1


def test_a_photo_is_taken_whatever_its_profile_is() -> None:
    profile = ImageCms.createProfile("sRGB")
    same = a_file(two_halves(), icc_profile=ImageCms.ImageCmsProfile(profile).tobytes())
    broken = a_file(two_halves(), icc_profile=b"not a profile")

    for data in (same, broken):
        assert looks_like(the_picture(make_photo(data, "A choir")).getpixel((5, 5)), RED)


def test_a_photo_with_a_film_behind_it_is_taken() -> None:
    data = a_file(two_halves()) + b"\xff\xda\x00\x02" * 1000

    assert make_photo(data, "A choir").width == 600


# What is refused.


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        b"\x00" * 100,
        b"x",
        a_file(two_halves(), "TIFF"),
        a_file(two_halves(), "BMP"),
        a_file(two_halves(), "ICO"),
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(data: bytes) -> None:
    assert "photo" in str(refused(data))
    assert refused(data).field == "photo"


def test_a_photo_cut_short_is_refused() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        whole = a_file(Image.effect_noise((400, 300), 50).convert("RGB"), kind)

        for part in (0.02, 0.5, 0.9):
            assert str(refused(whole[: int(len(whole) * part)])).startswith("The ")


def test_a_large_file_and_an_empty_one_are_refused_unread() -> None:
    assert "smaller than 10 MB" in str(refused(b"\xff\xd8\xff" + b"\0" * MOST_BYTES))
    assert "empty" in str(refused(b""))


def a_png_bomb(width: int, height: int) -> bytes:
    """A small file that says it has so many pixels, all of them black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
        + chunk(b"IEND", b"")
    )


def a_webp_bomb() -> bytes:
    """The header of one with the most pixels there can be."""
    size = (16_383 - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + size + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    "bomb",
    [
        a_png_bomb(4_000, 4_000),
        a_png_bomb(9_000, 9_000),
        a_png_bomb(30_000, 30_000),
        a_png_bomb(2**31 - 1, 2**31 - 1),
        a_file(Image.new("1", (20_000, 3_000)), "PNG"),
        a_file(Image.new("L", (9_000, 6_000)), "JPEG"),
        a_file(Image.new("P", (6_000, 6_000)), "GIF"),
        a_webp_bomb(),
    ],
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_takes_memory(bomb: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = perf_counter()

    told = refused(bomb)

    assert perf_counter() - started < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
    assert "photo" in str(told)


def test_words_that_unpack_to_gigabytes_are_refused() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    packed = zlib.compress(b"\0" * 50_000_000)
    data = a_file(two_halves(), "PNG")
    words = chunk(b"zTXt", b"Comment\0\0" + packed)

    assert refused(data[:33] + words + data[33:]).field == "photo"


def test_a_jpeg_that_is_drawn_over_and_over_is_refused() -> None:
    data = a_file(two_halves(), progressive=True)
    last_scan = data[data.rindex(b"\xff\xda") : -2]

    told = refused(data[:-2] + last_scan * 200 + data[-2:])

    assert told.field == "photo"


@pytest.mark.parametrize("alt", ["", " \n ", "x" * 251])
def test_what_the_photo_shows_has_to_be_said(alt: str) -> None:
    told = refused(a_file(two_halves()), alt)

    assert told.field == "alt"
    assert "Say what the photo shows" in str(told)


DAMAGED = {kind: a_file(two_halves(120, 80), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")}


@settings(max_examples=200, deadline=None)
@given(st.data())
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_file_gives_a_photo_or_is_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(DAMAGED)))
    file = bytearray(DAMAGED[kind])
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(file) - 1), st.integers(0, 255)), max_size=8)
    ):
        file[place] = value

    try:
        made: object = make_photo(bytes(file), "A choir")
    except BadPhoto as told:
        made = told

    assert isinstance(made, Photo | BadPhoto)
