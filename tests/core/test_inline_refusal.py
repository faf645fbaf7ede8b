"""A refusal of the way is told apart from a refusal of the picture."""

from __future__ import annotations

import pytest

from dreamina_desktop.core.errors import ProviderRefusedError, ProviderTroubleError
from dreamina_desktop.core.inline_refusal import is_refused_inline
from tests.core.specs import real_spec

RULES = real_spec().picture_messages()


def refused(message: str, field: str = "image_urls", status: int = 422) -> bool:
    error = ProviderRefusedError(provider_message=message, field=field, status=status)
    return is_refused_inline(error, RULES)


@pytest.mark.parametrize(
    "message",
    [
        "Input should be a valid URL, input is too long",
        "URL scheme should be 'http' or 'https'",
        "image_urls must contain publicly accessible https links",
        "unsupported protocol scheme",
        "Failed to download the image.",
        "could not fetch image_url",
        "String should have at most 2083 characters",
        "base64 images are not supported",
        "Could not decode base64",
        "data: is not allowed here",
        "Invalid data URI.",
    ],
)
def test_the_way_is_refused(message: str) -> None:
    assert refused(message)
    assert refused(message, status=400)


@pytest.mark.parametrize("message", sorted(RULES))
def test_the_provider_s_own_rules_are_about_the_picture(message: str) -> None:
    assert not refused(message)
    assert not refused(f"Image URL: {message.upper()} (the url is https://…)")


@pytest.mark.parametrize(
    "message",
    [
        "",
        "Failed to decode the image.",
        "The image behind this url is corrupted",
        "image_urls: resolution of the downloaded picture is too small",
        "The picture was refused by our content policy, see https://example.com/policy",
        "Image URL",
        "No.",
    ],
)
def test_where_it_may_be_the_picture_the_message_stands_for_itself(message: str) -> None:
    assert not refused(message)


def test_another_field_is_another_matter() -> None:
    assert not refused("must not contain a url", field="prompt")
    assert not refused("must not contain a url", field="")
    assert refused("image_urls[0]: not a valid url", field="")


def test_another_status_is_another_matter() -> None:
    assert not refused("not a valid url", status=409)
    trouble = ProviderTroubleError(provider_message="not a valid url", status=503)
    assert not is_refused_inline(trouble, RULES)


def test_a_request_that_is_too_large_is_so_for_its_picture() -> None:
    assert refused("", field="", status=413)
