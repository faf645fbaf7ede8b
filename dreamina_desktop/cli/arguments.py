"""What may be typed, and what it means."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dreamina_desktop import __version__
from dreamina_desktop.cli.export_arguments import add_export_commands
from dreamina_desktop.cli.recipe_options import add_recipe_options
from dreamina_desktop.core.model_spec import ModelSpec
from dreamina_desktop.jobs.preparation import MOST_TAKES
from dreamina_desktop.practice import command as practice_command
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text

PROGRAM = "dreamina-desktop"
DEFAULT_WAIT = 60.0


def build_parser(words: Phrasebook, spec: ModelSpec) -> argparse.ArgumentParser:
    """The whole command line, for the model that ``spec`` describes."""
    say = words.say
    common = _common(say, default=None, practice=False)
    # The same options once more behind the command's name; unset there, they keep what was said.
    repeated = _common(say, default=argparse.SUPPRESS, practice=argparse.SUPPRESS)
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        usage="%(prog)s [-h] [--version] [--data-dir DIR] [--api-url URL] [--practice]"
        " [[--prompt TEXT] PICTURE ... | COMMAND ...]",
        description=f"{say(text.PROGRAM)} {say(text.OPENS_WINDOW)}",
        epilog=say(text.EXIT_CODES),
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog=PROGRAM, required=True)

    def command(name: str, description: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=say(description), description=say(description), parents=[repeated]
        )

    generate = command("generate", text.GENERATE)
    generate.add_argument("picture", metavar="PICTURE|URL", help=say(text.PICTURE_OR_ADDRESS))
    generate.add_argument("--prompt", required=True, metavar="TEXT", help=say(text.PROMPT))
    offered = " / ".join(str(count) for count in spec.frames_offered)
    generate.add_argument(
        "--frames",
        type=int,
        default=spec.frames_default,
        metavar="N",
        help=say(text.FRAMES, offered),
    )
    generate.add_argument("--seed", type=int, metavar="N", help=say(text.SEED))
    generate.add_argument(
        "--takes",
        type=int,
        choices=range(1, MOST_TAKES + 1),
        default=1,
        metavar="N",
        help=say(text.TAKES, MOST_TAKES),
    )
    generate.add_argument("--output", type=Path, metavar="DIR", help=say(text.OUTPUT))
    generate.add_argument("--mend", action="store_true", help=say(text.MEND))
    add_recipe_options(generate, spec, say)
    _wait_and_json(generate, say)

    check = command("check", text.CHECK)
    check.add_argument("picture", type=Path, metavar="PICTURE", help=say(text.PICTURE))
    check.add_argument("--prepared", action="store_true", help=say(text.CHECK_PREPARED))
    check.add_argument("--json", action="store_true", help=say(text.JSON))
    add_recipe_options(check, spec, say)

    prepare = command("prepare", text.PREPARE)
    prepare.add_argument("picture", type=Path, metavar="PICTURE", help=say(text.ANY_PICTURE))
    prepare.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help=say(text.PREPARED_FILE)
    )
    add_recipe_options(prepare, spec, say)
    prepare.add_argument("--json", action="store_true", help=say(text.JSON))

    command("jobs", text.JOBS).add_argument("--json", action="store_true", help=say(text.JSON))

    resume = command("resume", text.RESUME)
    resume.add_argument("--send", action="store_true", help=say(text.SEND))
    _wait_and_json(resume, say)

    adopt = command("adopt", text.ADOPT)
    adopt.add_argument("request_id", metavar="REQUEST_ID", help=say(text.REQUEST_ID))
    whose = adopt.add_mutually_exclusive_group()
    whose.add_argument("--job", metavar="JOB", help=say(text.ADOPT_JOB))
    whose.add_argument("--new", action="store_true", help=say(text.ADOPT_NEW))
    _wait_and_json(adopt, say)

    resubmit = command("resubmit", text.RESUBMIT)
    resubmit.add_argument("job", metavar="JOB", help=say(text.JOB))
    resubmit.add_argument("--yes", action="store_true", help=say(text.YES))
    _wait_and_json(resubmit, say)

    cancel = command("cancel", text.CANCEL)
    cancel.add_argument("job", metavar="JOB", help=say(text.JOB))
    _wait_and_json(cancel, say)

    add_export_commands(command, say)

    key = command("key", text.KEY)
    deeds = key.add_subparsers(dest="deed", required=True, metavar="set|check|forget")
    for name, about in (
        ("set", text.KEY_SET),
        ("check", text.KEY_CHECK),
        ("forget", text.KEY_FORGET),
    ):
        deeds.add_parser(name, help=say(about), description=say(about), parents=[repeated])

    diagnostics = command("diagnostics", text.DIAGNOSTICS)
    diagnostics.add_argument("--check", action="store_true", help=say(text.DIAGNOSTICS_CHECK))
    diagnostics.add_argument("--json", action="store_true", help=say(text.JSON))

    practice_command.add_arguments(command("practice", text.PRACTICE_SERVER))
    return parser


def _common(
    say: Callable[..., str], *, default: object, practice: object
) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data-dir", type=Path, default=default, metavar="DIR", help=say(text.DATA_DIR)
    )
    common.add_argument("--api-url", default=default, metavar="URL", help=say(text.API_URL))
    common.add_argument(
        "--practice", action="store_true", default=practice, help=say(text.PRACTICE)
    )
    return common


def _wait_and_json(command: argparse.ArgumentParser, say: Callable[..., str]) -> None:
    command.add_argument(
        "--wait", type=_seconds, default=DEFAULT_WAIT, metavar="SECONDS", help=say(text.WAIT)
    )
    command.add_argument("--json", action="store_true", help=say(text.JSON))


def _seconds(value: str) -> float:
    seconds = float(value)
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(value)
    return seconds
