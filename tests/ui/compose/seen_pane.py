"""What a person sees of the compose pane, and files to give it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.verdict_list import VerdictList
from dreamina_desktop.ui.draft import Draft


def rows(pane: ComposePane) -> list[str]:
    verdicts = pane.findChild(VerdictList, "imageVerdicts")
    assert verdicts is not None
    return [verdicts.item(place).text() for place in range(verdicts.count())]


def seen(draft: Draft) -> bool:
    return draft.preview is not None and not draft.picture.is_being_read


def saved(folder: Path, image: Image.Image, name: str, **options: object) -> Path:
    path = folder / name
    image.save(path, **options)  # type: ignore[arg-type]
    return path
