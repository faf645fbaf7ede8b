"""The wheel has everything the program needs, whichever way it is built."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from dreamina_desktop import __version__
from dreamina_desktop.resources import MODEL_ID, SAMPLE_PICTURE, resource
from tests.packaging.scripts import ROOT

RESOURCES = "dreamina_desktop/_resources/"


def build(source: Path, target: Path, *options: str) -> None:
    """Run the locked build backend, which needs no network."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(target), *options]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def contents(wheel: Path) -> dict[str, bytes]:
    with ZipFile(wheel) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


def test_every_resource_is_inside(wheel: Path) -> None:
    inside = contents(wheel)
    assert f"{RESOURCES}models/{MODEL_ID}.json" in inside
    assert f"{RESOURCES}{SAMPLE_PICTURE}" in inside
    ours = {
        RESOURCES + path.relative_to(ROOT / "resources").as_posix(): path.read_bytes()
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert {name: data for name, data in inside.items() if name.startswith(RESOURCES)} == ours


def test_program_licence_and_entry_point_are_inside_and_no_tests(wheel: Path) -> None:
    inside = contents(wheel)
    metadata = f"dreamina_desktop-{__version__}.dist-info"
    assert inside[f"{metadata}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    entry_points = configparser.ConfigParser()
    entry_points.read_string(inside[f"{metadata}/entry_points.txt"].decode())
    assert entry_points["console_scripts"]["dreamina-desktop"] == "dreamina_desktop.__main__:main"
    sources = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("dreamina_desktop/**/*.py")}
    assert sources <= inside.keys()
    assert {name.partition("/")[0] for name in inside} == {"dreamina_desktop", metadata}


def test_the_source_archive_builds_the_same_wheel(built: Path, wheel: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    shutil.unpack_archive(archive, tmp_path, filter="data")
    (source,) = tmp_path.glob("dreamina_desktop-*")
    build(source, tmp_path, "-t", "wheel")
    assert contents(tmp_path / wheel.name) == contents(wheel)


def test_an_installed_wheel_finds_its_own_resources(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as file:
        file.extractall(tmp_path)
    question = (
        "import sys; sys.path.insert(0, sys.argv[1]); from dreamina_desktop import resources as r;"
        "print(r.resource(r.SAMPLE_PICTURE)); print(r.model_file())"
    )
    answer = subprocess.run(
        [sys.executable, "-I", "-c", question, tmp_path],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    for line in answer.stdout.splitlines():
        assert Path(line).is_relative_to(tmp_path / "dreamina_desktop" / "_resources")


def test_the_checkout_reads_its_own_folder() -> None:
    assert resource(SAMPLE_PICTURE).is_relative_to(ROOT / "resources")
