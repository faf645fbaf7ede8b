"""Prices as the provider told them, each with its time, inside a transaction of the caller."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from dreamina_desktop.core.answers import Price
from dreamina_desktop.store.job_rows import RowUnreadableError
from dreamina_desktop.store.stored_text import stored, text_of
from dreamina_desktop.store.stored_values import money_of, money_text, time_of, time_text


@dataclass(frozen=True, slots=True)
class SavedPrice:
    """What a model cost at a time."""

    model_id: str
    at: datetime
    price: Price


def price_from(row: sqlite3.Row) -> SavedPrice:
    """The price of a row. Raises RowUnreadableError."""
    try:
        price = Price(money_of(text_of(row["amount"])), text_of(row["unit"]), text_of(row["note"]))
        return SavedPrice(text_of(row["model_id"]), time_of(text_of(row["at"])), price)
    except (ValueError, TypeError, AttributeError) as error:
        raise RowUnreadableError("prices") from error


def add_price(connection: sqlite3.Connection, saved: SavedPrice) -> None:
    """A new row, in the place of one of the same moment."""
    connection.execute(
        "INSERT OR REPLACE INTO prices (model_id, at, amount, unit, note) VALUES (?, ?, ?, ?, ?)",
        (
            saved.model_id,
            time_text(saved.at),
            money_text(saved.price.amount),
            stored(saved.price.unit),
            stored(saved.price.note),
        ),
    )


def latest_price(connection: sqlite3.Connection, model_id: str) -> Price | None:
    """The price told last. Raises RowUnreadableError."""
    row = connection.execute(
        "SELECT * FROM prices WHERE model_id = ? ORDER BY at DESC LIMIT 1", (model_id,)
    ).fetchone()
    return None if row is None else price_from(row).price
