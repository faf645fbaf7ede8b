"""Giving up the place of the one window, whatever the other does."""

from __future__ import annotations

import json
import socket
from pathlib import Path

from PySide6.QtWidgets import QApplication

from dreamina_desktop.app.window_bell import WindowBell
from dreamina_desktop.store.doorbell import Ring, ring
from dreamina_desktop.store.profile_lock import ProfileLock
from tests.ui.conftest import Until


def test_a_window_that_is_silent_does_not_hold_up_the_end_of_another(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    del application
    place = ProfileLock(tmp_path, "window.lock")
    place.acquire()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = {"pid": 1, "port": silent.getsockname()[1], "token": "t"}
        (tmp_path / "window.json").write_text(json.dumps(address))
        bell = WindowBell(tmp_path, Ring(""))
        assert not bell.take()
        bell.start()
        # It has rung, and waits for what nobody will say.
        visitor, _ = silent.accept()
        bell.close()
        assert bell.isRunning()
        # Nor does it take what has become free meanwhile.
        place.release()
        visitor.close()
        until(bell.isFinished)
        place.acquire()
        place.release()
        bell.end()
        bell.deleteLater()


def test_the_place_is_free_as_soon_as_its_window_is_gone(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    del application
    bell = WindowBell(tmp_path, Ring(""))
    assert bell.take()
    bell.start()
    until((tmp_path / "window.json").exists)
    bell.close()
    assert not ring(tmp_path, Ring(""))
    with ProfileLock(tmp_path, "window.lock"):
        bell.end()
    bell.deleteLater()
