"""A full disk is a pause: whichever file call is refused, the job goes on when the disk is back."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource
from tests.api.raw_server import raw_server
from tests.core.specs import real_spec
from tests.reliability.clip_fetch import downloading
from tests.reliability.failing_disk import ERRORS, FailingDisk
from tests.reliability.tally import Tally
from tests.reliability.whole_life import Ledger, WholeLife, hurry
from tests.video.clips import make_clip

_LENGTHS = (1, 4, 15)
"""So many calls in a row are refused: one, those of a try, those of several tries."""


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """In memory where there is such a place: every life waits for the disk a hundred times."""
    memory = Path("/dev/shm")
    base = memory if os.access(memory, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(dir=base))
    yield folder
    shutil.rmtree(folder)


@pytest.mark.timeout(1800)
@pytest.mark.promise(12, short=1, long=len(ERRORS))
async def test_every_file_call_refused(
    quick_folder: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally
) -> None:
    hurry(monkeypatch)
    clip = make_clip(quick_folder / "made.mp4", frames=3).read_bytes()
    picture = PillowPreparer(real_spec()).prepare(resource(SAMPLE_PICTURE))
    disk = FailingDisk(quick_folder)
    trials, first, calls = 0, 0, 1
    async with downloading() as downloader:
        while first <= calls:
            # Each call in every run; the short one takes the errors in turn.
            for turn in range(tally.trials if first else 1):
                number = ERRORS[(first + turn) % len(ERRORS)]
                length = _LENGTHS[(first // len(ERRORS) + turn) % len(_LENGTHS)]
                base = quick_folder / f"{first}-{number}"
                ledger = Ledger(clip)
                life = WholeLife(base, ledger, downloader)
                async with raw_server(ledger.speak) as raw:
                    ledger.url = raw.url
                    disk.arm(first, length, number)
                    with disk.in_place():
                        job = await life.live(picture)
                if first == 0:
                    calls = len(disk.calls)
                life.check(job)
                for call in set(disk.refused):
                    tally.fell(f"{call} refused")
                tally.fell("went on")
                trials += 1
                shutil.rmtree(base)
            first += 1
    tally.ran(trials)
    assert calls > 100
