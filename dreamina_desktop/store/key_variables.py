"""The environment variables that may hold the key."""

from __future__ import annotations

VARIABLES = ("RUNCOMFY_API_TOKEN", "YOUR_API_TOKEN")
"""The API page's own name comes second."""
