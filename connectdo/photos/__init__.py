"""Photos of groups: what somebody uploads -> safe pictures of two sizes, kept by their content.

Nothing of the upload is kept but what it looks like: every picture is drawn anew, without the
place, the camera or the hour that a phone writes into it, and without anything that hides
behind a picture. This is the only room that knows Pillow, and it knows nothing of listings.
"""

from connectdo.photos.keeping import (
    bring_back,
    is_photo_file,
    keep_photo,
    photo_file,
    photo_files,
    sweep_photos,
    unswept,
)
from connectdo.photos.making import MOST_BYTES, BadPhoto, Photo, make_photo

__all__ = [
    "MOST_BYTES",
    "BadPhoto",
    "Photo",
    "bring_back",
    "is_photo_file",
    "keep_photo",
    "make_photo",
    "photo_file",
    "photo_files",
    "sweep_photos",
    "unswept",
]
