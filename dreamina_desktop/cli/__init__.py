"""The command line: the same engine without a window."""

from dreamina_desktop.cli.main import run

__all__ = ["run"]
