from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.core.job import Job
from dreamina_desktop.store.receipt import Receipt, ReceiptKind, receipt_line
from dreamina_desktop.store.receipts import Receipts
from tests.store.sample_jobs import NOON, prepared


def receipt(job: Job | None = None) -> Receipt:
    return Receipt(ReceiptKind.ATTEMPT, NOON, job or prepared())


def ids(folder: Path) -> list[str]:
    return [one.job.id for one in Receipts(folder).read()]


def test_nothing_yet(tmp_path: Path) -> None:
    assert Receipts(tmp_path).read() == ()


def test_a_file_that_is_missing_is_not_one_that_is_empty(tmp_path: Path) -> None:
    receipts = Receipts(tmp_path)
    assert not receipts.book().is_whole
    receipts.begin()
    assert receipts.book().is_whole
    assert receipts.read() == ()
    receipts.append(receipt())
    receipts.begin()
    assert ids(tmp_path) == ["job-1"]


def test_receipts_come_back_in_order(tmp_path: Path) -> None:
    receipts = Receipts(tmp_path)
    for number in range(3):
        receipts.append(receipt(prepared(f"job-{number}")))
    assert ids(tmp_path) == ["job-0", "job-1", "job-2"]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "receipts.jsonl").stat().st_mode) == 0o600


def test_the_line_is_synced_before_append_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = os.fsync

    def watched(descriptor: int) -> None:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            sizes.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    Receipts(tmp_path).append(receipt())
    assert sizes == [len(receipt_line(receipt()))]


def test_a_line_torn_anywhere_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "receipts.jsonl"
    first, second = receipt_line(receipt(prepared("job-1"))), receipt_line(receipt(prepared("x")))
    for cut in range(0, len(second) + 1, 7):
        path.write_bytes(first + second[:cut])
        Receipts(tmp_path).append(receipt(prepared("job-3")))
        whole = cut >= len(second) - 1
        assert ids(tmp_path) == (["job-1", "x", "job-3"] if whole else ["job-1", "job-3"])


def test_damage_in_the_middle_costs_one_line(tmp_path: Path) -> None:
    receipts = Receipts(tmp_path)
    for number in range(3):
        receipts.append(receipt(prepared(f"job-{number}")))
    path = tmp_path / "receipts.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"steam", b"stern") + lines[2])
    assert ids(tmp_path) == ["job-0", "job-2"]


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_a_full_disk_is_a_disk_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    receipts = Receipts(tmp_path)
    receipts.append(receipt(prepared("job-1")))
    real_write = os.write

    def torn(descriptor: int, data: bytes) -> int:
        if len(data) > 100:
            return real_write(descriptor, bytes(data[:100]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def refused(*arguments: object, **named: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, torn if call == "write" else refused)
        with pytest.raises(DiskError, match="receipts, No space"):
            receipts.append(receipt(prepared("job-2")))
    receipts.append(receipt(prepared("job-3")))
    assert ids(tmp_path)[0] == "job-1"
    assert ids(tmp_path)[-1] == "job-3"


def test_a_write_that_takes_little_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data[:9])))
    Receipts(tmp_path).append(receipt())
    assert ids(tmp_path) == ["job-1"]


def test_a_file_that_cannot_be_read_is_a_disk_error(tmp_path: Path) -> None:
    (tmp_path / "receipts.jsonl").mkdir()
    with pytest.raises(DiskError, match="receipts"):
        Receipts(tmp_path).read()


def test_a_lock_that_is_never_let_go_is_a_disk_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreamina_desktop.store.receipts.BUSY_SECONDS", 0.01)
    receipts = Receipts(tmp_path)
    with FileLock(tmp_path / "receipts.lock"), pytest.raises(DiskError, match="receipts"):
        receipts.append(receipt())
    receipts.append(receipt())


KILLED = """
import sys
from pathlib import Path
from dreamina_desktop.store.receipt import Receipt, ReceiptKind
from dreamina_desktop.store.receipts import Receipts
from tests.store.sample_jobs import NOON, prepared

receipts = Receipts(Path(sys.argv[1]))
for number in range(10_000):
    receipts.append(Receipt(ReceiptKind.ATTEMPT, NOON, prepared(f"{sys.argv[2]}-{number}")))
    print(number, flush=True)
"""


def test_what_was_told_is_there_after_a_kill(tmp_path: Path) -> None:
    """Two processes write at once and are killed: every receipt that was told of is there."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), name],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("left", "right")
    ]
    for writer in writers:
        assert writer.stdout is not None
        for _ in range(20):
            writer.stdout.readline()
    for writer in writers:
        writer.kill()
    told = [writer.communicate()[0].split() for writer in writers]
    Receipts(tmp_path).append(receipt(prepared("last")))
    found = ids(tmp_path)
    assert len(found) == len(set(found))
    for name, numbers in zip(("left", "right"), told, strict=True):
        last = max((int(number) for number in numbers), default=19)
        assert {f"{name}-{number}" for number in range(last + 1)} <= set(found)
    assert found[-1] == "last"
