"""Everything that can be wrong with a bucket has its words."""

from __future__ import annotations

from dreamina_desktop.core.bucket_finding import BucketStep, StepOutcome
from dreamina_desktop.core.hosting_errors import BucketKeysRefusedError, HostingError
from dreamina_desktop.core.job import JobError
from dreamina_desktop.words import Phrasebook
from dreamina_desktop.words.error_words import ERROR_WORDS
from dreamina_desktop.words.hosting_words import HOSTING_WORDS, OUTCOME_WORDS, STEP_TITLES


def test_every_kind_of_trouble_has_its_words() -> None:
    kinds = [HostingError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert sorted(kind.code for kind in kinds) == sorted(HOSTING_WORDS)
    assert not HOSTING_WORDS.keys() & ERROR_WORDS.keys()
    assert set(STEP_TITLES) == set(BucketStep)
    assert set(OUTCOME_WORDS) == set(StepOutcome)


def test_the_service_is_quoted() -> None:
    error = BucketKeysRefusedError("put: HTTP 403", provider_message="No such key.")
    said = Phrasebook().error(error)
    assert said.text == "The bucket's service refused the keys. “No such key.”"
    assert said.action
    job_error = JobError(error.code, error.provider_message)
    assert Phrasebook().job_error(job_error).text == said.text
