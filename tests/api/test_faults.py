from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import httpx
import pytest

from dreamina_desktop.api import faults
from dreamina_desktop.api.faults import LONGEST_WAIT, Call, retry_seconds
from dreamina_desktop.api.redaction import Redactor
from dreamina_desktop.api.wire import Complaint
from dreamina_desktop.core import errors
from tests.api.clients import KEY, NOW

CLEAN = Redactor(KEY)
NOTHING = Complaint(says_error=False, code=None, message="", field="")
POLLS = [call for call in Call if call is not Call.SUBMIT]


def code(number: int) -> Complaint:
    return Complaint(says_error=True, code=number, message="words", field="")


def refused(call: Call, status: int, told: Complaint | None) -> errors.WireError:
    return faults.refused(call, status, told, None, CLEAN)


STATUSES = [
    (400, errors.ProviderRefusedError),
    (401, errors.KeyRefusedError),
    (402, errors.NoBalanceError),
    (403, errors.KeyRefusedError),
    (405, errors.ProviderRefusedError),
    (408, errors.AnswerLateError),
    (409, errors.ProviderRefusedError),
    (413, errors.ProviderRefusedError),
    (422, errors.ProviderRefusedError),
    (429, errors.TooFastError),
    (451, errors.ProviderRefusedError),
    (500, errors.ProviderTroubleError),
    (502, errors.ProviderTroubleError),
    (503, errors.ProviderTroubleError),
    (599, errors.ProviderTroubleError),
    (511, errors.PortalPageError),
    (101, errors.AnswerUnreadableError),
    (301, errors.PortalPageError),
    (307, errors.PortalPageError),
]


def lost_if_submit(kind: type[errors.WireError]) -> type[errors.WireError]:
    return errors.AnswerLostError if kind is errors.AnswerLateError else kind


@pytest.mark.parametrize(("status", "kind"), STATUSES)
def test_each_status(status: int, kind: type[errors.WireError]) -> None:
    for call in Call:
        error = refused(call, status, NOTHING)
        assert type(error) is (lost_if_submit(kind) if call is Call.SUBMIT else kind)
        assert error.status == status


@pytest.mark.parametrize(("status", "kind"), STATUSES)
def test_a_submit_is_judged_by_its_status_whatever_the_body(
    status: int, kind: type[errors.WireError]
) -> None:
    assert type(refused(Call.SUBMIT, status, None)) is lost_if_submit(kind)


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 410, 422, 451])
def test_a_page_instead_of_json_says_nothing_of_a_request(status: int) -> None:
    for call in POLLS:
        assert type(refused(call, status, None)) is errors.AnswerUnreadableError
        told = faults.refused(call, status, None, None, CLEAN, page=True)
        assert type(told) is errors.PortalPageError


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (Call.SUBMIT, errors.NoSuchModelError),
        (Call.PRICE, errors.NoSuchModelError),
        (Call.STATUS, errors.NoSuchRequestError),
        (Call.RESULT, errors.NoSuchRequestError),
        (Call.CANCEL, errors.NoSuchRequestError),
        (Call.BALANCE, errors.ProviderRefusedError),
    ],
)
def test_what_404_is_about(call: Call, kind: type[errors.WireError]) -> None:
    assert type(refused(call, 404, NOTHING)) is kind


CODES = [
    (400001, errors.NoSuchModelError),
    (400002, errors.NoBalanceError),
    (400004, errors.KeyRefusedError),
    (403001, errors.NotYoursError),
    (404001, errors.NoSuchRequestError),
    (400999, errors.ProviderRefusedError),
]


@pytest.mark.parametrize(("number", "kind"), CODES)
def test_each_code(number: int, kind: type[errors.WireError]) -> None:
    for call in Call:
        error = refused(call, 400, code(number))
        assert type(error) is kind
        assert (error.provider_code, error.provider_message) == (number, "words")
        inside = faults.refused_in_success(call, 200, code(number), answered=False, clean=CLEAN)
        assert type(inside) is kind
        assert inside.status == 200


