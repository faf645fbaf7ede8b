from __future__ import annotations

from dreamina_desktop.core import errors
from dreamina_desktop.core.verdict import Severity, Verdict, VerdictCode


def tree(root: type[errors.DreaminaError]) -> list[type[errors.DreaminaError]]:
    return [root, *(kind for child in root.__subclasses__() for kind in tree(child))]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in tree(errors.DreaminaError)]
    assert len(codes) == len(set(codes)) > 20


def test_an_error_reads_well_in_a_log() -> None:
    error = errors.ProviderRefusedError(
        "submit", provider_message="No.", provider_code=7, status=422, field="prompt"
    )
    assert str(error) == "provider_refused: submit: No."
    assert (error.field, error.status, error.provider_code) == ("prompt", 422, 7)
    assert str(errors.DiskError()) == "disk"


def test_a_refused_input_carries_its_verdicts() -> None:
    verdict = Verdict(VerdictCode.PROMPT_BLANK, Severity.REFUSED)
    error = errors.InputRefusedError((verdict,))
    assert error.verdicts == (verdict,)
    assert str(error) == "input_refused: prompt_blank"


def test_trouble_may_say_when_to_come_back() -> None:
    assert errors.TooFastError(retry_after=3.5).retry_after == 3.5
