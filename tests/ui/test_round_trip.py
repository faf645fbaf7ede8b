"""Whatever a person makes of whatever picture: the bytes that arrive show what the card showed."""

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

from dreamina_desktop.core.job import JobState
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.ui import picture_reading
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.picture_reading import PictureReading
from dreamina_desktop.ui.ports import Background, Outcome
from tests.jobs.workshop import Workshop
from tests.practice_server import PracticeServer
from tests.ui.conftest import Until
from tests.ui.drafts import Habits, HomeWork, is_read

PICTURES = 200
KINDS = (
    ("RGB", "png"), ("RGBA", "png"), ("L", "png"), ("LA", "png"), ("P", "png"), ("1", "png"),
    ("RGB", "jpg"), ("L", "jpg"), ("CMYK", "jpg"), ("RGB", "webp"), ("RGBA", "webp"),
    ("RGB", "bmp"), ("P", "gif"), ("RGB", "tif"), ("RGBA", "tif"),
)  # fmt: skip
ORIENTATION = 0x112


class AtOnce:
    """``ports.Background`` that does its work before it returns."""

    def run(self, work: Callable[[], object], done: Callable[[Outcome[object]], None]) -> None:
        done(Outcome(work()))


def test_what_arrives_is_what_was_shown(
    practice: PracticeServer,
    spec: ModelSpec,
    until: Until,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture_reading, "VERDICT_FIRST", 0)
    monkeypatch.setattr(picture_reading, "RECIPE_RESTS", 0)
    practice.trouble(queue_seconds=600, balance=10_000)
    shop = Workshop(tmp_path / "profile", practice)
    shop.at_once = PICTURES
    owner = QObject()
    background = cast("Background", AtOnce())
    reading = PictureReading(background, HomeWork(), shop.media, tmp_path / "copies", owner)
    draft = Draft(spec, reading, Habits(), lambda _: 7, owner)
    shown: dict[str, QImage] = {}
    try:
        for seed in range(PICTURES):
            chance = random.Random(seed)
            draft.take_file(painted(tmp_path, seed, chance))
            draft.set_recipe(a_recipe(chance, spec))
            until(lambda: is_read(draft))
            draft.set_prompt(f"take {seed}")
            draft.set_frames(chance.choice(spec.frames_offered))
            if draft.reasons():
                # As it is, the model would refuse it.
                draft.mend_picture()
                until(lambda: is_read(draft))
            assert draft.reasons() == (), seed
            assert draft.preview is not None
            shown[draft.prompt] = draft.preview
            shop.preparation.prepare(draft.request())
        asyncio.run(all_sent(shop))
    finally:
        shop.close()
    accepted = practice.accepted()
    assert sorted(str(row.prompt) for row in accepted) == sorted(shown)
    received = {
        sha256(path.read_bytes()).hexdigest(): path
        for path in (practice.data_dir / "pictures").iterdir()
    }
    for row in accepted:
        with Image.open(received[str(row.image_sha256)]) as picture:
            there = picture.size, picture.convert("RGB").tobytes()
        assert there == pixels_of(shown[str(row.prompt)]), row.prompt


async def all_sent(shop: Workshop) -> None:
    async with shop.working():
        for job in shop.stored.all():
            await shop.until(job, JobState.QUEUED, JobState.RUNNING)


def painted(folder: Path, seed: int, chance: random.Random) -> Path:
    mode, suffix = chance.choice(KINDS)
    width, height = chance.randrange(60, 400), chance.randrange(60, 400)
    noise = Image.frombytes("RGBA", (6, 6), chance.randbytes(144))
    picture = noise.resize((width, height), Image.Resampling.BICUBIC)
    if mode in ("P", "CMYK"):
        picture = picture.convert("RGB")
    picture = picture.convert(mode)
    path = folder / f"picture-{seed}.{suffix}"
    exif = Image.Exif()
    exif[ORIENTATION] = chance.randrange(1, 9)
    more = {"exif": exif} if suffix in ("jpg", "png", "webp") else {}
    picture.save(path, **more)  # type: ignore[arg-type]
    return path


def a_recipe(chance: random.Random, spec: ModelSpec) -> Recipe:
    ground = f"#{chance.randrange(0x1000000):06x}"
    if chance.random() < 0.4:
        return Recipe(mended=chance.random() < 0.5, ground=ground)
    frame = Frame(
        chance.choice(spec.output_sizes).shape,
        chance.choice(tuple(Fill)),
        chance.random(),
        chance.random(),
        1 + 3 * chance.random(),
        f"#{chance.randrange(0x1000000):06x}",
    )
    return Recipe(mended=chance.random() < 0.5, ground=ground, frame=frame)


def pixels_of(image: QImage) -> tuple[tuple[int, int], bytes]:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = (bytes(plain.constScanLine(y))[: 3 * plain.width()] for y in range(plain.height()))
    return (plain.width(), plain.height()), b"".join(rows)
