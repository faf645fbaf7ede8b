"""From the words typed to an exit code."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from dreamina_desktop.cli.arguments import build_parser
from dreamina_desktop.cli.exit_code import ExitCode, error_code
from dreamina_desktop.cli.export_arguments import EXPORT_COMMANDS
from dreamina_desktop.cli.interrupts import Interrupts
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.model_spec import ModelSpec, parse_model_spec
from dreamina_desktop.core.redaction import Secrets
from dreamina_desktop.redacted_output import redacted_output
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
    secrets = Secrets()
    with redacted_output(secrets):
        return _run(parsed, spec, words, secrets)


def _run(parsed: argparse.Namespace, spec: ModelSpec, words: Phrasebook, secrets: Secrets) -> int:
    try:
        return _carry_out(parsed, spec, words, secrets)
    except DreaminaError as error:
        sentence = words.error(error)
        sys.stderr.write(f"{sentence.text} {sentence.action}\n")
        if getattr(parsed, "json", False):
            _print_nothing_done(parsed, error, sentence)
        return error_code(error)
    except KeyboardInterrupt:
        return ExitCode.RESUMABLE
    except BrokenPipeError:
        # Whoever read our output has gone, as in `… | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.RESUMABLE
    except Exception as error:
        # Whatever is not in the error tree is a bug of ours; it is kept, and nothing is lost.
        _say_crashed(error, parsed, words, secrets)
        return ExitCode.BUG


def _print_nothing_done(
    parsed: argparse.Namespace, error: DreaminaError, sentence: Sentence
) -> None:
    """The JSON of a command that did not come to a job."""
    from dreamina_desktop.cli.json_output import print_jobs, print_nothing_sent

    if parsed.command in EXPORT_COMMANDS:
        from dreamina_desktop.cli.export_json import print_nothing_made

        print_nothing_made(parsed.command, error.code, sentence.text)
        return
    if parsed.command in ("jobs", "resume"):
        print_jobs((), Phrasebook(), {})
        return
    print_nothing_sent(
        takes=getattr(parsed, "takes", 1),
        prompt=getattr(parsed, "prompt", None),
        frames=getattr(parsed, "frames", None),
        seed=getattr(parsed, "seed", None),
        code=error.code,
        message=sentence.text,
    )


def _say_crashed(
    error: Exception, parsed: argparse.Namespace, words: Phrasebook, secrets: Secrets
) -> None:
    from dreamina_desktop.crash_log import record_crash
    from dreamina_desktop.store.folders import data_folder

    log = record_crash(parsed.data_dir or data_folder(), secrets.traceback(error))
    sentence = words.unforeseen()
    sys.stderr.write(f"{sentence.text} {sentence.action}\n{log}\n")


def _carry_out(
    parsed: argparse.Namespace, spec: ModelSpec, words: Phrasebook, secrets: Secrets
) -> int:
    # Each command is imported on its own, so that `check` does not load the wire.
    if parsed.command == "practice":
        from dreamina_desktop.practice import command

        return command.run(parsed)
    if parsed.command in ("check", "prepare"):
        return _on_picture(parsed, spec, words)
    if parsed.command in EXPORT_COMMANDS:
        return _on_clips(parsed, words, secrets)
    return _on_profile(parsed, words, secrets)


def _on_picture(parsed: argparse.Namespace, spec: ModelSpec, words: Phrasebook) -> int:
    from dreamina_desktop.cli.check import check, check_prepared
    from dreamina_desktop.cli.limited_preparer import limited_preparer
    from dreamina_desktop.cli.prepare import prepare
    from dreamina_desktop.cli.recipe_options import recipe_of

    recipe = recipe_of(parsed, mended=True)
    with limited_preparer() as preparer:
        picture, as_json = parsed.picture, parsed.json
        if parsed.command == "prepare":
            return prepare(picture, parsed.output, recipe, preparer, spec, words, as_json=as_json)
        if parsed.prepared:
            return check_prepared(picture, recipe, preparer, spec, words, as_json=as_json)
        return check(picture, preparer, spec, words, as_json=as_json)


def _on_clips(parsed: argparse.Namespace, words: Phrasebook, secrets: Secrets) -> int:
    from dreamina_desktop.cli.export_commands import ExportCommands
    from dreamina_desktop.composition import Options, open_profile

    @contextmanager
    def opened() -> Iterator[Profile]:
        options = Options(parsed.data_dir, parsed.api_url, practice=parsed.practice)
        with open_profile(options, os.environ) as profile, _telling_of_damage(profile, words):
            profile.key_sources.watch(secrets.add)
            yield profile

    return ExportCommands(opened, words, as_json=parsed.json).run(parsed)


def _on_profile(parsed: argparse.Namespace, words: Phrasebook, secrets: Secrets) -> int:
    from dreamina_desktop.composition import Options, Profile, open_profile

    options = Options(parsed.data_dir, parsed.api_url, practice=parsed.practice)
    if parsed.command == "diagnostics":
        return _diagnostics(Profile(options, os.environ), parsed, words, secrets)
    with open_profile(options, os.environ) as profile, _telling_of_damage(profile, words):
        profile.key_sources.watch(secrets.add)
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


def _diagnostics(
    profile: Profile, parsed: argparse.Namespace, words: Phrasebook, secrets: Secrets
) -> int:
    """Also of a profile that cannot be opened: that is when they are wanted."""
    from dreamina_desktop.cli.diagnostics import diagnose

    profile.key_sources.watch(secrets.add)
    with closing(profile), _telling_of_damage(profile, words):
        trouble = None
        try:
            profile.open()
        except DreaminaError as error:
            trouble = error
        return diagnose(profile, words, trouble, check=parsed.check, as_json=parsed.json)


@contextmanager
def _telling_of_damage(profile: Profile, words: Phrasebook) -> Iterator[None]:
    """Last of all, where it is read: the list of jobs was damaged, and what came back."""
    try:
        yield
    finally:
        if (found := profile.rebuilt) is not None:
            from dreamina_desktop.words.recovery_words import KEPT_AT, NOTHING_SENT, REBUILT

            counts = (found.jobs, found.of_jobs, found.clips, found.of_clips)
            said = [words.say(REBUILT, *counts), words.say(NOTHING_SENT)]
            if found.set_aside is not None:
                said.append(words.say(KEPT_AT, found.set_aside))
            sys.stderr.write("\n".join((*said, "")))


async def _job_command(
    profile: Profile, parsed: argparse.Namespace, words: Phrasebook, interrupts: Interrupts
) -> int:
    from dreamina_desktop.cli.job_commands import GenerateOptions, JobCommands
    from dreamina_desktop.cli.recipe_options import recipe_of

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
                    parsed.picture,
                    parsed.prompt,
                    parsed.frames,
                    parsed.seed,
                    parsed.output,
                    recipe_of(parsed, mended=parsed.mend),
                    parsed.takes,
                )
            )
        case "resume":
            return await commands.resume(send=parsed.send)
        case "adopt":
            return await commands.adopt(parsed.request_id, parsed.job, new=parsed.new)
        case "resubmit":
            return await commands.resubmit(parsed.job, yes=parsed.yes)
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
