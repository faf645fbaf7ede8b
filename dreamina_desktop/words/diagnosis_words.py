"""What the diagnostics say, in the window, on the command line and in the file that is saved."""

from __future__ import annotations

from dataclasses import dataclass

from dreamina_desktop.core.diagnosis import Diagnosis, Fact, Finding, Step, StepEnded
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP
from dreamina_desktop.words.phrasebook import Phrasebook

FACT_WORDS: dict[Fact, str] = {
    Fact.PROGRAM: QT_TRANSLATE_NOOP("words", "Dreamina Desktop"),
    Fact.PYTHON: QT_TRANSLATE_NOOP("words", "Python"),
    Fact.QT: QT_TRANSLATE_NOOP("words", "Qt (PySide6)"),
    Fact.PYAV: QT_TRANSLATE_NOOP("words", "PyAV"),
    Fact.PILLOW: QT_TRANSLATE_NOOP("words", "Pillow"),
    Fact.HTTPX: QT_TRANSLATE_NOOP("words", "httpx"),
    Fact.SQLITE: QT_TRANSLATE_NOOP("words", "SQLite"),
    Fact.SYSTEM: QT_TRANSLATE_NOOP("words", "System"),
    Fact.PROFILE: QT_TRANSLATE_NOOP("words", "Profile"),
    Fact.SETTINGS: QT_TRANSLATE_NOOP("words", "Settings"),
    Fact.CLIPS: QT_TRANSLATE_NOOP("words", "New clips"),
    Fact.CRASH_LOG: QT_TRANSLATE_NOOP("words", "Crash log"),
    Fact.LAST_CRASH: QT_TRANSLATE_NOOP("words", "Last entry in it"),
    Fact.KEYRING: QT_TRANSLATE_NOOP("words", "Keyring"),
    Fact.KEY: QT_TRANSLATE_NOOP("words", "Key"),
    Fact.API: QT_TRANSLATE_NOOP("words", "Address of the API"),
    Fact.PROXY: QT_TRANSLATE_NOOP("words", "Proxy"),
}
STEP_WORDS: dict[Step, str] = {
    Step.WAY: QT_TRANSLATE_NOOP("words", "Way to the provider"),
    Step.ANSWER: QT_TRANSLATE_NOOP("words", "The provider's answer"),
    Step.KEY: QT_TRANSLATE_NOOP("words", "The provider takes the key"),
}
KEY_WORDS: dict[str, str] = {
    "keyring": QT_TRANSLATE_NOOP("words", "kept in the keyring"),
    "session": QT_TRANSLATE_NOOP("words", "until this program ends"),
    "none": QT_TRANSLATE_NOOP("words", "none"),
}
NONE = QT_TRANSLATE_NOOP("words", "none")
GOOD = QT_TRANSLATE_NOOP("words", "good")
VERSIONS = QT_TRANSLATE_NOOP("words", "Versions")
PLACES = QT_TRANSLATE_NOOP("words", "Places")
KEY_AND_WAY = QT_TRANSLATE_NOOP("words", "Key and connection")
JOBS = QT_TRANSLATE_NOOP("words", "Jobs")
CHECK = QT_TRANSLATE_NOOP("words", "Connection check")

_SECTIONS = (
    (
        VERSIONS,
        (Fact.PROGRAM, Fact.SYSTEM, Fact.PYTHON, Fact.QT, Fact.PYAV, Fact.PILLOW, Fact.HTTPX,
         Fact.SQLITE),
    ),
    (PLACES, (Fact.PROFILE, Fact.SETTINGS, Fact.CLIPS, Fact.CRASH_LOG, Fact.LAST_CRASH)),
    (KEY_AND_WAY, (Fact.KEYRING, Fact.KEY, Fact.API, Fact.PROXY)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DiagnosisLine:
    """One line: what it is about, and what was found."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class DiagnosisSection:
    """Lines under a heading."""

    heading: str
    lines: tuple[DiagnosisLine, ...]


def sections(diagnosis: Diagnosis, words: Phrasebook) -> tuple[DiagnosisSection, ...]:
    """What was found, in words and in order; empty sections are left out."""
    known = {finding.fact: finding for finding in diagnosis.findings}
    made = [
        DiagnosisSection(
            words.say(heading),
            tuple(_line(known[fact], words) for fact in facts if fact in known),
        )
        for heading, facts in _SECTIONS
    ]
    jobs = tuple(
        DiagnosisLine(words.state(found.state), str(found.count)) for found in diagnosis.jobs
    )
    if diagnosis.trouble is not None:
        jobs = (DiagnosisLine(words.say(JOBS), words.error(diagnosis.trouble).text),)
    made.append(DiagnosisSection(words.say(JOBS), jobs))
    return tuple(section for section in made if section.lines)


def check_section(steps: tuple[StepEnded, ...], words: Phrasebook) -> DiagnosisSection:
    """What the connection check found."""
    lines = tuple(DiagnosisLine(words.say(STEP_WORDS[ended.step]), _found(ended, words))
                  for ended in steps)  # fmt: skip
    return DiagnosisSection(words.say(CHECK), lines)


def as_text(shown: tuple[DiagnosisSection, ...]) -> str:
    """For a file or the clipboard."""
    return "\n".join(
        f"{section.heading}\n"
        + "".join(f"  {line.label}: {line.value}\n" for line in section.lines)
        for section in shown
    )


def _line(finding: Finding, words: Phrasebook) -> DiagnosisLine:
    value = finding.value or words.say(NONE)
    if finding.trouble is not None:
        value = f"{words.error(finding.trouble).text} ({finding.trouble.detail})"
    elif finding.fact is Fact.KEY and finding.value in KEY_WORDS:
        value = words.say(KEY_WORDS[finding.value])
    return DiagnosisLine(words.say(FACT_WORDS[finding.fact]), value)


def _found(ended: StepEnded, words: Phrasebook) -> str:
    if ended.error is None:
        return ended.detail or words.say(GOOD)
    sentence = words.error(ended.error)
    return f"{sentence.text} {sentence.action}"
