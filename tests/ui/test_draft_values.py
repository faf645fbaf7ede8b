"""The draft's prompt, length and seed, and the whole of it kept and loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dreamina_desktop.core.job import JobSpec, SentPicture
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.ui.draft import Draft, DraftSnapshot
from dreamina_desktop.ui.reasons import ReasonCode, Remedy
from tests.ui.conftest import Until
from tests.ui.drafts import SAMPLE, Counter, MakeDraft, codes, is_read, remedies


def a_spec(source: str = str(SAMPLE), address: str | None = None) -> JobSpec:
    return JobSpec("model", "A prompt.", 241, 77, SentPicture(source, address=address))


@pytest.mark.parametrize(
    ("text", "seed", "is_whole"),
    [
        ("", None, True),
        ("-1", None, True),
        ("0", 0, True),
        (" 42 ", 42, True),
        ("2147483647", 2147483647, True),
        ("-7", -7, True),
        ("-", None, False),
        ("1_0", None, False),
        ("٣", None, False),
    ],
)
def test_seeds(draft: Draft, text: str, seed: int | None, is_whole: bool) -> None:
    draft.set_seed_text(text)
    assert draft.seed == seed
    assert (ReasonCode.SEED_UNFINISHED not in codes(draft)) is is_whole


def test_an_odd_seed_warns_and_goes(draft: Draft) -> None:
    draft.set_seed_text("2147483648")
    assert draft.seed_verdicts()[0].severity is Severity.WARNING
    assert Remedy.CLEAR_SEED not in remedies(draft)


def test_drawn_seeds_are_kept(draft: Draft) -> None:
    draft.draw_seed()
    draft.draw_seed()
    assert (draft.seed_text, draft.seed) == ("2", 2)


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [
        ("", ReasonCode.NO_PROMPT),
        (" \n\t", ReasonCode.NO_PROMPT),
        ("x" * 800, None),
        ("x" * 801, ReasonCode.PROMPT_TOO_LONG),
        ("😀" * 800, None),
        ("😀" * 801, ReasonCode.PROMPT_TOO_LONG),
    ],
)
def test_prompts(draft: Draft, prompt: str, reason: ReasonCode | None) -> None:
    draft.set_prompt(prompt)
    assert draft.prompt == prompt
    assert [code for code in codes(draft) if code is not ReasonCode.NO_PICTURE] == (
        [] if reason is None else [reason]
    )


def test_lengths(draft: Draft) -> None:
    draft.set_frames(100)
    assert draft.reasons()[-1].remedy is Remedy.CHOOSE_LENGTH
    draft.set_frames(241)
    assert ReasonCode.FRAMES_NOT_OFFERED not in codes(draft)


def test_setters_tell_of_changes_alone(draft: Draft) -> None:
    counters = [
        Counter(signal)
        for signal in (draft.prompt_changed, draft.frames_changed, draft.seed_changed)
    ]
    for _ in range(2):
        draft.set_prompt("a")
        draft.set_frames(241)
        draft.set_seed_text("5")
    assert [counter.count for counter in counters] == [1, 1, 1]


def test_a_snapshot_brings_everything_back(make_draft: MakeDraft, until: Until) -> None:
    first = make_draft()
    first.take_file(SAMPLE)
    first.set_prompt("Steam.")
    first.set_frames(241)
    first.set_seed_text("9")
    second = make_draft()
    second.restore(first.snapshot())
    until(lambda: is_read(first) and is_read(second))
    assert second.request() == first.request()
    second.restore(DraftSnapshot("https://example.org/a.png", "", 121, ""))
    assert second.picture.is_address
    second.restore(DraftSnapshot("", "", 121, ""))
    assert not second.picture.is_there
    assert second.snapshot() == DraftSnapshot("", "", 121, "")


def test_how_many_takes_comes_back_and_is_no_part_of_a_job(
    make_draft: MakeDraft, until: Until
) -> None:
    draft = make_draft()
    draft.set_takes(4)
    other = make_draft()
    other.restore(draft.snapshot())
    assert other.takes == 4
    other.load(a_spec())
    until(lambda: is_read(other))
    assert other.takes == 4


def test_the_frame_of_a_clip_goes_with_the_picture_alone(
    make_draft: MakeDraft, until: Until, tmp_path: Path
) -> None:
    origin = FrameOrigin("job-1", 0, 117)
    frame = tmp_path / "frame.png"
    frame.write_bytes(SAMPLE.read_bytes())
    draft = make_draft()
    draft.set_prompt("On.")
    draft.take_frame(frame, origin)
    until(lambda: is_read(draft))
    assert (draft.origin, draft.request().origin, draft.prompt) == (origin, origin, "On.")
    # What is made of the picture leaves it the frame that it is.
    draft.mend_picture()
    assert draft.origin == origin
    other = make_draft()
    other.restore(draft.snapshot())
    until(lambda: is_read(other))
    assert other.request().origin == origin
    draft.take_file(SAMPLE)
    until(lambda: is_read(draft))
    assert (draft.origin, draft.request().origin, draft.snapshot().origin) == (None, None, None)
    draft.clear_picture()
    assert draft.origin is None


@pytest.mark.parametrize("is_there", [True, False])
def test_a_jobs_frame_is_known_from_its_own_file_and_from_the_kept_bytes(
    draft: Draft, until: Until, tmp_path: Path, *, is_there: bool
) -> None:
    origin = FrameOrigin("job-1", 0, 117)
    source = SAMPLE if is_there else tmp_path / "gone.png"
    spec = a_spec(str(source))
    draft.load(replace(spec, picture=replace(spec.picture, origin=origin)), SAMPLE)
    until(lambda: is_read(draft))
    assert draft.request().origin == origin
    draft.load(spec, SAMPLE)
    until(lambda: is_read(draft))
    assert draft.request().origin is None


def test_a_jobs_settings(draft: Draft, until: Until) -> None:
    draft.load(a_spec())
    until(lambda: is_read(draft))
    request = draft.request()
    assert (request.source, request.prompt, request.frames, request.seed) == (
        str(SAMPLE),
        "A prompt.",
        241,
        77,
    )


def test_a_jobs_picture_that_is_gone_comes_from_the_kept_bytes(
    draft: Draft, tmp_path: Path, until: Until
) -> None:
    draft.load(a_spec(str(tmp_path / "gone.png")), kept=SAMPLE)
    assert draft.picture.source == str(SAMPLE)
    until(lambda: is_read(draft))
    draft.load(a_spec(str(tmp_path / "gone.png")), kept=tmp_path / "also gone")
    assert draft.picture.is_missing
    draft.load(a_spec(str(tmp_path / "gone.png")))
    assert draft.picture.is_missing


def test_a_jobs_address(draft: Draft) -> None:
    draft.load(a_spec("https://example.org/a.png", "https://example.org/a.png"))
    assert draft.picture.is_address


def test_a_relative_name_is_made_whole(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLE.parent)
    draft.take_file(Path(SAMPLE.name))
    assert draft.picture.source == str(SAMPLE)
