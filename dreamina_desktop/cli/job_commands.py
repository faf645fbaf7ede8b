"""The commands that carry jobs: ``generate``, ``resume``, ``adopt``, ``cancel``, ``resubmit``."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from dreamina_desktop.cli.errand import Errand, Outcome, nothing_more_happens
from dreamina_desktop.cli.evidence_lines import EvidenceLines
from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.interrupts import Interrupts
from dreamina_desktop.cli.job_finding import find_job
from dreamina_desktop.cli.json_output import print_job, print_jobs
from dreamina_desktop.cli.limited_preparer import limited_preparer
from dreamina_desktop.cli.prices import ask_price, clip_total, price_line
from dreamina_desktop.cli.progress import Progress
from dreamina_desktop.cli.report import Report
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import (
    PracticeUnavailableError,
    StateChangedError,
)
from dreamina_desktop.core.job import FINAL, Hold, Job, JobState
from dreamina_desktop.core.ports import AccountApi
from dreamina_desktop.core.recipe import Recipe
from dreamina_desktop.core.verdict import Severity
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.jobs.recovery import is_stale
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text

_FOR_EVIDENCE = timedelta(seconds=3)
"""How long a command waits for the balance after a submit that ended in doubt."""


@dataclass(frozen=True, slots=True)
class GenerateOptions:
    """``generate`` as typed; ``picture`` is a path or an address."""

    picture: str
    prompt: str
    frames: int
    seed: int | None
    output: Path | None
    recipe: Recipe
    takes: int = 1


class JobCommands:
    """One command on one profile. ``again`` is the program's name with the options to repeat."""

    def __init__(
        self,
        profile: Profile,
        words: Phrasebook,
        interrupts: Interrupts,
        *,
        wait: float,
        as_json: bool,
        again: str,
    ) -> None:
        self._profile = profile
        self._words = words
        self._as_json = as_json
        self._progress = Progress(sys.stderr, words)
        self._interrupts = interrupts
        self._again = again
        self._errand = Errand(profile, self._progress, interrupts, wait)
        self._evidence = EvidenceLines(profile, words)
        self._report = Report(self._progress, words, self._evidence, again)

    async def generate(self, options: GenerateOptions) -> ExitCode:
        """From a picture to its clips. Raises what keeps it from becoming a job at all."""
        if self._profile.is_practice:
            self._progress.say(self._words.say(text.PRACTICE_NOTE))
        self._profile.check_api()
        jobs = self._prepare(options)
        for job in jobs:
            if job.spec is not None:
                self._progress.say(self._words.say(text.SEED_IS, job.spec.seed))

        def say_price(price: Price | None) -> None:
            spec, takes = self._profile.spec, options.takes
            self._progress.say(price_line(price, options.frames, spec, self._words, takes))

        async def ask_and_say(api: AccountApi) -> None:
            say_price(await self._ask_price(api))

        def say_last() -> None:
            say_price(self._profile.repository.latest_price(self._profile.spec.model_id))

        ids = tuple(job.id for job in jobs)
        outcome = await self._errand.carry(
            ids, self._is_settled, before=ask_and_say, beside=say_last
        )
        return self._conclude_one(outcome) if len(ids) == 1 else self._conclude_all(outcome)

    async def resume(self, *, send: bool) -> ExitCode:
        """Everything that is not finished goes on; what waits for a word only with ``send``."""
        repository = self._profile.repository
        jobs = self._unfinished()
        foreign = sum(1 for job in repository.all() if self._is_foreign(job))
        if foreign:
            self._progress.say(self._words.say(text.OTHER_API, foreign))
        if not jobs:
            self._progress.say(self._words.say(text.NOTHING_TO_RESUME))
        now = self._profile.clock.now()
        waiting = []
        for job in jobs:
            old = job.hold is Hold.CONFIRM or is_stale(job, now)
            # Somebody else may do the same in this very moment; then there is nothing to do.
            with suppress(StateChangedError):
                if old and not send:
                    waiting.append(job)
                    repository.change(job, replace(job, hold=Hold.CONFIRM, error=None))
                elif job.hold is not None or job.resting:
                    self._profile.commands.release(job)

        async def say_total(api: AccountApi) -> None:
            if waiting:
                self._say_waiting(await self._ask_price(api), tuple(waiting))

        outcome = Outcome(())
        if jobs:
            ids = tuple(job.id for job in jobs)
            outcome = await self._errand.carry(ids, self._is_settled, before=say_total)
        return self._conclude_all(outcome)

    async def adopt(self, request_id: str, job: str | None, *, new: bool) -> ExitCode:
        """Follow a request by its id, to its file.

        Raises what the provider says about a request that is not there or not ours: then nothing
        has been changed.
        """
        commands = self._profile.commands
        named = self._find(job).id if job is not None else None
        known = commands.following(request_id)
        if known is not None and (known.file is None or Path(known.file).is_file()):
            followed = commands.adopt(request_id, named)
            return self._conclude_one(await self._errand.carry((followed.id,), self._is_settled))
        doubtful = [row for row in self._unfinished() if row.state is JobState.UNKNOWN]
        if named is None and not new and known is None:
            if len(doubtful) > 1:
                names = ", ".join(row.id for row in doubtful)
                self._progress.say(self._words.say(text.WHICH_IN_DOUBT, names))
                return ExitCode.INPUT
            named = doubtful[0].id if doubtful else None
        await self._see(request_id)
        adopted = commands.adopt(request_id, named, anew=known is not None)
        if named is not None and job is None:
            self._progress.say(self._words.say(text.ADOPTED_AS, adopted.id))
        return self._conclude_one(await self._errand.carry((adopted.id,), self._is_settled))

    async def _see(self, request_id: str) -> None:
        """Ask the provider about a request before anything is changed for it."""
        try:
            async with self._profile.wire() as wire:
                await wire.api.status(request_id)
        except PracticeUnavailableError:
            # Practice mode's server belongs to the window that is open; it will answer the poll.
            return

    async def resubmit(self, job: str, *, yes: bool) -> ExitCode:
        """A job in doubt is sent again, on the user's word, once the price has been named.

        ``yes`` is that word, for scripts; on a terminal it is asked for.
        """
        doubtful = self._find(job)
        if doubtful.state is not JobState.UNKNOWN:
            raise StateChangedError(doubtful.id)
        say = self._words.say
        self._report.say_evidence(doubtful)
        amount = await self._price_of(doubtful)
        self._progress.say(say(text.AGAIN_COSTS, doubtful.id, amount))
        if not yes and not sys.stdin.isatty():
            again = f"{self._again} resubmit {doubtful.id} --yes"
            self._progress.say(say(text.SAY_YES, again))
            return self._leave_in_doubt(doubtful)
        if not yes and not self._asks_yes(say(text.SEND_AGAIN)):
            self._progress.say(say(text.NOTHING_SENT, doubtful.id))
            return self._leave_in_doubt(doubtful)
        sent = self._profile.commands.send_again(doubtful.id)
        return self._conclude_one(await self._errand.carry((sent.id,), self._is_settled))

    async def _price_of(self, job: Job) -> str:
        """What sending a job costs, in words; as asked now, or else as it was known last."""
        price = None
        try:
            async with self._profile.wire() as wire:
                price = await self._ask_price(wire.api)
        except PracticeUnavailableError:
            # Its server belongs to the window that is open.
            pass
        if price is None:
            price = self._profile.repository.latest_price(self._profile.spec.model_id)
        return self._amount(price, (job,))

    def _asks_yes(self, question: str) -> bool:
        """Whether the person at the terminal says yes. Raises KeyboardInterrupt."""
        # Nothing is under way that could be torn, and somebody who presses Ctrl+C means no.
        self._interrupts.listen(_interrupt)
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")

    def _leave_in_doubt(self, job: Job) -> ExitCode:
        if self._as_json:
            self._print(job)
        return ExitCode.RESUMABLE

    async def cancel(self, job: str) -> ExitCode:
        """Cancel, and tell the truth about it. 0 only when it is cancelled."""
        found = self._profile.commands.cancel(self._find(job).id)
        outcome = Outcome((found,))
        if found.cancel_wanted:
            outcome = await self._errand.carry((found.id,), _cancel_is_answered)
        (row,) = outcome.jobs
        if self._as_json:
            self._print(row)
        if row.state is JobState.CANCELLED:
            self._progress.say(self._words.say(text.CANCELLED, row.id))
            return ExitCode.DONE
        if row.state is JobState.UNKNOWN:
            self._progress.say(self._words.say(text.CANNOT_CANCEL_DOUBT, row.id))
            return ExitCode.RESUMABLE
        if row.state in FINAL:
            state = self._words.state(row.state)
            self._progress.say(self._words.say(text.ALREADY_OVER, row.id, state))
            return ExitCode.PROVIDER
        if row.cancel_wanted:
            self._report.say_kept(row)
            if outcome.key_refused:
                return ExitCode.KEY
            return ExitCode.NETWORK if outcome.unreachable else ExitCode.RESUMABLE
        if row.error is not None and row.error.code == "cancel_refused":
            self._progress.say(self._words.job_error(row.error).text)
        else:
            self._progress.say(self._words.say(text.TOO_LATE, row.id))
        return ExitCode.PROVIDER

    def _prepare(self, options: GenerateOptions) -> tuple[Job, ...]:
        is_address = "://" in options.picture
        picture = None
        if not is_address:
            with limited_preparer() as preparer:
                picture = preparer.prepare(Path(options.picture), options.recipe)
            for change in picture.changes:
                self._progress.say(self._words.change(change))
        folder = None
        if options.output is not None:
            folder = self._profile.media.usable_folder(options.output.absolute())
        request = TakeRequest(
            source=options.picture if is_address else str(Path(options.picture).absolute()),
            picture=picture,
            prompt=options.prompt,
            frames=options.frames,
            seed=options.seed,
            folder=str(folder) if folder is not None else None,
            travel=self._profile.settings.travel,
        )
        for verdict in self._profile.preparation.verdicts(request):
            if verdict.severity is Severity.WARNING:
                self._progress.say(self._words.verdict(verdict))
        return self._profile.preparation.prepare_takes(request, options.takes)

    def _conclude_one(self, outcome: Outcome) -> ExitCode:
        code = self._report.conclude(outcome, quiet_files=self._as_json)
        if self._as_json:
            self._print(outcome.jobs[0])
        return code

    def _conclude_all(self, outcome: Outcome) -> ExitCode:
        code = self._report.conclude(outcome, quiet_files=self._as_json)
        if self._as_json:
            print_jobs(outcome.jobs, self._words, self._evidence.of(outcome.jobs))
        return code

    def _print(self, job: Job) -> None:
        print_job(job, self._words, self._evidence.of((job,)).get(job.id))

    def _is_settled(self, job: Job) -> bool:
        """Whether a job stays where it is; one in doubt when the balance is known, or soon."""
        if job.state is not JobState.UNKNOWN:
            return nothing_more_happens(job)
        known = self._evidence.of((job,)).get(job.id)
        if known is None or known.after is not None or known.ended is None:
            return True
        return not timedelta(0) <= self._profile.clock.now() - known.ended < _FOR_EVIDENCE

    async def _ask_price(self, api: AccountApi) -> Price | None:
        profile = self._profile
        return await ask_price(api, profile.repository, profile.clock, profile.spec.model_id)

    def _say_waiting(self, price: Price | None, waiting: tuple[Job, ...]) -> None:
        self._report.say_waiting(len(waiting), self._amount(price, waiting))

    def _amount(self, price: Price | None, jobs: tuple[Job, ...]) -> str:
        """The total for these jobs in words."""
        total: Decimal | None = Decimal(0)
        for job in jobs:
            one = None
            if price is not None and job.spec is not None:
                one = clip_total(price, job.spec.frames, self._profile.spec)
            total = None if one is None or total is None else total + one
        if total is None:
            return self._words.say(text.AMOUNT_UNKNOWN)
        return self._words.say(text.AMOUNT, total)

    def _find(self, name: str) -> Job:
        """A job by its id or the unambiguous beginning of it. Raises NoSuchJobError."""
        return find_job(self._profile, name)

    def _unfinished(self) -> tuple[Job, ...]:
        return self._profile.repository.unfinished(self._profile.realm)

    def _is_foreign(self, job: Job) -> bool:
        return job.realm != self._profile.realm and job.state not in FINAL


def _interrupt() -> None:
    raise KeyboardInterrupt


def _cancel_is_answered(job: Job) -> bool:
    return not job.cancel_wanted or nothing_more_happens(job)
