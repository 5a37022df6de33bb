"""The fixed words of a listing: what may stand in a field, and how a visitor reads it."""

DELIVERY = {
    "in_person": "in person",
    "phone": "by phone",
    "online": "online",
    "home_visit": "at your home",
}

ACCESS = {
    "step_free": "step-free access",
    "accessible_toilet": "accessible toilet",
    "changing_places": "Changing Places toilet",
    "hearing_loop": "hearing loop",
    "bsl": "British Sign Language",
    "large_print": "large print",
    "quiet": "quiet space",
    "relaxed": "relaxed sessions",
    "assistance_dogs": "assistance dogs welcome",
    "carers_welcome": "carers welcome",
    "parking": "parking",
    "near_bus": "near a bus stop",
}

BOOKING = {
    "drop_in": "Drop in, no need to book",
    "book": "Book before you come",
    "referral": "Someone refers you first",
}

# What a person may need of a listing besides access.
NEEDS = {
    "free": "free",
    "women_only": "women only",
    "men_only": "men only",
    "daytime": "in the daytime",
}

GENDER = {"any": "Anyone", "women": "Women only", "men": "Men only"}

KINDS = {"group": "Group", "event": "Event"}

DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}

TIMES = {
    "morning": "Morning (before midday)",
    "afternoon": "Afternoon (midday to 5pm)",
    "evening": "Evening (from 5pm)",
}
