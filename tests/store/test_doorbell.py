from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dreamina_desktop.core.errors import DiskError
from dreamina_desktop.store.doorbell import LONGEST_PROMPT, Doorbell, Ring, _sign, ring
from tests.store.full_disk import refusing


class Holder:
    """What the bell wakes."""

    def __init__(self) -> None:
        self.heard: list[Ring] = []
        self.rung = asyncio.Event()

    def __call__(self, message: Ring) -> None:
        self.heard.append(message)
        self.rung.set()


@pytest.fixture
def holder() -> Holder:
    return Holder()


@pytest.fixture
async def bell(profile: Path, holder: Holder) -> AsyncIterator[Doorbell]:
    profile.mkdir()
    bell = Doorbell(profile, holder)
    await bell.open()
    yield bell
    await bell.close()


def address(profile: Path) -> tuple[int, str]:
    document = json.loads((profile / "holder.json").read_text())
    return document["port"], document["token"]


@pytest.fixture
async def window(profile: Path, holder: Holder) -> AsyncIterator[Doorbell]:
    profile.mkdir(exist_ok=True)
    window = Doorbell(profile, holder, is_window=True)
    await window.open()
    yield window
    await window.close()


async def test_a_ring_wakes_the_holder(profile: Path, bell: Doorbell, holder: Holder) -> None:
    assert await asyncio.to_thread(ring, profile)
    assert holder.heard == [Ring()]
    # It may well be a command in a terminal.
    assert not await asyncio.to_thread(ring, profile, Ring(show=""))
    assert holder.heard == [Ring()]


async def test_a_picture_is_the_windows(profile: Path, window: Doorbell, holder: Holder) -> None:
    picture = "/bilder/\udcff " + "x" * 5000
    assert await asyncio.to_thread(ring, profile, Ring(picture))
    assert not await asyncio.to_thread(ring, profile)
    assert holder.heard == [Ring(show=picture)]


async def test_a_prompt_goes_with_it(profile: Path, window: Doorbell, holder: Holder) -> None:
    # The longest in characters that take the most room, beside a long path.
    message = Ring("/bilder/" + "\udcff" * 5000, "\U0001f30a" * LONGEST_PROMPT)
    assert await asyncio.to_thread(ring, profile, message)
    assert holder.heard == [message]


async def test_further_pictures_go_with_it(profile: Path, window: Doorbell, holder: Holder) -> None:
    message = Ring("/bilder/1.png", more=tuple(f"/bilder/ä{number}.png" for number in range(500)))
    assert await asyncio.to_thread(ring, profile, message)
    assert holder.heard == [message]


async def test_as_many_pictures_go_with_it_as_there_is_room_for(
    profile: Path, window: Doorbell, holder: Holder
) -> None:
    paths = tuple(f"/bilder/{number}/" + "\udcff" * 1000 for number in range(100))
    message = Ring("/bilder/1.png", "\U0001f30a" * LONGEST_PROMPT, paths)
    assert await asyncio.to_thread(ring, profile, message)
    (heard,) = holder.heard
    assert (heard.show, heard.prompt) == (message.show, message.prompt)
    assert 10 <= len(heard.more) < 100
    assert heard.more == paths[: len(heard.more)]


async def test_holder_and_window_are_told_apart(
    profile: Path, bell: Doorbell, window: Doorbell, holder: Holder
) -> None:
    await bell.close()
    assert await asyncio.to_thread(ring, profile, Ring(""))
    assert not await asyncio.to_thread(ring, profile)


async def test_too_long_a_prompt_is_neither_cut_nor_handed_over(
    profile: Path, window: Doorbell, holder: Holder
) -> None:
    assert not await asyncio.to_thread(ring, profile, Ring("", "x" * (LONGEST_PROMPT + 1)))
    assert holder.heard == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"once": "1", "show": "/a.png"}, Ring("/a.png")),
        ({"once": "1", "show": None}, Ring()),
        ({"once": "1", "show": "", "prompt": None}, Ring("")),
        ({"once": "1", "show": "", "prompt": "x" * (LONGEST_PROMPT + 1)}, Ring("")),
        ({"once": "1", "show": "", "prompt": "Steam.", "later": 1}, Ring("", "Steam.")),
        ({"once": "1", "show": "/a.png", "more": "/b.png"}, Ring("/a.png")),
        ({"once": "1", "show": "/a.png", "more": [1, "/b.png"]}, Ring("/a.png", more=("/b.png",))),
    ],
)
async def test_rings_of_other_versions_are_readable(
    profile: Path, bell: Doorbell, holder: Holder, document: dict[str, object], message: Ring
) -> None:
    port, token = address(profile)
    body = json.dumps(document).encode("ascii")
    answer = await asyncio.to_thread(knock, port, _sign(token, b"ring", body) + body + b"\n")
    assert answer.rstrip() == _sign(token, b"heard", body)
    assert holder.heard == [message]


