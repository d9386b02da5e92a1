"""Where the broker is and who we are there, as the shell needs it. It connects to nothing."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from winddown.errors import ConfigError

if TYPE_CHECKING:
    from winddown.config import Mqtt

Version = Literal[4, 5]
"""Of MQTT, by its number on the line: 4 is 3.1.1."""

_EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Tls:
    """How the line is encrypted; without any of these, by the certificates that the machine trusts."""

    ca: Path | None = None
    """The certificate that signed the broker's."""
    cert: Path | None = None
    """Our own, for a broker that asks for one."""
    key: Path | None = None
    """The key to it."""
    insecure: bool = False
    """Do not compare the broker's name with its certificate."""

    def context(self) -> ssl.SSLContext:
        """Read the files; ConfigError where they cannot be used."""
        try:
            context = ssl.create_default_context(cafile=self.ca)
            if self.cert is not None:
                # Without a password given, OpenSSL would ask for one on the terminal, and a daemon would wait for ever.
                context.load_cert_chain(self.cert, self.key, password="")
        except OSError as error:
            files = ", ".join(str(file) for file in (self.ca, self.cert, self.key) if file is not None)
            raise ConfigError((f"mqtt.tls: {files} cannot be used: {error}",)) from error
        context.check_hostname = not self.insecure
        return context


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the broker is, and who we are there."""

    host: str
    port: int = 1883
    client_id: str
    """Two at a time with the same one throw each other out."""
    version: Version = 5
    """What is tried first."""
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: Tls | None = None
    keepalive_s: int = 15


def address_of(mqtt: Mqtt, client_id: str) -> Address:
    """The broker that the configuration names; the embedded one knows no encryption, and no MQTT but 3.1.1."""
    password = None if mqtt.password is None else mqtt.password.get_secret_value()
    if mqtt.host == _EMBEDDED:
        host, who = _reached_at(mqtt.listen), mqtt.username if password else None
        return Address(host=host, port=mqtt.port, client_id=client_id, version=4, username=who, password=password)
    return Address(
        host=mqtt.host,
        port=mqtt.port,
        client_id=client_id,
        version=mqtt.version,
        username=mqtt.username,
        password=password,
        tls=_tls_of(mqtt),
    )


@contextmanager
def embedded_broker(mqtt: Mqtt) -> Iterator[None]:
    """Where the configuration says `embedded`, a broker that lives as long as the block; UsageError if it cannot."""
    if mqtt.host != _EMBEDDED:
        yield
        return
    from winddown.shell.broker import Broker  # slow, and seldom wanted

    address = address_of(mqtt, "")
    login = None if address.username is None else (address.username, address.password or "")
    broker = Broker(mqtt.port, login, mqtt.listen)
    broker.start()
    try:
        yield
    finally:
        broker.stop()


def _reached_at(listen: str) -> str:
    """From this machine: what listens everywhere also listens here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen, listen)  # noqa: S104  compared, not bound


def _tls_of(mqtt: Mqtt) -> Tls | None:
    match mqtt.tls:
        case True:
            return Tls()
        case False:
            return None
        case files:
            return Tls(files.ca, files.cert, files.key, files.insecure)
