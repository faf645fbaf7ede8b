"""Seeded faults: one line each, which some test must catch. Lists and applies them.

``mutants.py`` tries them all, ``mutants.py NAME …`` these; a fault is made in a copy of the tree.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_COPIED = ("dreamina_desktop", "resources", "tests", "benchmarks", "packaging", "pyproject.toml")
_TESTS_FAILED = 1
_PATIENCE = 300
_HUNG = 30
"""Seconds for each test: one that waits for what a fault keeps away has caught it."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """``before``, which stands once in ``file``, becomes ``after``; ``tests`` must then fail."""

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]


MUTANTS = (
    Mutant(
        "a paid request is repeated when its answer is lost",
        "core/submit_class.py",
        "case NotSentError() | TooFastError():",
        "case NotSentError() | TooFastError() | Exception():",
        ("tests/core/test_submit_class.py",),
    ),
    Mutant(
        "the intent is committed after sending",
        "jobs/submitting.py",
        "accepted = await self._api.submit(submission)",
        "accepted = await self._api.submit(submission); job = self._repository.begin_attempt(job)",
        ("tests/jobs/test_engine.py::test_on_the_users_word_a_doubtful_job_is_sent_again",),
    ),
    Mutant(
        "a submit that was under way is sent again after a crash",
        "jobs/recovery.py",
        "doubt = replace(job, state=JobState.UNKNOWN, error=INTERRUPTED)",
        "doubt = replace(job, state=JobState.PREPARED, error=INTERRUPTED)",
        (
            (
                "tests/jobs/test_engine_life.py::"
                "test_a_submit_cut_off_by_a_crash_is_in_doubt_not_sent_again"
            ),
        ),
    ),
    Mutant(
        "commits do not reach the disk",
        "store/database.py",
        "PRAGMA synchronous = EXTRA",
        "PRAGMA synchronous = OFF",
        ("tests/store/test_database.py::test_the_settings_that_keep_the_promise",),
    ),
    Mutant(
        "the key is a default header",
        "api/transport.py",
        "if Origin.of(request.url) in self._origins:",
        "if Origin.of(request.url) not in ():",
        ("tests/api/test_transport.py::test_the_key_goes_nowhere_else",),
    ),
    Mutant(
        "a download follows wherever it is sent",
        "api/keyless_client.py",
        "url = self._addresses.check_next(url, location)",
        "url = url.join(location)",
        ("tests/reliability/test_key_origin.py",),
    ),
    Mutant(
        "a file has its name before its bytes are on disk",
        "store/durable_files.py",
        "            write_all(descriptor, content)\n            sync_file(descriptor)\n",
        "            write_all(descriptor, content)\n",
        ("tests/store/test_durable_files.py::test_the_bytes_are_on_disk_before_the_name",),
    ),
    Mutant(
        "an unknown state counts as a failure",
        "api/wire.py",
        "Phase.OTHER",
        "Phase.FAILED",
        ("tests/api/test_wire.py::test_words",),
    ),
    Mutant(
        "private addresses are fetched",
        "api/addresses.py",
        'return scheme == "https" and is_public(ip)',
        'return scheme == "https"',
        ("tests/api/test_addresses.py",),
    ),
    Mutant(
        "a download goes on with another file",
        "api/download.py",
        "        and _strong_etag(response) == beginning.etag\n",
        "",
        ("tests/api/test_download.py::test_a_wrong_answer_to_a_range_starts_over",),
    ),
    Mutant(
        "a clip is put over another file",
        "store/landing.py",
        "        os.link(source, target)\n",
        "        source.replace(target)\n",
        ("tests/store/test_landing.py::test_nothing_is_overwritten",),
    ),
    Mutant(
        "old clicks are sent silently",
        "jobs/recovery.py",
        "return job.state is JobState.PREPARED and abs(now - said) > SILENT_FOR",
        "return False",
        ("tests/jobs/test_engine_life.py::test_an_old_click_waits_for_the_users_word",),
    ),
    Mutant(
        "a word about an older row counts",
        "store/job_repository.py",
        "if (row.state, row.attempts) != (before.state, before.attempts):",
        "if row.state is not before.state:",
        (
            (
                "tests/store/test_job_repository.py::"
                "test_a_submit_in_between_is_seen_though_it_came_to_nothing"
            ),
        ),
    ),
    Mutant(
        "any keyring will do",
        "store/secrets.py",
        "in _ALLOWED",
        "not in ()",
        ("tests/store/test_secrets.py::test_a_chain_never_falls_through_to_plain_text",),
    ),
    Mutant(
        "a refused key is tried for every job",
        "jobs/request_gate.py",
        "            self._closed = frozenset(Urgency)\n",
        "            self._closed = frozenset()\n",
        (
            (
                "tests/jobs/test_request_gate.py::"
                "test_a_refused_key_closes_the_gate_and_no_balance_stops_submits"
            ),
        ),
    ),
    Mutant(
        "the provider's wish to be left alone is not heard",
        "jobs/request_gate.py",
        "self._quiet_until = max(self._quiet_until, self._clock.monotonic() + seconds)",
        "self._quiet_until = max(self._quiet_until, 0.0)",
        ("tests/jobs/test_request_gate.py::test_quiet_is_kept_and_never_shortened",),
    ),
    Mutant(
        "signatures stay in texts",
        "core/redaction.py",
        'return found[1] + found[2] + (f"?{CUT}" if found[3] else "")',
        "return found[0]",
        ("tests/core/test_redaction.py::test_what_is_secret_by_its_place",),
    ),
    Mutant(
        "the hosted picture is removed before the job's end",
        "store/hosted_table.py",
        "AND state IN ({_FINAL_WORDS})",
        "AND state != ''",
        ("tests/store/test_hosted_table.py::test_removable_is_what_no_job_needs_any_more",),
    ),
)


class NotApplicableError(Exception):
    """The line that a mutant changes is not there, or more than once."""


def apply(mutant: Mutant, tree: Path) -> None:
    """Make the fault in the tree. Raises NotApplicableError."""
    path = tree / "dreamina_desktop" / mutant.file
    text = path.read_text("utf-8")
    if text.count(mutant.before) != 1:
        raise NotApplicableError(f"{mutant.name}: {text.count(mutant.before)} times")
    path.write_text(text.replace(mutant.before, mutant.after), "utf-8")


def copy_tree(to: Path) -> None:
    """All that the tests need."""
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(source, to / name, ignore=ignored)
        else:
            shutil.copy2(source, to / name)


def suite_fails(tree: Path, tests: tuple[str, ...]) -> bool:
    """Whether a test fails there; anything else than passed or failed is an error here."""
    options = ["-q", "-x", "-p", "no:cacheprovider", f"--timeout={_HUNG}"]
    command = [sys.executable, "-m", "pytest", *options, *tests]
    ended = subprocess.run(
        command,
        cwd=tree,
        env=dict(os.environ) | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    if ended.returncode not in (0, _TESTS_FAILED):
        raise RuntimeError(f"{ended.stdout}\n{ended.stderr}")
    return ended.returncode == _TESTS_FAILED


def is_caught(mutant: Mutant, folder: Path) -> bool:
    """Whether the suite, or the part of it that is named, catches the fault."""
    copy_tree(folder)
    apply(mutant, folder)
    return suite_fails(folder, mutant.tests)


def main(names: list[str]) -> int:
    """Try them; the exit code is the number of those that nobody caught."""
    missed = 0
    for mutant in MUTANTS:
        if names and mutant.name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            caught = is_caught(mutant, Path(folder))
        missed += not caught
        print(f"{'caught' if caught else 'MISSED'}  {mutant.name}  ({mutant.file})", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
