"""What browsers say about a picture that is dragged or copied."""

from __future__ import annotations

import base64

import pytest

from dreamina_desktop.ui.compose.browser_data import (
    dragged_address,
    lone_picture,
    picture_within,
)

ADDRESS = "https://example.org/a.png?b=1&c=2"


@pytest.mark.parametrize(
    "html",
    [
        '<meta charset="utf-8"><img src="https://example.org/a.png?b=1&amp;c=2" alt="A cat">',
        """<html><head><title>T</title><style>a{}</style></head><body>
        <!--StartFragment--><a href="https://example.org/page"><IMG
        SRC="https://example.org/a.png?b=1&amp;c=2"/></a><!--EndFragment-->
        </body></html>\0""",
        '<img src=" https://example.org/a.png?b=1&amp;c=2"><img src="https://example.org/b.png">',
    ],
)
def test_a_picture_alone(html: str) -> None:
    assert lone_picture(html) == ADDRESS


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Steam rises.",
        '<p>Steam rises. <img src="https://example.org/a.png"></p>',
        '<img alt="nothing">',
        "<img src>",
    ],
)
def test_texts_are_no_picture(html: str) -> None:
    assert lone_picture(html) == ""


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16", "utf-8"])
def test_an_address_with_its_title(encoding: str) -> None:
    assert dragged_address(f"{ADDRESS}\r\nA cät".encode(encoding)) == ADDRESS
    assert dragged_address(f"{ADDRESS}\nA cät\0".encode(encoding)) == ADDRESS
    assert dragged_address(ADDRESS.encode(encoding)) == ADDRESS


def test_pictures_within_an_address() -> None:
    data = bytes(range(256))
    packed = base64.b64encode(data).decode("ascii")
    assert picture_within(f"data:image/png;base64,{packed}") == data
    assert picture_within(f"DATA:image/svg+xml;charset=utf-8;BASE64,{packed}") == data
    assert picture_within(f"data:image/png;base64,{packed.rstrip('=')}") == data
    assert picture_within(f"data:image/png;base64,{packed[:40]}\n{packed[40:]}") == data
    assert picture_within(f"data:image/png;base64,{packed.replace('+', '%2B')}") == data
    assert picture_within("data:image/gif,GIF%3889a") == b"GIF889a"


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        "data:text/html;base64,AAAA",
        "data:image/png;base64,A",
        "data:image/png;base64,§",
        "data:image/png",
    ],
)
def test_nothing_within(address: str) -> None:
    assert picture_within(address) == b""
