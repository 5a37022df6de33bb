"""The photo; and how large an upload may be that is told beside its field."""

from contextlib import closing
from pathlib import Path

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from connectdo.access import members
from connectdo.db import db
from connectdo.limits import allow
from connectdo.photos import MOST_BYTES, BadPhoto, keep_photo, make_photo
from connectdo.posting import actions, pages
from connectdo.posting.answers import Values
from connectdo.posting.forms.who import PhotoForm
from connectdo.posting.limits import PHOTOS
from connectdo.posting.models import Draft
from connectdo.posting.views import DRAFT, bp, own_draft
from connectdo.posting.views.writing import back_from, go_on

# Up to here a file that is too large is told beside its field, and the words about it stay.
MOST_READ = 8 * MOST_BYTES
TOO_LARGE = "The photo must be smaller than 10 MB. Choose another, or make it smaller"
TOO_OFTEN = "You have sent many photos. Wait 1 hour, then try again"
UPLOADS = ("posting.photo", "posting.add_calendar", "posting.change_calendar")


@bp.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Runs before anything reads what was sent."""
    if endpoint in UPLOADS:
        request.max_content_length = MOST_READ


@bp.route(f"{DRAFT}/photo", methods=["GET", "POST"])
@members
def photo(draft_id: int) -> ResponseReturnValue:
    draft = own_draft(draft_id)
    form = PhotoForm(draft.answers)
    if form.validate_on_submit():
        try:
            said = _said(draft, form)
        except BadPhoto as bad:
            field = form.alt if bad.field == "alt" else form.photo
            field.errors = [str(bad).removesuffix(".")]
        else:
            actions.keep(draft, pages.PHOTO, {"photo": said})
            db.session.commit()
            return go_on(draft)
    return _page(draft, form)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Not even read."""
    if request.endpoint != "posting.photo":
        return render_template("errors/error.html", code=413), 413
    draft = own_draft((request.view_args or {})["draft_id"])
    form = PhotoForm(draft.answers, unread=True)
    form.photo.errors = [TOO_LARGE]
    page, _ = _page(draft, form)
    return page, 413


def _page(draft: Draft, form: PhotoForm) -> tuple[str, int]:
    page = render_template(
        "posting/photo.html", form=form, draft=draft, back=back_from(draft, pages.PHOTO)
    )
    return page, 422 if form.errors else 200


def _said(draft: Draft, form: PhotoForm) -> Values | None:
    """The photo as it is answered, kept in its folder. Raises BadPhoto."""
    upload, before, alt = form.photo.data, draft.answers["photo"], form.alt.data or ""
    if isinstance(upload, FileStorage) and upload.filename:
        person_id = str(draft.person_id)
        if not allow(PHOTOS, person_id):
            raise BadPhoto(TOO_OFTEN)
        made = make_photo(_read(upload), alt)
        keep_photo(Path(current_app.instance_path), made)
        return {"hash": made.name, "alt": made.alt}
    if form.remove.data or not before:
        return None
    if not alt:
        raise BadPhoto("Say what the photo shows, for people who cannot see it", "alt")
    return {**before, "alt": alt}


def _read(upload: FileStorage) -> bytes:
    with closing(upload):
        data = upload.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadPhoto(TOO_LARGE)
    return data
