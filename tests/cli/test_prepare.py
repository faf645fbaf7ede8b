"""``prepare`` and ``check --prepared``: what would be sent, without a window."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.console import SAMPLE, Console


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A WebP that is too wide, with a place in it."""
    path = tmp_path / "large.webp"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.linear_gradient("L").convert("RGB").resize((400, 5000)).save(path, exif=exif)
    return path


def test_a_picture_that_the_model_refuses_becomes_one_that_it_takes(
    console: Console, large: Path, tmp_path: Path
) -> None:
    before = large.read_bytes()
    output = tmp_path / "made.png"
    said = console.bare("prepare", str(large), "--output", str(output), "--json")
    assert said.code == 0
    found = said.json
    assert list(found) == [
        "sendable",
        "width",
        "height",
        "format",
        "bytes",
        "shape",
        "crop",
        "verdicts",
        "sha256",
        "unchanged",
        "changes",
        "output",
    ]
    kinds = {change["kind"] for change in found["changes"]}
    assert {"turned", "converted", "cropped"} <= kinds
    assert all(change["message"] for change in found["changes"])
    assert (found["sendable"], found["output"]) == (True, str(output))
    data = output.read_bytes()
    assert found["sha256"] == hashlib.sha256(data).hexdigest()
    with Image.open(output) as image:
        assert image.size == (found["width"], found["height"])
        assert image.format == found["format"]
    assert large.read_bytes() == before
    # Seen from the side of ``check``, word for word the same.
    checked = console.bare("check", str(large), "--prepared", "--json")
    assert checked.json == {**found, "output": None}
    assert console.bare("check", str(large)).code == 2
    assert console.bare("check", str(output)).code == 0


@pytest.mark.parametrize("fill", ["crop", "blur", "colour"])
def test_a_shape_is_exactly_one_of_the_models(console: Console, tmp_path: Path, fill: str) -> None:
    output = tmp_path / "framed.png"
    words = ("--shape", "9:16", "--fill", fill, "--colour", "FF8000", "--json")
    found = console.bare("prepare", SAMPLE, "--output", str(output), *words).json
    assert (found["shape"], found["sendable"]) == ("9:16", True)
    assert found["width"] * 1920 == found["height"] * 1088
    assert (found["crop"]["left"], found["crop"]["top"]) == (0, 0)
    if fill == "colour":
        with Image.open(output) as image:
            assert image.convert("RGB").getpixel((image.width // 2, 1)) == (255, 128, 0)


def test_in_words(console: Console, tmp_path: Path) -> None:
    output = tmp_path / "same.jpg"
    said = console.bare("prepare", SAMPLE, "--output", str(output))
    assert f"Written: {output}" in said.out
    assert "It can be sent." in said.out
    assert "other programs expect its name to end in .png" in said.out
    fine = console.bare("prepare", SAMPLE, "--output", str(tmp_path / "same.png"))
    assert "expect its name" not in fine.out
    assert "It can be sent." in console.bare("check", SAMPLE, "--prepared").out


def test_the_original_is_never_touched(console: Console, tmp_path: Path) -> None:
    original = tmp_path / "original.png"
    original.write_bytes(Path(SAMPLE).read_bytes())
    link = tmp_path / "link.png"
    link.hardlink_to(original)
    for output in (original, link):
        said = console.bare("prepare", str(original), "--output", str(output))
        assert (said.code, said.out) == (2, "")
        assert "never touched" in said.err
    assert original.read_bytes() == Path(SAMPLE).read_bytes()


def test_what_cannot_be_made_leaves_everything_as_it_was(console: Console, tmp_path: Path) -> None:
    output = tmp_path / "there.png"
    output.write_bytes(b"earlier")
    text = tmp_path / "no picture.png"
    text.write_text("words")
    for wrong, code in ((text, "picture_format"), (tmp_path / "none.png", "picture_missing")):
        said = console.bare("prepare", str(wrong), "--output", str(output), "--json")
        assert (said.code, said.json["sendable"], said.json["output"]) == (2, False, None)
        assert said.json["verdicts"][0]["code"] == code
        assert console.bare("check", str(wrong), "--prepared").code == 2
    assert output.read_bytes() == b"earlier"
    nowhere = tmp_path / "no folder" / "made.png"
    said = console.bare("prepare", SAMPLE, "--output", str(nowhere))
    assert said.code == 2
    assert str(nowhere) in said.err
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize("wrong", [("--shape", "2:1"), ("--ground", "white"), ("--fill", "melt")])
def test_what_makes_no_sense_is_said(
    console: Console, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    said = console.bare("prepare", SAMPLE, "--output", str(tmp_path / "x.png"), *wrong)
    assert said.code == 2
    assert wrong[1] in said.err
