"""Reads of organisations."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from connectdo.db import db
from connectdo.organisations.models import MembershipRecord, Organisation


def get_organisation(organisation_id: int) -> Organisation | None:
    """An organisation with its areas, None where there is no such one."""
    query = (
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(selectinload(Organisation.areas))
    )
    return db.session.scalar(query)


def membership_records_of(organisation: Organisation) -> Sequence[MembershipRecord]:
    """Who began to look after an organisation or ceased to, the last first."""
    query = (
        select(MembershipRecord)
        .where(MembershipRecord.organisation_id == organisation.id)
        .options(joinedload(MembershipRecord.person), joinedload(MembershipRecord.whom))
        .order_by(MembershipRecord.id.desc())
    )
    return db.session.scalars(query).all()
