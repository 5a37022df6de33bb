"""Who comes to the people of one area, and who is closed to them, for every listing at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from connectdo.search.snapshot import Snapshot

# Comes to the person: by phone, online or area-wide.
COMES = 1
# Does not say where it is.
NOWHERE = 2
# Needs no travelling and serves the area, as far as anybody knows.
REACHES = 4
# Is only for the people of another area.
FOR_OTHERS = 8


def seen_from(area: int | None, snapshot: Snapshot) -> np.ndarray:
    """These bits for each document, as seen from an area; None where the person's is unknown."""
    own = np.zeros(snapshot.size, dtype=bool)
    may_serve = for_others = own
    if area is None:
        may_serve = ~own
    else:
        own = (snapshot.serves == area).any(axis=1) | snapshot.serves_everywhere
        may_serve = ~snapshot.serves_someone | own
        at_home = ~snapshot.serves_someone & (snapshot.area == area)
        residents = snapshot.residents_only & ~own & ~at_home
        for_others = residents | (snapshot.serves_someone & ~own & ~snapshot.has_point)
    from_afar = snapshot.serves_someone & ~snapshot.has_point
    comes = (from_afar | snapshot.is_remote) & may_serve
    reaches = snapshot.needs_no_travel & may_serve
    seen = np.zeros(snapshot.size, dtype=np.uint8)
    for bit, so in (
        (COMES, comes),
        (NOWHERE, ~snapshot.has_point),
        (REACHES, reaches),
        (FOR_OTHERS, for_others),
    ):
        seen |= so * np.uint8(bit)
    return seen
