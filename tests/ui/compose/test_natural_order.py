"""Numbers in names count as numbers."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.ui.compose.natural_order import natural_order


def test_people_count_so() -> None:
    names = ["take 10.png", "Take 2.png", "take 1.png", "2.png", "b.png", "10.png", "take 2b.png"]
    ordered = sorted((Path("/a") / name for name in names), key=natural_order)
    assert [path.name for path in ordered] == [
        "2.png",
        "10.png",
        "b.png",
        "take 1.png",
        "Take 2.png",
        "take 2b.png",
        "take 10.png",
    ]


def test_folders_stay_together() -> None:
    paths = [Path("/b/1.png"), Path("/a/10.png"), Path("/a/9.png")]
    assert sorted(paths, key=natural_order) == [paths[2], paths[1], paths[0]]


@given(st.permutations(["x1", "x01", "x²", "x٣", "X1", "x", "x1.", "1x", " ", "x10b2", "xb"]))
def test_any_names_have_one_order(names: list[str]) -> None:
    paths = [Path(name) for name in names]
    in_order = sorted(paths, key=natural_order)
    assert in_order == sorted(sorted(paths), key=natural_order)
    assert in_order.index(Path("x1")) < in_order.index(Path("x10b2"))
