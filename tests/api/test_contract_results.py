"""The provider's contract, row by row and in both directions, over real HTTP: results.

The practice server is the other side; what it saw is read from its ledger and its record of
requests. Tests have the names of the rows.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.api.download import ResultDownloader
from dreamina_desktop.core import errors
from dreamina_desktop.core.submit_class import SubmitClass
from tests.api.conftest import QUIET, STILL
from tests.api.contract_steps import (
    SUBMISSION,
    finished,
    submit_fails,
)
from tests.practice_server import PracticeServer


async def test_a_lost_answer_may_be_a_request_that_runs(
    server: PracticeServer, client: RunComfyClient
) -> None:
    lost = [
        {"drop": "after"},
        {"lost_status": {"status": 502, "raw": "<html>Bad gateway</html>"}},
        {"lost_status": {"status": 200, "raw": "<html>Welcome</html>"}},
        {"lost_status": {"status": 307, "headers": {"Location": "$url/x"}, "body": {}}},
        {"lost_status": {"status": 408, "body": {}}},
    ]
    for deed in lost:
        server.trouble({"on": "submit", "do": deed}, **STILL)
        accepted = len(server.accepted())
        await submit_fails(client, SubmitClass.UNKNOWN)
        assert len(server.accepted()) == accepted + 1


async def test_a_dropped_submit_is_in_doubt_even_when_nothing_was_done(
    server: PracticeServer, client: RunComfyClient
) -> None:
    server.trouble({"on": "submit", "do": {"drop": "before"}}, **STILL)
    accepted = len(server.accepted())
    error = await submit_fails(client, SubmitClass.UNKNOWN)
    assert type(error) is errors.AnswerLostError
    assert len(server.accepted()) == accepted


@pytest.fixture
async def clip(client: RunComfyClient) -> str:
    """The address of a clip that is there."""
    answer = await finished(client, (await client.submit(SUBMISSION)).request_id)
    return answer.outputs[0].address


async def test_results_are_fetched_without_the_key(
    server: PracticeServer, downloader: ResultDownloader, clip: str, tmp_path: Path
) -> None:
    await downloader.download(clip, tmp_path / "clip.part")
    row = server.requests(".mp4")[-1]
    assert not row.had_key
    assert not row.key_anywhere


async def test_an_expired_address(
    server: PracticeServer,
    client: RunComfyClient,
    downloader: ResultDownloader,
    tmp_path: Path,
) -> None:
    part = tmp_path / "clip.part"
    server.trouble(result_lifetime_seconds=0, **QUIET)
    request_id = (await client.submit(SUBMISSION)).request_id
    answer = await finished(client, request_id)
    with pytest.raises(errors.AddressExpiredError):
        await downloader.download(answer.outputs[0].address, part)
    assert not part.exists()
    server.trouble(**QUIET)
    fresh = await client.result(request_id)
    assert fresh.outputs[0].address != answer.outputs[0].address
    assert (await downloader.download(fresh.outputs[0].address, part)).size > 0


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        ({"status": 403, "body": {}}, errors.AddressExpiredError),
        ({"status": 404, "body": {}}, errors.AddressExpiredError),
        ({"status": 503, "body": {}}, errors.DownloadError),
        ({"redirect": "http://10.0.0.1/"}, errors.DetourRefusedError),
        ({"short": True}, errors.DownloadError),
        ({"truncate": 700}, errors.DownloadError),
        ({"wrong_length": 10_000_000}, errors.DownloadError),
        ({"gzip_bomb": 1 << 26}, errors.DownloadError),
        ({"drop": "before"}, errors.DownloadError),
    ],
)
async def test_a_download_that_goes_wrong_and_then_well(
    server: PracticeServer,
    downloader: ResultDownloader,
    clip: str,
    tmp_path: Path,
    deed: dict[str, object],
    kind: type[errors.DownloadError],
) -> None:
    part = tmp_path / "clip.part"
    server.trouble({"on": "clip", "do": deed}, **QUIET)
    with pytest.raises(errors.DownloadError) as caught:
        await downloader.download(clip, part)
    assert type(caught.value) is kind
    assert "signature" not in str(caught.value)
    found = await downloader.download(clip, part)
    whole = await downloader.download(clip, tmp_path / "again.part")
    assert found == whole


@pytest.mark.parametrize(
    "fault", ["wrong_start", "wrong_total", "no_header", "ignored", "unsatisfiable"]
)
async def test_a_range_that_is_answered_wrongly(
    server: PracticeServer, downloader: ResultDownloader, clip: str, tmp_path: Path, fault: str
) -> None:
    part = tmp_path / "clip.part"
    server.trouble(
        {"on": "clip", "do": {"truncate": 1500}},
        {"on": "clip", "do": {"bad_range": fault}},
        **QUIET,
    )
    with pytest.raises(errors.DownloadError):
        await downloader.download(clip, part)
    found = await downloader.download(clip, part)
    assert "range" in server.requests(".mp4")[-1 if fault == "ignored" else -2].headers
    assert found == await downloader.download(clip, tmp_path / "again.part")


async def test_a_range_is_gone_on_with_at_a_fresh_address(
    server: PracticeServer,
    client: RunComfyClient,
    downloader: ResultDownloader,
    clip: str,
    tmp_path: Path,
) -> None:
    part = tmp_path / "clip.part"
    server.trouble({"on": "clip", "do": {"truncate": 1500}}, **QUIET)
    with pytest.raises(errors.DownloadError):
        await downloader.download(clip, part)
    assert part.stat().st_size == 1500
    request_id = server.accepted()[-1].request_id
    assert request_id is not None
    fresh = (await client.result(request_id)).outputs[0].address
    found = await downloader.download(fresh, part)
    assert "range" in server.requests(".mp4")[-1].headers
    assert found == await downloader.download(fresh, tmp_path / "again.part")


async def test_a_file_that_changes_under_the_download(
    server: PracticeServer, downloader: ResultDownloader, clip: str, tmp_path: Path
) -> None:
    part = tmp_path / "clip.part"
    changing = {"on": "clip", "times": None, "do": {"etag_change": True}}
    cut = {"on": "clip", "do": {"etag_change": True, "truncate": 1500}}
    server.trouble(cut, changing, **QUIET)
    with pytest.raises(errors.DownloadError):
        await downloader.download(clip, part)
    beginning = part.read_bytes()
    found = await downloader.download(clip, part)
    # One whole version, not the beginning of one and the end of another.
    assert found.sha256 == hashlib.sha256(part.read_bytes()).hexdigest()
    assert "range" in server.requests(".mp4")[-1].headers
    assert part.read_bytes()[: len(beginning)] != beginning
    assert found.size == len(part.read_bytes())