@pytest.mark.parametrize(
    ("status", "number", "kind"),
    [
        (401, 400002, errors.NoBalanceError),
        (402, 400004, errors.KeyRefusedError),
        (403, 403001, errors.NotYoursError),
        (403, 404001, errors.KeyRefusedError),
        (401, 400001, errors.KeyRefusedError),
        (402, 400999, errors.NoBalanceError),
    ],
)
def test_the_accounts_business_stays_the_accounts(
    status: int, number: int, kind: type[errors.WireError]
) -> None:
    assert type(refused(Call.SUBMIT, status, code(number))) is kind


@pytest.mark.parametrize("status", [408, 429, 500, 302])
def test_a_code_does_not_outweigh_doubt(status: int) -> None:
    kind = dict(STATUSES).get(status, errors.PortalPageError)
    assert type(refused(Call.SUBMIT, status, code(400004))) is lost_if_submit(kind)


def test_an_accepted_submit_outweighs_any_error_beside_it() -> None:
    for told in (code(400004), code(400999), NOTHING, None):
        assert faults.refused_in_success(Call.SUBMIT, 200, told, answered=True, clean=CLEAN) is None


def test_beside_an_answer_only_the_apis_own_codes_are_errors() -> None:
    for number, kind in CODES[:-1]:
        found = faults.refused_in_success(
            Call.STATUS, 200, code(number), answered=True, clean=CLEAN
        )
        assert type(found) is kind
    makers = faults.refused_in_success(Call.RESULT, 200, code(50412), answered=True, clean=CLEAN)
    assert makers is None


def test_no_error_in_a_success() -> None:
    for told in (NOTHING, None):
        assert (
            faults.refused_in_success(Call.STATUS, 200, told, answered=False, clean=CLEAN) is None
        )


def test_a_refusal_names_field_and_message_without_secrets() -> None:
    told = Complaint(True, 400999, f"bad {KEY} at https://a.example/?sig=1", "prompt")
    for error in (
        faults.refused(Call.SUBMIT, 422, told, None, CLEAN),
        faults.refused_in_success(Call.SUBMIT, 200, told, answered=False, clean=CLEAN),
    ):
        assert isinstance(error, errors.ProviderRefusedError)
        assert error.field == "prompt"
        assert error.provider_message == "bad … at https://a.example/?…"
        assert KEY not in str(error)


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_is_told(status: int) -> None:
    error = faults.refused(Call.STATUS, status, NOTHING, 7.5, CLEAN)
    assert isinstance(error, errors.ProviderTroubleError)
    assert error.retry_after == 7.5


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 120 ", 120.0),
        ("1.5", 1.5),
        ("+3", 3.0),
        ("-3", 0.0),
        ("9" * 300, LONGEST_WAIT),
        ("1" * 400, None),
        ("Sun, 01 Mar 2026 12:01:30 GMT", 90.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Sunday, 01-Mar-26 12:00:05 GMT", 5.0),
        ("Sun Mar  1 12:00:05 2026", 5.0),
        ("Sun, 01 Mar 2026 12:00:05 -0000", 5.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("Sun, 01 Mar 99999999 12:00:00 GMT", None),
        ("Sun, 99 Mar 2026 12:00:00 GMT", None),
        ("inf", None),
        ("nan", None),
        ("1e3", None),
        ("٣", None),
        ("soon", None),
        ("7, 9", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_seconds(header, NOW) == seconds


def test_retry_after_as_a_date_goes_by_the_clock_that_is_handed_in() -> None:
    moment = datetime(2030, 5, 5, tzinfo=timezone(timedelta(hours=9)))
    header = format_datetime((moment + timedelta(seconds=44)).astimezone(UTC), usegmt=True)
    assert retry_seconds(header, moment) == 44.0


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("x"),
        httpx.ConnectTimeout("x"),
        httpx.PoolTimeout("x"),
        httpx.ProxyError("x"),
        httpx.UnsupportedProtocol("x"),
        faults.ForbiddenAddressError("x"),
    ],
)
def test_before_anything_is_sent(error: Exception) -> None:
    found = faults.unanswered(Call.SUBMIT, error, unsent=False, clean=CLEAN)
    assert isinstance(found, errors.NotSentError)


UNSURE = [
    httpx.WriteError("x"),
    httpx.WriteTimeout("x"),
    httpx.ReadError("x"),
    httpx.ReadTimeout("x"),
    httpx.CloseError("x"),
    httpx.RemoteProtocolError("x"),
    httpx.LocalProtocolError("x"),
    httpx.DecodingError("x"),
    httpx.StreamError("x"),
    # The library raises it over the Location of an answer, too.
    httpx.InvalidURL("x"),
    TimeoutError(),
    OSError("x"),
    UnicodeError("x"),
    RuntimeError("x"),
]


@pytest.mark.parametrize("error", UNSURE)
def test_in_doubt_the_answer_is_lost(error: Exception) -> None:
    found = faults.unanswered(Call.SUBMIT, error, unsent=False, clean=CLEAN)
    assert type(found) is errors.AnswerLostError
    assert type(error).__name__ in found.detail


@pytest.mark.parametrize("error", UNSURE)
def test_a_question_whose_answer_is_lost_may_be_asked_again(error: Exception) -> None:
    late = isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout | TimeoutError)
    for call in POLLS:
        found = faults.unanswered(call, error, unsent=False, clean=CLEAN)
        assert type(found) is (errors.AnswerLateError if late else errors.ConnectionLostError)


