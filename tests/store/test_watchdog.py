from __future__ import annotations

import threading

import pytest

from dreamina_desktop.store.watchdog import OutOfPatienceError, Watchdog


def test_a_call_comes_back() -> None:
    watchdog = Watchdog(10)
    assert watchdog.run(lambda: 7) == 7
    assert watchdog.run(threading.current_thread).daemon


def test_what_it_raises_is_raised() -> None:
    def fail() -> None:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        Watchdog(10).run(fail)


def test_a_call_that_hangs_holds_up_nobody() -> None:
    watchdog, gate = Watchdog(0.01), threading.Event()
    calls: list[int] = []
    with pytest.raises(OutOfPatienceError):
        watchdog.run(gate.wait)
    with pytest.raises(OutOfPatienceError):
        watchdog.run(lambda: calls.append(1))
    assert calls == []
    gate.set()
    assert watchdog._hanging is not None
    watchdog._hanging.join()
    watchdog.run(lambda: calls.append(2))
    assert calls == [2]
