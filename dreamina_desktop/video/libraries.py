"""Loads PyAV, which takes a while, in one thread at a time."""

from __future__ import annotations

import threading

_LOADING = threading.Lock()


def load_libraries() -> None:
    """Import all of PyAV that decoding needs; blocks while another thread is at it.

    Its compiled modules import each other in circles: of two threads that begin at different ends
    one would be given modules that are half made, and keep them.
    """
    with _LOADING:
        import av
        import av.video.frame
        import av.video.reformatter  # noqa: F401
