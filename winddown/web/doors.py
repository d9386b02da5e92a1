"""Who may come in, and what goes with every answer. It knows no password: where the page listens is what protects it.

A page elsewhere in the browser may neither read this one nor press its buttons: every form must come from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from winddown.config import Web

SUPERVISOR = "172.30.32.2"
"""From where Home Assistant's Supervisor asks, in every installation."""
LARGEST_BYTES = 4 << 20
"""A note of a megabyte is refused in a sentence, at its field; more is not read."""
RECIPE = "The recipe for a reverse proxy is in docs/page.md of winddown."

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_ALWAYS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Doors:
    """Around everything else."""

    def __init__(self, app: ASGIApp, web: Web) -> None:
        self._app = app
        self._web = web

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    found.setdefault(name, value)
            await send(message)

        app = self._app if refusal is None else refusal
        await app(scope, receive, with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        peer = scope["client"][0] if scope.get("client") else ""
        if self._web.listen.ingress and peer != SUPERVISOR:
            return _refused(403, f"This page answers Home Assistant alone, and not {peer}. {RECIPE}")
        if not self._web.listen.ingress and not self._named(headers.get("host", "")):
            why = "This page is not called so: open it as localhost, or write its name as `name:` under `web:`."
            return _refused(421, f"{why} {RECIPE}")
        if scope["method"] not in ("GET", "HEAD") and not _from_here(headers, ingress=self._web.listen.ingress):
            return _refused(403, f"This form did not come from this page. {RECIPE}")
        return None

    def _named(self, host: str) -> bool:
        """A name that a stranger's page cannot have: else his own name could lead to this machine."""
        name = _name_of(host)
        if name is None or name in ("localhost", self._web.name):
            return name is not None
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False


def _from_here(headers: Headers, *, ingress: bool) -> bool:
    """A browser says from where a form comes; whoever does not say is not one."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    hosts = headers.getlist("host") + (headers.getlist("x-forwarded-host") if ingress else [])
    return _same(headers.get("origin", ""), hosts)


def _same(origin: str, hosts: Iterable[str]) -> bool:
    return urlsplit(origin).netloc.lower() in {host.lower() for host in hosts if host}


def _name_of(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _refused(status: int, why: str) -> PlainTextResponse:
    return PlainTextResponse(f"{why}\n", status)
