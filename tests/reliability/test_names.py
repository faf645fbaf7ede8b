"""Names are safe: whatever a picture, a request or a profile is called, a clip stays in its folder.

Every name is really given, on this file system, to a file that says whose it is.
"""

from __future__ import annotations

import os
import random
import threading
import unicodedata
import warnings
from dataclasses import replace
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dreamina_desktop.core.answers import ClipFacts
from dreamina_desktop.core.job import Clip, ClipKind, Job, SentPicture
from dreamina_desktop.jobs.preparation import new_job_id
from dreamina_desktop.store.landing import land
from dreamina_desktop.store.media_files import LocalMediaFiles
from tests.core.test_safe_name import BAD_NAMES
from tests.reliability.tally import Tally
from tests.store.sample_jobs import a_spec, adopted, prepared

VIDEO = ClipFacts(ClipKind.VIDEO, 192, 128, 121, 24.0)
BEGINNINGS = (b"\x00\x00\x00\x20ftyp", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF....WEBP", b"?")
_LANDED = 10
"""One in so many clips is really landed."""
DEVICES = ("CON", "prn", "AUX", "nul", "COM1", "com¹", "LPT9", "CONOUT$")
MORE_BAD_NAMES = [
    *(
        "../" * 40 + "etc/passwd",
        "..\\..\\boot.ini",
        "/etc/shadow",
        "C:\\Windows\\win.ini",
        "//h/s",
    ),
    *(
        "a\x00.mp4",
        "a\x00/../../b",
        "gpj\u202e4pm.exe",
        "\u2066x\u2069",
        "dots...",
        "blank   ",
        ". .",
    ),
    *(f"{device}{end}" for device in DEVICES for end in ("", ".png", " .x", ".tar.gz", ":stream")),
    *(
        "n" * 5000,
        "ß" * 200,
        "漢" * 120,
        "👩‍👩‍👧‍👦" * 40,
        "e\u0301" * 130,
        "é" * 130,
        "\u0344" * 90,
    ),
    *(
        "name.mp4",
        "NAME.MP4",
        "ﬁle",
        "ＣＯＮ",
        "ǅ",
        "\ud83d",
        "$(rm -rf ~)",
        "`x`",
        "%00",
        "~root",
        "\r\n",
    ),
    *("Icon\r", "desktop.ini", ".DS_Store", "a/./b", "a//b", "-", "--output", "|cat", "a\tb"),
]
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(st.sampled_from('conprauxltm123. -/\\:*"<>|\u0301é\u202e\n\ud800¹$\x00~%2eE\u200d')),
    st.sampled_from([*BAD_NAMES, *MORE_BAD_NAMES]).flatmap(
        lambda bad: st.tuples(st.text(max_size=3), st.text(max_size=3)).map(
            lambda ends: f"{ends[0]}{bad}{ends[1]}"
        )
    ),
)


def jobs(text: str, other: str, seed: int) -> tuple[Job, ...]:
    """One job for each way in which foreign text comes near a name."""
    spec = a_spec(prompt=other, seed=seed)
    local = replace(spec, picture=SentPicture(text))
    hosted = replace(spec, picture=SentPicture("x", address=f"https://h.example/{text}?{other}"))
    return (
        replace(prepared(), spec=local),
        replace(prepared(), spec=hosted),
        adopted(request_id=text),
    )


def clip_of(ordinal: int) -> Clip:
    return Clip(ordinal, ClipKind.VIDEO, "https://h.example/clip.mp4")


