"""Yes/no questions about a listing."""

from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

# After so many months organisers are asked whether a listing is still right, by so many mails, and
# have so many days to answer each. Who has set CONFIRM_MONTHS otherwise asks earlier or later.
CONFIRM_MONTHS = 3
MAILS = 3
DAYS_TO_ANSWER = 14


@lru_cache(maxsize=8)
def unanswered_since(today: date) -> date:
    """Whoever last confirmed a listing on that day or before has been asked, reminded and waited
    for. From then on its page says so, it ranks lower, and a moderator sees it."""
    waited = timedelta(days=MAILS * DAYS_TO_ANSWER)
    return today - waited - relativedelta(months=CONFIRM_MONTHS)


def is_unchecked(confirmed_on: date | None, today: date) -> bool:
    """True when nobody has said for so long, or ever, that a listing is still right."""
    return confirmed_on is None or confirmed_on <= unanswered_since(today)
