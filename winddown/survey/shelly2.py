"""Shelly devices since the second generation: who is there, and what each says when asked. From documentation.

A question is only read by the device, and its answer comes below its own prefix, where winddown may read already.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from winddown import payload as read
from winddown.model import Message, Press
from winddown.survey.finding import ON_OFF, Finding, abilities, button, lamp, profile_of, refused
from winddown.survey.heard import Heard, Places, at_depths

_ANSWER = "winddown/rpc"
_ASKED = ("Shelly.GetConfig", "Shelly.GetDeviceInfo")
_COLOURS = frozenset({"rgb", "rgbw", "rgbcct"})


def filters(places: Places) -> tuple[str, ...]:  # noqa: ARG001  each has a prefix of its own
    """Who is there, and the answers."""
    return (*at_depths("online", 2), *at_depths(_ANSWER, 2))


def questions(heard: Heard) -> tuple[Message, ...]:
    """Asks each that says it is online, whatever it is, how it is set up and what model it is."""
    return tuple(_question(prefix, method) for prefix in _online(heard) for method in _ASKED)


def find(heard: Heard, places: Places) -> Iterator[Finding]:  # noqa: ARG001  each has a prefix of its own
    """The lamps, switches and inputs of each that answered, and those that did not."""
    answers = _answers(heard)
    for prefix in _online(heard):
        said = answers.get(prefix)
        if said is not None:
            yield from _device(prefix, said)
        elif prefix.rpartition("/")[2].lower().startswith("shelly"):
            yield refused("other", f"shelly2/{prefix}", "it does not answer; switch on RPC over MQTT in its settings")


def _online(heard: Heard) -> list[str]:
    said = heard.ending("online")
    return [prefix for prefix, payload in said if payload == b"true" and not prefix.startswith("shellies/")]


def _question(prefix: str, method: str) -> Message:
    call = {"id": 1, "src": f"{prefix}/winddown", "method": method}
    return Message(f"{prefix}/rpc", json.dumps(call, separators=(",", ":")))


def _answers(heard: Heard) -> dict[str, dict[str, object]]:
    """Both answers of each device in one."""
    answers: dict[str, dict[str, object]] = {}
    for message in heard.all:
        if message.topic.endswith(f"/{_ANSWER}"):
            result = read.object_in((read.as_object(message.payload) or {}).get("result"))
            if result:
                answers.setdefault(message.topic.removesuffix(f"/{_ANSWER}"), {}).update(result)
    return answers


def _device(prefix: str, said: dict[str, object]) -> Iterator[Finding]:
    model = str(read.word(said.get("app")) or read.word(said.get("model")) or "")
    for key in sorted(said):
        kind, _, number = key.partition(":")
        if not number.isdecimal() or len(number) > 2:
            continue
        if found := _component(prefix, kind, number, model, said):
            yield found


def _component(prefix: str, kind: str, number: str, model: str, said: dict[str, object]) -> Finding | None:
    address = prefix if number == "0" else f"{prefix}/{number}"
    match kind:
        case "light" | "cct":
            white = kind == "cct"
            can = abilities(profile_of("shelly2", white)) + _silent(said)
            return lamp("shelly2", address, can, model, beside={"white": white or None})
        case "switch":
            told = f"{prefix}/command/{kind}:{number}"
            return lamp("generic", told, ON_OFF, model, plug=True, beside={"on": "on", "off": "off"})
        case "input":
            return _input(f"{prefix}/{number}", read.object_in(said[f"input:{number}"]) or {}, model, said)
        case "cover":
            return refused("other", f"shelly2/{prefix} {kind}:{number}", "a cover; winddown leaves blinds alone", model)
        case _ if kind in _COLOURS:
            return refused(
                "lamp", f"shelly2/{prefix} {kind}:{number}", "a coloured lamp, which winddown cannot drive", model
            )
        case _:
            return None


def _input(address: str, config: dict[str, object], model: str, said: dict[str, object]) -> Finding:
    if config.get("type") != "button":
        return refused("button", f"shelly2/{address}", "its input is set as a switch; set its type to button", model)
    if read.at_path(said, "mqtt.rpc_ntf") is False:
        return refused("button", f"shelly2/{address}", "switch on RPC status notifications over MQTT", model)
    return button("shelly2", address, tuple(Press), model)


def _silent(said: dict[str, object]) -> str:
    quiet = read.at_path(said, "mqtt.status_ntf") is False and read.at_path(said, "mqtt.rpc_ntf") is False
    return " · says nothing by itself: switch on its notifications" if quiet else ""
