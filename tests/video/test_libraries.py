from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.video.clips import make_clip

# Two threads begin at different ends of the library, as a window does that has clips to show.
_RACE = """
import sys, threading, time
from pathlib import Path
from dreamina_desktop.video.clip_file import ClipFile
from dreamina_desktop.video.decoder import Decoder
from dreamina_desktop.video.libraries import load_libraries

clip, trouble = Path(sys.argv[1]), []
threading.excepthook = lambda told: trouble.append(told.exc_value)

def decode():
    decoder = Decoder(clip, (96, 64))
    decoder.close()

threads = [threading.Thread(target=work) for work in (decode, decode, load_libraries)]
for thread in threads:
    thread.start()
    # One has begun when the next one does.
    time.sleep(0.005)
for thread in threads:
    thread.join()
print(trouble)
"""


def test_threads_that_need_it_at_once_all_get_it_whole(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", 5)
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", _RACE, str(clip)], capture_output=True, text=True, check=True
        )
        assert (done.stdout, done.stderr) == ("[]\n", "")
