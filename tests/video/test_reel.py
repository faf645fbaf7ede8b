"""What a reel keeps and what it asks for next, without a single real clip."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.video.frame import Frame
from dreamina_desktop.video.memory_shares import share_out
from dreamina_desktop.video.reel import Reel
from dreamina_desktop.video.shelf import Shelf

BYTES = 6


@dataclass(frozen=True)
class Plane:
    buffer_size: int


def frame(index: int) -> Frame:
    planes = (Plane(BYTES - 2), Plane(1), Plane(1))
    return Frame(index, 2, 2, SimpleNamespace(planes=planes))  # type: ignore[arg-type]


def reel(count: int | None, wanted: int = 0, *, ahead: bool = True) -> Reel:
    made = Reel(Path("clip"), (2, 2))
    made.ahead = ahead
    made.want(wanted)
    if count is not None:
        made.opened(count)
    return made


def fill(made: Reel, capacity: int) -> list[int]:
    """Decode what is missing, one by one, until nothing is."""
    order = []
    while (index := made.next_missing(capacity)) is not None:
        assert made.is_worth_keeping(index, capacity)
        made.keep(frame(index))
        assert not made.is_worth_keeping(index, capacity)
        order.append(index)
    return order


def kept(made: Reel, count: int) -> set[int]:
    return {index for index in range(count) if not made.is_worth_keeping(index, count)}


class TestWholeClip:
    def test_from_the_wanted_frame_to_the_end_and_round(self) -> None:
        made = reel(6, 2)
        assert fill(made, 6) == [2, 3, 4, 5, 0, 1]
        assert made.is_complete
        assert (made.bytes, made.need) == (36, 36)
        assert not made.drop_one(6)

    def test_before_it_is_opened_only_the_wanted_frame_counts(self) -> None:
        made = reel(None, 4)
        assert (made.next_missing(9), made.need, made.is_complete) == (4, 6, False)
        assert made.is_worth_keeping(4, 9)
        assert not made.is_worth_keeping(5, 9)
        made.keep(frame(4))
        assert made.next_missing(9) is None

    def test_nothing_more_of_a_broken_one(self) -> None:
        made = reel(6)
        made.broken = True
        assert made.next_missing(6) is None

    def test_beyond_the_end_stands_for_the_last_frame(self) -> None:
        for made in (reel(6, 50), reel(6)):
            assert made.want(50) is None
            assert made.next_missing(6) == 5
            assert not made.keep(frame(5))

    def test_awaited_once(self) -> None:
        made = reel(6, 3)
        assert made.keep(frame(3))
        found = made.want(3)
        assert found is not None
        assert found.index == 3
        assert not made.keep(frame(4))


class TestWindow:
    def test_more_ahead_than_behind(self) -> None:
        made = reel(100, 50)
        assert fill(made, 10) == [50, 51, 52, 53, 54, 55, 56, 49]
        assert made.is_worth_keeping(47, 10)
        assert not made.is_worth_keeping(46, 10)
        assert not made.is_worth_keeping(57, 10)

    def test_other_way_round_after_a_step_back(self) -> None:
        made = reel(100, 50)
        made.want(49)
        assert made.is_worth_keeping(43, 10)
        assert not made.is_worth_keeping(42, 10)
        assert made.is_worth_keeping(52, 10)
        assert not made.is_worth_keeping(53, 10)
        # Asking again for the same is no change of direction, and over the edge goes on.
        made.want(49)
        made.want(0)
        made.want(99)
        assert made.is_worth_keeping(93, 10)

    def test_runs_over_the_loop(self) -> None:
        made = reel(100, 98)
        assert fill(made, 10)[:4] == [98, 99, 0, 1]
        made.want(0)
        assert made.is_worth_keeping(6, 10)

    def test_playing_backwards_refills_in_passes_not_in_steps(self) -> None:
        made = reel(100, 60)
        made.want(59)
        capacity, passes = 31, 0
        fill(made, capacity)
        for wanted in range(58, 18, -1):
            made.want(wanted)
            while (target := made.next_missing(capacity)) is not None:
                passes += 1
                # One pass from the only key frame brings all that is in the window.
                for index in range(target + 1):
                    if made.is_worth_keeping(index, capacity):
                        made.keep(frame(index))
            while made.bytes > capacity * BYTES:
                assert made.drop_one(capacity)
        assert 0 < passes < 6

    def test_farthest_goes_first(self) -> None:
        made = reel(100, 50)
        for index in (50, 51, 40, 95, 30):
            made.keep(frame(index))
        gone = []
        while made.drop_one(10):
            before = set(range(100)) - gone_or_missing(made)
            gone.append(before)
        assert [30, 40, 95] not in gone
        assert gone_or_missing(made) == set(range(100)) - {50, 51}

    def test_nothing_is_kept_of_one_that_nobody_looks_at(self) -> None:
        made = reel(6)
        fill(made, 6)
        for _ in range(6):
            assert made.drop_one(0)
        assert not made.drop_one(0)
        assert made.bytes == 0

    @given(st.integers(1, 60), st.integers(1, 80), st.lists(st.integers(0, 59), min_size=1))
    def test_never_more_than_the_capacity(
        self, count: int, capacity: int, requests: list[int]
    ) -> None:
        made = reel(count)
        for index in requests:
            made.want(index % count)
            fill(made, capacity)
            while made.drop_one(capacity):
                pass
            assert made.bytes <= capacity * BYTES
            assert made.want(index % count) is not None


def gone_or_missing(made: Reel) -> set[int]:
    return {index for index in range(100) if made.is_worth_keeping(index, 100)}


class TestStill:
    def test_one_frame_and_no_more(self) -> None:
        made = reel(100, 40, ahead=False)
        assert (fill(made, 1), made.need) == ([40], 6)
        assert not made.is_worth_keeping(41, 50)

    def test_several_asked_in_a_row(self) -> None:
        made = reel(100, 40, ahead=False)
        made.want(7)
        made.want(90)
        assert made.need == 18
        assert fill(made, 3) == [90, 7, 40]
        assert made.drop_one(1)
        assert made.want(90) is not None


class TestRelieved:
    def test_nothing_is_decoded_nor_need_be_kept(self) -> None:
        made = reel(6, 2)
        fill(made, 3)
        made.relieved = True
        assert (made.next_missing(6), made.need, made.whole) == (None, 0, 36)
        assert made.is_settled
        assert made.want(5) is None
        assert not made.awaited
        found = made.want(3)
        assert found is not None, "what is there may be shown"
        while made.drop_one(0):
            pass
        assert made.bytes == 0

    @pytest.mark.parametrize(
        ("size", "half"), [((96, 64), (48, 32)), ((97, 63), (49, 32)), ((1, 1), (1, 1))]
    )
    def test_half_size(self, size: tuple[int, int], half: tuple[int, int]) -> None:
        made = Reel(Path("clip"), size, is_half=True)
        assert (made.size, made.decoded_size) == (size, half)
        assert Reel(Path("clip"), size).decoded_size == size


class TestShelf:
    def asked(self, shelf: Shelf, name: str, count: int) -> Reel:
        made = shelf.ask(Path(name), (2, 2), ahead=True)
        made.opened(count)
        return made

    def test_what_all_wish_for_decides_who_fits(self) -> None:
        shelf = Shelf(20 * BYTES)
        large, small = self.asked(shelf, "large", 15), self.asked(shelf, "small", 5)
        assert (shelf.fits(large), shelf.fits(small)) == (True, True)
        large.opened(16)
        assert (shelf.fits(large), shelf.fits(small)) == (False, True)
        # That it is served in half size changes nothing in what it wishes for.
        large.relieved = True
        half = shelf.stand_in(large)
        assert shelf.stand_in(large) is half
        assert not shelf.fits(large)
        assert shelf.capacities()[large] == 0
        for _ in range(64):
            self.asked(shelf, "small", 5)
        assert shelf.fits(small)
        assert large not in shelf.capacities()

    def test_stand_ins_come_first_and_leave_a_part(self) -> None:
        shelf = Shelf(40 * BYTES)
        large = self.asked(shelf, "large", 100)
        half = shelf.stand_in(large)
        half.opened(100)
        assert shelf.capacities() == {large: 10, half: 30 * BYTES // half.frame_bytes}
        half.opened(20)
        assert shelf.capacities()[half] >= 20
        assert large in shelf
        shelf.remove(large)
        assert (large in shelf, list(shelf)) == (False, [half])


@pytest.mark.parametrize(
    ("budget", "needs", "shares"),
    [
        (100, [], []),
        (100, [30, 40], [30, 40]),
        (100, [300], [100]),
        (100, [300, 300], [50, 50]),
        (100, [10, 300, 300], [10, 45, 45]),
        (100, [300, 20, 30, 300], [27, 20, 26, 27]),
        (0, [5, 5], [0, 0]),
    ],
)
def test_shares(budget: int, needs: list[int], shares: list[int]) -> None:
    assert share_out(budget, needs) == shares


@given(st.integers(0, 1000), st.lists(st.integers(0, 500)))
def test_shares_never_exceed_budget_or_need(budget: int, needs: list[int]) -> None:
    shares = share_out(budget, needs)
    assert sum(shares) <= budget
    assert all(share <= need for share, need in zip(shares, needs, strict=True))
    if sum(needs) <= budget:
        assert shares == needs
