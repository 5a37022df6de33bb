"""The fixed words of a row: delivery, access, gender, booking, and what senders write for them."""

from connectdo.interchange.fields import LONGEST, Fields
from connectdo.listings.choices import ACCESS, BOOKING, DELIVERY, GENDER

DELIVERY_WORDS = {word: word for word in DELIVERY} | {
    "face_to_face": "in_person",
    "telephone": "phone",
    "by_phone": "phone",
    "virtual": "online",
    "video": "online",
    "zoom": "online",
    "at_home": "home_visit",
    "at_your_home": "home_visit",
}
GENDER_WORDS = {word: word for word in GENDER} | {
    "anyone": "any",
    "everyone": "any",
    "all": "any",
    "mixed": "any",
    "woman": "women",
    "female": "women",
    "females": "women",
    "women_only": "women",
    "man": "men",
    "male": "men",
    "males": "men",
    "men_only": "men",
}
BOOKING_WORDS = {word: word for word in BOOKING} | {
    "dropin": "drop_in",
    "booking": "book",
    "book_ahead": "book",
    "refer": "referral",
    "by_referral": "referral",
}


def delivery(fields: Fields) -> tuple[str, ...]:
    """The ways to take part; in person where none is named."""
    sent = fields.many("delivery")
    words = [_word(each) for each in sent]
    known = list(dict.fromkeys(DELIVERY_WORDS[word] for word in words if word in DELIVERY_WORDS))
    for said, word in zip(sent, words, strict=True):
        if word not in DELIVERY_WORDS:
            reason = f'The delivery "{said[:40]}" is not one of: {", ".join(DELIVERY)}'
            # With no other way named we would send people to a place for nothing.
            fields.leave_out(reason, firm=not known)
    return tuple(known) or ("in_person",)


def access(fields: Fields) -> dict[str, bool]:
    """What is known of each access feature: there, or (after "no ") known not to be there."""
    answers: dict[str, bool] = {}
    contradicted = set()
    for said in fields.many("access"):
        word = said.casefold().replace("-", "_")
        lacking = word.startswith(("no ", "no_"))
        feature = _word(word[3:] if lacking else word)
        if feature not in ACCESS:
            reason = f'We do not know the access word "{said[:40]}"'
            fields.leave_out(reason, firm=False)
        elif answers.setdefault(feature, not lacking) == lacking:
            contradicted.add(feature)
    for feature in sorted(contradicted):
        fields.leave_out(f"The access says yes and no to {feature}", firm=False)
        del answers[feature]
    return answers


def gender_and_audience(fields: Fields) -> tuple[str, str]:
    """Who a listing is for. A gender we have no word for is kept among the audience's words,
    because it says who may come."""
    audience, said = fields.text("audience"), fields.text("gender")
    if not said or _word(said) in GENDER_WORDS:
        return GENDER_WORDS[_word(said)] if said else "any", audience
    fields.cleaned.append(
        f'The gender "{said[:40]}" is not one of: {", ".join(GENDER)}. '
        "It was put with the words for the audience."
    )
    both = "; ".join(filter(None, [said, audience]))
    if len(both) > LONGEST["audience"]:
        fields.wrong.append("The gender and the audience are too long together.")
    return "any", both


def booking(fields: Fields) -> str:
    """How to join, "" where that is not said in words we know."""
    return fields.choice("booking", BOOKING_WORDS)


def _word(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_")
