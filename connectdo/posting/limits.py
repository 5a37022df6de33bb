"""How often one person may do what costs somebody work."""

from connectdo.limits import Limit

POSTS = Limit("posts", most=10, minutes=24 * 60)
CHANGES = Limit("changes of listings", most=60, minutes=24 * 60)
INVITATIONS = Limit("invitations", most=10, minutes=24 * 60)
INVITATIONS_TO_AN_ADDRESS = Limit("invitations to an address", most=4, minutes=24 * 60)
CLAIMS = Limit("claims", most=5, minutes=24 * 60)
CLAIMS_TO_AN_ADDRESS = Limit("claims to an address", most=3, minutes=24 * 60)
PHOTOS = Limit("photos", most=30, minutes=60)
CALENDARS = Limit("calendars", most=20, minutes=24 * 60)
LOOKS = Limit("looks at calendars", most=30, minutes=24 * 60)

# How much of a calendar is posted, before a moderator knows the organisation and after.
MOST_CALENDARS = 5
MOST_EVENTS = 100
MOST_EVENTS_BEFORE_TRUST = 20
