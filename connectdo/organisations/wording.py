"""Organisations in plain words."""

DID = {
    "began": "Wrote of it first",
    "claimed": "Showed that it is theirs",
    "invited": "Asked somebody to look after it too",
    "took back": "Took an invitation back",
    "joined": "Looks after it too, as they were asked",
    "removed": "Took somebody off the list",
    "left": "Left",
}
