"""The picture process: the same answers as at home, and nothing that brings the window down."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.pictures.fit import FittedCopy, NotFittableError, fitted_copy
from dreamina_desktop.pictures.picture_child import serve
from dreamina_desktop.pictures.picture_messages import (
    BrokenPipeWordsError,
    Failure,
    Order,
    Task,
    read_answer,
    read_order,
    write_answer,
    write_order,
)
from dreamina_desktop.pictures.picture_process import PictureProcess, usual_command
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, model_file, resource
from tests.core.specs import real_spec
from tests.pictures.samples import jpeg, jpeg_turned, noise, picture

SPEC = real_spec()
SAMPLE = resource(SAMPLE_PICTURE)


@pytest.fixture(scope="module")
def process() -> Iterator[PictureProcess]:
    process = PictureProcess(usual_command(model_file()))
    process.warm_up()
    yield process
    process.close()


def command(source: str) -> list[str]:
    """A child of another kind."""
    return [sys.executable, "-c", source]


def test_it_prepares_as_at_home(process: PictureProcess, tmp_path: Path) -> None:
    turned = tmp_path / "turned.jpg"
    turned.write_bytes(jpeg_turned(6, noise(400, 360)))
    at_home = PillowPreparer(SPEC.byte_limit())
    for path in (SAMPLE, turned):
        assert process.prepare(path) == at_home.prepare(path)


def test_it_fits_as_at_home(process: PictureProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    picture("RGB", 1300, 400).save(path)
    assert process.fit(path) == fitted_copy(path, SPEC)


def test_what_is_not_there(process: PictureProcess, tmp_path: Path) -> None:
    with pytest.raises(PictureMissingError):
        process.prepare(tmp_path / "nowhere.png")
    with pytest.raises(PictureMissingError):
        process.fit(tmp_path / "nowhere.png")
    text = tmp_path / "a.png"
    text.write_text("no picture")
    with pytest.raises(NotFittableError):
        process.fit(text)


@pytest.mark.skipif(sys.platform != "linux", reason="names there are bytes")
def test_names_that_are_no_unicode(process: PictureProcess, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    path.write_bytes(SAMPLE.read_bytes())
    assert process.prepare(path).facts.decoded


def test_several_threads_wait_for_each_other(process: PictureProcess) -> None:
    wanted = process.prepare(SAMPLE)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(process.prepare(SAMPLE))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(3)",
        "import sys; sys.stdin.buffer.readline(); sys.exit(1)",
        "import sys; sys.stdin.buffer.readline(); print('[]', flush=True)",
        "import sys; sys.stdin.buffer.readline(); print('nonsense', flush=True)",
        "import sys; sys.stdin.buffer.readline(); print('{\"length\": 10}', flush=True)",
        'import sys; sys.stdin.buffer.readline(); print(\'{"failure": "odd"}\', flush=True)',
    ],
)
def test_a_child_that_breaks_makes_a_damaged_picture(source: str) -> None:
    process = PictureProcess(command(source))
    prepared = process.prepare(SAMPLE)
    assert prepared.facts.decoded is False
    assert (prepared.facts.width, prepared.facts.height) == (600, 400)
    assert prepared.data == b""
    with pytest.raises(NotFittableError):
        process.fit(SAMPLE)
    process.close()


def test_a_child_that_hangs_is_given_up() -> None:
    process = PictureProcess(command("import time; time.sleep(600)"), most_seconds=0.2)
    assert process.prepare(SAMPLE).facts.decoded is False
    process.close()


def test_after_a_crash_the_next_picture_gets_a_new_child(tmp_path: Path) -> None:
    mark = tmp_path / "crashed"
    source = (
        "import pathlib, runpy, sys; mark = pathlib.Path(sys.argv[1]); first = not mark.exists(); "
        "mark.touch(); sys.argv = ['', sys.argv[2]]; "
        "sys.exit(3) if first else "
        "runpy.run_module('dreamina_desktop.pictures.picture_child', run_name='__main__')"
    )
    process = PictureProcess([*command(source), str(mark), str(model_file())])
    assert process.prepare(SAMPLE).facts.decoded is False
    assert process.prepare(SAMPLE).facts.decoded is True
    process.close()


def test_a_child_that_died_idle_is_replaced(process: PictureProcess) -> None:
    process.prepare(SAMPLE)
    child = process._process
    assert child is not None
    child.kill()
    child.wait()
    assert process.prepare(SAMPLE).facts.decoded is True


def test_closing_does_not_wait_for_work() -> None:
    process = PictureProcess(command("import time; time.sleep(600)"))
    found = []
    thread = threading.Thread(target=lambda: found.append(process.prepare(SAMPLE)))
    thread.start()
    while process._process is None:
        time.sleep(0.001)
    process.close()
    thread.join()
    assert found[0].facts.decoded is False
    # Nothing is begun after that.
    assert process.prepare(SAMPLE).facts.decoded is False
    assert process._process is None
    process.close()


def test_the_child_says_what_it_does_and_ends_with_its_orders(tmp_path: Path) -> None:
    """The child's loop without a process."""
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    orders, answers = io.BytesIO(), io.BytesIO()
    for order in (
        Order(Task.PREPARE, SAMPLE),
        Order(Task.PREPARE, tmp_path / "nowhere"),
        Order(Task.FIT, bad),
        Order(Task.FIT, SAMPLE),
    ):
        write_order(orders, order)
    orders.seek(0)
    serve(orders, answers, SPEC)
    answers.seek(0)
    assert read_answer(answers) == PillowPreparer(SPEC.byte_limit()).prepare(SAMPLE)
    assert read_answer(answers) is Failure.MISSING
    assert read_answer(answers) is Failure.NOT_FITTABLE
    assert isinstance(read_answer(answers), FittedCopy)
    assert answers.read() == b""


@pytest.mark.parametrize("said", [b"{}\n", b'{"task": "sing", "path": "a"}\n', b"\xff\n", b"[]\n"])
def test_orders_that_are_none(said: bytes) -> None:
    with pytest.raises(BrokenPipeWordsError):
        read_order(io.BytesIO(said))


def test_facts_that_are_none() -> None:
    pipe = io.BytesIO()
    write_answer(pipe, PillowPreparer().prepare(SAMPLE))
    said = pipe.getvalue().replace(b'"width"', b'"breadth"')
    with pytest.raises(BrokenPipeWordsError):
        read_answer(io.BytesIO(said))


def test_a_damaged_picture_comes_back_as_at_home(process: PictureProcess, tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    path.write_bytes(jpeg(noise(400, 400))[:9000])
    assert process.prepare(path).facts.decoded is False
