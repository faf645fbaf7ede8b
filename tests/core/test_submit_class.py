from __future__ import annotations

import pytest

from dreamina_desktop.core import errors
from dreamina_desktop.core.job import Hold
from dreamina_desktop.core.submit_class import SubmitClass, classify, hold_of


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (errors.NotSentError(), SubmitClass.NOT_SENT),
        (errors.TooFastError(status=429), SubmitClass.NOT_SENT),
        (errors.KeyRefusedError(status=401), SubmitClass.HELD),
        (errors.KeyMissingError(), SubmitClass.HELD),
        (errors.KeyringError(), SubmitClass.HELD),
        (errors.NotYoursError(status=403), SubmitClass.HELD),
        (errors.NoBalanceError(status=402), SubmitClass.HELD),
        (errors.ProviderRefusedError(status=422), SubmitClass.REJECTED),
        (errors.NoSuchModelError(status=404), SubmitClass.REJECTED),
        (errors.NoSuchRequestError(status=404), SubmitClass.REJECTED),
        (errors.AnswerLostError(), SubmitClass.UNKNOWN),
        (errors.ProviderTroubleError(status=503), SubmitClass.UNKNOWN),
        (errors.AnswerUnreadableError(status=200), SubmitClass.UNKNOWN),
        (RuntimeError("a bug of ours"), SubmitClass.UNKNOWN),
    ],
)
def test_classes(error: Exception, outcome: SubmitClass) -> None:
    assert classify(error) is outcome


def test_holds() -> None:
    assert hold_of(errors.NoBalanceError()) is Hold.BALANCE
    assert hold_of(errors.KeyRefusedError()) is Hold.KEY