class Shelf:
    """One folder for clips among others that must stay as they are."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "clips"
        self.outside = base / "outside"
        for path in (self.folder, self.outside):
            path.mkdir(parents=True)
        (self.outside / "precious").write_bytes(b"precious")
        (self.folder / "link").symlink_to(self.outside)
        self.media = LocalMediaFiles(base / "profile", self.folder)
        self.base = base
        self._resolved = self.folder.resolve()
        self.given: dict[str, bytes] = {}
        self._beginning = b""

    def name(self, job: Job, ordinal: int, content: bytes) -> Path:
        """A new file under the name that is chosen for a clip."""
        path = self.media.choose_name(job, clip_of(ordinal), VIDEO, self._part(content))
        with path.open("xb") as file:
            file.write(content)
        return path

    def put(self, job: Job, ordinal: int, content: bytes) -> Path:
        """A clip, landed."""
        part = self.media.part(job.id, ordinal)
        part.write_bytes(content)
        while True:
            path = self.media.choose_name(job, clip_of(ordinal), VIDEO, part)
            if self.media.place(part, path):
                return path

    def _part(self, content: bytes) -> Path:
        part = self.media.part("unlanded", 0)
        if self._beginning != content[:12]:
            self._beginning = content[:12]
            part.write_bytes(content)
        return part

    def check(self, path: Path, content: bytes) -> None:
        """In the folder itself, a plain file under a name for all systems, and only it."""
        name = path.name
        assert path.parent == self.folder
        assert path.resolve().parent == self._resolved
        assert path.is_file()
        assert not path.is_symlink()
        assert path.read_bytes() == content
        assert name in {one.name for one in os.scandir(self.folder)}
        assert len(os.fsencode(name)) <= 255
        assert len(name.encode("utf-16-le")) <= 2 * 255
        assert name == unicodedata.normalize("NFC", name)
        assert not set(name) & set('<>:"/\\|?*')
        assert not any(unicodedata.category(sign).startswith("C") for sign in name)
        assert name[0] not in ".-~ "
        assert name[-1] not in ". "
        assert PureWindowsPath(name).name == name
        assert not PureWindowsPath(name).is_reserved()
        assert name not in self.given
        self.given[name] = content

    def nothing_else_happened(self) -> None:
        for name, content in self.given.items():
            assert (self.folder / name).read_bytes() == content
        assert {one.name for one in self.folder.iterdir()} == {*self.given, "link"}
        assert [one.name for one in self.outside.iterdir()] == ["precious"]
        assert {one.name for one in self.base.iterdir()} == {"clips", "outside", "profile"}
        assert {one.name for one in self.base.glob("profile/**/*.part*")} <= {".unlanded-0.part"}

    def clear(self) -> None:
        for name in self.given:
            (self.folder / name).unlink()
        self.given.clear()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


@pytest.mark.timeout(900)
@pytest.mark.promise(13, short=2000, long=20000)
def test_any_text_stays_in_the_folder(shelf: Shelf, tally: Tally) -> None:
    count = 0

    def put_all(text: str, other: str, seed: int, ordinal: int, beginning: bytes) -> None:
        nonlocal count
        count += 1
        for number, job in enumerate(jobs(text, other, seed)):
            content = beginning + b"%d %d" % (count, number)
            # Landing waits for the disk each time: of most it is the name alone that is tried.
            put = shelf.put if count % _LANDED == number else shelf.name
            shelf.check(put(job, ordinal, content), content)
        tally.fell("in the folder", 3)
        if count % 100 == 0:
            # So that numbers for names that are taken come to be as well, but not for ever.
            shelf.nothing_else_happened()
            shelf.clear()

    @settings(
        max_examples=tally.trials,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        TEXTS,
        TEXTS,
        st.integers(-1, 2**63),
        st.integers(0, 10**6),
        st.sampled_from(BEGINNINGS),
    )
    def run(text: str, other: str, seed: int, ordinal: int, beginning: bytes) -> None:
        put_all(text, other, seed, ordinal, beginning)

    run()
    shelf.nothing_else_happened()
    tally.ran(count)


@pytest.mark.promise(13, short=1, long=1)
def test_every_bad_name_of_the_list(shelf: Shelf, tally: Tally) -> None:
    bad = [*BAD_NAMES, *MORE_BAD_NAMES]
    for number, text in enumerate(bad):
        for kind, job in enumerate(jobs(text, text, 7)):
            content = b"%d %d" % (number, kind)
            shelf.check(shelf.put(job, number, content), content)
            tally.fell("in the folder")
    shelf.nothing_else_happened()
    tally.ran(len(bad))


@pytest.mark.promise(13, short=1, long=1)
@pytest.mark.parametrize("kind", ["file", "folder", "link", "dead link", "link out"])
def test_a_name_that_is_taken_is_left_alone(shelf: Shelf, tally: Tally, kind: str) -> None:
    job = jobs("coffee.png", "x", 7)[0]
    first = shelf.put(job, 0, b"first")
    first.unlink()
    match kind:
        case "file":
            first.write_bytes(b"mine")
        case "folder":
            first.mkdir()
        case "link":
            first.symlink_to(shelf.folder / "link")
        case "dead link":
            first.symlink_to("nowhere")
        case _:
            first.symlink_to(shelf.outside / "precious")
    before = first.lstat()
    second = shelf.put(job, 0, b"second")
    assert second.name != first.name
    assert second.read_bytes() == b"second"
    assert first.lstat().st_ino == before.st_ino
    assert first.lstat().st_mtime_ns == before.st_mtime_ns
    assert (shelf.outside / "precious").read_bytes() == b"precious"
    tally.fell("left alone")
    tally.ran(1)


@pytest.mark.promise(13, short=1, long=1)
@pytest.mark.parametrize(
    ("first", "second"),
    [("Coffee", "COFFEE"), ("caf\u00e9", "cafe\u0301"), ("straße", "strasse"), ("K", "\u212a")],
)
def test_names_that_some_systems_take_for_one(
    shelf: Shelf,
    monkeypatch: pytest.MonkeyPatch,
    tally: Tally,
    first: str,
    second: str,
) -> None:
    """A file system that folds case and composition, as those of macOS and Windows do."""
    real = os.link

    def folding(source: str, target: str, **named: bool) -> None:
        wanted = folded(Path(target).name)
        if any(folded(one.name) == wanted for one in shelf.folder.iterdir()):
            raise FileExistsError(target)
        real(source, target, **named)

    really = Path.exists

    def is_taken(path: Path) -> bool:
        if path.parent != shelf.folder:
            return really(path)
        return any(folded(one.name) == folded(path.name) for one in shelf.folder.iterdir())

    monkeypatch.setattr(os, "link", folding)
    monkeypatch.setattr(Path, "exists", is_taken)
    paths = [
        shelf.put(jobs(f"{name}.png", "x", 7)[0], number, name.encode())
        for number, name in enumerate((first, second))
    ]
    assert [path.read_bytes() for path in paths] == [first.encode(), second.encode()]
    assert len({folded(path.name) for path in paths}) == 2
    tally.fell("two files")
    tally.ran(1)


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes come from fork here")
@pytest.mark.timeout(600)
@pytest.mark.promise(13, short=40, long=400)
def test_racing_for_a_name_nobody_is_overwritten(shelf: Shelf, tally: Tally) -> None:
    """Three processes with two threads each land clips that want one and the same name."""
    processes, threads = 3, 2
    for trial in range(tally.trials):
        job = jobs("coffee.png", "x", trial)[0]
        children = [_racer(shelf, job, number, threads) for number in range(processes)]
        for child in children:
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        found = {path.read_bytes() for path in shelf.folder.glob("*.mp4")}
        wanted = {b"%d %d" % (one, two) for one in range(processes) for two in range(threads)}
        assert found == wanted
        for path in shelf.folder.glob("*.mp4"):
            path.unlink()
        tally.fell("all there", len(found))
    shelf.nothing_else_happened()


def _racer(shelf: Shelf, job: Job, number: int, threads: int) -> int:
    with warnings.catch_warnings():
        # Threads of other tests may still stand about; the child needs nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    code = 1
    try:
        # Each process has a profile of its own; all share the folder for clips.
        media = LocalMediaFiles(shelf.base / "profile" / f"{number}", shelf.folder)

        def run(ordinal: int) -> None:
            part = media.part(f"job-{number}", ordinal)
            part.write_bytes(b"%d %d" % (number, ordinal))
            clip = clip_of(ordinal)
            while not media.place(part, media.choose_name(job, clip, VIDEO, part)):
                pass

        running = [threading.Thread(target=run, args=(one,)) for one in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
        code = 0
    finally:
        os._exit(code)


@pytest.mark.promise(13, short=1, long=1)
def test_what_lies_in_the_profile_is_named_by_us(shelf: Shelf, tally: Tally) -> None:
    """Parts carry the job's own id, which no foreign text comes near."""
    for moment in range(0, 2**45, 2**38 + 12345):
        name = new_job_id(moment, random.Random(moment).randrange)
        part = shelf.media.part(name, 3)
        assert part.parent == shelf.base / "profile" / "downloads"
        assert part.name == f".{name}-3.part"
        assert set(name) <= set("0123456789abcdefghjkmnpqrstvwxyz-")
        tally.fell("named by us")
    tally.ran(1)


def test_these_checks_can_fail(shelf: Shelf) -> None:
    """A clip outside the folder, or over another, does not pass."""
    part = shelf.media.part("job", 0)
    part.write_bytes(b"clip")
    out = shelf.outside / "clip.mp4"
    assert land(part, out)
    with pytest.raises(AssertionError):
        shelf.check(out, b"clip")
    with pytest.raises(AssertionError):
        shelf.nothing_else_happened()
