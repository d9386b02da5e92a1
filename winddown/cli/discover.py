"""The verb `discover`: what lamps and buttons a broker knows, and which button is which. It changes nothing."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from winddown import clock
from winddown.cli.broker import HostOption, PortOption, TlsOption, UsernameOption, broker, look_around, password_for
from winddown.cli.durations import duration
from winddown.cli.options import ConfigArgument
from winddown.errors import UsageError

if TYPE_CHECKING:
    from winddown.config import Mqtt
    from winddown.shell.remote import Remote
    from winddown.survey import Finding, Listener, Places, Pressed


def register(app: typer.Typer) -> None:
    """Add this verb."""
    app.command(epilog="Example: winddown discover --host 192.168.1.10   ·   winddown discover --listen '30 s'")(
        discover
    )


def discover(
    config: ConfigArgument = None,
    host: HostOption = None,
    port: PortOption = None,
    username: UsernameOption = None,
    tls: TlsOption = False,
    listen_s: Annotated[
        float | None,
        typer.Option(
            "--listen",
            parser=duration,
            metavar="TIME",
            help="Name the button that is pressed, so long; in a terminal until Ctrl-C. `0 s`: not at all.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """See every lamp and button that the broker knows, as YAML writes it, and press one to see which it is."""
    mqtt, places = _where(config, host, port, username, tls=tls)
    terminal = sys.stdout.isatty() and not as_json
    if terminal:
        typer.echo(f"Looking around on {mqtt.host}:{mqtt.port} …\n")
    found = look_around(mqtt, places)
    _show(found, mqtt, terminal=terminal, as_json=as_json)
    if listen_s is None and not terminal:
        return
    if listen_s is None or listen_s > 0:
        _listen(mqtt, found, listen_s, terminal=terminal, as_json=as_json)


def _where(
    config: Path | None, host: str | None, port: int | None, username: str | None, *, tls: bool
) -> tuple[Mqtt, Places]:
    """The broker of the options, else of the configuration, else of this machine."""
    from winddown.config import find, load
    from winddown.survey import Places

    if host is not None or port is not None or username is not None or tls:
        if config is not None:
            raise UsageError("the configuration names its broker: leave out either CONFIG or --host and its like")
        return broker(host or "localhost", port, username, password_for(username), tls=tls), Places()
    try:
        path = config or find()
    except UsageError:
        typer.echo("no configuration here, so the broker of this machine; --host names another", err=True)
        return broker("localhost", None, None, None, tls=False), Places()
    house = load(path).config
    return house.mqtt, Places(house.mqtt.prefix, house.mqtt.zigbee2mqtt, house.home_assistant.prefix)


# ---------------------------------------------------------------- showing


def _show(found: tuple[Finding, ...], mqtt: Mqtt, *, terminal: bool, as_json: bool) -> None:
    if not found:
        typer.echo(
            f"{mqtt.host}:{mqtt.port} tells of no lamp and no button: is Zigbee2MQTT, or what else you have, on this "
            "broker, and may this user read its topics?",
            err=True,
        )
    elif terminal:
        from winddown.cli.survey_view import show

        show(found)
    else:
        for one in found:
            typer.echo(_as_json(one) if as_json else _as_line(one))


def _as_line(one: Finding) -> str:
    return "\t".join((one.kind, one.written, f"no: {one.why_not}" if one.why_not else one.can, one.model))


def _as_json(one: Finding) -> str:
    told = {
        "kind": one.kind,
        "address": one.written if one.driver is not None else None,
        "name": one.written,
        "can": one.can,
        "presses": [press.value for press in one.presses],
        "model": one.model,
        "why_not": one.why_not or None,
    }
    return json.dumps(told, ensure_ascii=False)


# ---------------------------------------------------------------- listening


def _listen(mqtt: Mqtt, found: tuple[Finding, ...], listen_s: float | None, *, terminal: bool, as_json: bool) -> None:
    from winddown.shell.remote import Remote
    from winddown.survey import Listener

    listener = Listener(found)
    with Remote(mqtt, listener.topics(), qos=0) as remote:
        remote.connect()
        end = "Ctrl-C ends." if listen_s is None else f"{listen_s:g} s."
        typer.echo(f"Press a button now, and it is named here. {end}", err=not terminal)
        heard = _until(remote, listener, listen_s, as_json=as_json)
    if not heard:
        typer.echo(
            "No button was heard. A battery button sleeps: press it once to wake it, then again. `discover` hears what "
            "its table lists, and Shelly, Tasmota and ESPHome besides.",
            err=True,
        )


def _until(remote: Remote, listener: Listener, listen_s: float | None, *, as_json: bool) -> int:
    """Name what is pressed, until the time is over; how often that was."""
    until_boot = None if listen_s is None else clock.now().boot + listen_s
    heard = 0
    while until_boot is None or clock.now().boot < until_boot:
        message = remote.hear(None if until_boot is None else max(until_boot - clock.now().boot, 0.0))
        pressed = None if message is None else listener.hear(message)
        if pressed is not None:
            heard += 1
            typer.echo(_pressed_json(pressed) if as_json else _pressed_line(pressed))
            sys.stdout.flush()
    return heard


def _pressed_line(pressed: Pressed) -> str:
    at = datetime.fromtimestamp(clock.now().wall, UTC).astimezone()
    made = f"a {pressed.press.value} press" if pressed.press is not None else "no press"
    return f"{at:%H:%M:%S}  {pressed.button}  “{pressed.said}” is {made}"


def _pressed_json(pressed: Pressed) -> str:
    press = None if pressed.press is None else pressed.press.value
    return json.dumps({"button": pressed.button, "said": pressed.said, "press": press}, ensure_ascii=False)
