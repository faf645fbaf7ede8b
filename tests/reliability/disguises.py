"""A secret in all the forms in which it may lie in a file, and where it does."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, quote_plus

CANARY = "CaNaRy-zQ7/+=%&?~:;'\"\\-0a1B2c3D4e5F"
"""A key in which every encoding changes something."""


def disguises(secret: str) -> dict[str, bytes]:
    """Each form by its name: plain, escaped, encoded, and all of these reversed."""
    raw = secret.encode()
    forms = {
        "plain": raw,
        "percent": quote(secret, safe="").encode(),
        "percent, path": quote(secret).encode(),
        "percent, form": quote_plus(secret).encode(),
        "percent, every byte": "".join(f"%{byte:02x}" for byte in raw).encode(),
        "hex": raw.hex().encode(),
        "utf-16": secret.encode("utf-16-le"),
        "json": secret.replace("\\", "\\\\").replace('"', '\\"').replace("/", "\\/").encode(),
    }
    for offset in range(3):
        # What depends on the secret alone, whatever stands before and behind it.
        encoded = base64.b64encode(bytes(offset) + raw)
        core = encoded[-(-8 * offset // 6) : 8 * (offset + len(raw)) // 6]
        forms[f"base64 at {offset}"] = core
        forms[f"base64 for addresses at {offset}"] = core.translate(bytes.maketrans(b"+/", b"-_"))
    backwards = {f"{name}, reversed": form[::-1] for name, form in forms.items()}
    return forms | backwards


def found_in(content: bytes, secrets: Iterable[str]) -> list[str]:
    """The forms of any of the secrets that the content holds, in whatever case."""
    low = content.lower()
    return [
        f"{secret[:6]}… {name}"
        for secret in secrets
        for name, form in disguises(secret).items()
        if form.lower() in low
    ]


def found_below(folder: Path, secrets: Iterable[str]) -> dict[str, list[str]]:
    """The same for every file, and every file's name, in a folder."""
    known = list(secrets)
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes() if path.is_file() else b""
        if hits := found_in(name.encode() + b"\n" + content, known):
            found[name] = hits
    return found
