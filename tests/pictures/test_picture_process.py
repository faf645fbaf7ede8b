"""The picture process: the same answers as at home, and nothing that brings the window down."""

from __future__ import annotations

import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import PictureMissingError
from dreamina_desktop.core.picture_step import Step
from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.recipe import Fill, Frame, Recipe
from dreamina_desktop.pictures import running_child
from dreamina_desktop.pictures.cancelled import PreparationCancelledError
from dreamina_desktop.pictures.looking import look
from dreamina_desktop.pictures.picture_child import serve
from dreamina_desktop.pictures.picture_messages import (
    BrokenPipeWordsError,
    Failure,
    Order,
    Task,
    read_answer,
    read_order,
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
    at_home = PillowPreparer(SPEC)
    for path in (SAMPLE, turned):
        assert process.prepare(path) == at_home.prepare(path)


def test_it_mends_as_at_home(process: PictureProcess, tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    picture("RGB", 1300, 400).save(path)
    mended = Recipe(mended=True)
    assert process.prepare(path, mended) == PillowPreparer(SPEC).prepare(path, mended)


def test_what_is_not_there(process: PictureProcess, tmp_path: Path) -> None:
    for path, trouble in (
        (tmp_path / "nowhere.png", PictureTrouble.GONE),
        (tmp_path, PictureTrouble.FOLDER),
    ):
        for recipe in (Recipe(), Recipe(mended=True)):
            with pytest.raises(PictureMissingError) as caught:
                process.prepare(path, recipe)
            assert (caught.value.detail, caught.value.trouble) == (str(path), trouble)
    text = tmp_path / "a.png"
    text.write_text("no picture")
    assert process.prepare(text, Recipe(mended=True)).data == b""


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
    assert process.prepare(SAMPLE, Recipe(mended=True)).data == b""
    process.close()


@pytest.mark.skipif(sys.platform == "win32", reason="a child without a console hears nothing")
def test_ctrl_c_in_a_terminal_does_not_make_a_damaged_picture() -> None:
    with closing(PictureProcess(usual_command(model_file()))) as process:
        process.warm_up()
        assert process._child is not None
        assert os.getpgid(process._child.pid) != os.getpgrp()


def test_a_child_that_hangs_is_given_up() -> None:
    process = PictureProcess(command("import time; time.sleep(600)"), most_seconds=0.2)
    assert process.prepare(SAMPLE).facts.decoded is False
    assert process.look(SAMPLE, 100) is None
    process.close()


HANGS_ONCE = (
    "import pathlib, runpy, sys, time; "
    "mark = pathlib.Path(sys.argv[1]); first = not mark.exists(); "
    "mark.touch(); sys.argv = ['', sys.argv[2]]; "
    "time.sleep(600) if first else "
    "runpy.run_module('dreamina_desktop.pictures.picture_child', run_name='__main__')"
)


def test_a_hang_that_nobody_waits_for_any_more_holds_up_nobody(tmp_path: Path) -> None:
    mark = tmp_path / "hung"
    process = PictureProcess([*command(HANGS_ONCE), str(mark), str(model_file())])
    superseded = threading.Event()
    fell_out: list[type[Exception]] = []

    def ask_first() -> None:
        try:
            process.prepare(SAMPLE, cancelled=superseded.is_set)
        except PreparationCancelledError as error:
            fell_out.append(type(error))

    thread = threading.Thread(target=ask_first)
    thread.start()
    while not mark.exists():
        time.sleep(0.001)
    superseded.set()
    assert process.prepare(SAMPLE).facts.decoded is True
    thread.join()
    assert fell_out == [PreparationCancelledError]
    process.close()


def test_whoever_waits_for_others_may_give_up() -> None:
    process = PictureProcess(command("import time; time.sleep(600)"))
    threads = [threading.Thread(target=lambda: process.prepare(SAMPLE))]
    threads[0].start()
    while process._child is None:
        time.sleep(0.001)
    child = process._child
    answers = iter([False, False, True])
    with pytest.raises(PreparationCancelledError):
        process.look(SAMPLE, 100, cancelled=lambda: next(answers))
    # That was not the one who keeps it busy.
    assert child.is_alive
    process.close()
    threads[0].join()


def test_what_is_nearly_done_is_not_killed_for_it(
    process: PictureProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A busy machine needs longer for what is a moment elsewhere.
    monkeypatch.setattr(running_child, "_GRACE_SECONDS", 60.0)
    process.prepare(SAMPLE)
    child = process._child
    said = iter([False, *[True] * 1000])
    with pytest.raises(PreparationCancelledError):
        process.look(SAMPLE, 16, cancelled=lambda: next(said))
    assert process._child is child
    assert process.prepare(SAMPLE).facts.decoded


def test_nothing_is_begun_for_who_does_not_want_it(process: PictureProcess) -> None:
    with pytest.raises(PreparationCancelledError):
        process.prepare(SAMPLE, cancelled=lambda: True)
    assert process.prepare(SAMPLE).facts.decoded


def test_steps_are_told_where_the_caller_is() -> None:
    steps = "".join(f'print(\'{{"step": "{step}"}}\', flush=True); ' for step in Step)
    source = f'import sys; sys.stdin.buffer.readline(); {steps}print(\'{{"trouble": "gone"}}\')'
    process = PictureProcess(command(source))
    told: list[tuple[Step, int]] = []
    with pytest.raises(PictureMissingError):
        process.prepare(SAMPLE, progress=lambda step: told.append((step, threading.get_ident())))
    assert told == [(step, threading.get_ident()) for step in Step]
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
    child = process._child
    assert child is not None
    child.kill()
    while child.is_alive:
        time.sleep(0.001)
    assert process.prepare(SAMPLE).facts.decoded is True


def test_closing_does_not_wait_for_work() -> None:
    process = PictureProcess(command("import time; time.sleep(600)"))
    found = []
    thread = threading.Thread(target=lambda: found.append(process.prepare(SAMPLE)))
    thread.start()
    while process._child is None:
        time.sleep(0.001)
    process.close()
    thread.join()
    assert found[0].facts.decoded is False
    # Nothing is begun after that.
    assert process.prepare(SAMPLE).facts.decoded is False
    assert process._child is None
    process.close()


def test_the_child_says_what_it_does_and_ends_with_its_orders(tmp_path: Path) -> None:
    """The child's loop without a process."""
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    orders, answers = io.BytesIO(), io.BytesIO()
    given = (
        Order(Task.PREPARE, SAMPLE),
        Order(Task.PREPARE, tmp_path / "nowhere"),
        Order(Task.PREPARE, bad, Recipe(mended=True)),
        Order(Task.LOOK, SAMPLE, longest=30),
    )
    for order in given:
        write_order(orders, order)
    orders.seek(0)
    begun: list[int] = []
    serve(orders, answers, SPEC, lambda: begun.append(1))
    assert len(begun) == 4
    answers.seek(0)
    found = [read_answer(answers, order) for order in given]
    assert found[0] == PillowPreparer(SPEC).prepare(SAMPLE)
    assert found[1] is PictureTrouble.GONE
    assert found[2] == PillowPreparer(SPEC).prepare(bad, Recipe(mended=True))
    assert found[3] == look(SAMPLE, 30)
    assert answers.read() == b""


def test_a_fault_over_one_picture_is_none_over_the_next(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def run_out(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(PillowPreparer, "prepare", run_out)
    orders, answers = io.BytesIO(), io.BytesIO()
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    given = (
        Order(Task.PREPARE, SAMPLE),
        Order(Task.LOOK, SAMPLE, longest=30),
        Order(Task.LOOK, bad, longest=30),
    )
    for order in given:
        write_order(orders, order)
    orders.seek(0)
    serve(orders, answers, SPEC, lambda: None)
    answers.seek(0)
    found = [read_answer(answers, order) for order in given]
    assert found == [Failure.BROKEN, look(SAMPLE, 30), Failure.UNREADABLE]


def test_it_shows_and_prepares_with_steps_and_a_view(process: PictureProcess) -> None:
    shown = process.look(SAMPLE, 30)
    assert shown == look(SAMPLE, 30)
    told: list[Step] = []
    recipe = Recipe(frame=Frame("1:1", Fill.COLOUR, colour="#ff0000"))
    prepared = process.prepare(SAMPLE, recipe, 200, told.append)
    at_home = PillowPreparer(SPEC).prepare(SAMPLE, recipe, 200)
    assert prepared == at_home
    assert prepared.view == at_home.view
    assert prepared.view is not None
    assert told[0] is Step.READING
    assert told[-1] is Step.ENCODING


@pytest.mark.parametrize("said", [b"{}\n", b'{"task": "sing", "path": "a"}\n', b"\xff\n", b"[]\n"])
def test_orders_that_are_none(said: bytes) -> None:
    with pytest.raises(BrokenPipeWordsError):
        read_order(io.BytesIO(said))


def test_a_damaged_picture_comes_back_as_at_home(process: PictureProcess, tmp_path: Path) -> None:
    path = tmp_path / "cut.jpg"
    path.write_bytes(jpeg(noise(400, 400))[:9000])
    assert process.prepare(path).facts.decoded is False
