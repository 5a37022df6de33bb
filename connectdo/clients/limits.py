"""How often one person may do what reaches beyond their own clients."""

from connectdo.limits import Limit

EMERGENCIES = Limit("records opened in an emergency", most=5, minutes=24 * 60)
INVITATIONS = Limit("invitations to a team", most=20, minutes=24 * 60)
