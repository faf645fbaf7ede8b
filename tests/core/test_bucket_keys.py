"""Keys of a bucket, as typed."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.bucket_keys import BucketKeys
from dreamina_desktop.core.hosting_errors import BucketKeysMissingError


def test_white_space_around_keys_does_not_count() -> None:
    assert BucketKeys.of(" ID\n", "\tsecret/+= ") == BucketKeys("ID", "secret/+=")


@pytest.mark.parametrize(
    ("key_id", "secret"),
    [("", "secret"), ("ID", " "), ("I D", "secret"), ("ID", "sécret"), ("ID", "se\x00cret")],
)
def test_what_is_no_key(key_id: str, secret: str) -> None:
    with pytest.raises(BucketKeysMissingError) as caught:
        BucketKeys.of(key_id, secret)
    assert "cret" not in str(caught.value)


def test_keys_show_nowhere() -> None:
    assert repr(BucketKeys("ID", "secret")) == "BucketKeys()"
