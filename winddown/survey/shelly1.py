"""Shelly devices of the first generation, by what they announce when they are asked to. From documentation.

Their models are known here by name, because an announcement tells no more; others are left out, and most are sensors.
"""

from __future__ import annotations

from collections.abc import Iterator

from winddown import payload as read
from winddown.model import Message, Press
from winddown.survey.finding import ON_OFF, Finding, abilities, button, lamp, profile_of, refused
from winddown.survey.heard import Heard, Places

_DIMMERS = frozenset({"SHDM-1", "SHDM-2", "SHVIN-1", "SHDIMW-1"})
_WHITES = frozenset({"SHBDUO-1"})
_COLOURED = frozenset({"SHBLB-1", "SHCB-1"})
_STRIPS = frozenset({"SHRGBW2"})
_RELAYS = {
    "SHSW-1": 1,
    "SHSW-L": 1,
    "SHSW-PM": 1,
    "SHPLG-1": 1,
    "SHPLG-S": 1,
    "SHPLG-U1": 1,
    "SHPLG2-1": 1,
    "SHSW-21": 2,
    "SHSW-25": 2,
    "SHUNI-1": 2,
    "SHSW-44": 4,
}
"""How many relays it has."""
_BUTTONS = {"SHBTN-1": 1, "SHBTN-2": 1, "SHIX3-1": 3}
"""How many inputs it has."""


def filters(places: Places) -> tuple[str, ...]:  # noqa: ARG001  Shelly's topics are its own
    """Where they announce themselves, all together and, newer ones, each on its own."""
    return ("shellies/announce", "shellies/+/announce")


def questions() -> tuple[Message, ...]:
    """Asks all of them who they are."""
    return (Message("shellies/command", "announce"),)


def find(heard: Heard, places: Places) -> Iterator[Finding]:  # noqa: ARG001  one place for all
    """The lamps, relays and inputs of each that announced itself."""
    announced: dict[str, dict[str, object]] = {}
    for message in heard.all:
        if message.topic.startswith("shellies/") and message.topic.endswith("/announce"):
            said = read.as_object(message.payload) or {}
            if isinstance(said.get("id"), str) and isinstance(said.get("model"), str):
                announced.setdefault(str(said["id"]), {}).update(said)
    for name, said in announced.items():
        yield from _device(name, str(said["model"]), said.get("mode"))


def _device(name: str, model: str, mode: object) -> Iterator[Finding]:
    if model in _DIMMERS | _WHITES | _COLOURED:
        yield _lamp(name, model)
    elif model in _STRIPS:
        yield from _strip(name, model, mode)
    elif model in _BUTTONS:
        for number in range(_BUTTONS[model]):
            only = number if _BUTTONS[model] > 1 else None
            yield button("shelly1", name, tuple(Press), model, beside={"button": only})
    elif mode == "roller":
        yield refused("other", f"shelly1/{name}", "a roller; winddown leaves blinds alone", model)
    elif model in _RELAYS:
        for number in range(_RELAYS[model]):
            relay = f"shellies/{name}/relay/{number}"
            words = {"on": "on", "off": "off", "state_topic": relay}
            yield lamp("generic", f"{relay}/command", ON_OFF, model, plug=True, beside=words)


def _lamp(name: str, model: str, output: str | None = None) -> Finding:
    white = model in _WHITES
    hint = " · while it shows white" if model in _COLOURED else ""
    return lamp(
        "shelly1",
        name,
        abilities(profile_of("shelly1", white)) + hint,
        model,
        beside={"white": white or None, "output": output},
    )


def _strip(name: str, model: str, mode: object) -> Iterator[Finding]:
    if mode == "color":
        yield refused("lamp", f"shelly1/{name}", "it is in its mode color; set it to white", model)
        return
    for number in range(4):
        yield _lamp(name, model, output=f"white/{number}")
