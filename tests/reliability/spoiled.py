"""Profiles whose files are spoiled at random: the database, its journal, receipts, the copy."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from dreamina_desktop.core.job import Job, JobState
from dreamina_desktop.store.backup import backup_file, keep_backup
from dreamina_desktop.store.job_repository import SqliteJobRepository
from dreamina_desktop.store.opening import open_jobs
from dreamina_desktop.store.receipts import Receipts
from tests.store.profiles import DAMAGES, DATABASE, add_numbered
from tests.store.sample_jobs import NOON, HandClock, accept, adopted

RECEIPTS = "receipts.jsonl"
BACKUP = backup_file(Path(DATABASE)).name
JOURNAL = f"{DATABASE}-journal"
_PAGE = 4096
_SIZES = (4, 25, 60)

type Files = dict[str, bytes]
type Spoil = Callable[[Files, Files, random.Random], None]
"""Is handed the files, and those of the same profile at half its life."""


@dataclass(frozen=True)
class Past:
    """What truly happened: the jobs by their ids, and the files that were left."""

    jobs: dict[str, Job]
    files: Files
    half: Files = field(repr=False)


@cache
def past(size: int) -> Past:
    """A profile of so many jobs in all states, with a copy from half its life."""
    with TemporaryDirectory() as folder:
        profile = Path(folder)
        repository, _ = open_jobs(profile, HandClock(), holder=True)
        for number in range(size // 2):
            add_numbered(repository, number, number % 6)
        repository.close()
        keep_backup(profile / DATABASE, NOON)
        half = _files(profile)
        for number in range(size // 2):
            _go_on(repository, number)
        for number in range(size // 2, size):
            add_numbered(repository, number, number % 6)
        repository.add(adopted())
        jobs = {job.id: job for job in repository.all()}
        repository.close()
        return Past(jobs, _files(profile), half)


def spoil(past: Past, chance: random.Random) -> tuple[Files, set[str]]:
    """The files after a misfortune, and the names of those that it has met."""
    files = dict(past.files)
    if chance.random() < 0.4:
        files.pop(BACKUP)
    wanted = chance.choice((("database",), ("database",), ("receipts",), ("database", "receipts")))
    if "database" in wanted:
        chance.choice(_DATABASE)(files, past.half, chance)
    if "receipts" in wanted:
        chance.choice(_RECEIPTS)(files, past.half, chance)
    if BACKUP in files and chance.random() < 0.2:
        _damage(BACKUP)(files, past.half, chance)
    met = {name for name, content in past.files.items() if files.get(name) != content}
    if files.keys() - past.files.keys():
        # What lies beside the database becomes part of it.
        met.add(DATABASE)
    return files, met


def size_of(chance: random.Random) -> int:
    return chance.choice(_SIZES)


def told_by(profile: Path, name: str) -> dict[str, str]:
    """The request ids, by job, that a file tells which misfortune has spared or left in part."""
    if name == RECEIPTS:
        found = (receipt.job for receipt in Receipts(profile).read())
        return {job.id: job.request_id for job in found if job.request_id is not None}
    return {}


def _files(profile: Path) -> Files:
    names = (DATABASE, RECEIPTS, BACKUP)
    return {name: (profile / name).read_bytes() for name in names if (profile / name).exists()}


def _go_on(repository: SqliteJobRepository, number: int) -> None:
    """Every other one that waited was sent after the copy was made."""
    job = repository.get(f"job-{number:03}")
    if job.state is JobState.PREPARED and number % 6 == 4:
        accept(repository, job, f"request-{number:03}")


# ---- the database ------------------------------------------------------------------------------


def _damage(name: str) -> Spoil:
    def spoil(files: Files, half: Files, chance: random.Random) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(files[name])
            chance.choice(DAMAGES)(path, chance)
            files[name] = path.read_bytes()

    return spoil


def _stale_pages(files: Files, half: Files, chance: random.Random) -> None:
    """Writes that never reached the disk: pages are as they were long before."""
    content, old = bytearray(files[DATABASE]), half[DATABASE]
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(old) // _PAGE) * _PAGE
        content[at : at + _PAGE] = old[at : at + _PAGE]
    files[DATABASE] = bytes(content)


def _old_file(files: Files, half: Files, chance: random.Random) -> None:
    """Somebody has put a copy of their own in its place."""
    files[DATABASE] = half[DATABASE]


def _old_journal(files: Files, half: Files, chance: random.Random) -> None:
    """A journal that belongs to nothing any more, or to what was long before."""
    header = bytes.fromhex("d9d505f920a163d7") + (1).to_bytes(4, "big")
    nonce, pages = chance.randbytes(4), len(half[DATABASE]) // _PAGE
    header += nonce + pages.to_bytes(4, "big") + (512).to_bytes(4, "big")
    header += _PAGE.to_bytes(4, "big")
    page = half[DATABASE][:_PAGE]
    checksum = int.from_bytes(nonce, "big") + sum(page[at] for at in range(_PAGE - 200, 0, -200))
    record = (1).to_bytes(4, "big") + page + (checksum & 0xFFFFFFFF).to_bytes(4, "big")
    files[JOURNAL] = header.ljust(512, b"\0") + record
    if chance.random() < 0.5:
        files[JOURNAL] = chance.randbytes(chance.randrange(3000))


def _foreign_log(files: Files, half: Files, chance: random.Random) -> None:
    """What another journal mode would have left."""
    header = bytearray(files[DATABASE])
    if chance.random() < 0.5:
        header[18:20] = b"\x02\x02"
    files[DATABASE] = bytes(header)
    files[f"{DATABASE}-wal"] = chance.randbytes(chance.randrange(5000))
    files[f"{DATABASE}-shm"] = chance.randbytes(32768)


def _gone(files: Files, half: Files, chance: random.Random) -> None:
    files.pop(DATABASE)


_DATABASE: tuple[Spoil, ...] = (
    *(_damage(DATABASE),) * 6,
    _stale_pages,
    _old_file,
    _old_journal,
    _foreign_log,
    _gone,
)


# ---- the receipts ------------------------------------------------------------------------------


def _bad_lines(files: Files, half: Files, chance: random.Random) -> None:
    lines = files[RECEIPTS].splitlines(keepends=True)
    for _ in range(chance.randint(1, 5)):
        number = chance.randrange(len(lines))
        line = bytearray(lines[number])
        line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
        lines[number] = bytes(line)
    files[RECEIPTS] = b"".join(lines)


def _torn(files: Files, half: Files, chance: random.Random) -> None:
    files[RECEIPTS] = files[RECEIPTS][: chance.randrange(len(files[RECEIPTS]))]


def _torn_and_gone_on(files: Files, half: Files, chance: random.Random) -> None:
    """A write was cut in the middle, long ago."""
    at = chance.randrange(len(half[RECEIPTS]))
    files[RECEIPTS] = half[RECEIPTS][:at] + b"\n" + files[RECEIPTS][len(half[RECEIPTS]) :]


def _without_receipts(files: Files, half: Files, chance: random.Random) -> None:
    files.pop(RECEIPTS)


_RECEIPTS: tuple[Spoil, ...] = (_bad_lines, _torn, _torn_and_gone_on, _without_receipts)
