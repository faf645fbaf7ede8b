from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DatabaseBusyError, DatabaseDamagedError, DiskError
from dreamina_desktop.store.database import Database, connect


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.sqlite"


def rows(database: Database) -> list[int]:
    with database.reading() as connection:
        return [row[0] for row in connection.execute("SELECT x FROM things ORDER BY x")]


@pytest.fixture
def database(path: Path) -> Database:
    database = Database(path)
    with database.writing() as connection:
        connection.execute("CREATE TABLE things (x INTEGER PRIMARY KEY)")
    return database


def test_the_settings_that_keep_the_promise(path: Path) -> None:
    connection = connect(path)
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    }
    connection.close()
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_exception_undoes_the_change(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute("INSERT INTO things VALUES (1)")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert rows(database) == []
    database.close()


def test_a_broken_rule_is_a_bug_not_the_disk(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.executemany("INSERT INTO things VALUES (?)", [(1,), (1,)])
    assert rows(database) == []
    database.close()


def test_each_thread_has_a_connection_and_close_ends_them_all(database: Database) -> None:
    seen: list[sqlite3.Connection] = []
    go, done = threading.Event(), threading.Barrier(3)

    def work() -> None:
        with database.reading() as connection:
            seen.append(connection)
        done.wait()
        go.wait()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    done.wait()
    with database.reading() as connection:
        seen.append(connection)
    assert len(set(map(id, seen))) == 3
    database.close()
    for one in seen:
        with pytest.raises(sqlite3.ProgrammingError):
            one.execute("SELECT 1")
    go.set()
    for thread in threads:
        thread.join()


def test_a_second_thread_does_not_lose_the_locks_of_the_first(
    database: Database, path: Path
) -> None:
    """Closing any other descriptor of the file would drop them, POSIX says."""
    opened = threading.Thread(target=lambda: Database(path).close())
    with database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (1)")
        opened.start()
        opened.join()
        reader = threading.Thread(target=lambda: connect(path).close())
        reader.start()
        reader.join()
        code = (
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=0);"
            " c.execute('BEGIN IMMEDIATE')"
        )
        other = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, check=False
        )
        assert b"locked" in other.stderr
    database.close()


@pytest.mark.parametrize(
    ("pragma", "error"),
    [("PRAGMA max_page_count = 3", "SQLITE_FULL"), ("PRAGMA query_only = ON", "SQLITE_READONLY")],
)
def test_what_the_disk_refuses(database: Database, pragma: str, error: str) -> None:
    with database.reading() as connection:
        pass
    connection.execute(pragma).fetchall()
    with pytest.raises(DiskError, match=error), database.writing() as connection:
        connection.executemany("INSERT INTO things VALUES (?)", [(n,) for n in range(5000)])
    assert rows(database) == []
    database.close()


def test_a_commit_that_fails_is_undone(database: Database, path: Path) -> None:
    """Another process reads for longer than anybody waits."""
    reader = connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM things").fetchall()
    with database.reading() as connection:
        pass
    connection.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(DiskError, match="SQLITE_BUSY"), database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (1)")
    reader.execute("COMMIT")
    reader.close()
    assert rows(database) == []
    database.close()


def test_damage_is_a_disk_error_while_running(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)
    database = Database(path)
    with pytest.raises(DiskError, match="SQLITE_NOTADB"), database.reading():
        pass
    database.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    database = Database(tmp_path / "missing" / "x.sqlite")
    with pytest.raises(DiskError, match="database"), database.reading():
        pass


KILLED = """
import sys
from pathlib import Path
from dreamina_desktop.store.database import Database

database = Database(Path(sys.argv[1]))
for number in range(100_000):
    with database.writing() as connection:
        connection.execute("INSERT INTO things VALUES (?)", (number,))
    print(number, flush=True)
"""


def test_what_was_committed_is_there_after_a_kill(database: Database, path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    for _ in range(20):
        writer.stdout.readline()
    writer.kill()
    told = [19, *(int(line) for line in writer.communicate()[0].split())]
    found = rows(database)
    assert found == list(range(len(found)))
    assert len(found) > max(told)
    database.close()


def test_damage_met_while_at_work_is_not_a_full_disk(path: Path, database: Database) -> None:
    database.close()
    path.write_bytes(path.read_bytes()[:4096] + b"x" * 8192)
    with pytest.raises(DatabaseDamagedError, match="database, SQLITE_") as caught:
        rows(database)
    assert caught.value.folder == str(path.parent)
    database.close()


def test_a_file_that_was_taken_away_while_at_work_is_damage(path: Path, database: Database) -> None:
    database.close()
    path.unlink()
    with pytest.raises(DatabaseDamagedError):
        rows(database)
    database.close()


def test_another_process_that_does_not_let_go(
    path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    monkeypatch.setattr("dreamina_desktop.store.database.BUSY_SECONDS", 0.01)
    other = connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusyError, match="SQLITE_BUSY"):
        rows(database)
    other.close()
    database.close()
