"""Uploaded bytes -> pictures. Pure. The size is read from the first bytes of the file and
refused before anything is unpacked: 9 KB of PNG can ask for hundreds of megabytes."""

import hashlib
import io
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

from connectdo.text import one_line

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
# Phones make up to 50 million. JPEG is drawn small while it is read; the others are read whole,
# which takes up to 200 MB for as many as these.
MOST_PIXELS = 50_000_000
MOST_PIXELS_WHOLE = 12_500_000
# Each scan of a progressive JPEG goes over the whole picture; cameras write about ten.
MOST_SCANS = 100
# A marker of JPEG, less those that stand within a scan.
MARKER = re.compile(rb"\xff[^\x00\x01\xff\xd0-\xd8]")
BEGIN_SCAN, END_OF_IMAGE = 0xDA, 0xD9
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# The longer side in pixels, and how much of a JPEG and a WebP is kept.
SIZES = {"large": 1200, "small": 480}
WRITTEN: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
}
LONGEST_ALT = 250
ORIENTATION = 0x0112
# How a picture has to be turned, by its EXIF orientation.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises for files that are not what they seem.
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, TypeError, KeyError, IndexError,
           OverflowError, struct.error, zlib.error)  # fmt: skip
TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError)
NOT_A_PHOTO = "The photo must be a JPEG, PNG, WebP or GIF. Save it as one of these and try again."
MANY_PIXELS = "The photo has too many pixels. Make it smaller and try again."

# Pillow itself refuses what would need this much before it makes room for it.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class BadPhoto(ValueError):
    """A photo that cannot be taken; `field` is "photo" or "alt", the message says what to do."""

    def __init__(self, message: str, field: str = "photo") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Photo:
    """A photo as it will be shown. `width` and `height` are those of the large size, in pixels;
    `pictures` has the bytes of each size in each format."""

    name: str
    alt: str
    width: int
    height: int
    pictures: dict[tuple[str, str], bytes]


def make_photo(data: bytes, alt: str) -> Photo:
    """The photo in every size and format, named for what it shows. Raises BadPhoto."""
    said = one_line(alt)
    if not said:
        raise BadPhoto("Say what the photo shows, for people who cannot see it.", "alt")
    if len(said) > LONGEST_ALT:
        raise BadPhoto(f"Say what the photo shows in up to {LONGEST_ALT} characters.", "alt")
    if not data:
        raise BadPhoto("The file is empty. Choose a photo.")
    if len(data) > MOST_BYTES:
        raise BadPhoto(f"The photo must be smaller than {MOST_BYTES // MEGABYTE} MB.")
    large = _drawn(data)
    images = {"large": large, "small": _shrunk(large, SIZES["small"])}
    pictures = {
        (size, ending): _written(image, ending)
        for size, image in images.items()
        for ending in WRITTEN
    }
    name = hashlib.sha256(pictures["large", "jpg"]).hexdigest()[:32]
    return Photo(name, said, large.width, large.height, pictures)


def _drawn(data: bytes) -> Image.Image:
    """The picture in the large size, the right way up, in sRGB on white. Raises BadPhoto."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_if_too_much(image, data)
            side = SIZES["large"]
            image.draft("RGB", (side, side))
            turn = TURNS.get(_orientation(image))
            profile = image.info.get("icc_profile")
            drawn = _in_srgb(_on_white(_shrunk(_in_colours(image), side)), profile)
            return drawn.transpose(turn) if turn is not None else drawn
    except TOO_LARGE as error:
        raise BadPhoto(MANY_PIXELS) from error
    except UnidentifiedImageError as error:
        raise BadPhoto(NOT_A_PHOTO) from error
    except DAMAGED as error:
        raise BadPhoto("The photo is damaged: part of it is missing. Choose another.") from error


def _refuse_if_too_much(image: Image.Image, data: bytes) -> None:
    """By what its first bytes say; nothing has been unpacked yet."""
    is_jpeg = image.format == "JPEG"
    if image.width * image.height > (MOST_PIXELS if is_jpeg else MOST_PIXELS_WHOLE):
        raise BadPhoto(MANY_PIXELS)
    if is_jpeg and _scans(data) > MOST_SCANS:
        raise BadPhoto(NOT_A_PHOTO)


def _scans(data: bytes) -> int:
    """How many scans the picture of a JPEG has, counted no further than too many. What comes
    after the picture (phones put films there) does not count."""
    scans, position = 0, 0
    while scans <= MOST_SCANS and (marker := MARKER.search(data, position)):
        kind, after = data[marker.end() - 1], marker.end()
        if kind == END_OF_IMAGE:
            break
        scans += kind == BEGIN_SCAN
        position = after + int.from_bytes(data[after : after + 2], "big")
    return scans


def _orientation(image: Image.Image) -> int:
    """1, the right way up, where it does not say or says it wrongly."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except DAMAGED:
        return 1


def _in_colours(image: Image.Image) -> Image.Image:
    """The first frame as RGB, or RGBA where something shows through."""
    image.load()
    if image.mode.startswith("I"):
        # Sixteen bits of grey, of which screens show eight.
        return image.convert("F").point(lambda value: value / 256).convert("L").convert("RGB")
    wanted = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    """The picture with its longer side at most `side`; never larger than it was."""
    scale = side / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them, as the profile that says how to read them goes."""
    if not profile:
        return image
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, *DAMAGED):
        return image
    return converted or image


def _written(image: Image.Image, ending: str) -> bytes:
    """The picture as a file with nothing in it but the picture."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    file = io.BytesIO()
    bare.save(file, **WRITTEN[ending])
    return file.getvalue()
