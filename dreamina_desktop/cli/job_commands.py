"""The commands that carry jobs: ``generate``, ``resume``, ``adopt``, ``resend``, ``cancel``."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from dreamina_desktop.cli.errand import Errand, Outcome, nothing_more_happens
from dreamina_desktop.cli.exit_code import ExitCode
from dreamina_desktop.cli.json_output import print_job, print_jobs, print_nothing_sent
from dreamina_desktop.cli.prices import ask_price, clip_total, price_line
from dreamina_desktop.cli.progress import Progress
from dreamina_desktop.cli.report import Report
from dreamina_desktop.composition import Profile
from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import (
    DreaminaError,
    InputRefusedError,
    NoSuchJobError,
    PictureMissingError,
)
from dreamina_desktop.core.job import FINAL, Hold, Job, JobState
from dreamina_desktop.core.ports import ModelApi
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.jobs.recovery import is_stale
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words import command_line_words as text


@dataclass(frozen=True, slots=True)
class GenerateOptions:
    """``generate`` as typed; ``picture`` is a path or an address."""

    picture: str
    prompt: str
    frames: int
    seed: int | None
    output: Path | None


class JobCommands:
    """One command on one profile. ``again`` is the program's name with the options to repeat."""

    def __init__(
        self, profile: Profile, words: Phrasebook, *, wait: float, as_json: bool, again: str
    ) -> None:
        self._profile = profile
        self._words = words
        self._as_json = as_json
        self._progress = Progress(sys.stderr, words)
        self._errand = Errand(profile, self._progress, wait)
        self._report = Report(self._progress, words, again)

    async def generate(self, options: GenerateOptions) -> ExitCode:
        """From a picture to its clip."""
        if self._profile.is_practice:
            self._progress.say(self._words.say(text.PRACTICE_NOTE))
        try:
            job = self._prepare(options)
        except (InputRefusedError, PictureMissingError) as error:
            self._refused(options, error)
            return ExitCode.INPUT
        spec = job.spec
        if spec is not None:
            self._progress.say(self._words.say(text.SEED_IS, spec.seed))

        async def say_price(api: ModelApi) -> None:
            price = await self._ask_price(api)
            line = price_line(price, options.frames, self._profile.spec, self._words)
            self._progress.say(line)

        outcome = await self._errand.carry((job.id,), before=say_price)
        return self._conclude_one(outcome)

    async def resume(self, *, send: bool) -> ExitCode:
        """Everything that is not finished goes on; what waits for a word only with ``send``."""
        repository, realm = self._profile.repository, self._profile.realm
        jobs = repository.unfinished(realm)
        foreign = sum(1 for job in repository.all() if self._is_foreign(job))
        if foreign:
            self._progress.say(self._words.say(text.OTHER_API, foreign))
        if not jobs:
            self._progress.say(self._words.say(text.NOTHING_TO_RESUME))
        now = self._profile.clock.now()
        waiting = []
        for job in jobs:
            old = job.hold is Hold.CONFIRM or is_stale(job, now)
            if old and not send:
                waiting.append(job)
                if job.hold is None:
                    repository.change(job, replace(job, hold=Hold.CONFIRM))
            elif job.hold is not None or job.resting:
                self._profile.commands.release(job)

        async def say_total(api: ModelApi) -> None:
            if waiting:
                self._say_waiting(await self._ask_price(api), tuple(waiting))

        outcome = Outcome((), key_refused=False, interrupted=False)
        if jobs:
            ids = tuple(job.id for job in jobs)
            outcome = await self._errand.carry(ids, before=say_total)
        code = self._report.conclude(outcome, quiet_files=self._as_json)
        if self._as_json:
            print_jobs(outcome.jobs, self._words)
        return code

    async def adopt(self, request_id: str, job: str | None, *, new: bool) -> ExitCode:
        """Follow a request by its id, to its file."""
        doubtful = [
            row
            for row in self._profile.repository.unfinished(self._profile.realm)
            if row.state is JobState.UNKNOWN
        ]
        job_id = self._find(job).id if job is not None else None
        if job is None and not new and doubtful:
            if len(doubtful) > 1:
                names = ", ".join(row.id for row in doubtful)
                self._progress.say(self._words.say(text.WHICH_IN_DOUBT, names))
                return ExitCode.INPUT
            job_id = doubtful[0].id
            self._progress.say(self._words.say(text.ADOPTED_AS, job_id))
        adopted = self._profile.commands.adopt(request_id, job_id)
        return self._conclude_one(await self._errand.carry((adopted.id,)))

    async def resend(self, job: str) -> ExitCode:
        """A job in doubt is sent again, on the user's word."""
        sent = self._profile.commands.send_again(self._find(job).id)
        return self._conclude_one(await self._errand.carry((sent.id,)))

    async def cancel(self, job: str) -> ExitCode:
        """Cancel, and tell the truth about it. 0 only when it is cancelled."""
        found = self._profile.commands.cancel(self._find(job).id)
        outcome = Outcome((found,), key_refused=False, interrupted=False)
        if found.cancel_wanted:
            outcome = await self._errand.carry((found.id,), _cancel_is_answered)
        (row,) = outcome.jobs
        if self._as_json:
            print_job(row, self._words)
        if row.state is JobState.CANCELLED:
            self._progress.say(self._words.say(text.CANCELLED, row.id))
            return ExitCode.DONE
        if row.state is JobState.UNKNOWN:
            self._progress.say(self._words.say(text.CANNOT_CANCEL_DOUBT, row.id))
            return ExitCode.RESUMABLE
        if row.cancel_wanted:
            return ExitCode.KEY if outcome.key_refused else ExitCode.RESUMABLE
        if row.state in FINAL:
            state = self._words.state(row.state)
            self._progress.say(self._words.say(text.ALREADY_OVER, row.id, state))
        else:
            self._progress.say(self._words.say(text.TOO_LATE, row.id))
        return ExitCode.PROVIDER

    def _prepare(self, options: GenerateOptions) -> Job:
        is_address = "://" in options.picture
        picture = None
        if not is_address:
            picture = self._profile.preparer.prepare(Path(options.picture))
        return self._profile.preparation.prepare(
            TakeRequest(
                source=options.picture if is_address else str(Path(options.picture).resolve()),
                picture=picture,
                prompt=options.prompt,
                frames=options.frames,
                seed=options.seed,
                folder=str(options.output.resolve()) if options.output else None,
            )
        )

    def _refused(self, options: GenerateOptions, error: DreaminaError) -> None:
        sentence = self._words.error(error)
        self._progress.say(f"{sentence.text} {sentence.action}")
        if self._as_json:
            print_nothing_sent(
                prompt=options.prompt,
                frames=options.frames,
                seed=options.seed,
                code=error.code,
                message=sentence.text,
            )

    def _conclude_one(self, outcome: Outcome) -> ExitCode:
        code = self._report.conclude(outcome, quiet_files=self._as_json)
        if self._as_json:
            print_job(outcome.jobs[0], self._words)
        return code

    async def _ask_price(self, api: ModelApi) -> Price | None:
        profile = self._profile
        return await ask_price(api, profile.repository, profile.clock, profile.spec.model_id)

    def _say_waiting(self, price: Price | None, waiting: tuple[Job, ...]) -> None:
        total: Decimal | None = Decimal(0)
        for job in waiting:
            one = None
            if price is not None and job.spec is not None:
                one = clip_total(price, job.spec.frames, self._profile.spec)
            total = None if one is None or total is None else total + one
        amount = self._words.say(text.AMOUNT_UNKNOWN)
        if total is not None:
            amount = self._words.say(text.AMOUNT, total)
        self._report.say_waiting(len(waiting), amount)

    def _find(self, name: str) -> Job:
        """A job by its id or the unambiguous beginning of it. Raises NoSuchJobError."""
        found = [job for job in self._profile.repository.all() if job.id.startswith(name)]
        exact = [job for job in found if job.id == name]
        if len(exact or found) != 1:
            raise NoSuchJobError(name)
        return (exact or found)[0]

    def _is_foreign(self, job: Job) -> bool:
        return job.realm != self._profile.realm and job.state not in FINAL


def _cancel_is_answered(job: Job) -> bool:
    return not job.cancel_wanted or nothing_more_happens(job)
