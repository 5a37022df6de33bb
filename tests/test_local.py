"""Where a form may send a visitor back to: this site, and nowhere else."""

import pytest

from connectdo.local import LONGEST, is_local


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/my-list",
        "/search?q=tai+chi&near=SE24+0NG&page=2",
        "/search?q=singing#listing-12",
        "/search?q=caf%C3%A9",
        "/interests/café",
        "/lists/-v_a6#listing-3",
        "/search?at=8:30",
        "/@somebody",
    ],
)
def test_a_path_with_its_query_and_fragment_is_on_this_site(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "HTTPS://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/.//elsewhere.example/",
        "/my-list//elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,hello",
        "mailto:hello@elsewhere.example",
        "elsewhere.example",
    ],
)
def test_an_address_of_another_site_is_refused(address: str) -> None:
    assert not is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "\\\\elsewhere.example",
        "/\\elsewhere.example",
        "/my-list\\",
        "/\t/elsewhere.example",
        "\t//elsewhere.example",
        "/\n/elsewhere.example",
        "/my-list\r\nSet-Cookie: list=1",
        "/my-list\x00",
        "/my-list\x7f",
        "/my-list\x85",
        "/my-list\u2028",
        "/my-list\u202e",
        " /my-list",
    ],
)
def test_what_a_browser_would_read_kindly_is_refused(address: str) -> None:
    assert not is_local(address)


@pytest.mark.parametrize("address", ["", "my-list", "?q=singing", "#listing-12", "./my-list"])
def test_only_a_whole_path_is_taken(address: str) -> None:
    assert not is_local(address)


def test_an_endless_address_is_refused() -> None:
    longest = "/" + "a" * (LONGEST - 1)

    assert is_local(longest)
    assert not is_local(longest + "a")
