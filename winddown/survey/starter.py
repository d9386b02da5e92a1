"""The first configuration of a house, as a person would write it: short, and with a word on what else there is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from winddown.survey.finding import scalar

_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said."""

    host: str
    room: str
    bedtime: str
    lights: tuple[str, ...]
    """Each as it is written in the YAML."""
    buttons: tuple[str, ...] = ()
    port: int | None = None
    """None: the usual one."""
    tls: bool = False
    username: str | None = None
    secret: str | None = None
    """What secrets.yaml calls the password; None: there is none."""
    timezone: str | None = None
    language: str = "en"


def starter(said: Answers) -> str:
    """The file. What it says is only what was answered; the rest is comment."""
    parts = (
        "# winddown: what stands beside your bed. `winddown check` reads this file and tells every mistake at once.",
        *_house(said),
        "",
        "mqtt:",
        *_broker(said),
        "",
        "rooms:",
        f"  {scalar(said.room)}:",
        f'    bedtime: "{said.bedtime}"           # or by evening: {{default: "22:45", sat: "00:30", wed: off}}',
        '    #wake: "07:00"             # what was muted comes back at this time; this is what holds without the line',
        "    #runway: 45 min            # how long the lamps take on their way down",
        "    lights:                    # the first one breathes",
        *(f"      {scalar(name)}: {written}" for name, written in _named(said.lights)),
        *_button(said.buttons),
        *_QUIET,
    )
    return "\n".join(parts) + "\n"


_QUIET = (
    "    #quiet:                    # mute what chats, not what warns; each needs `state` or `restore`",
    "    #  - topic: home/speaker/volume/set",
    "    #    state: home/speaker/volume     # what it said before is put back at wake",
    '    #    mute: "0"',
    '    #  - {topic: home/phone/dnd/set, mute: priority_only, restore: "off"}',
)


def _house(said: Answers) -> Iterable[str]:
    if said.timezone is not None:
        yield f"timezone: {said.timezone}"
    yield f"language: {said.language}                   # of the cues: en or nl"


def _broker(said: Answers) -> Iterable[str]:
    yield f"  host: {scalar(said.host)}"
    if said.port is not None:
        yield f"  port: {said.port}"
    if said.tls:
        yield "  tls: true"
    if said.username is not None:
        yield f"  username: {scalar(said.username)}"
    if said.secret is not None:
        yield f"  password: !secret {said.secret}   # from secrets.yaml beside this file"


def _button(buttons: tuple[str, ...]) -> Iterable[str]:
    if not buttons:
        yield "    #button: zigbee2mqtt/bedside_button   # `winddown discover` says which button is which"
    elif len(buttons) == 1:
        yield f"    button: {buttons[0]}"
    else:
        yield "    button:"
        yield from (f"      - {written}" for written in buttons)


def _named(lights: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """Each lamp with a short name of its own, which is what states and sentences call it."""
    taken: set[str] = set()
    for written in lights:
        name = first = _short(written)
        number = 2
        while name in taken:
            name, number = f"{first}_{number}", number + 1
        taken.add(name)
        yield name, written


def _short(written: str) -> str:
    address = re.sub(r"^\{?\"?\w+(?:/|: )", "", written)
    address = address.removeprefix("{on_topic: ").split(",")[0].strip('"{} ')
    last = re.sub(r"/(set|command)$", "", address).rsplit("/", 1)[-1]
    last += "".join(re.findall(r", endpoint(: \w+)", written))
    name = re.sub(r"[\W_]+", "_", last).strip("_").lower()
    return name if name and not name[0].isdigit() else f"lamp_{name}".rstrip("_")