async def test_another_process_rings(profile: Path, bell: Doorbell, holder: Holder) -> None:
    code = (
        "import sys; from pathlib import Path; from dreamina_desktop.store.doorbell import ring;"
        " print(ring(Path(sys.argv[1])), 'asyncio.events' in sys.modules)"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, str(profile)),
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert output.split()[0] == b"True"
    await holder.rung.wait()


async def test_the_address_is_private_and_the_token_stays_in_it(
    profile: Path, bell: Doorbell
) -> None:
    document = json.loads((profile / "holder.json").read_text())
    assert document["pid"] == os.getpid()
    assert set(document) == {"pid", "port", "token"}
    if os.name == "posix":
        assert stat.S_IMODE((profile / "holder.json").stat().st_mode) == 0o600


async def test_nothing_of_the_token_travels(profile: Path, holder: Holder) -> None:
    profile.mkdir()
    seen: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\n"))
        writer.write(b"0" * 64 + b"\n")
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    token = "0123456789abcdef" * 4
    (profile / "holder.json").write_text(json.dumps({"pid": 1, "port": port, "token": token}))
    # A stranger behind a port that was given away does not pass for the holder.
    assert not await asyncio.to_thread(ring, profile)
    assert token.encode() not in seen[0]
    server.close()
    await server.wait_closed()


def knock(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answer:
                return answer.read()
        except OSError:
            # The door may be closed in a stranger's face at any moment.
            return b""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"0" * 64 + b'{"show": null}\n',
        b"\xff" * 200 + b"\n",
        b"x" * 200_000,
    ],
)
async def test_strangers_are_not_heard(
    profile: Path, bell: Doorbell, holder: Holder, data: bytes
) -> None:
    port, _ = address(profile)
    assert await asyncio.to_thread(knock, port, data) == b""
    assert holder.heard == []
    assert await asyncio.to_thread(ring, profile)


async def test_a_ring_with_another_token_is_not_heard(
    profile: Path, bell: Doorbell, holder: Holder, tmp_path: Path
) -> None:
    port, token = address(profile)
    other = tmp_path / "other"
    other.mkdir()
    (other / "holder.json").write_text(json.dumps({"port": port, "token": token[::-1]}))
    assert not await asyncio.to_thread(ring, other)
    assert holder.heard == []


async def test_after_closing_nobody_hears(profile: Path, holder: Holder) -> None:
    profile.mkdir()
    bell = Doorbell(profile, holder)
    await bell.close()
    await bell.open()
    port, token = address(profile)
    await bell.close()
    await bell.close()
    assert not (profile / "holder.json").exists()
    assert not ring(profile)
    (profile / "holder.json").write_text(json.dumps({"port": port, "token": token}))
    assert not ring(profile)


async def test_closing_does_not_wait_for_a_visitor_who_says_nothing(
    profile: Path, holder: Holder
) -> None:
    profile.mkdir()
    bell = Doorbell(profile, holder)
    await bell.open()
    port, _ = address(profile)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while not bell._visitors:
        await asyncio.sleep(0.01)
    await bell.close()
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()


async def test_the_address_of_a_next_holder_is_left(
    profile: Path, bell: Doorbell, holder: Holder
) -> None:
    following = Doorbell(profile, holder)
    await following.open()
    await bell.close()
    assert await asyncio.to_thread(ring, profile)
    await following.close()


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"port": "1", "token": "x"}', '{"port": 70000, "token": "x"}', '{"port": 1}'],
)
def test_no_holder(profile: Path, content: str) -> None:
    assert not ring(profile)
    profile.mkdir()
    (profile / "holder.json").write_text(content)
    assert not ring(profile)


def test_a_holder_that_hangs_does_not_hang_the_ringer(profile: Path) -> None:
    profile.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        (profile / "holder.json").write_text(json.dumps({"port": port, "token": "x"}))
        assert not ring(profile, patience=0.05)


async def test_no_address_no_bell(
    profile: Path, holder: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.mkdir()
    bell = Doorbell(profile, holder)
    with refusing(monkeypatch, 1), pytest.raises(DiskError, match="doorbell"):
        await bell.open()
    assert bell._server is None
    await bell.open()
    assert await asyncio.to_thread(ring, profile)
    await bell.close()
