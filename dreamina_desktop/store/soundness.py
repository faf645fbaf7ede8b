"""Whether a database can be believed: its pages, its schema and every single row."""

from __future__ import annotations

import sqlite3
from enum import StrEnum
from pathlib import Path

from dreamina_desktop.store.attempt_table import attempt_from
from dreamina_desktop.store.database import connect
from dreamina_desktop.store.disk_faults import database_fault, is_damage
from dreamina_desktop.store.hosted_table import hosted_from
from dreamina_desktop.store.job_rows import clip_from, job_from
from dreamina_desktop.store.mark_table import mark_from
from dreamina_desktop.store.migrations import (
    HEADER,
    SCHEMA_VERSION,
    expected_objects,
    schema_objects,
    schema_version,
    version_in_header,
)
from dreamina_desktop.store.price_table import price_from


class Soundness(StrEnum):
    """What a look at a database's file found. OLDER and EMPTY wait for migrations only."""

    EMPTY = "empty"
    OLDER = "older"
    SOUND = "sound"
    NEWER = "newer"
    DAMAGED = "damaged"


def glance(path: Path) -> Soundness:
    """The version and the schema alone: quick, and holds nobody up. Raises DiskError."""
    return _look(path, deep=False)


def examine(path: Path) -> Soundness:
    """Everything: all pages, all indexes against their tables, all rows. Raises DiskError."""
    return _look(path, deep=True)


def _look(path: Path, *, deep: bool) -> Soundness:
    if path.exists() and not path.is_file():
        return Soundness.DAMAGED
    if _says_newer(path):
        # SQLite itself could already change it, such as its way of keeping a journal.
        return Soundness.NEWER
    try:
        connection = connect(path)
        try:
            return _judge(connection, deep=deep)
        finally:
            connection.close()
    except (ValueError, MemoryError):
        # An unreadable row; a complaint that quotes bytes which are no text; a damaged length
        # that asks for more memory than there is.
        return Soundness.DAMAGED
    except sqlite3.Error as error:
        if is_damage(error, path):
            return Soundness.DAMAGED
        raise database_fault(error) from error


def _says_newer(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            version = version_in_header(file.read(HEADER))
    except OSError:
        # SQLite says what is wrong with it.
        return False
    return version is not None and version > SCHEMA_VERSION


def _judge(connection: sqlite3.Connection, *, deep: bool) -> Soundness:
    version = schema_version(connection)
    if version is None:
        return Soundness.DAMAGED
    if version > SCHEMA_VERSION:
        return Soundness.NEWER
    if version == SCHEMA_VERSION and not expected_objects() <= schema_objects(connection):
        return Soundness.DAMAGED
    if deep and not _pages_are_sound(connection, version):
        return Soundness.DAMAGED
    if version < SCHEMA_VERSION:
        return Soundness.OLDER if version else Soundness.EMPTY
    if deep:
        _read_every_row(connection)
    return Soundness.SOUND


def _pages_are_sound(connection: sqlite3.Connection, version: int) -> bool:
    # A damaged header can forbid writing: better met now than at the first change. To begin is
    # not enough, for SQLite begins a transaction that only reads without a word.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("ROLLBACK")
    # The full check, not the quick one: only it compares the rows with their indexes.
    found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if [tuple(row) for row in found] != [("ok",)]:
        return False
    return not connection.execute("PRAGMA foreign_key_check").fetchall()


def _read_every_row(connection: sqlite3.Connection) -> None:
    for row in connection.execute("SELECT * FROM jobs"):
        job_from(row, ())
    for row in connection.execute("SELECT * FROM clips"):
        clip_from(row)
    for row in connection.execute("SELECT * FROM attempts"):
        attempt_from(row)
    for row in connection.execute("SELECT * FROM prices"):
        price_from(row)
    for row in connection.execute("SELECT * FROM hosted_pictures"):
        hosted_from(row)
    for row in connection.execute("SELECT * FROM marks"):
        mark_from(row)
