"""From the words typed to an exit code."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dreamina_desktop.cli.arguments import build_parser
from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.interrupts import Interrupts
from dreamina_desktop.core.errors import (
    ApiAddressError,
    DreaminaError,
    InputRefusedError,
    KeyMissingError,
    KeyRefusedError,
    KeyringError,
    NoSuchJobError,
    NotSentError,
    OutputFolderError,
    PictureMissingError,
    WireError,
)
from dreamina_desktop.core.model_spec import ModelSpec, parse_model_spec
from dreamina_desktop.resources import model_file
from dreamina_desktop.words import Phrasebook, Sentence

if TYPE_CHECKING:
    from dreamina_desktop.composition import Profile


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line, without the program's name; returns the exit code."""
    words = Phrasebook()
    spec = parse_model_spec(model_file().read_text("utf-8"))
    parser = build_parser(words, spec)
    parsed = parser.parse_args(arguments)
    try:
        return _carry_out(parsed, spec, words)
    except DreaminaError as error:
        sentence = words.error(error)
        sys.stderr.write(f"{sentence.text} {sentence.action}\n")
        if getattr(parsed, "json", False):
            _print_nothing_done(parsed, error, sentence)
        return _code(error)
    except KeyboardInterrupt:
        return ExitCode.RESUMABLE
    except BrokenPipeError:
        # Whoever read our output has gone, as in `… | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.RESUMABLE
    except Exception as error:
        # Whatever is not in the error tree is a bug of ours; it is kept, and nothing is lost.
        _say_crashed(error, parsed, words)
        return ExitCode.BUG


def _print_nothing_done(
    parsed: argparse.Namespace, error: DreaminaError, sentence: Sentence
) -> None:
    """The JSON of a command that did not come to a job."""
    from dreamina_desktop.cli.json_output import print_jobs, print_nothing_sent

    if parsed.command in ("jobs", "resume"):
        print_jobs((), Phrasebook())
        return
    print_nothing_sent(
        prompt=getattr(parsed, "prompt", None),
        frames=getattr(parsed, "frames", None),
        seed=getattr(parsed, "seed", None),
        code=error.code,
        message=sentence.text,
    )


def _say_crashed(error: Exception, parsed: argparse.Namespace, words: Phrasebook) -> None:
    from dreamina_desktop.crash_log import record_crash
    from dreamina_desktop.store.folders import data_folder

    log = record_crash(parsed.data_dir or data_folder(), error)
    sentence = words.unforeseen()
    sys.stderr.write(f"{sentence.text} {sentence.action}\n{log}\n")


def _carry_out(parsed: argparse.Namespace, spec: ModelSpec, words: Phrasebook) -> int:
    # Each command is imported on its own, so that `check` does not load the wire.
    if parsed.command == "practice":
        from dreamina_desktop.practice import command

        return command.run(parsed)
    if parsed.command == "check":
        from dreamina_desktop.cli.check import check

        return check(parsed.picture, spec, words, as_json=parsed.json)
    return _on_profile(parsed, words)


def _on_profile(parsed: argparse.Namespace, words: Phrasebook) -> int:
    from dreamina_desktop.composition import Options, open_profile

    options = Options(parsed.data_dir, parsed.api_url, practice=parsed.practice)
    with open_profile(options, os.environ) as profile:
        match parsed.command:
            case "jobs":
                from dreamina_desktop.cli.jobs import list_jobs

                list_jobs(profile, words, as_json=parsed.json)
                return ExitCode.DONE
            case "key":
                from dreamina_desktop.cli.key import DEEDS

                return DEEDS[parsed.deed](profile, words)
            case _:
                with Interrupts() as interrupts:
                    return asyncio.run(_job_command(profile, parsed, words, interrupts))


async def _job_command(
    profile: Profile, parsed: argparse.Namespace, words: Phrasebook, interrupts: Interrupts
) -> int:
    from dreamina_desktop.cli.job_commands import GenerateOptions, JobCommands

    commands = JobCommands(
        profile,
        words,
        interrupts,
        wait=parsed.wait,
        as_json=parsed.json,
        again=_program(parsed),
    )
    match parsed.command:
        case "generate":
            return await commands.generate(
                GenerateOptions(
                    parsed.picture, parsed.prompt, parsed.frames, parsed.seed, parsed.output
                )
            )
        case "resume":
            return await commands.resume(send=parsed.send)
        case "adopt":
            return await commands.adopt(parsed.request_id, parsed.job, new=parsed.new)
        case "resend":
            return await commands.resend(parsed.job)
        case _:
            return await commands.cancel(parsed.job)


def _program(parsed: argparse.Namespace) -> str:
    """The program's name with the options that name this profile, to be typed again."""
    words = ["dreamina-desktop"]
    if parsed.data_dir is not None:
        words += ["--data-dir", str(parsed.data_dir)]
    if parsed.api_url is not None:
        words += ["--api-url", parsed.api_url]
    if parsed.practice:
        words.append("--practice")
    return shlex.join(words)


def _code(error: DreaminaError) -> ExitCode:
    match error:
        case InputRefusedError() | PictureMissingError() | NoSuchJobError() | ApiAddressError():
            return ExitCode.INPUT
        case OutputFolderError():
            return ExitCode.INPUT
        case KeyMissingError() | KeyRefusedError() | KeyringError():
            return ExitCode.KEY
        case NotSentError():
            return ExitCode.NETWORK
        case WireError():
            return ExitCode.PROVIDER
        case _:
            return ExitCode.RESUMABLE
