"""Whether two looks at a clip are at the same one."""

from __future__ import annotations

from dreamina_desktop.ui.watch.viewed import Viewed


def is_same_clip(one: Viewed | None, other: Viewed | None) -> bool:
    """Its job's row may have changed in between."""
    return one is not None and other is not None and _key(one) == _key(other)


def _key(viewed: Viewed) -> tuple[str, int]:
    return viewed.job.id, viewed.clip.ordinal
