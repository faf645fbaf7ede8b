from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.store.opening import OpenReport
from dreamina_desktop.store.rebuild import Rebuilt
from tests.store.profiles import DATABASE, check_recovery, fill, opened, run_sql


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it, nothing is tidied away."""


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("moment", range(6))
def test_killed_while_rebuilding(
    profile: Path, monkeypatch: pytest.MonkeyPatch, moment: int, *, links: bool
) -> None:
    before = fill(profile)
    run_sql(profile, "DROP INDEX jobs_by_age")
    left = moment

    def lethal(name: str, real: object) -> object:
        def call(*arguments: object, **named: object) -> object:
            nonlocal left
            if name == "link" and not links:
                raise OSError
            left -= 1
            if left == 0:
                raise Killed
            assert callable(real)
            return real(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for name in ("link", "rename", "replace"):
            patched.setattr(os, name, lethal(name, getattr(os, name)))
        if 0 < moment <= 3:
            with pytest.raises(Killed):
                opened(profile)
    found, report = opened(profile)
    assert set(found) == set(before)
    check_recovery(before, found, replace(report, rebuilt=Rebuilt(0, 0, 0, 0, None)))
    assert opened(profile) == (found, OpenReport())
    assert not list(profile.glob("*rebuilding*"))


def test_a_rebuild_that_never_got_far_is_begun_again(profile: Path) -> None:
    before = fill(profile)
    (profile / DATABASE).rename(profile / "dreamina.rebuilding.sqlite")
    (profile / "dreamina.rebuilding.sqlite-journal").write_bytes(b"not empty")
    found, report = opened(profile)
    assert report.rebuilt
    check_recovery(before, found, report)
