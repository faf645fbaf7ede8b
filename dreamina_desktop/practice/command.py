"""`dreamina-desktop practice`: the practice server alone, for other clients and for tests."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dreamina_desktop.practice.render_crew import RENDER_FLAG

_HIGHEST_PORT = 65535
_FAILED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `run` reads, except ``--data-dir``, which all commands share."""
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="port on loopback (default: a free one)"
    )
    parser.add_argument(
        "--ledger",
        type=Path,
        metavar="FILE",
        help="JSON lines, one for each submit (default: ledger.jsonl in the data folder)",
    )
    parser.add_argument(
        "--trouble", type=Path, metavar="FILE", help="JSON that says what shall go wrong"
    )
    # For processes that start one another: ends with standard input; renders for a server.
    parser.add_argument("--stop-with-parent", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(RENDER_FLAG, action="store_true", help=argparse.SUPPRESS)


def run(parsed: argparse.Namespace) -> int:
    """Serve until told to stop and return 0; 2 when it cannot start, with the reason on stderr."""
    if parsed.render_worker:
        from dreamina_desktop.practice.render_worker import work

        return work()
    # Imported late: the rendering process needs none of the server.
    from dreamina_desktop.practice.server import FolderInUseError, ServerSettings, serve
    from dreamina_desktop.practice.trouble import TroubleFileError

    settings = ServerSettings(
        data_dir=_data_dir(parsed.data_dir),
        port=parsed.port,
        ledger=parsed.ledger,
        trouble=parsed.trouble,
        stop_with_parent=parsed.stop_with_parent,
    )
    try:
        serve(settings)
    except FolderInUseError as error:
        return _failed(f"another practice server works in {error}")
    except (TroubleFileError, OSError) as error:
        return _failed(str(error))
    except KeyboardInterrupt:
        pass  # it came before the server could take care of it
    return 0


def _failed(why: str) -> int:
    sys.stderr.write(f"practice: {why}\n")
    return _FAILED


def _data_dir(given: Path | None) -> Path:
    if given is not None:
        return given
    from platformdirs import user_data_path

    return user_data_path("Dreamina Desktop", appauthor=False) / "practice"


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"not a port: {text}")
    return port
