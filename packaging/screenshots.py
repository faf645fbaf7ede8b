"""Pictures of the window in its main states, by real mouse and keys: ``screenshots.py [NAME …]``.

The real program runs in its own process, with an empty home, on a screen that nobody sees.
They land in ``build/screenshots/``. Names choose series: dark, light, small, large, double.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from screenshot_display import Display, NotThereError, Place, missing_tools, wait_until
from screenshot_drag import SIDE
from screenshot_drag import TITLE as DRAG_TITLE

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "screenshots"
SAMPLE = ROOT / "resources" / "samples" / "coffee.png"
PROMPT = (
    "Steam rises slowly from the espresso while the camera glides towards the cup; "
    "warm morning light wanders over the saucer, the spoon and the wooden table."
)
_TAKES = 3
_NAME = "Dreamina Desktop"
# Long enough for thumbnails, fades and the first balance; nothing depends on it but the looks.
_SETTLE = 1.5
# The price comes from the practice server, which takes a moment to start.
_SERVER_BEGUN = 4.0
# The window waits 5 s before it complains of a lost connection.
_OFFLINE_SAID = 7.0


@dataclass(frozen=True, slots=True)
class Look:
    """What the window is shown with. Sizes in pixels of the screen."""

    theme: str
    width: int = 1280
    height: int = 800
    scale: int = 1


class Studio:
    """One look, one home; the profile stays from one opening of the window to the next."""

    def __init__(self, look: Look, home: Path, display: Display) -> None:
        self.look = look
        self.display = display
        self.home = home
        self.data = home / "data"
        self._window = ""

    @contextmanager
    def program(self, *words: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
        """The window, over the whole screen and with the keys in it, as long as the block runs."""
        self._choose_theme()
        process = self._start(*words, **variables)
        try:
            self._window = self.display.window(process.pid, _NAME)
            self.display.stand(self._window, Place(0, 0), self.look.width, self.look.height)
            time.sleep(_SETTLE)
            yield process
        finally:
            process.terminate()
            process.wait(30)

    def press(self, *keys: str) -> None:
        """Press keys in the window. A drag and a dialog leave no other with the keys behind."""
        self.display.focus(self._window)
        self.display.keys(*keys)

    def send(self, *words: str) -> None:
        """Start the program a second time: it hands its words to the window that is open."""
        assert self._start(*words).wait(30) == 0  # noqa: S101

    def states(self) -> list[str]:
        """Where the jobs of practice mode stand, as the command line tells."""
        words = ("--data-dir", str(self.data), "jobs", "--practice", "--json")
        told = subprocess.run(
            [sys.executable, "-m", "dreamina_desktop", *words],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            check=True,
        )
        return [job["state"] for job in json.loads(told.stdout)]

    def wait_for_jobs(self, count: int) -> None:
        """Until so many jobs are done."""
        wait_until("the end of the job", lambda: self.states() == ["done"] * count)
        time.sleep(_SETTLE)

    def wait_for_job(self, number: int) -> None:
        """Until so many jobs have begun."""
        wait_until("the job's beginning", lambda: len(self.states()) == number)
        time.sleep(_SETTLE)

    def shoot(self, name: str, *, after: float = _SETTLE) -> None:
        """Keep what is to be seen, once it has settled, in seconds."""
        time.sleep(after)
        path = FOLDER / f"{name}.png"
        self.display.shoot(self.look.width, self.look.height, path)
        print(path.relative_to(ROOT))

    def _start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dreamina_desktop", "--data-dir", str(self.data), *words],
            cwd=ROOT,
            env={**self._environment(), **variables},
        )

    def _environment(self) -> dict[str, str]:
        return self.display.environment(
            {
                "PATH": os.environ.get("PATH", ""),
                "LANG": "en_GB.UTF-8",
                "HOME": str(self.home),
                "XDG_RUNTIME_DIR": str(self.home),
                "QT_SCALE_FACTOR": str(self.look.scale),
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            }
        )

    def _choose_theme(self) -> None:
        """In both profiles; everything else in them stays."""
        for profile in (self.data, self.data / "practice"):
            path = profile / "settings.json"
            if profile is not self.data and not path.exists():
                continue
            profile.mkdir(parents=True, exist_ok=True, mode=0o700)
            before = json.loads(path.read_bytes()) if path.exists() else {}
            path.write_text(json.dumps({**before, "theme": self.look.theme}), encoding="ascii")


@contextmanager
def studio(look: Look, beside: int = 0) -> Iterator[Studio]:
    """A screen, with room ``beside`` the window, and an empty home."""
    with (
        tempfile.TemporaryDirectory() as home,
        Display(look.width + beside, look.height) as display,
    ):
        yield Studio(look, Path(home), display)


@contextmanager
def practice_server(folder: Path, trouble: dict[str, object]) -> Iterator[dict[str, str]]:
    """The practice server alone; gives its address and key."""
    folder.mkdir()
    script = folder / "trouble.json"
    script.write_text(json.dumps(trouble), encoding="ascii")
    command = [sys.executable, "-m", "dreamina_desktop", "--data-dir", str(folder / "data")]
    with subprocess.Popen(
        [*command, "practice", "--trouble", str(script)], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None  # noqa: S101
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def dark() -> None:
    """Every state once."""
    look = Look("dark")
    with studio(look) as at, at.program():
        at.shoot("first-run")
    with studio(look, beside=SIDE + 32) as at, at.program("--practice"):
        at.shoot("empty")
        _drag_picture(at)
        at.display.click(Place(look.width // 8, look.height * 11 // 16))
        at.display.write(PROMPT)
        at.shoot("ready")
        for number in range(1, _TAKES + 1):
            at.press("ctrl+Return")
            at.wait_for_job(number)
        at.shoot("running")
        at.wait_for_jobs(_TAKES)
        at.shoot("playing")
        at.press("ctrl+comma")
        at.shoot("settings")
        at.press("Escape")
        small = at.home / "stamp.png"
        Image.open(SAMPLE).convert("RGB").resize((405, 270)).save(small)
        at.send("--practice", str(small))
        at.shoot("refused")
    lost = {"on": "submit", "do": {"drop": "after"}}
    with (
        studio(look) as at,
        practice_server(at.home / "server", {"rules": [lost]}) as server,
        _program_at(at, server),
    ):
        time.sleep(_SERVER_BEGUN)
        at.press("ctrl+Return")
        at.shoot("unknown", after=_SERVER_BEGUN)
    with studio(look) as at:
        with practice_server(at.home / "server", {}) as server:
            pass
        with _program_at(at, server):
            at.shoot("offline", after=_OFFLINE_SAID)


def light() -> None:
    """At the usual size."""
    _ready_and_playing("light", Look("light"))


def small() -> None:
    """The smallest screen that is promised."""
    _ready_and_playing("small", Look("light", 1024, 700))


def large() -> None:
    """A whole screen."""
    _ready_and_playing("large", Look("light", 1920, 1080))


def double() -> None:
    """Twice as many pixels for everything."""
    _ready_and_playing("double", Look("light", 2048, 1400, scale=2))


SERIES: tuple[Callable[[], None], ...] = (dark, light, small, large, double)


def _ready_and_playing(name: str, look: Look) -> None:
    with studio(look) as at, at.program("--practice", str(SAMPLE), "--prompt", PROMPT):
        at.shoot(f"{name}-ready", after=_SERVER_BEGUN)
        at.press("ctrl+Return")
        at.wait_for_jobs(1)
        at.shoot(f"{name}-playing")


@contextmanager
def _program_at(at: Studio, server: dict[str, str]) -> Iterator[None]:
    words = ("--api-url", server["url"], str(SAMPLE), "--prompt", PROMPT)
    with at.program(*words, RUNCOMFY_API_TOKEN=server["key"]):
        yield


def _drag_picture(at: Studio) -> None:
    """From another program beside the window to the middle of the window."""
    look = at.look
    x, y = look.width + 16, look.height // 2
    command = [sys.executable, str(ROOT / "packaging" / "screenshot_drag.py"), str(SAMPLE)]
    with subprocess.Popen(
        [*command, str(x), str(y)], env=at.display.environment(dict(os.environ))
    ) as source:
        at.display.window(source.pid, DRAG_TITLE)
        time.sleep(_SETTLE)
        at.display.drag(
            Place(x + SIDE // 2, y + SIDE // 2), Place(look.width // 8, look.height // 4)
        )
        at.shoot("dragging")
        at.display.drop()
        time.sleep(_SETTLE)
        source.terminate()


def main(names: list[str]) -> int:
    """Make the series of these names, all without one; 2 where something was missing."""
    missing = missing_tools()
    if missing:
        print(f"Please install: {' '.join(missing)} (apt-get install …)", file=sys.stderr)
        return 2
    for series in SERIES:
        if names and series.__name__ not in names:
            continue
        try:
            series()
        except NotThereError as error:
            print(f"{series.__name__}: did not see {error}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
