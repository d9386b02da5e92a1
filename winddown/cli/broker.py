"""How a verb names a broker without a configuration, and what it hears there. Takes no password as a flag."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from winddown.errors import UsageError

if TYPE_CHECKING:
    from winddown.config import Mqtt
    from winddown.survey import Finding, Places

PASSWORD_ENV = "WINDDOWN_MQTT_PASSWORD"  # noqa: S105  the name of a variable

HostOption = Annotated[str | None, typer.Option(metavar="H", help="The broker's name or address.")]
PortOption = Annotated[int | None, typer.Option(metavar="P", min=1, max=65535, help="Its port; 1883, with --tls 8883.")]
UsernameOption = Annotated[
    str | None,
    typer.Option(metavar="U", help=f"Who we are there. The password is asked for, or taken from {PASSWORD_ENV}."),
]
TlsOption = Annotated[bool, typer.Option("--tls", help="Encrypt; trusts what this machine trusts.")]


def broker(host: str, port: int | None, username: str | None, password: str | None, *, tls: bool) -> Mqtt:
    """The broker that the options name. UsageError."""
    from pydantic import ValidationError

    from winddown.config import Mqtt

    given = {"host": host, "port": port, "username": username, "password": password, "tls": tls}
    try:
        return Mqtt.model_validate({key: value for key, value in given.items() if value is not None})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise UsageError(f"--{problem['loc'][0]} {problem['msg']}") from None


def password_for(username: str | None) -> str | None:
    """From the environment, else from the person; None where there is neither."""
    if username is None:
        return None
    said = os.environ.get(PASSWORD_ENV)
    if said is None and sys.stdin.isatty():
        said = ask_password(username)
    return said or None


def ask_password(username: str) -> str | None:
    """What a person types, unseen; None for nothing. UsageError where it is broken off."""
    try:
        return getpass.getpass(f"Password of {username}: ") or None
    except EOFError:
        raise UsageError(f"the password of {username} was not given, and nothing was done") from None


def look_around(mqtt: Mqtt, places: Places) -> tuple[Finding, ...]:
    """Everything on the broker that could be a lamp or a button. WinddownError, BrokerError."""
    import logging

    from winddown.shell.gather import gather
    from winddown.shell.log import log_to_stderr
    from winddown.shell.remote import Remote
    from winddown.survey import filters, questions, survey

    log_to_stderr(logging.CRITICAL)
    # At QoS 1 a broker holds back a thousand messages at most, and drops the others without a word.
    with Remote(mqtt, filters(places), qos=0) as remote:
        remote.connect()
        heard = gather(remote, questions)
    return survey(heard, places)
