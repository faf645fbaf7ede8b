"""Looks at files of a folder as the program does, in a process of its own: it may crash.

    python -m tests.video.hostile_child FOLDER

For each file prints its name, ``broken`` with the error's detail or ``frames`` with their number,
and the most memory in MB that the process has had so far.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from random import Random

from dreamina_desktop.core.errors import ClipBrokenError
from dreamina_desktop.video.clip import PyAvClipCheck
from dreamina_desktop.video.decoder import Decoder

_SIZE = (64, 48)
_SEEN = 24


def main() -> None:
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(path.name, facts(path), "/", look(path), "/", peak_mb(), flush=True)


def facts(path: Path) -> str:
    try:
        found = PyAvClipCheck().facts(path)
    except ClipBrokenError as error:
        return f"broken {error.detail}"
    return f"frames {found.frames} {found.width}x{found.height}"


def look(path: Path) -> str:
    """Every frame that is asked for comes, or the typed error does."""
    try:
        with closing(Decoder(path, _SIZE)) as decoder:
            # All in order, then here and there.
            random = Random(1)
            asked = [*range(min(decoder.count, _SEEN)), decoder.count - 1]
            asked += [random.randrange(decoder.count) for _ in range(4)]
            for index in asked:
                while decoder.step_towards(index) < index:
                    pass
                frame = decoder.frame()
                assert (frame.index, frame.width, frame.height) == (index, *_SIZE)
            return f"frames {decoder.count}"
    except ClipBrokenError as error:
        return f"broken {error.detail}"


def peak_mb() -> int:
    """0 where the platform does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        # What ``getrusage`` tells begins with what the parent had when it forked.
        (line,) = (line for line in status.read_text("ascii").splitlines() if "VmHWM" in line)
        return int(line.split()[1]) // 2**10
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
