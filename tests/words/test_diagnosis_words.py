"""What the diagnostics say."""

from __future__ import annotations

from dreamina_desktop.core.diagnosis import Diagnosis, Fact, Finding, JobCount, Step, StepEnded
from dreamina_desktop.core.errors import DiskError, KeyMissingError, KeyRefusedError
from dreamina_desktop.core.job import JobState
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.diagnosis_words import (
    FACT_WORDS,
    STEP_WORDS,
    as_text,
    check_section,
    sections,
)

WORDS = Phrasebook()


def test_every_fact_and_step_has_a_name() -> None:
    assert set(FACT_WORDS) == set(Fact)
    assert set(STEP_WORDS) == set(Step)


def test_findings_in_sections() -> None:
    found = Diagnosis(
        (
            Finding(Fact.KEY, "keyring"),
            Finding(Fact.PROXY),
            Finding(Fact.PYTHON, "3.12"),
            Finding(Fact.KEYRING, trouble=KeyMissingError("keyring")),
        ),
        (JobCount(JobState.DONE, 3),),
    )
    assert as_text(sections(found, WORDS)) == (
        "Versions\n  Python: 3.12\n\n"
        "Key and connection\n"
        "  Keyring: There is no key yet. (keyring)\n"
        "  Key: kept in the keyring\n"
        "  Proxy: none\n\n"
        "Jobs\n  done: 3\n"
    )


def test_jobs_that_cannot_be_counted() -> None:
    (section,) = sections(Diagnosis((), (), DiskError("x")), WORDS)
    assert section.lines[0].value == WORDS.error(DiskError()).text


def test_a_variable_is_named_as_it_is() -> None:
    (section,) = sections(Diagnosis((Finding(Fact.KEY, "RUNCOMFY_API_TOKEN"),), ()), WORDS)
    assert section.lines[0].value == "RUNCOMFY_API_TOKEN"


def test_what_the_check_found() -> None:
    section = check_section(
        (
            StepEnded(Step.WAY, "192.0.2.1"),
            StepEnded(Step.ANSWER),
            StepEnded(Step.KEY, error=KeyRefusedError()),
        ),
        WORDS,
    )
    refused = WORDS.error(KeyRefusedError())
    assert [line.value for line in section.lines] == [
        "192.0.2.1",
        "good",
        f"{refused.text} {refused.action}",
    ]
