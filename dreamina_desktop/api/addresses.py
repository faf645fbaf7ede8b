"""Where the program may go: the API's origins, its addresses, and which results may be fetched."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

import httpx

from dreamina_desktop.core.errors import (
    AddressRefusedError,
    DetourRefusedError,
    NoSuchRequestError,
)

MODEL_API = "https://model-api.runcomfy.net"
ACCOUNT_API = "https://api.runcomfy.net"
LONGEST_REQUEST_ID = 200

_NUMBER = re.compile(r"\d+|0x[\da-f]*", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# What a network with IPv6 alone makes of IPv4 addresses (RFC 6052); judged by what is inside.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

type IpAddress = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host (ASCII, lower case) and port: what a key is bound to."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: httpx.URL) -> Origin:
        """The origin of an address; port 0 for a scheme that is not HTTP."""
        return cls(url.scheme, ascii_host(url), port_of(url))

    @property
    def is_loopback(self) -> bool:
        """Whether the host is this computer by its very name."""
        return is_loopback_host(self.host)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS.get(self.scheme) else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


@dataclass(frozen=True, slots=True)
class ApiOrigins:
    """The API's two hosts. All addresses are built from here; none that an answer gives is used."""

    models: Origin
    account: Origin

    @classmethod
    def at(cls, api_url: str | None = None) -> ApiOrigins:
        """The provider's hosts, or one origin that stands for both.

        Raises ValueError, which never quotes the address, unless ``api_url`` is a bare origin:
        ``https://host[:port]``, or ``http://`` on loopback.
        """
        if api_url is None:
            return cls(_origin(MODEL_API), _origin(ACCOUNT_API))
        origin = _origin(api_url)
        return cls(origin, origin)

    @property
    def is_loopback(self) -> bool:
        """Whether all of the API is on this computer (practice mode, tests)."""
        return self.models.is_loopback and self.account.is_loopback

    def __contains__(self, origin: object) -> bool:
        return origin in (self.models, self.account)

    def model(self, model_id: str) -> str:
        """Where a model is described (GET) and submitted to (POST)."""
        return f"{self.models}/v1/models/{quote(model_id, safe='/')}"

    def request(self, request_id: str, action: str) -> str:
        """Where a request is asked for; ``action`` is status, result or cancel.

        Raises NoSuchRequestError for an id that cannot be one.
        """
        if not is_request_id(request_id):
            raise NoSuchRequestError("not a request id")
        return f"{self.models}/v1/requests/{quote(request_id, safe='')}/{action}"

    def balance(self) -> str:
        """Where the account's balance is."""
        return f"{self.account}/prod/v2/balance"


@dataclass(frozen=True, slots=True)
class ResultAddresses:
    """Which addresses of results may be fetched: public ones over HTTPS.

    ``loopback`` also allows this computer, over plain HTTP and at any port: for an API that is
    itself on loopback.
    """

    loopback: bool

    def check(self, address: str) -> httpx.URL:
        """The address as it will be fetched; raises AddressRefusedError."""
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, ValueError):
            raise AddressRefusedError("not an address") from None
        if not url.host or not 0 < port_of(url) < 65536:
            raise AddressRefusedError("no host, or no such port")
        if url.userinfo:
            # It would travel as a password of whoever wrote the address.
            raise AddressRefusedError("names a user")
        if url.scheme != "https" and not (
            url.scheme == "http" and self.loopback and is_loopback_host(ascii_host(url))
        ):
            raise AddressRefusedError("not HTTPS")
        if not self._may_be_named(url):
            raise AddressRefusedError("private address")
        return url

    def check_next(self, url: httpx.URL, location: str) -> httpx.URL:
        """Where a redirect from ``url`` leads; raises DetourRefusedError."""
        try:
            following = self.check(str(url.join(location)))
        except (httpx.InvalidURL, ValueError, AddressRefusedError):
            raise DetourRefusedError("redirect") from None
        if url.scheme == "https" != following.scheme:
            raise DetourRefusedError("redirect to plain HTTP")
        return following

    def _may_be_named(self, url: httpx.URL) -> bool:
        """Whether the host is a name of the DNS, or an address that may be connected to."""
        host = ascii_host(url)
        if is_loopback_host(host):
            return self.loopback
        try:
            return self.permits(url.scheme, ipaddress.ip_address(host))
        except ValueError:
            # Resolvers take 2130706433 and 0x7f.1 for addresses too; no name ends in a number.
            return _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]) is None

    def permits(self, scheme: str, ip: IpAddress) -> bool:
        """Whether a connection may be made to ``ip``, which the host's name resolved to."""
        if ip.is_loopback:
            return self.loopback
        return scheme == "https" and is_public(ip)


def only_loopback(_scheme: str, ip: IpAddress) -> bool:
    """The rule for an API on loopback: whatever its name resolves to, the key stays here."""
    return ip.is_loopback


def is_request_id(text: str) -> bool:
    """Whether ``text`` can be a request id: one plain part of a path, printable, not too long."""
    return (
        0 < len(text) <= LONGEST_REQUEST_ID
        and text.isprintable()
        and text == text.strip()
        and "/" not in text
        and "\\" not in text
        and text not in (".", "..")
    )


def is_loopback_host(host: str) -> bool:
    """Whether a host is this computer: ``localhost`` or a loopback address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(ip: IpAddress) -> bool:
    """Whether an address belongs to the public internet: no private, local or reserved one."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(ip.ipv4_mapped)
        if ip in _NAT64:
            return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
        return ip in _GLOBAL_UNICAST and ip.is_global and ip.sixtofour is None
    return ip.is_global and not ip.is_multicast


def port_of(url: httpx.URL) -> int:
    """The port that is connected to; 0 for a scheme that is not HTTP."""
    return _DEFAULT_PORTS.get(url.scheme, 0) if url.port is None else url.port


def ascii_host(url: httpx.URL) -> str:
    """The host as it is resolved and compared."""
    return url.raw_host.decode("ascii").lower()


def _origin(text: str) -> Origin:
    try:
        url = httpx.URL(text.strip())
    except httpx.InvalidURL:
        raise ValueError("not an address") from None
    if url.userinfo or url.query or url.fragment or url.path not in ("", "/"):
        raise ValueError("more than scheme, host and port")
    origin = Origin.of(url)
    if not origin.host or not 0 < origin.port < 65536:
        raise ValueError("no host, or no such port")
    if origin.scheme != "https" and not (origin.scheme == "http" and origin.is_loopback):
        raise ValueError("neither HTTPS nor HTTP on loopback")
    return origin
