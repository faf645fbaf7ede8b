"""The error tree: everything that can go wrong without being our own bug.

An error carries a code and fields, never a sentence for people (those are in ``words``), and
never a secret. Whatever is raised outside this tree is a bug and goes to the crash log.
"""

from __future__ import annotations

from typing import ClassVar

from dreamina_desktop.core.picture_trouble import PictureTrouble
from dreamina_desktop.core.verdict import Verdict


class DreaminaError(Exception):
    """Root of the tree. ``provider_message`` holds the provider's own words, if it sent any."""

    code: ClassVar[str] = "error"

    def __init__(self, detail: str = "", *, provider_message: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.provider_message = provider_message

    def __str__(self) -> str:
        parts = (self.code, self.detail, self.provider_message)
        return ": ".join(part for part in parts if part)


# ---- input ---------------------------------------------------------------------------------


class InputRefusedError(DreaminaError):
    """Our own check, by the page's rules, says that the model will not take the input."""

    code = "input_refused"

    def __init__(self, verdicts: tuple[Verdict, ...]) -> None:
        super().__init__(", ".join(verdict.code.value for verdict in verdicts))
        self.verdicts = verdicts


class PictureMissingError(DreaminaError):
    """The picture file cannot be opened; ``detail`` is its path, ``trouble`` says why."""

    code = "picture_missing"

    def __init__(self, detail: str = "", trouble: PictureTrouble = PictureTrouble.GONE) -> None:
        super().__init__(detail)
        self.trouble = trouble


class OutputFolderError(DreaminaError):
    """The folder for a clip cannot be made or written to; ``detail`` is its path."""

    code = "output_folder"


class OutputFileError(DreaminaError):
    """A file cannot be written; ``detail`` is its path."""

    code = "output_file"


class OverOriginalError(OutputFileError):
    """A prepared picture would take the place of the picture itself."""

    code = "over_original"


class ApiAddressError(DreaminaError):
    """The address given for the API is no bare origin over HTTPS, or over HTTP on loopback."""

    code = "api_address"


# ---- wire ----------------------------------------------------------------------------------


class WireError(DreaminaError):
    """A call to the provider that did not bring the answer it was made for.

    ``status`` is the HTTP status, ``provider_code`` the body's ``error_code``, where there are.
    """

    code = "wire"

    def __init__(
        self,
        detail: str = "",
        *,
        provider_message: str = "",
        provider_code: int | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(detail, provider_message=provider_message)
        self.provider_code = provider_code
        self.status = status


class NotSentError(WireError):
    """Nothing of the request can have reached the API: refused, no route, DNS, TLS, proxy."""

    code = "not_sent"


class OfflineError(NotSentError):
    """This computer has no way to the network: no route, network down."""

    code = "offline"


class NameNotFoundError(NotSentError):
    """The API's name could not be looked up."""

    code = "name_not_found"


class ConnectTimeOutError(NotSentError):
    """No connection came about in time."""

    code = "connect_time_out"


class TlsFailedError(NotSentError):
    """No secure connection came about: what answered does not speak TLS as it should."""

    code = "tls_failed"


class CertificateRefusedError(TlsFailedError):
    """What answered cannot prove that it is the API."""

    code = "certificate_refused"


class ProxyTroubleError(NotSentError):
    """The proxy cannot be reached or used, or opens no tunnel."""

    code = "proxy_trouble"


class ProxyLoginError(ProxyTroubleError):
    """407: the proxy wants to know who asks."""

    code = "proxy_login"


class AnswerLostError(WireError):
    """The request may have arrived, its answer did not: read time-out, connection lost, 408."""

    code = "answer_lost"


class AnswerLateError(AnswerLostError):
    """No answer in time, to a question that may be asked again."""

    code = "answer_late"


class ConnectionLostError(AnswerLostError):
    """The connection broke before the answer, to a question that may be asked again."""

    code = "connection_lost"


class AnswerUnreadableError(WireError):
    """An answer came that cannot be one of the API's: no JSON, no id, a redirect, too large."""

    code = "answer_unreadable"


class PortalPageError(AnswerUnreadableError):
    """A page or a redirect in place of an answer: something in between speaks, as portals do."""

    code = "portal_page"


class ProviderTroubleError(WireError):
    """5xx: the provider's own trouble. ``retry_after`` in seconds, None when it did not say."""

    code = "provider_trouble"

    def __init__(
        self,
        detail: str = "",
        *,
        provider_message: str = "",
        provider_code: int | None = None,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(
            detail, provider_message=provider_message, provider_code=provider_code, status=status
        )
        self.retry_after = retry_after


class TooFastError(ProviderTroubleError):
    """429: slow down."""

    code = "too_fast"


class KeyRefusedError(WireError):
    """401, 403 or 400004: the key is missing, wrong or revoked."""

    code = "key_refused"


class NoBalanceError(WireError):
    """402 or 400002: the account has no balance left."""

    code = "no_balance"


class NotYoursError(WireError):
    """403001: that request belongs to someone else; says nothing about the key."""

    code = "not_yours"


class NoSuchRequestError(WireError):
    """404 or 404001: the request does not exist, was deleted or has expired."""

    code = "no_such_request"


class NoSuchModelError(WireError):
    """400001, or 404 on a model's address: the provider does not have the model."""

    code = "no_such_model"


class ProviderRefusedError(WireError):
    """Any other 4xx, or a 200 with an error in it. ``field`` names the input, if told."""

    code = "provider_refused"

    def __init__(
        self,
        detail: str = "",
        *,
        provider_message: str = "",
        provider_code: int | None = None,
        status: int | None = None,
        field: str = "",
    ) -> None:
        super().__init__(
            detail, provider_message=provider_message, provider_code=provider_code, status=status
        )
        self.field = field


# ---- results -------------------------------------------------------------------------------


class DownloadError(DreaminaError):
    """A result that could not be fetched now; may be tried again at the same address.

    ``retry_after`` in seconds, None when its host did not say.
    """

    code = "download_failed"

    def __init__(
        self, detail: str = "", *, provider_message: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(detail, provider_message=provider_message)
        self.retry_after = retry_after


class AddressExpiredError(DownloadError):
    """The result's address is no longer served (401, 403, 404, 410): ask for a fresh one."""

    code = "address_expired"


class AddressRefusedError(DownloadError):
    """The result's address is none that we fetch: not HTTPS, or a private address."""

    code = "address_refused"


class DetourRefusedError(DownloadError):
    """The way leads where we do not fetch: a redirect, or what the host's name stands for now.

    Unlike the address itself, both may be the doing of a network that wants a login first.
    """

    code = "detour_refused"


class ClipBrokenError(DownloadError):
    """What was downloaded is no whole clip or picture; ``detail`` says why."""

    code = "clip_broken"


class TooLargeError(DownloadError):
    """The result is larger than any clip of this model can be."""

    code = "too_large"


# ---- disk ----------------------------------------------------------------------------------


class DiskError(DreaminaError):
    """The disk is full, read-only or failing; ``detail`` names the file's role.

    ``folder`` is where, for people; it is in no text of the error, for a path may be private.
    """

    code = "disk"

    def __init__(self, detail: str = "", *, folder: str = "") -> None:
        super().__init__(detail)
        self.folder = folder


class DatabaseDamagedError(DiskError):
    """The list of jobs cannot be read where it could: the next start rebuilds it."""

    code = "database_damaged"


class DatabaseBusyError(DiskError):
    """Another process did not let go of the list of jobs in time."""

    code = "database_busy"


class ClipFolderError(DiskError):
    """The folder of a clip may not be written to; the clip waits for it, whole, in the profile."""

    code = "folder_refused"


class ClipFolderMissingError(ClipFolderError):
    """The folder of a clip was there when the clip was ordered, and is not now."""

    code = "folder_missing"


class ClipFolderFullError(ClipFolderError):
    """There is no room for a clip in its folder."""

    code = "folder_full"


class ProfileBusyError(DreaminaError):
    """Another process holds the profile."""

    code = "profile_busy"


class PracticeUnavailableError(DreaminaError):
    """The practice server could not be started; ``detail`` is what it said."""

    code = "practice_unavailable"


class ProfileTooNewError(DreaminaError):
    """The profile was written by a later version of this program."""

    code = "profile_too_new"


class NoSuchJobError(DreaminaError):
    """No job has that id; ``detail`` is the id."""

    code = "no_such_job"


class AlreadyFollowedError(DreaminaError):
    """Another job follows that request; ``detail`` is its id."""

    code = "already_followed"


class StateChangedError(DreaminaError):
    """The job is no longer in the state that a change was based on (compare-and-set failed)."""

    code = "state_changed"


# ---- key -----------------------------------------------------------------------------------


class KeyMissingError(DreaminaError):
    """There is no key: neither in the environment nor in the keyring."""

    code = "key_missing"


class KeyringError(KeyMissingError):
    """The keyring that may hold the key cannot be used; ``detail`` says why."""

    code = "keyring_unusable"
