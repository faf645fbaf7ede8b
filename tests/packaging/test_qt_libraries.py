"""What Qt links to is known, asked for by its right name, and never stands in a target's way."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaging.scripts import load_script

# The C and C++ run-time libraries come with every system that runs Python's wheels.
RUN_TIME = re.compile(r"ld-linux.*|lib(c|m|dl|rt|pthread|gcc_s|stdc\+\+)\.so\..*")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Qt's wheels bring all elsewhere")


@pytest.fixture
def libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with its memory of vain attempts in a folder of its own."""
    module = load_script("qt_libraries")
    monkeypatch.setattr(module, "TRIED", tmp_path / "tried")
    return module


def linked_to(files: list[Path]) -> set[str]:
    """The libraries that ``files`` name as needed."""
    command = ["readelf", "--dynamic", "--wide", *map(str, files)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", answer))


@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf reads what Qt links to")
def test_the_table_names_all_that_the_installed_qt_links_to(libraries: ModuleType) -> None:
    import PySide6

    folder = Path(PySide6.__file__).parent
    own = {path.name for path in folder.parent.rglob("lib*.so*")}
    ours = [f"Qt/lib/libQt6{name}.so.6" for name in ("Core", "Gui", "Widgets", "DBus", "XcbQpa")]
    ours += [f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets")]
    ours += ["Qt/plugins/platforms/libqxcb.so", "Qt/plugins/platforms/libqoffscreen.so",
             "Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so"]  # fmt: skip
    needed = {name for name in linked_to([folder / name for name in ours]) if name not in own}
    needed = {name for name in needed if not RUN_TIME.fullmatch(name)}
    assert needed == {row[0] for row in libraries.LIBRARIES}


def test_each_package_manager_is_asked_in_its_own_words(libraries: ModuleType) -> None:
    missing = ["libgthread-2.0.so.0", "libglib-2.0.so.0", "libxcb-cursor.so.0"]
    assert libraries.installation("apt-get", missing) == [
        *("apt-get", "install", "-y", "--no-install-recommends"),
        *("libglib2.0-0", "libxcb-cursor0"),
    ]
    assert libraries.installation("pacman", missing)[-2:] == ["glib2", "xcb-util-cursor"]
    for manager in ("dnf", "zypper"):
        assert libraries.installation(manager, missing)[-3:] == [
            "libglib-2.0.so.0()(64bit)",
            "libgthread-2.0.so.0()(64bit)",
            "libxcb-cursor.so.0()(64bit)",
        ]


def test_a_library_that_is_not_there_is_missed(
    libraries: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ("libnever-was.so.7", "libnever7", "never")
    monkeypatch.setattr(libraries, "LIBRARIES", (("libc.so.6", "libc6", "glibc"), row))
    assert libraries.missing_libraries() == ["libnever-was.so.7"]


class System:
    """A system with one library missing, on which installing works or not."""

    def __init__(self, libraries: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.missing = ["libEGL.so.1"]
        self.may_install = True
        self.reachable = True
        self.attempts = 0
        monkeypatch.setattr(libraries, "complaint", lambda: "no libEGL" if self.missing else "")
        monkeypatch.setattr(libraries, "missing_libraries", lambda: self.missing)
        monkeypatch.setattr(libraries, "rights", lambda: [] if self.may_install else None)
        monkeypatch.setattr(libraries, "install", self._install)
        monkeypatch.setattr(libraries.shutil, "which", lambda name: name == "apt-get" or None)

    def _install(self, _command: list[str], _as_root: list[str]) -> None:
        self.attempts += 1
        if self.reachable:
            self.missing = []


@pytest.fixture
def system(libraries: ModuleType, monkeypatch: pytest.MonkeyPatch) -> System:
    return System(libraries, monkeypatch)


@pytest.mark.parametrize("mode", ["want", "need"])
def test_what_can_be_installed_is(libraries: ModuleType, system: System, mode: str) -> None:
    assert [libraries.main(mode), libraries.main(mode)] == [0, 0]
    assert system.attempts == 1


@pytest.mark.parametrize(("mode", "code"), [("want", 0), ("need", 1)])
def test_without_the_rights_the_line_to_run_is_printed(
    libraries: ModuleType, system: System, capsys: pytest.CaptureFixture[str], mode: str, code: int
) -> None:
    system.may_install = False
    assert libraries.main(mode) == code
    assert "sudo apt-get install -y --no-install-recommends libegl1\n" in capsys.readouterr().err
    assert system.attempts == 0


def test_a_vain_attempt_is_not_repeated_until_it_is_needed(
    libraries: ModuleType, system: System
) -> None:
    system.reachable = False
    assert [libraries.main("want"), libraries.main("want")] == [0, 0]
    assert system.attempts == 1
    assert libraries.main("need") == 1
    assert system.attempts == 2
    system.reachable = True
    assert libraries.main("need") == 0
    system.missing = ["libEGL.so.1"]
    libraries.main("want")
    assert system.attempts == 3, "what was installed since is forgotten"


def test_a_list_of_packages_that_is_too_old_is_renewed(
    libraries: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []

    def run(command: list[str]) -> subprocess.CompletedProcess[str]:
        ran.append(" ".join(command))
        known = any("update" in line for line in ran)
        return subprocess.CompletedProcess(command, 0 if known else 100, "E: not found\n")

    monkeypatch.setattr(libraries, "run", run)
    libraries.install(libraries.installation("apt-get", ["libEGL.so.1"]), ["sudo", "-n"])
    start = "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get "
    assert [line.removeprefix(start).partition(" ")[0] for line in ran] == [
        *("install", "update", "install"),
    ]
