"""The provider's pages that a person is sent to."""

from __future__ import annotations

ACCOUNT_PAGE = "https://www.runcomfy.com/profile"
"""Keys and balance."""
GENERATIONS_PAGE = ACCOUNT_PAGE
"""Where "Generations" lists the requests: it is reached from the account; its own address is not
documented."""
