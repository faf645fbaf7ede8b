from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreamina_desktop.core.safe_name import MOST_BYTES, MOST_CHARACTERS, safe_part

BAD_NAMES = [
    *("", ".", "..", "...", " ", "/", "\\", "~", "-rf", "--help", ".hidden", "a/../../b"),
    *("CON", "con", "Nul.txt", "COM1", "lpt9.tar.gz", "COM¹", "CONIN$", "aux ", "prn."),
    *("a:b", "c:", "a*b?", '"', "<>|", "tail.", "tail ", "tail. . ", "\x00", "a\nb", "\x7f"),
    *("\u202egpj.exe", "\u200b", "\ud800", "e\u0301", "\ufeffx", "%2e%2e", "💡" * 100, "é" * 200),
    *("x" * 300, "x" * 79 + ". .", "\u0301", "a\u0301" * 120, "KON", "\u212aON"),
]


def check(name: str) -> None:
    """What Linux, macOS and Windows all take as one plain file name."""
    assert name
    assert len(name) <= MOST_CHARACTERS + 1
    assert len(name.encode()) <= MOST_BYTES + 1
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert PurePosixPath(name).name == name
    windows = PureWindowsPath(name)
    assert windows.name == name
    assert not windows.drive
    assert not windows.is_reserved()


@pytest.mark.parametrize("text", BAD_NAMES)
def test_bad_names(text: str) -> None:
    check(safe_part(text))


@settings(max_examples=2000, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=())),
        st.text(st.sampled_from('conprauxltm123. -/\\:*"<>|\u0301é\u202e\n\ud800¹$')),
        st.sampled_from(BAD_NAMES).flatmap(lambda bad: st.text(max_size=3).map(bad.__add__)),
    )
)
def test_any_text_becomes_a_safe_name(text: str) -> None:
    check(safe_part(text))
    assert safe_part(safe_part(text)) == safe_part(text)


def test_a_good_name_stays() -> None:
    for name in ("coffee", "Straße 7", "咖啡", "a_b-c (1)", "été", "👩 cook"):
        assert safe_part(name) == name
