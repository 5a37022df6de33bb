"""How often a client may answer, and a coach may mail."""

from connectdo.limits import Limit

REPLIES = Limit("answers to a shared list", most=100, minutes=60)
MAILS = Limit("shared lists mailed", most=30, minutes=24 * 60)
MAILS_TO_AN_ADDRESS = Limit("shared lists to an address", most=5, minutes=24 * 60)
