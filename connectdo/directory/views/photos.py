"""Photos of groups. A file never changes, so browsers may keep it for good."""

from pathlib import Path

from flask import abort, current_app, send_file
from flask.typing import ResponseReturnValue

from connectdo.access import public
from connectdo.config import A_YEAR
from connectdo.directory.views import bp
from connectdo.photos import photo_file
from connectdo.photos.keeping import MEDIA_TYPES


@bp.get("/photos/<name>-<size>.<ending>")
@public
def photo(name: str, size: str, ending: str) -> ResponseReturnValue:
    file = photo_file(Path(current_app.instance_path), name, size, ending)
    if file is None:
        abort(404)
    response = send_file(file, mimetype=MEDIA_TYPES[ending], max_age=A_YEAR)
    response.cache_control.immutable = True
    return response
