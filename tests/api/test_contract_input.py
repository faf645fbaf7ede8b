"""The provider's contract, row by row and in both directions, over real HTTP: input and picture.

The practice server is the other side; what it saw is read from its ledger and its record of
requests. Tests have the names of the rows.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core import errors
from dreamina_desktop.core.answers import Submission
from dreamina_desktop.core.submit_class import SubmitClass, classify
from tests.api.conftest import STILL
from tests.api.contract_steps import (
    SMALL,
    SUBMISSION,
    inline,
    picture,
)
from tests.practice_server import PracticeServer


async def refusal_of(
    server: PracticeServer, client: RunComfyClient, submission: Submission
) -> errors.ProviderRefusedError:
    """How the server refuses an input; nothing is accepted."""
    server.trouble(**STILL)
    with pytest.raises(errors.ProviderRefusedError) as caught:
        await client.submit(submission)
    assert classify(caught.value) is SubmitClass.REJECTED
    assert caught.value.status == 422
    assert not server.ledger()[-1].accepted
    return caught.value


async def is_taken(server: PracticeServer, client: RunComfyClient, submission: Submission) -> bool:
    server.trouble(**STILL)
    accepted = await client.submit(submission)
    row = server.ledger()[-1]
    return row.accepted and row.request_id == accepted.request_id


async def test_prompt(server: PracticeServer, client: RunComfyClient) -> None:
    # Characters are code points: 800 of those that UTF-16 needs two units for are 800.
    for prompt in ("x", "é" * 800, "🚣" * 800):
        assert await is_taken(server, client, replace(SUBMISSION, prompt=prompt))
        assert server.ledger()[-1].prompt == prompt
    error = await refusal_of(server, client, replace(SUBMISSION, prompt="x" * 801))
    assert error.field == "prompt"
    assert "800" in error.provider_message


@pytest.mark.parametrize(("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
async def test_image_urls(
    server: PracticeServer, client: RunComfyClient, form: str, media_type: str
) -> None:
    content = picture(480, 360, form)
    taken = replace(SUBMISSION, image=inline(content, media_type))
    assert await is_taken(server, client, taken)
    assert server.ledger()[-1].image_sha256 == hashlib.sha256(content).hexdigest()


async def test_image_urls_takes_a_public_address(
    server: PracticeServer, client: RunComfyClient
) -> None:
    public = replace(SUBMISSION, image="https://example.com/boat.png")
    assert await is_taken(server, client, public)


async def test_image_urls_of_other_formats(server: PracticeServer, client: RunComfyClient) -> None:
    for content in (picture(480, 360, "GIF"), b"no picture"):
        error = await refusal_of(server, client, replace(SUBMISSION, image=inline(content)))
        assert error.field == "image_urls"
        assert error.provider_message


@pytest.mark.parametrize("seed", [-1, 0, 7, 2**31 - 1])
async def test_seed(server: PracticeServer, client: RunComfyClient, seed: int) -> None:
    assert await is_taken(server, client, replace(SUBMISSION, seed=seed))
    assert server.ledger()[-1].seed == seed


@pytest.mark.parametrize("frames", [121, 241])
async def test_frames(server: PracticeServer, client: RunComfyClient, frames: int) -> None:
    assert await is_taken(server, client, replace(SUBMISSION, frames=frames))
    assert server.ledger()[-1].frames == frames


async def test_frames_not_offered(server: PracticeServer, client: RunComfyClient) -> None:
    error = await refusal_of(server, client, replace(SUBMISSION, frames=120))
    assert error.field == "frames"


# ---- the rules on the image ----------------------------------------------------------------

TOO_HEAVY = "File size must be less than 4.7 MB."
TOO_LARGE = "Maximum resolution is 4096x4096."
TOO_SMALL = "The shortest side must be at least 320 pixels."
TOO_LONG = "The ratio of long side to short side must be within 3:1."
TOO_TALL = "The ratio of long side to short side must be greater than 0.33."


async def test_file_size_mb(server: PracticeServer, client: RunComfyClient) -> None:
    # Nought bytes behind its end do not hurt a PNG.
    for size, taken in ((4_699_999, True), (4_700_000, False)):
        submission = replace(SUBMISSION, image=inline(SMALL.ljust(size, b"\0")))
        if taken:
            assert await is_taken(server, client, submission)
        else:
            error = await refusal_of(server, client, submission)
            assert (error.field, error.provider_message) == ("image_urls", TOO_HEAVY)


async def judged(
    server: PracticeServer, client: RunComfyClient, width: int, height: int, message: str
) -> None:
    submission = replace(SUBMISSION, image=inline(picture(width, height)))
    if not message:
        assert await is_taken(server, client, submission)
        return
    error = await refusal_of(server, client, submission)
    assert error.field == "image_urls"
    assert message in error.provider_message


@pytest.mark.parametrize(
    ("width", "height", "message"),
    [(4096, 1400, ""), (4097, 1400, TOO_LARGE), (1400, 4096, ""), (1400, 4097, TOO_LARGE)],
)
async def test_width_and_height_at_most_4096(
    server: PracticeServer, client: RunComfyClient, width: int, height: int, message: str
) -> None:
    await judged(server, client, width, height, message)


@pytest.mark.parametrize(
    ("width", "height", "message"),
    [(321, 321, ""), (320, 400, TOO_SMALL), (400, 320, TOO_SMALL)],
)
async def test_width_and_height_above_320(
    server: PracticeServer, client: RunComfyClient, width: int, height: int, message: str
) -> None:
    await judged(server, client, width, height, message)


@pytest.mark.parametrize(("width", "height", "message"), [(1199, 400, ""), (1200, 400, TOO_LONG)])
async def test_width_by_height_below_3(
    server: PracticeServer, client: RunComfyClient, width: int, height: int, message: str
) -> None:
    await judged(server, client, width, height, message)


@pytest.mark.parametrize(("width", "height", "message"), [(400, 1200, ""), (330, 1000, TOO_TALL)])
async def test_width_by_height_above_033(
    server: PracticeServer, client: RunComfyClient, width: int, height: int, message: str
) -> None:
    await judged(server, client, width, height, message)
