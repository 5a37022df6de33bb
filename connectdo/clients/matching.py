"""What a client says and what is known of them -> what the search is asked. Pure."""

from collections.abc import Mapping, Sequence

from connectdo.clients.models import HOPE, LIKE, PASSION, Client
from connectdo.listings.choices import ACCESS, NEEDS
from connectdo.listings.vocabulary import Vocabulary
from connectdo.listings.vocabulary.tokens import tokens

# A need that no listing can be searched by: somebody who goes along.
COMPANY = "company"
MATTERS = {PASSION: 3, HOPE: 3, LIKE: 1}
MOST_MEANT = 3


def meant(vocabulary: Vocabulary, said: str) -> list[str]:
    """Slugs of the interests that a client's own words name or speak of, in their order."""
    spans = vocabulary.spans(tokens(said), said=True)
    found = dict.fromkeys(interest for span in spans for interest in span.interests)
    return [vocabulary.concepts[each].slug for each in found][:MOST_MEANT]


def profile_of(
    client: Client, vocabulary: Vocabulary, said_no: Sequence[int] = ()
) -> dict[str, object]:
    """What is known of a client, as `search.profile` takes it."""
    return {
        "interests": _interests(client, vocabulary),
        "said": {each.said: MATTERS[each.kind] for each in client.interests if not each.slugs},
        "near": client.near,
        "within": client.within if client.near else None,
        "when": client.free_when,
        "needs": [each for each in client.needs if each in ACCESS or each in NEEDS],
        "speaks": client.languages,
        "said_no": list(said_no),
    }


def _interests(client: Client, vocabulary: Vocabulary) -> Mapping[str, int]:
    """Names of interests with how much each matters: what they love or hope for comes first."""
    matters: dict[str, int] = {}
    for each in client.interests:
        for slug in each.slugs:
            if slug in vocabulary.position:
                name = vocabulary.concepts[vocabulary.position[slug]].name
                matters[name] = max(matters.get(name, 0), MATTERS[each.kind])
    return matters
