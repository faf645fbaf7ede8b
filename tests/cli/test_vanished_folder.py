"""On the command line: the folder for the clip goes while the clip is made."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from time import sleep

from tests.cli.console import SAMPLE, Console
from tests.practice_server import PracticeServer


def lose_when_sent(folder: Path, server: PracticeServer) -> threading.Thread:
    def run() -> None:
        while not server.accepted():
            sleep(0.01)
        shutil.rmtree(folder)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_it_is_told_and_goes_on_when_the_folder_is_back(
    console: Console, practice: PracticeServer, tmp_path: Path
) -> None:
    practice.trouble(queue_seconds=1.5)
    folder = tmp_path / "drive" / "clips"
    losing = lose_when_sent(folder, practice)
    words = (SAMPLE, "--prompt", "It moves.", "--output", str(folder), "--wait", "1")
    said = console.type("generate", *words)
    losing.join()
    assert said.code == 6
    assert f"its folder is gone: {folder}" in said.err
    assert "goes on by itself" in said.err
    assert "resume" in said.err
    assert not folder.exists()
    folder.mkdir()
    resumed = console.type("resume")
    assert resumed.code == 0, resumed
    (clip,) = folder.iterdir()
    assert resumed.out.strip() == str(clip)
    assert len(practice.accepted()) == 1
    assert len(practice.requests(".mp4")) == 1


def test_a_file_in_the_way_is_told_before_anything_is_sent(
    console: Console, practice: PracticeServer, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "clips"
    said = console.type("generate", SAMPLE, "--prompt", "It moves.", "--output", str(folder))
    assert said.code == 2
    assert str(folder) in said.err
    assert practice.ledger() == []
