"""Word diffs: readable, and exact to the last space."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreamina_desktop.core.word_diff import WordChange, WordRun, word_diff

K, R, A = WordChange.KEPT, WordChange.REMOVED, WordChange.ADDED
TEXTS = st.text(alphabet="ab ,\nÄ猫'", max_size=24)


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", []),
        ("steam rises", "steam rises", [(K, "steam rises")]),
        (
            "steam rises from a cup",
            "steam drifts from a cup",
            [(K, "steam "), (R, "rises"), (A, "drifts"), (K, " from a cup")],
        ),
        # A phrase stays a phrase.
        (
            "the red cat sits",
            "the old dog sits",
            [(K, "the "), (R, "red cat"), (A, "old dog"), (K, " sits")],
        ),
        ("slow pan", "slow pan, left", [(K, "slow pan"), (A, ", left")]),
        ("slow pan, left", "slow pan", [(K, "slow pan"), (R, ", left")]),
        ("don't", "don’t", [(R, "don't"), (A, "don’t")]),
        ("一只黑猫", "一只白猫", [(K, "一只"), (R, "黑"), (A, "白"), (K, "猫")]),
        ("a  b", "a b", [(K, "a"), (R, "  "), (A, " "), (K, "b")]),
        ("cat ", "dog ", [(R, "cat"), (A, "dog"), (K, " ")]),
    ],
)
def test_reads_as_a_person_would_mark_it(
    before: str, after: str, runs: list[tuple[WordChange, str]]
) -> None:
    assert word_diff(before, after) == tuple(WordRun(*run) for run in runs)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_or_invented(before: str, after: str) -> None:
    runs = word_diff(before, after)
    assert "".join(run.text for run in runs if run.change is not A) == before
    assert "".join(run.text for run in runs if run.change is not R) == after
    assert all(run.text for run in runs)
    assert all(one.change is not other.change for one, other in pairwise(runs))
