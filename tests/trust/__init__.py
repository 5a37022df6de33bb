"""Never loses a listing: faults that are really done to a site, and what visitors see meanwhile.

Each has a short form for every run of the tests; `make trust` sets CONNECTDO_TRUST=full and
does them at length.
"""
