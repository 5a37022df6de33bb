"""The benchmark's questions as a visitor asks them: as addresses of the page of results."""

from urllib.parse import urlencode

from benchmarks.queries import Asked

# Names the file that tells the server the addresses, as a JSON list.
ADDRESSES = "CONNECTDO_BENCHMARK_ADDRESSES"


def address_of(asked: Asked) -> str:
    """The address that asks it. A place is asked for by the name of its town."""
    query = asked.query
    said = {
        "q": query.text,
        "near": query.place.name if query.place else "",
        "within": f"{query.within:g}" if query.within else "",
        "interest": query.interests,
        "day": query.days,
        "access": query.access,
        "free": "1" if query.free else "",
    }
    return "/search?" + urlencode(
        {name: value for name, value in said.items() if value}, doseq=True
    )
