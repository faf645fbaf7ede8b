"""Which way a request goes: through the system's proxy, or straight to checked addresses."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import urllib.request
from collections.abc import Awaitable, Callable

import httpx

from dreamina_desktop.api.addresses import IpAddress, ascii_host, is_loopback_host, port_of
from dreamina_desktop.api.faults import ForbiddenAddressError
from dreamina_desktop.api.unsent import is_tls
from dreamina_desktop.core.redaction import CUT

type Permits = Callable[[str, IpAddress], bool]
type Resolve = Callable[[str, int], Awaitable[tuple[IpAddress, ...]]]


class RoutedTransport(httpx.AsyncBaseTransport):
    """Sends over HTTP/1.1; nothing is retried.

    ``permits`` (scheme, address) says which addresses a name may stand for; the connection is
    made to the very address that was checked, so that a name cannot change its mind in between.
    Without it names are connected to as usual. A proxy resolves names itself and is not checked;
    it is the system's own (``HTTPS_PROXY``, ``NO_PROXY``, macOS and Windows settings), read at
    each request, and never used for loopback.
    """

    def __init__(
        self,
        tls: ssl.SSLContext,
        *,
        keep_alive: float | None,
        permits: Permits | None = None,
        resolve: Resolve | None = None,
    ) -> None:
        """``keep_alive``: seconds that an idle connection is kept, None for one per request."""
        self._tls = tls
        self._limits = httpx.Limits(
            max_connections=None,
            max_keepalive_connections=0 if keep_alive is None else 4,
            keepalive_expiry=keep_alive,
        )
        self._permits = permits
        self._resolve = resolve or resolve_host
        self._direct = self._open(None)
        self._proxied: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx's errors; ForbiddenAddressError when no address is permitted."""
        host = ascii_host(request.url)
        # In a thread, for Windows may ask the DNS about its list of exceptions.
        asked = asyncio.to_thread(proxy_for, request.url.scheme, host)
        proxy = await _in_time_to_connect(request, asked)
        if proxy is not None:
            return await self._send_through(proxy, request)
        if self._permits is None:
            return await self._direct.handle_async_request(request)
        return await self._to_checked(request, host, self._permits)

    async def aclose(self) -> None:
        """Close every connection."""
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    async def _to_checked(
        self, request: httpx.Request, host: str, permits: Permits
    ) -> httpx.Response:
        found = await self._addresses(request, host)
        permitted = [ip for ip in found if permits(request.url.scheme, ip)]
        if not permitted:
            raise ForbiddenAddressError("no permitted address", request=request)
        for ip in permitted[:-1]:
            try:
                return await self._direct.handle_async_request(_aimed(request, ip, host))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await self._direct.handle_async_request(_aimed(request, permitted[-1], host))

    async def _addresses(self, request: httpx.Request, host: str) -> tuple[IpAddress, ...]:
        try:
            return (ipaddress.ip_address(host),)
        except ValueError:
            pass
        try:
            return await _in_time_to_connect(request, self._resolve(host, port_of(request.url)))
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(str(error), request=request) from error

    async def _send_through(self, proxy: str, request: httpx.Request) -> httpx.Response:
        try:
            return await self._through(proxy).handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if is_tls(error):
                raise
            # To the proxy, or by it: there is no other connection to be made.
            raise httpx.ProxyError("not connected", request=request) from error

    def _through(self, proxy: str) -> httpx.AsyncHTTPTransport:
        if proxy not in self._proxied:
            try:
                self._proxied[proxy] = self._open(httpx.Proxy(proxy))
            except (ValueError, ImportError, httpx.InvalidURL):
                # Its address may hold a password: not a word of it.
                raise httpx.ProxyError("this kind of proxy cannot be used") from None
        return self._proxied[proxy]

    def _open(self, proxy: httpx.Proxy | None) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(
            verify=self._tls, trust_env=False, limits=self._limits, proxy=proxy
        )


def proxy_for(scheme: str, host: str) -> str | None:
    """The system's proxy for a host, None for none. Loopback never has one."""
    if is_loopback_host(host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or urllib.request.proxy_bypass(host):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def without_login(proxy: str) -> str:
    """Scheme, host and port of a proxy's address, for people.

    ``CUT`` alone for one that is read otherwise than it was meant: it may hold a password anywhere.
    """
    try:
        url = httpx.URL(proxy)
    except httpx.InvalidURL:
        return CUT
    if not url.host or url.path not in ("", "/") or url.query or url.fragment:
        return CUT
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


async def resolve_host(host: str, port: int) -> tuple[IpAddress, ...]:
    """What the system's resolver says of a name, in its order. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # A link-local address comes with its interface behind a percent sign.
    texts = [str(address[0]).partition("%")[0] for *_, address in found]
    return tuple(dict.fromkeys(ipaddress.ip_address(text) for text in texts))


async def _in_time_to_connect[T](request: httpx.Request, answer: Awaitable[T]) -> T:
    """Asking the system where to go is part of connecting; it can hang like the rest."""
    try:
        async with asyncio.timeout(request.extensions["timeout"]["connect"]):
            return await answer
    except TimeoutError:
        raise httpx.ConnectTimeout("no way found in time", request=request) from None


def _aimed(request: httpx.Request, ip: IpAddress, host: str) -> httpx.Request:
    """The same request to one address; certificate and Host header go by the name as before."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(ip)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
