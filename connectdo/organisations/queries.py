"""Reads of organisations."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from connectdo.db import db
from connectdo.organisations.models import Organisation


def get_organisation(organisation_id: int) -> Organisation | None:
    """An organisation with its areas, None where there is no such one."""
    query = (
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(selectinload(Organisation.areas))
    )
    return db.session.scalar(query)
