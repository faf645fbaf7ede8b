"""What was shown is what is sent, whatever happens to the picture's file meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.job import JobState
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.picture_reading import PictureReading
from dreamina_desktop.ui.ports import Background
from tests.core.specs import real_spec
from tests.jobs.workshop import Workshop
from tests.reliability.desk import Desk
from tests.reliability.providers import Provider, Providers
from tests.reliability.tally import Tally
from tests.ui.drafts import Habits, HomeWork, SlowBackground

S = JobState
STEPS = 6
"""Moments between choosing a file and pressing Generate."""
MOMENTS = (*range(STEPS), "pressed", "committed", "sending")


@pytest.fixture(scope="module")
def application() -> QApplication:
    """The one QApplication. It outlives every test, as Qt wants it."""
    known = QApplication.instance()
    return known if isinstance(known, QApplication) else QApplication(["dreamina-desktop"])


def paint(path: Path, chance: random.Random) -> None:
    """A picture of its own, as a program saves it."""
    colour = tuple(chance.randrange(256) for _ in range(3))
    picture = Image.new("RGB", (400, 400), colour)
    picture.paste((255, 255, 255), (chance.randrange(200), 10, 300, 200))
    picture.save(path, format="PNG" if path.suffix == ".png" else "JPEG")


def replace_it(path: Path, chance: random.Random) -> None:
    other = path.with_stem("other")
    paint(other, chance)
    other.replace(path)


def write_over(path: Path, chance: random.Random) -> None:
    paint(path, chance)


def delete(path: Path, _: random.Random) -> None:
    path.unlink(missing_ok=True)


def truncate(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(1, 400)])


MISCHIEF: tuple[Callable[[Path, random.Random], None], ...] = (
    replace_it, write_over, delete, truncate,
)  # fmt: skip


@pytest.mark.promise(18, short=50, long=500)
def test_in_the_window(
    application: QApplication, providers: Providers, tmp_path: Path, tally: Tally
) -> None:
    del application
    with providers.one(queue_seconds=600) as provider:
        shop = Workshop(tmp_path / "profile", provider)  # type: ignore[arg-type]
        shop.at_once = 1_000_000
        try:
            for seed in range(tally.trials):
                folder = tmp_path / str(seed)
                folder.mkdir()
                asyncio.run(_choose_and_press(seed, folder, shop, provider, tally))
        finally:
            shop.close()
    assert len(provider.accepted()) == len(shop.stored.all())


async def _choose_and_press(
    seed: int, folder: Path, shop: Workshop, provider: Provider, tally: Tally
) -> None:
    chance = random.Random(seed)
    path = folder / chance.choice(("picture.png", "picture.jpg"))
    paint(path, chance)
    moment, mischief = chance.choice(MOMENTS), chance.choice(MISCHIEF)

    def now(what: int | str) -> None:
        if what == moment:
            mischief(path, chance)

    owner, hands = QObject(), SlowBackground()
    reading = PictureReading(
        cast("Background", hands), HomeWork(), shop.media, folder / "copies", owner
    )
    draft = Draft(real_spec(), reading, Habits(), lambda _: 7, owner)
    draft.take_file(path)
    for step in range(STEPS):
        now(step)
        if hands.waiting:
            hands.step()
        hands.settle()
    hands.finish()
    draft.set_prompt(f"trial {seed}")
    prepared, preview = draft.picture.prepared, draft.preview
    request = None if draft.reasons() else draft.request()
    owner.deleteLater()
    if request is None:
        # Said before anything could be sent: it is no picture any more.
        tally.fell("refused before it was sent")
        return
    assert prepared is not None
    assert preview is not None
    assert preview == QImage.fromData(prepared.data).convertToFormat(preview.format())
    # There before anybody presses: what was looked at is what is committed.
    assert shop.media.picture(prepared.sha256) == prepared.data
    now("pressed")
    job = shop.preparation.prepare(request)
    now("committed")
    if moment == "sending":
        provider.trouble({"on": "submit", "do": {"delay": 0.1}}, queue_seconds=600)
    async with shop.working():
        if moment == "sending":
            await shop.until(job, S.SUBMITTING)
            now("sending")
        await shop.until(job, S.QUEUED, S.RUNNING)
    shown = sha256(prepared.data).hexdigest()
    (sent,) = [row for row in provider.accepted() if row.prompt == request.prompt]
    assert sent.image_sha256 == shown, (seed, moment)
    assert sha256(shop.media.picture(shown)).hexdigest() == shown
    tally.fell("sent as shown")
    # It is not asked for any longer.
    shop.commands.cancel(job.id)


@pytest.mark.promise(18, short=4, long=50)
def test_on_the_command_line(providers: Providers, tmp_path: Path, tally: Tally) -> None:
    """Frozen with its row: what the file becomes while the price is asked, nobody sends."""
    rule = {"on": "price", "do": {"delay": 0.3}}
    for seed in range(tally.trials):
        chance = random.Random(seed)
        path = tmp_path / f"picture-{seed}.png"
        paint(path, chance)
        shown = PillowPreparer(real_spec()).prepare(path).sha256
        with (
            providers.one(queue_seconds=600, rules=[rule]) as provider,
            Desk(tmp_path / f"desk-{seed}", provider) as desk,
        ):
            command = desk.start("generate", str(path), "--prompt", "It moves.", "--json")
            command.until(lambda: desk.rows.states() == ("prepared",), "the row")
            MISCHIEF[seed % len(MISCHIEF)](path, chance)
            command.until(lambda: provider.accepted(), "the submit")
            command.kill()
            (sent,) = provider.accepted()
            assert sent.image_sha256 == shown
            kept = desk.profile / "pictures"
            assert [sha256(one.read_bytes()).hexdigest() for one in kept.glob("[!.]*")] == [shown]
        tally.fell("sent as shown")
