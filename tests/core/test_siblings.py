from __future__ import annotations

from dataclasses import replace

import pytest

from dreamina_desktop.core.job import JobSpec, SentPicture
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.settings import Travel
from dreamina_desktop.core.siblings import are_siblings, sibling_key

LOCAL = JobSpec("maker/model", "Steam.", 121, 7, SentPicture("/a.png", "ab" * 32, "image/png"))
PUBLIC = replace(LOCAL, picture=SentPicture("https://x/a.png", address="https://x/a.png"))


@pytest.mark.parametrize(
    "other",
    [
        replace(LOCAL, seed=8),
        replace(LOCAL, picture=replace(LOCAL.picture, source="/elsewhere/b.png")),
        replace(LOCAL, picture=replace(LOCAL.picture, travel=Travel.BUCKET)),
        replace(LOCAL, picture=replace(LOCAL.picture, origin=FrameOrigin("job", 0, 1))),
    ],
)
def test_seed_and_ways_do_not_matter(other: JobSpec) -> None:
    assert are_siblings(LOCAL, other)


@pytest.mark.parametrize(
    "other",
    [
        replace(LOCAL, prompt="Smoke."),
        replace(LOCAL, frames=241),
        replace(LOCAL, model_id="maker/other"),
        replace(LOCAL, picture=replace(LOCAL.picture, sha256="cd" * 32)),
        PUBLIC,
    ],
)
def test_everything_else_does(other: JobSpec) -> None:
    assert not are_siblings(LOCAL, other)


def test_an_address_is_its_own_picture() -> None:
    assert are_siblings(PUBLIC, replace(PUBLIC, seed=9))
    assert sibling_key(PUBLIC).picture == "https://x/a.png"
    # Damage may have left no more than what the user named.
    bare = replace(PUBLIC, picture=SentPicture("/a.png"))
    assert sibling_key(bare).picture == "/a.png"
