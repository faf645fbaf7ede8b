"""What cards say, at each length."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from dreamina_desktop.core.estimate import Estimate, Range
from dreamina_desktop.core.job import ClipKind, Hold, Job, JobError, JobState
from dreamina_desktop.ui.library.card_words import (
    CardText,
    CardWords,
    Tone,
    clock_time,
    waits_for_network,
)
from dreamina_desktop.words import Phrasebook
from tests.ui.library.rows import NOON, a_job, done

USUAL = Estimate(waiting=Range(5, 65), rendering=Range(50, 3700))


@pytest.fixture
def card_words(application: QApplication, words: Phrasebook) -> CardWords:
    del application
    return CardWords(words)


def said(card_words: CardWords, job: Job, seconds: float = 0) -> CardText:
    return card_words.of(job, NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize("state", list(JobState))
def test_every_state_has_words_an_icon_and_a_tone(
    card_words: CardWords, words: Phrasebook, state: JobState
) -> None:
    text = said(card_words, a_job(0, state))
    assert text.states == (words.state(state),)
    assert text.icon
    assert text.prompt == "steam rises"
    assert text.spoken.splitlines() == [text.states[0], text.details[0], "steam rises"]


def test_what_went_wrong_looks_like_it(card_words: CardWords) -> None:
    looks = {
        state: (said(card_words, a_job(0, state)).icon, said(card_words, a_job(0, state)).tone)
        for state in JobState
    }
    assert looks[JobState.FAILED] == ("refused", Tone.BAD)
    assert looks[JobState.UNKNOWN] == ("doubt", Tone.WARNING)
    assert looks[JobState.DONE] == ("fits", Tone.GOOD)
    assert looks[JobState.UNKNOWN][0] not in {
        icon for state, (icon, _) in looks.items() if state is not JobState.UNKNOWN
    }


def test_a_queued_job_shows_its_place_and_how_long_it_waits(card_words: CardWords) -> None:
    queued = replace(a_job(0, JobState.QUEUED), queue_position=3)
    text = said(card_words, queued, 42)
    assert text.states == ("in the queue, place 3", "queue, place 3")
    assert text.details == ("0:42",)
    text = card_words.of(queued, NOON + timedelta(seconds=42), USUAL)
    assert text.details == ("0:42 · usually 0:05 to 1:05", "0:42 (0:05–1:05)", "0:42")


def test_a_running_job_shows_the_time_since_it_runs(card_words: CardWords) -> None:
    running = replace(a_job(0, JobState.RUNNING), running=NOON + timedelta(seconds=100))
    assert said(card_words, running, 172).details == ("1:12",)
    text = card_words.of(running, NOON + timedelta(seconds=172), USUAL)
    assert text.details[0] == "1:12 · usually 0:50 to 1:01:40"


@pytest.mark.parametrize(("usual", "seconds"), [(USUAL, 66), (None, 1801)])
@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_one_that_takes_longer_than_usual_says_so(
    card_words: CardWords, state: JobState, usual: Estimate | None, seconds: int
) -> None:
    if state is JobState.RUNNING and usual is not None:
        seconds = 3701
    job = replace(a_job(0, state), submitted=NOON, running=NOON)
    details = [
        card_words.of(job, NOON + timedelta(seconds=at), usual).details
        for at in (seconds - 1, seconds, seconds + 86_400)
    ]
    time = clock_time(seconds)
    assert "longer" not in details[0][0]
    assert details[1] == (f"{time} · longer than usual", time)
    assert details[2][0].endswith("longer than usual")


def test_one_being_sent_shows_the_time_since_the_last_change(card_words: CardWords) -> None:
    sending = a_job(0, JobState.SUBMITTING)
    assert card_words.of(sending, NOON + timedelta(seconds=5), USUAL).details == ("0:05",)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-3, "0:00"), (0.9, "0:00"), (59.9, "0:59"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00")],
)
def test_clock_time(seconds: float, text: str) -> None:
    assert clock_time(seconds) == text


@pytest.mark.parametrize(
    ("hold", "state"),
    [
        (Hold.KEY, "waits for a key"),
        (Hold.BALANCE, "waits for balance"),
        (Hold.CONFIRM, "send it now?"),
    ],
)
def test_a_held_job_says_what_it_waits_for(card_words: CardWords, hold: Hold, state: str) -> None:
    text = said(card_words, replace(a_job(0), hold=hold))
    assert text.states == (state,)
    assert (text.icon, text.tone) == ("hold", Tone.WARNING)


def test_what_it_waits_for_is_not_cut_off(card_words: CardWords) -> None:
    held = replace(a_job(0), hold=Hold.BALANCE, error=JobError("no_balance"))
    gone = replace(a_job(0, JobState.DOWNLOADING), error=JobError("folder_missing", "/clips"))
    plain = said(card_words, a_job(0)).details
    # Whoever has room says all of it; else the card above has said what it waits for.
    for job in (held, gone):
        assert said(card_words, job).details[1:] == plain
    text = said(card_words, gone)
    assert text.states == ("waits for its folder",)
    assert (text.icon, text.tone) == ("hold", Tone.WARNING)
    assert "/clips" in text.spoken


def test_a_resting_job_needs_somebody(card_words: CardWords) -> None:
    resting = replace(
        a_job(0, JobState.DOWNLOADING), resting=True, error=JobError("address_refused")
    )
    text = said(card_words, resting)
    assert text.states == ("stopped, needs you", "needs you")
    assert text.details == ("The clip's address is not a public HTTPS one and is not followed.",)


def test_a_wish_to_cancel_shows_only_while_it_can_be_granted(card_words: CardWords) -> None:
    wanted = replace(a_job(0, JobState.QUEUED), cancel_wanted=True)
    assert said(card_words, wanted).states == ("being cancelled",)
    made = replace(wanted, state=JobState.DOWNLOADING)
    assert said(card_words, made).states == ("downloading",)


def test_an_error_is_said_in_the_providers_words(card_words: CardWords) -> None:
    failed = replace(a_job(0, JobState.FAILED), error=JobError("provider_failed", "out of luck"))
    (detail,) = said(card_words, failed).details
    assert "out of luck" in detail


def test_dates_are_those_of_the_users_place(card_words: CardWords) -> None:
    local = NOON.astimezone()
    date, time = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
    text = said(card_words, done(0))
    # However short it gets, the seed tells takes apart, and says what it is.
    assert text.details == (f"{date} {time} · seed 1000", f"{date} · seed 1000", "seed 1000")


def test_today_is_said_as_today(card_words: CardWords) -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    text = card_words.of(replace(done(0), created=now), now)
    assert text.details[0].startswith("today ")


def test_a_doubt_says_what_is_known_or_the_way_out(card_words: CardWords) -> None:
    doubtful = replace(a_job(0, JobState.UNKNOWN), error=JobError("interrupted_submit"))
    text = said(card_words, doubtful)
    assert text.states == ("in doubt",)
    sentence = (
        "We do not know whether the provider accepted this. It may be running and may be charged. "
        "We will not send it again unless you say so."
    )
    assert text.details == (sentence, "Resolve… · seed 1000", "Resolve…")
    assert sentence in text.spoken
    assert said(card_words, replace(doubtful, spec=None)).details == (sentence, "Resolve…")


@pytest.mark.parametrize("state", [JobState.PREPARED, JobState.RUNNING, JobState.DOWNLOADING])
def test_without_a_network_a_job_waits_for_it(card_words: CardWords, state: JobState) -> None:
    offline = replace(a_job(0, state), error=JobError("not_sent"))
    assert waits_for_network(offline)
    assert said(card_words, offline).details == ("offline, goes on by itself", "offline")
    # These wait for somebody, or for nothing more.
    for other in (
        replace(offline, resting=True),
        replace(offline, hold=Hold.KEY),
        replace(offline, state=JobState.FAILED),
        replace(offline, error=JobError("provider_failed", "out of luck")),
        replace(offline, error=None),
    ):
        assert not waits_for_network(other)
        assert "by itself" not in said(card_words, other).details[0]


def test_the_time_goes_on_with_the_wall_clocks_seconds(card_words: CardWords) -> None:
    began = NOON + timedelta(milliseconds=700)
    running = replace(a_job(0, JobState.RUNNING), running=began)
    assert said(card_words, running, 0.9).details == ("0:00",)
    assert said(card_words, running, 1.0).details == ("0:01",)
    assert said(card_words, running, 1.9).details == ("0:01",)


def test_a_kept_click_says_since_when(card_words: CardWords) -> None:
    kept = replace(a_job(0), hold=Hold.CONFIRM)
    assert said(card_words, kept).details[0].startswith("kept since ")


def test_pictures_and_several_clips(card_words: CardWords) -> None:
    job = done(0)
    picture = replace(job.clips[0], kind=ClipKind.IMAGE)
    assert said(card_words, replace(job, clips=(picture,))).states == ("done, a picture",)
    second = replace(job.clips[0], ordinal=1)
    assert said(card_words, replace(job, clips=(job.clips[0], second))).states == ("done, 2 clips",)


def test_an_adopted_job_has_its_request_id_for_a_prompt(card_words: CardWords) -> None:
    adopted = replace(a_job(7, JobState.DOWNLOADING), spec=None)
    text = said(card_words, adopted)
    assert text.prompt == "Request request-7"
    assert text.details[0].endswith("· adopted")


def test_a_prompt_of_many_lines_becomes_one(card_words: CardWords) -> None:
    assert said(card_words, a_job(0, prompt="two\n\n  lines ")).prompt == "two lines"
