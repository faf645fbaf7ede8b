"""The answer to whoever did not want to wait for a picture any longer."""

from __future__ import annotations


class PreparationCancelledError(Exception):
    """Nothing was made, and nobody is to be told: a newer wish has replaced this one."""
