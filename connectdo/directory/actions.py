"""Writes to visitors' lists."""

from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, select

from connectdo import erasures
from connectdo.db import db, utc_now
from connectdo.directory.models import KeptList, KeptListing
from connectdo.directory.queries import kept_listing_ids
from connectdo.listings.models import Listing
from connectdo.people.secrets import hash_of, new_secret

MOST_KEPT = 100
MONTHS_KEPT = 13


class ListIsFull(Exception):
    """A list holds `MOST_KEPT` listings and no more."""


def list_to_change(list_id: UUID | None) -> KeptList | None:
    """The list with that id, held until the commit: two changes at once take turns."""
    query = select(KeptList).where(KeptList.id == list_id).with_for_update()
    return db.session.scalars(query).one_or_none() if list_id else None


def start_list() -> KeptList:
    """A new, empty list."""
    kept_list = KeptList()
    db.session.add(kept_list)
    db.session.flush()
    return kept_list


def keep_listing(kept_list: KeptList, listing: Listing) -> bool:
    """Puts a listing on a list. False for one that is there, and stays as it is. Raises
    ListIsFull."""
    kept = kept_listing_ids(kept_list.id)
    if listing.id in kept:
        return False
    if len(kept) >= MOST_KEPT:
        raise ListIsFull
    db.session.add(KeptListing(kept_list_id=kept_list.id, listing=listing))
    _changed(kept_list)
    return True


def drop_listing(kept_list: KeptList, listing: Listing) -> None:
    """Takes a listing off a list; nothing happens to one that is not on it."""
    db.session.execute(
        delete(KeptListing).where(
            KeptListing.kept_list_id == kept_list.id,
            KeptListing.listing_id == listing.id,
        )
    )
    _changed(kept_list)


def clear_list(kept_list: KeptList) -> None:
    """Deletes a list, and with it the link it was shared by, for ever."""
    erasures.note(erasures.KEPT_LIST, str(kept_list.id))
    db.session.delete(kept_list)
    db.session.flush()


def share_list(kept_list: KeptList) -> str:
    """Opens a list to whoever has the link; returns the link's secret. An older link ends."""
    stop_sharing(kept_list)
    token = new_secret()
    kept_list.share_hash = hash_of(token)
    _changed(kept_list)
    return token


def stop_sharing(kept_list: KeptList) -> None:
    """Ends the link to a list, for good: sharing it again makes another."""
    if kept_list.share_hash:
        erasures.note(erasures.LIST_LINK, kept_list.share_hash)
    kept_list.share_hash = None
    _changed(kept_list)


def forget_old_lists() -> None:
    """Deletes the lists that have not changed for 13 months.

    A month more than the cookie lasts that leads to a list.
    """
    long_ago = utc_now() - relativedelta(months=MONTHS_KEPT)
    db.session.execute(delete(KeptList).where(KeptList.used_at < long_ago))
    db.session.commit()


def _changed(kept_list: KeptList) -> None:
    kept_list.used_at = utc_now()
    db.session.flush()
