from __future__ import annotations

from dreamina_desktop.core.error_codes import CLIP_FOLDER_CODES, DISK_CODES
from dreamina_desktop.core.errors import DiskError


def test_every_kind_of_trouble_with_the_disk_has_its_group() -> None:
    kinds = [DiskError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {kind.code for kind in kinds} == DISK_CODES | CLIP_FOLDER_CODES
    assert not DISK_CODES & CLIP_FOLDER_CODES
