"""Whatever lies in a picture file: a verdict, a window that goes on, and no word of the place."""

from __future__ import annotations

import io
import os
import random
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.core.validation import judge_picture
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.pictures.picture_messages import Answer, Failure
from dreamina_desktop.pictures.picture_process import PictureProcess, usual_command
from dreamina_desktop.pictures.probe import probe
from dreamina_desktop.pictures.running_child import RunningChild
from dreamina_desktop.resources import SAMPLE_PICTURE, model_file, resource
from tests.core.specs import real_spec
from tests.pictures.corpus import corpus, mutated
from tests.pictures.odd_parts import CANARY, CANARY_NUMBER
from tests.reliability.tally import Tally

SPEC = real_spec()
SAMPLE = resource(SAMPLE_PICTURE)
MENDED = Recipe(mended=True)
PLACES = (
    CANARY[:10],
    CANARY[11:],
    CANARY_NUMBER,
    b"".join(CANARY_NUMBER[at : at + 4][::-1] for at in (0, 4)),
    b"Exif\0\0",
    b"ns.adobe.com/xap",
)
VIEW = 96


@pytest.fixture(scope="module")
def process() -> Iterator[PictureProcess]:
    process = PictureProcess(usual_command(model_file()))
    process.warm_up()
    yield process
    process.close()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What the child itself said, before anything was made of it."""
    said: list[Answer] = []
    ask = RunningChild.ask

    def listen(*arguments: object) -> Answer:
        answer = ask(*arguments)  # type: ignore[arg-type]
        said.append(answer)
        return answer

    monkeypatch.setattr(RunningChild, "ask", listen)
    return said


@pytest.mark.promise(17, short=1, long=1)
def test_every_odd_file(
    process: PictureProcess, answers: list[Answer], tmp_path: Path, tally: Tally
) -> None:
    files = corpus()
    assert len(files) >= 80
    wrong = []
    for file in files:
        path = tmp_path / file.name
        path.write_bytes(file.data)
        for recipe in (Recipe(), MENDED):
            is_taken = tried(process, path, recipe, tally)
        if file.mends not in (None, is_taken):
            wrong.append((file.name, is_taken))
    tally.ran(len(files))
    assert wrong == []
    # A fault of ours is not hidden behind a verdict.
    assert Failure.BROKEN not in answers


@pytest.mark.timeout(7200)
@pytest.mark.promise(17, short=500, long=50_000)
def test_mutations(
    process: PictureProcess, answers: list[Answer], tmp_path: Path, tally: Tally
) -> None:
    files = corpus()
    for seed in range(tally.trials):
        chance = random.Random(seed)
        file = chance.choice(files)
        path = tmp_path / f"{seed}-{file.name}"
        path.write_bytes(mutated(file, chance))
        tried(process, path, some_recipe(chance), tally)
        path.unlink()
        assert Failure.BROKEN not in answers, (seed, file.name)
        answers.clear()


BOMBS = {"many scans": "scans.jpg", "more memory than there is": "large.png"}


@pytest.mark.promise(17, short=1, long=1)
@pytest.mark.parametrize("bomb", list(BOMBS))
@pytest.mark.skipif(sys.platform != "linux", reason="its kernel holds to all limits")
def test_a_bomb_ends_at_the_limits(bomb: str, tmp_path: Path, tally: Tally) -> None:
    """With limits that are reached soon; the next picture finds everything in order."""
    path = tmp_path / BOMBS[bomb]
    if path.suffix == ".jpg":
        path.write_bytes(_scans(70))
    else:
        Image.new("RGB", (7500, 7500)).save(path, compress_level=1)
    source = (
        "import sys; from dreamina_desktop.pictures import child_limits, picture_child; "
        "child_limits.MOST_MEMORY = 250 * 2**20; "
        "picture_child.limit_next_order = lambda: child_limits.limit_next_order(1); "
        "sys.exit(picture_child.main(sys.argv[1:]))"
    )
    with closing(PictureProcess([sys.executable, "-c", source, str(model_file())])) as process:
        assert not tried(process, path, MENDED, tally)
        assert tried(process, SAMPLE, MENDED, tally)


@pytest.mark.promise(17, short=1, long=1)
@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_what_is_no_file(process: PictureProcess, tmp_path: Path, tally: Tally) -> None:
    fifo, loop, folder = tmp_path / "fifo.png", tmp_path / "loop.png", tmp_path / "folder.png"
    os.mkfifo(fifo)
    loop.symlink_to(loop)
    folder.mkdir()
    bad = (fifo, loop, folder, tmp_path / "nowhere.png", Path("/dev/zero"), Path("a\0b.png"))
    for path in bad:
        with pytest.raises(PictureMissingError):
            probe(path)
        with pytest.raises(PictureMissingError):
            process.prepare(path, MENDED, VIEW)
        assert process.look(path, VIEW) is None
        tally.fell("said to be missing")
    tally.ran(len(bad))


def tried(process: PictureProcess, path: Path, recipe: Recipe, tally: Tally) -> bool:
    """One file through everything that the window does with it; whether the model takes it."""
    assert judge_picture(probe(path), SPEC)
    child = process._child
    prepared = process.prepare(path, recipe, VIEW)
    view = process.look(path, VIEW)
    if process._child is not child and child is not None:
        tally.fell("a decoder broke")
    if view is not None:
        assert max(view.width, view.height) <= VIEW
    verdicts = judge_picture(prepared.facts, SPEC)
    assert verdicts
    if any(verdict.severity is Severity.REFUSED for verdict in verdicts):
        tally.fell("refused")
        return False
    _check_sent(prepared)
    tally.fell("as it was" if prepared.unchanged else "prepared")
    return True


def _check_sent(prepared: PreparedPicture) -> None:
    """Nothing of the place, and the picture that is told of."""
    assert not any(place in prepared.data for place in PLACES)
    with Image.open(io.BytesIO(prepared.data)) as image:
        image.load()
        assert image.format == prepared.facts.format
        assert image.size == (prepared.facts.width, prepared.facts.height)
        assert not image.getexif()
        assert CANARY not in (image.info.get("icc_profile") or b"")
        assert not {"xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Location"} & set(
            image.info
        )
    assert prepared.view is not None


def some_recipe(chance: random.Random) -> Recipe:
    kind = chance.randrange(3)
    if kind < 2:
        return (Recipe(), MENDED)[kind]
    shape = chance.choice(SPEC.output_sizes).shape
    frame = Frame(
        shape, chance.choice(list(Fill)), chance.random(), chance.random(), 1 + chance.random()
    )
    return Recipe(frame=frame)


def _scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    file = io.BytesIO()
    Image.new("RGB", (8000, 8000)).save(file, "JPEG", progressive=True)
    data = file.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"
