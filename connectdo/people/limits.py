"""How often somebody may try to come in.

To an address nothing is ever shut for good: each link that a stranger asks for reaches the person
it belongs to, and works; a browser they have used before is counted by itself, and not with its
network, which a whole office may share.
"""

from connectdo.limits import Limit

LINKS_TO_AN_ADDRESS = Limit("links to an address", most=4, minutes=60)
LINKS_FROM_A_NETWORK = Limit("links from a network", most=40, minutes=60)
PASSWORDS_FOR_AN_ADDRESS = Limit("passwords for an address", most=20, minutes=60)
PASSWORDS_FROM_A_NETWORK = Limit("passwords from a network", most=60, minutes=60)
CODES = Limit("codes", most=5, minutes=15)
CODES_A_DAY = Limit("codes a day", most=30, minutes=24 * 60)
