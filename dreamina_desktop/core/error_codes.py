"""Codes of errors that are told alike, as a row of a job or an event carries them."""

from __future__ import annotations

from dreamina_desktop.core.errors import (
    CertificateRefusedError,
    ClipFolderError,
    ClipFolderFullError,
    ClipFolderMissingError,
    ConnectTimeOutError,
    DatabaseBusyError,
    DatabaseDamagedError,
    DiskError,
    NameNotFoundError,
    NotSentError,
    OfflineError,
    ProxyLoginError,
    ProxyTroubleError,
    TlsFailedError,
)
from dreamina_desktop.core.hosting_errors import HostingError

NOT_SENT_CODES = frozenset(
    kind.code
    for kind in (
        NotSentError,
        OfflineError,
        NameNotFoundError,
        ConnectTimeOutError,
        TlsFailedError,
        CertificateRefusedError,
        ProxyTroubleError,
        ProxyLoginError,
    )
)
"""Codes of ``NotSentError`` and its kinds."""

CLIP_FOLDER_CODES = frozenset(
    {ClipFolderError.code, ClipFolderMissingError.code, ClipFolderFullError.code}
)
"""What a row says while its clip waits for its folder. It goes on by itself."""

DISK_CODES = frozenset({DiskError.code, DatabaseDamagedError.code, DatabaseBusyError.code})
"""What stops all jobs, not one alone."""


def _codes(kind: type[HostingError]) -> frozenset[str]:
    return frozenset({kind.code}).union(*(_codes(one) for one in kind.__subclasses__()))


HOSTING_CODES = _codes(HostingError)
"""Codes of ``HostingError`` and its kinds: what a row says while its picture has no address."""
