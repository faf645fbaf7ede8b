"""What a person has set, kept beside the jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dreamina_desktop.core.export_order import ExportKind
from dreamina_desktop.core.origin import FrameOrigin
from dreamina_desktop.core.settings import (
    LONGEST_HOURS,
    BucketPlace,
    ExportHabits,
    KeptDraft,
    Settings,
    Travel,
    WindowPlace,
)
from dreamina_desktop.store.disk_faults import disk
from dreamina_desktop.store.kept_recipes import read_recipes, recipes_document

if TYPE_CHECKING:
    from dreamina_desktop.core.ports import Clock

_ROLE = "settings"

type _Document = Mapping[str, Any]


class SettingsFile:
    """``settings.json`` of a profile. Keys of a later version are kept. All raise DiskError."""

    def __init__(self, profile: Path, clock: Clock) -> None:
        self.path = profile / "settings.json"
        self._clock = clock

    def load(self) -> Settings:
        """What is set; the default for all that is not, or that makes no sense.

        A file that is no JSON object is set aside, not lost.
        """
        document = self._read()
        usual = Settings()
        window, draft = _part(document, "window"), _part(document, "draft")
        return Settings(
            output_folder=_text(document, "output_folder") or usual.output_folder,
            submitted_at_once=_count(document, "submitted_at_once") or usual.submitted_at_once,
            theme=_text(document, "theme") or usual.theme,
            silence_notifications=document.get("silence_notifications") is True,
            memory_budget_mb=_count(document, "memory_budget_mb") or None,
            welcomed=document.get("welcomed") is True,
            window=WindowPlace(
                geometry=_text(window, "geometry"),
                widths=_counts(window, "widths"),
                folded=_texts(window, "folded"),
            ),
            recent_pictures=_texts(document, "recent_pictures"),
            draft=KeptDraft(
                source=_text(draft, "source"),
                prompt=_text(draft, "prompt"),
                frames=_count(draft, "frames"),
                seed_text=_text(draft, "seed"),
                takes=_count(draft, "takes"),
                origin=_origin(_part(draft, "origin")),
            ),
            travel=_travel(document),
            bucket=_bucket(_part(document, "bucket")),
            takes_saved_files=document.get("takes_saved_files") is True,
            recipes=read_recipes(document.get("recipes")),
            exports=_exports(_part(document, "exports")),
        )

    def save(self, settings: Settings) -> None:
        """Write them whole, or leave what was."""
        # Here, since settings are read before the first paint, and written long after it.
        from dreamina_desktop.store.durable_files import make_private_folder, write_whole

        before = self._read()
        window, draft, bucket = settings.window, settings.draft, settings.bucket
        exports = settings.exports
        document = {
            **before,
            "output_folder": settings.output_folder,
            "submitted_at_once": settings.submitted_at_once,
            "theme": settings.theme,
            "silence_notifications": settings.silence_notifications,
            "memory_budget_mb": settings.memory_budget_mb,
            "welcomed": settings.welcomed,
            "window": {
                **_part(before, "window"),
                "geometry": window.geometry,
                "widths": window.widths,
                "folded": window.folded,
            },
            "recent_pictures": settings.recent_pictures,
            "draft": {
                **_part(before, "draft"),
                "source": draft.source,
                "prompt": draft.prompt,
                "frames": draft.frames,
                "seed": draft.seed_text,
                "takes": draft.takes,
                "origin": _origin_document(draft.origin),
            },
            "travel": settings.travel.value,
            "bucket": {
                **_part(before, "bucket"),
                "endpoint": bucket.endpoint,
                "region": bucket.region,
                "bucket": bucket.bucket,
                "folder": bucket.folder,
                "hours": bucket.hours,
                "deletes_afterwards": bucket.deletes_afterwards,
            },
            "takes_saved_files": settings.takes_saved_files,
            "recipes": recipes_document(settings.recipes),
            "exports": {
                **_part(before, "exports"),
                "format": exports.kind.value,
                "width": exports.width,
                "template": exports.template,
            },
        }
        with disk(_ROLE):
            make_private_folder(self.path.parent)
            write_whole(self.path, json.dumps(document, indent=2).encode("ascii"))

    def _read(self) -> _Document:
        with disk(_ROLE):
            if not self.path.exists():
                return {}
            try:
                document = json.loads(self.path.read_bytes())
            except (ValueError, RecursionError):
                document = None
            if isinstance(document, dict):
                return document
            stamp = self._clock.now().strftime("%Y-%m-%dT%H%M%SZ")
            self.path.replace(self.path.with_stem(f"{self.path.stem}.broken-{stamp}"))
        return {}


def _part(document: _Document, name: str) -> _Document:
    part = document.get(name)
    return part if isinstance(part, dict) else {}


def _travel(document: _Document) -> Travel:
    try:
        return Travel(_text(document, "travel"))
    except ValueError:
        return Travel.INLINE


def _exports(document: _Document) -> ExportHabits:
    try:
        kind = ExportKind(_text(document, "format"))
    except ValueError:
        kind = ExportKind.MP4
    return ExportHabits(kind, _count(document, "width") or None, _text(document, "template"))


def _origin(document: _Document) -> FrameOrigin | None:
    job_id, ordinal, frame = (document.get(name) for name in ("job", "ordinal", "frame"))
    if not isinstance(job_id, str) or type(ordinal) is not int or type(frame) is not int:
        return None
    return FrameOrigin(job_id, ordinal, frame)


def _origin_document(origin: FrameOrigin | None) -> _Document | None:
    if origin is None:
        return None
    return {"job": origin.job_id, "ordinal": origin.ordinal, "frame": origin.frame}


def _bucket(document: _Document) -> BucketPlace:
    usual = BucketPlace()
    hours = _count(document, "hours")
    folder = document.get("folder")
    return BucketPlace(
        endpoint=_text(document, "endpoint"),
        region=_text(document, "region"),
        bucket=_text(document, "bucket"),
        # Chosen, it may be none at all.
        folder=folder if isinstance(folder, str) else usual.folder,
        hours=hours if 1 <= hours <= LONGEST_HOURS else usual.hours,
        deletes_afterwards=document.get("deletes_afterwards") is True,
    )


def _text(document: _Document, name: str) -> str:
    text = document.get(name)
    return text if isinstance(text, str) else ""


def _count(document: _Document, name: str) -> int:
    """A positive whole number, 0 for anything else."""
    number = document.get(name)
    return number if type(number) is int and number > 0 else 0


def _texts(document: _Document, name: str) -> tuple[str, ...]:
    found = document.get(name)
    if not isinstance(found, list):
        return ()
    return tuple(text for text in found if isinstance(text, str) and text)


def _counts(document: _Document, name: str) -> tuple[int, ...]:
    found = document.get(name)
    if not isinstance(found, list) or not all(type(one) is int and one >= 0 for one in found):
        return ()
    return tuple(found)
