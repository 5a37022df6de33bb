"""Tidying what people type as a postcode. Pure: knows the shape, not which ones exist.

A postcode is an outcode (SE24) and an inward part (0NG). The outcode is an area, made of
letters, and a district. People type 0 for O and 1 for I, and the other way round. Neither
O nor I is ever used after the area, so each slip can be put right without guessing.
"""

from __future__ import annotations

import re
import unicodedata

AREA_LIST = """
    AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL
    DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW
    KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH
    RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF
    WN WR WS WV YO ZE
"""
AREAS = frozenset(AREA_LIST.split())
DISTRICT = {
    1: re.compile(r"[1-9][0-9]?|[1-9][ABCDEFGHJKPSTUW]"),
    2: re.compile(r"[0-9]|[1-9][0-9]|[0-9][ABEHMNPRVWXY]"),
}
INWARD = re.compile(r"[0-9][ABDEFGHJLNPQRSTUWXYZ]{2}")
SECTOR = re.compile(r"\s*([A-Z0-9]{2,4})\s+[0-9]\s*", re.IGNORECASE)
AS_LETTERS = str.maketrans("01", "OI")
AS_DIGITS = str.maketrans("OI", "01")
# Longer than any postcode with a space between all of its characters.
LONGEST = 40


def tidy_postcode(text: str) -> str | None:
    """A full postcode as it is written on an envelope, "SE24 0NG", or None."""
    letters = _letters_and_digits(text)
    outcode = _outcode(letters[:-3])
    inward = letters[-3:-2].translate(AS_DIGITS) + letters[-2:]
    if outcode is None or not INWARD.fullmatch(inward):
        return None
    return f"{outcode} {inward}"


def tidy_outcode(text: str) -> str | None:
    """The first half of a postcode, "SE24", or None.

    A postcode broken off after the first digit of its second half ("SE24 0") counts
    as its outcode.
    """
    sector = SECTOR.fullmatch(text) if len(text) <= LONGEST else None
    return _outcode(_letters_and_digits(sector[1] if sector else text))


def outcode_of(postcode: str) -> str:
    """The outcode of a tidy postcode."""
    return postcode.partition(" ")[0]


def _letters_and_digits(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    plain = unicodedata.normalize("NFKC", text).upper()
    # A word made of letters alone is a name, however much it looks like a slip.
    if not re.search(r"[0-9]", plain):
        return ""
    return "".join(character for character in plain if character.isalnum())


def _outcode(letters: str) -> str | None:
    for size in (2, 1):
        area = letters[:size].translate(AS_LETTERS)
        district = letters[size:].translate(AS_DIGITS)
        if area in AREAS and DISTRICT[size].fullmatch(district):
            return area + district
    return None
