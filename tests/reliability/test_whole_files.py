"""A file that is there is whole: whatever a server does, a folder holds the server's file or none.

"No file" is checked while the trouble lasts, "the server's file" once it is over.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from dreamina_desktop.api.addresses import ApiOrigins
from dreamina_desktop.api.client import RunComfyClient
from dreamina_desktop.core.answers import Phase, Submission
from dreamina_desktop.core.job import JobState
from dreamina_desktop.practice.child_command import child_environment
from dreamina_desktop.resources import MODEL_ID, SAMPLE_PICTURE, resource
from tests.api.raw_server import raw_server
from tests.practice_server import PracticeServer
from tests.reliability.clip_fetch import ClipFetch, Clocks, downloading
from tests.reliability.lying_server import RANGE_FAULTS, WHOLE_FAULTS, LyingServer
from tests.reliability.tally import Tally
from tests.video.clips import make_clip

_SEED = 11
_MOST_FAULTS = 6


def is_home(fetch: ClipFetch, digests: set[str]) -> None:
    """Done, with one file that the server has had, and nothing left over."""
    (clip,) = fetch.job.clips
    assert fetch.job.state is JobState.DONE
    (path,) = fetch.folder.iterdir()
    assert str(path) == clip.path
    assert sha256(path.read_bytes()).hexdigest() == clip.sha256
    assert clip.sha256 in digests
    assert list((fetch.base / "profile" / "downloads").iterdir()) == []


@pytest.mark.timeout(1200)
@pytest.mark.promise(11, short=40, long=1500)
async def test_servers_that_lie(tmp_path: Path, tally: Tally) -> None:
    clip = make_clip(tmp_path / "made.mp4", frames=12).read_bytes()
    every = list(WHOLE_FAULTS + RANGE_FAULTS)
    async with downloading() as downloader:
        for trial in range(tally.trials):
            dice = random.Random(_SEED * 1_000_000 + trial)
            # Each fault is the first one of some trial; what follows is drawn.
            faults = [every[trial % len(every)]]
            faults += dice.choices(every, k=dice.randrange(_MOST_FAULTS))
            server = LyingServer(clip, dice, list(faults))
            fetch = ClipFetch(tmp_path / f"{trial}")
            async with raw_server(server.speak) as raw:
                fetch.order(f"{raw.url}/clips/clip.mp4?sign={trial}")
                while server.faults:
                    await fetch.fetch(downloader, until_step=1)
                    fetch.check_files(frozenset(server.digests))
                    if fetch.job.state is JobState.DONE:
                        break
                await fetch.fetch(downloader)
            is_home(fetch, server.digests)
            fetch.close()
            tally.fell("whole")
            for fault in set(server.told) - {""}:
                tally.fell(f"through {fault}")


async def _address(tmp_path: Path, server: PracticeServer) -> tuple[str, str]:
    """Where one clip lies for long at the practice server, and its sha256."""
    server.trouble(result_lifetime_seconds=36000)
    client = RunComfyClient(ApiOrigins.at(server.url), lambda: server.key, Clocks())
    picture = f"data:image/png;base64,{b64encode(resource(SAMPLE_PICTURE).read_bytes()).decode()}"
    try:
        taken = await client.submit(Submission(MODEL_ID, "It moves.", picture, 121, 7))
        while (await client.status(taken.request_id)).phase is not Phase.COMPLETED:
            await asyncio.sleep(0.05)
        result = await client.result(taken.request_id)
    finally:
        await client.aclose()
    made = server.data_dir / "clips" / f"{taken.request_id}.mp4"
    (output,) = result.outputs
    return output.address, sha256(made.read_bytes()).hexdigest()


def _clip_rules(dice: random.Random, size: int) -> list[dict[str, Any]]:
    def draw() -> dict[str, Any]:
        return dice.choice(
            [
                {"truncate": dice.randrange(size)},
                {"truncate": dice.randrange(size), "rate": 4_000_000},
                {"wrong_length": size + dice.randrange(1, 999)},
                {"wrong_length": dice.randrange(1, size)},
                {"short": True},
                {"no_moov": True},
                {"gzip_bomb": 1 << 26},
                {"bad_range": dice.choice(["wrong_start", "wrong_total", "no_header"])},
                {"bad_range": dice.choice(["ignored", "unsatisfiable"])},
                {"etag_change": True, "truncate": dice.randrange(size)},
                {"drop": "before"},
                {"drop": "after"},
                {"status": dice.choice([403, 404, 410, 429, 500, 503])},
            ]
        )

    return [{"on": "clip", "do": draw()} for _ in range(dice.randrange(1, _MOST_FAULTS))]


@pytest.mark.timeout(1200)
@pytest.mark.promise(11, short=10, long=250)
async def test_the_practice_servers_faults(
    tmp_path: Path, practice: PracticeServer, tally: Tally
) -> None:
    address, digest = await _address(tmp_path, practice)
    size = _size(practice)
    async with downloading() as downloader:
        for trial in range(tally.trials):
            dice = random.Random(_SEED * 2_000_000 + trial)
            rules = _clip_rules(dice, size)
            practice.trouble(*rules, result_lifetime_seconds=36000)
            fetch = ClipFetch(tmp_path / f"{trial}")
            fetch.order(address)
            await fetch.fetch(downloader, until_step=len(rules))
            fetch.check_files(frozenset({digest}))
            practice.trouble(result_lifetime_seconds=36000)
            await fetch.fetch(downloader)
            is_home(fetch, {digest})
            fetch.close()
            tally.fell("whole")
            for deed in {name for rule in rules for name in rule["do"]}:
                tally.fell(f"through {deed}")


@contextmanager
def clip_host() -> Iterator[subprocess.Popen[str]]:
    host = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.clip_host"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=child_environment(),
    )
    with host:
        yield host
        assert host.stdin is not None
        host.stdin.close()


def live(host: subprocess.Popen[str], base: Path, address: str, seconds: float) -> str:
    assert host.stdin is not None
    assert host.stdout is not None
    host.stdin.write(json.dumps({"base": str(base), "address": address, "seconds": seconds}) + "\n")
    host.stdin.flush()
    return host.stdout.readline().strip()


@pytest.mark.skipif(sys.platform == "win32", reason="lives are forked")
@pytest.mark.timeout(1200)
@pytest.mark.promise(11, short=10, long=250)
def test_killed_while_it_comes(tmp_path: Path, practice: PracticeServer, tally: Tally) -> None:
    address, digest = asyncio.run(_address(tmp_path, practice))
    size = _size(practice)
    fell: Counter[str] = Counter()
    with clip_host() as host:
        for trial in range(tally.trials):
            dice = random.Random(_SEED * 3_000_000 + trial)
            # As long as a life lasts, so that kills fall everywhere from connecting to landing.
            practice.trouble(
                {"on": "clip", "times": 2, "do": {"rate": int(size / dice.uniform(0.1, 0.4))}},
                {"on": "clip", "chance": 0.3, "do": {"truncate": dice.randrange(size)}},
                result_lifetime_seconds=36000,
                chance_seed=trial,
            )
            base = tmp_path / f"{trial}"
            ends = []
            for _ in range(dice.randrange(1, 4)):
                ends.append(live(host, base, address, dice.uniform(0.01, 0.6)))
                for path in (base / "clips").glob("*"):
                    # One may be the empty file that keeps the name, where links are unknown.
                    assert path.stat().st_size == 0 or _digest(path) == digest
            practice.trouble(result_lifetime_seconds=36000)
            ends.append(live(host, base, address, 60))
            assert ends[-1] == "done", ends
            assert "failed" not in ends
            fetch = ClipFetch(base)
            is_home(fetch, {digest})
            fetch.close()
            fell.update(ends[:-1])
            tally.fell("whole")
    assert fell["killed"] > 0
    tally.fell("killed", fell["killed"])
    tally.fell("done before the kill", fell["done"])


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _size(server: PracticeServer) -> int:
    (made,) = (server.data_dir / "clips").glob("*.mp4")
    return made.stat().st_size
