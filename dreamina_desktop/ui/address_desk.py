"""What the window needs to look at a public address; ``app`` hands it in."""

from __future__ import annotations

from typing import Protocol

from dreamina_desktop.core.seen_address import SeenAddress


class AddressDesk(Protocol):
    """Fetches as the provider will. Blocking, up to a minute: never on the GUI thread."""

    def look(self, address: str, longest: int) -> SeenAddress:
        """What is there, with a view of at most ``longest`` pixels a side where there is one.

        Raises nothing of the tree: what went wrong is told in the answer.
        """
        ...
