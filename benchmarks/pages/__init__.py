"""The page of results as a visitor gets it: how long it takes, beside what it could cost."""