@pytest.mark.parametrize("error", UNSURE)
def test_what_was_seen_not_to_leave_was_not_sent(error: Exception) -> None:
    found = faults.unanswered(Call.SUBMIT, error, unsent=True, clean=CLEAN)
    assert isinstance(found, errors.NotSentError)


def test_the_text_of_a_library_is_cleaned() -> None:
    error = httpx.ReadError(f"https://a.example/x?sig=1 said {KEY}")
    found = faults.unanswered(Call.STATUS, error, unsent=False, clean=CLEAN)
    assert str(found) == "connection_lost: status: ReadError (https://a.example/x?… said …)"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, errors.AddressExpiredError),
        (403, errors.AddressExpiredError),
        (404, errors.AddressExpiredError),
        (410, errors.AddressExpiredError),
        (301, errors.DownloadError),
        (307, errors.DownloadError),
        (304, errors.DownloadError),
        (204, errors.DownloadError),
        (206, errors.DownloadError),
        (400, errors.DownloadError),
        (408, errors.DownloadError),
        (429, errors.DownloadError),
        (500, errors.DownloadError),
        (503, errors.DownloadError),
    ],
)
def test_downloads(status: int, kind: type[errors.DownloadError]) -> None:
    assert type(faults.not_delivered(status)) is kind


def test_a_host_of_results_may_say_when_to_come_back() -> None:
    assert faults.not_delivered(503, 7.5).retry_after == 7.5
    assert faults.not_delivered(503).retry_after is None


@pytest.mark.parametrize(
    ("body", "page"),
    [
        (b"<!DOCTYPE html>", True),
        (b"\xef\xbb\xbf \r\n\t<html>", True),
        (b"{}", False),
        (b"Service unavailable", False),
        (b"", False),
    ],
)
def test_a_page_for_people(body: bytes, page: bool) -> None:
    assert faults.is_page(body) is page


def test_a_download_that_broke() -> None:
    error = faults.undelivered(httpx.ReadTimeout("at https://a.example/x?sig=1"), CLEAN)
    assert type(error) is errors.DownloadError
    assert "sig" not in str(error)
    forbidden = faults.undelivered(faults.ForbiddenAddressError("x"), CLEAN)
    assert type(forbidden) is errors.DetourRefusedError
