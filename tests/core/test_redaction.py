from __future__ import annotations

import base64

import pytest

from dreamina_desktop.core.redaction import Secrets, bare_addresses
from tests.reliability.disguises import CANARY, disguises, found_in

SIGNED = "https://me:word@bucket.example/a.mp4?X-Signature=5ee5#t"


@pytest.fixture
def secrets() -> Secrets:
    made = Secrets()
    made.add(CANARY)
    return made


def raised(error: BaseException) -> BaseException:
    """As it is when it has been raised."""
    try:
        raise error
    except BaseException as caught:
        return caught


def test_a_key_is_taken_out_in_whatever_form(secrets: Secrets) -> None:
    for name, form in disguises(CANARY).items():
        if "reversed" in name or name == "utf-16":
            continue
        cleaned = secrets.clean(f"so {form.decode()} it is")
        assert found_in(cleaned.encode(), [CANARY]) == [], name
        assert cleaned.startswith("so ")
    for text in (repr(CANARY), repr(CANARY.encode()), repr({"k": CANARY})):
        assert "…" in secrets.clean(text)
        assert "1B2c3D" not in secrets.clean(text)


def test_a_key_is_found_inside_base64(secrets: Secrets) -> None:
    for before in (b"", b"x", b"xy"):
        encoded = base64.b64encode(before + CANARY.encode() + b"z").decode()
        assert found_in(secrets.clean(encoded).encode(), [CANARY]) == []


def test_every_key_that_was_met_is_taken_out(secrets: Secrets) -> None:
    secrets.add("another-key-4711")
    secrets.add("another-key-4711")
    assert secrets.clean(f"{CANARY} and another-key-4711") == "… and …"
    assert CANARY not in repr(secrets)


def test_what_is_too_short_for_a_key_is_left() -> None:
    secrets = Secrets()
    secrets.add("")
    secrets.add("a")
    assert secrets.clean("a banana") == "a banana"
    secrets.add("banana")
    assert secrets.clean("a banana") == "a …"


def test_what_is_secret_by_its_place() -> None:
    text = f'"Bearer abc" {SIGNED} data:image/png;base64,iVBORw0KGgo= \x1b[31m\u202e'
    cleaned = Secrets().clean(f"line one\n\t{text}")
    assert cleaned == (
        'line one\n\t"Bearer …" https://bucket.example/a.mp4?… data:image/png;base64,…  [31m '
    )
    assert bare_addresses(bare_addresses(SIGNED)) == bare_addresses(SIGNED)


def test_a_traceback_with_all_that_led_to_it(secrets: Secrets) -> None:
    cause = raised(KeyError(CANARY))
    cause.add_note(f"noted: {CANARY}")
    group = ExceptionGroup(CANARY, [ValueError(SIGNED), OSError(2, "gone", CANARY)])
    group.__cause__ = cause
    told = secrets.traceback(raised(group))
    assert found_in(told.encode(), [CANARY, "5ee5"]) == []
    for word in ("KeyError", "noted", "ExceptionGroup", "ValueError", "bucket.example", "gone"):
        assert word in told
    assert "test_redaction.py" in told


def test_locals_are_never_told() -> None:
    def inner(hidden: str) -> None:
        raise ValueError(len(hidden))

    value = "-".join(["a", "local"])
    with pytest.raises(ValueError, match="7") as caught:
        inner(value)
    assert value not in Secrets().traceback(caught.value)


class UnspeakableError(Exception):
    @property
    def __notes__(self) -> list[str]:  # type: ignore[override]
        raise RuntimeError(CANARY)


def test_one_that_cannot_be_formatted(secrets: Secrets) -> None:
    assert CANARY not in secrets.traceback(raised(UnspeakableError()))


def test_one_whose_formatting_fails(secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: BaseException) -> list[str]:
        raise RecursionError

    monkeypatch.setattr("dreamina_desktop.core.redaction.traceback.format_exception", fail)
    assert secrets.traceback(ValueError(CANARY)) == "ValueError\n"


@pytest.mark.parametrize("password", ["sesame", "it's-sesame", 'say-"sesame"', "@sesame"])
def test_a_login_in_an_address_is_taken_out(password: str) -> None:
    assert bare_addresses(f"by http://me:{password}@host:9/way now") == "by http://host:9/way now"
