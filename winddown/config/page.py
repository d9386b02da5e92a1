"""The keys of the page: where it listens, and by what name a proxy calls it. It opens no port.

The page asks for no password, so it listens where nobody can come by themselves: on this machine, or behind the
Supervisor of Home Assistant. Everybody else is the business of a reverse proxy, which does ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated, Any

from pydantic.json_schema import JsonSchemaValue

from winddown.config.mistakes import shown, wrong
from winddown.config.scalars import Scalar
from winddown.config.section import Section

PORT = 8722
INGRESS = "ingress"
RECIPE = "docs/page.md"
"""Where it stands how others get in."""

_FORM = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^\s:\[\]/@]+)(?::(?P<port>\d{1,5}))?")
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the page is to be had."""

    host: str = "127.0.0.1"
    port: int = PORT

    @property
    def ingress(self) -> bool:
        """Behind Home Assistant: on every address of its container, for the Supervisor alone."""
        return self.host == INGRESS

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class ListenText(Scalar):
    """`127.0.0.1:8722`, or `ingress`; the port may be left out."""

    def read(self, value: object) -> object:
        if isinstance(value, Listen):
            return value
        found = _FORM.fullmatch(value) if isinstance(value, str) else None
        port = int(found["port"] or PORT) if found else 0
        if found is None or not 1 <= port <= 65_535:
            raise wrong(f"{shown(value)} is no address with a port, write for example 127.0.0.1:{PORT}")
        return Listen(_here(found["host"].strip("[]"), port), port)

    def write(self, value: Any) -> object:
        return str(value)

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "string", "pattern": rf"^({INGRESS}|localhost|127\.[0-9.]+|\[::1\])(:\d{{1,5}})?$"}


def _here(host: str, port: int) -> str:
    """The address, if it is one of this machine alone."""
    if host == INGRESS:
        return host
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise wrong(f"{shown(host)} is no address, write 127.0.0.1:{port}, or {INGRESS}") from None
    if not address.is_loopback:
        raise wrong(
            f"{shown(host)} would let in whoever reaches it, for the page asks for no password; write 127.0.0.1:{port} "
            f"and put a reverse proxy that asks for one before it: {RECIPE}"
        )
    return str(address)


class ProxyName(Scalar):
    """A host's name."""

    def read(self, value: object) -> object:
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise wrong(f"{shown(value)} is no host's name, write it as in the browser, for example bed.home.arpa")
        return value.lower()

    def editor_schema(self) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{_NAME.pattern.replace('a-z', 'a-zA-Z')}$"}


class Web(Section):
    """The page for a phone in the dark room."""

    listen: Annotated[Listen, ListenText()] = Listen()
    """127.0.0.1 and a port, or `ingress` in the app for Home Assistant; nowhere else, for it asks no password."""
    name: Annotated[str, ProxyName()] | None = None
    """The name in the browser's address, where a reverse proxy stands before it."""
