"""The point and the postcode of a row."""

import math

from connectdo.interchange.fields import Fields, said
from connectdo.places import tidy_postcode


def point(fields: Fields, latitude: str, longitude: str) -> tuple[float, float] | None:
    """Degrees WGS84, None where empty. (0, 0) stands for "not known" and is cleaned away."""
    texts = fields.text(latitude), fields.text(longitude)
    if not any(texts):
        return None
    try:
        north, east = (float(text) for text in texts)
    except ValueError:
        fields.wrong.append("The latitude and longitude must both be numbers, like 51.45, -0.10.")
        return None
    if north == 0 and east == 0:
        fields.cleaned.append("Took out the position 0, 0, which is in the sea off Africa.")
        return None
    on_earth = [_on_earth(fields, latitude, north, 90), _on_earth(fields, longitude, east, 180)]
    return (north, east) if all(on_earth) else None


def postcode(fields: Fields) -> str:
    """The postcode, tidied. Words that cannot be one are cleaned away."""
    text = fields.text("postcode")
    found = tidy_postcode(text) if text else ""
    if found is None:
        fields.cleaned.append(f'Took out the postcode "{text[:20]}", which is not a UK postcode.')
    return found or ""


def _on_earth(fields: Fields, name: str, degrees: float, most: int) -> bool:
    good = math.isfinite(degrees) and abs(degrees) <= most
    if not good:
        fields.wrong.append(
            f"A {said(name)} of {degrees:g} is not on Earth: it is -{most} to {most}."
        )
    return good
