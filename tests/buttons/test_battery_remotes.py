"""Battery remotes as Zigbee2MQTT's converters (26.112) name their actions, every second model: understood as they are?

`has` is what a person reads on the remote: of single, double and hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from winddown.buttons.actions import understand
from winddown.model import Press

REMOTES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("battery_remotes.json").read_text("utf-8"))
NEEDS_A_MAPPING = {
    "8718699693985": "says `press` when touched, before a hold too, and `on` and `off` in turn",
    "73743": "a click is only `up` or `down`, as on a remote for blinds",
}
"""As docs/buttons.md has it."""
NO_PRESS = {"release", "released", "stop", "recall", "store", "rotate", "rotation", "open", "close", "arm", "disarm"}
NO_PRESS |= {"emergency", "panic", "shake", "flip90", "flip180", "tap", "triple", "quadruple", "step", "hue", "color"}
MEANT_BY_LETTING_GO = "press_release", "short_release"


def names(remotes: list[dict[str, Any]]) -> list[str]:
    return [f"{one['vendor']} {one['model']}" for one in remotes]


def is_understood(remote: dict[str, Any]) -> bool:
    presses = {understand(action) for action in remote["actions"].split()}
    return set(remote["has"]) <= presses and remote["model"] not in NEEDS_A_MAPPING


def test_nineteen_of_twenty_need_no_mapping_and_the_rest_are_listed_with_the_reason() -> None:
    rest = [one for one in REMOTES if not is_understood(one)]

    assert {one["model"] for one in rest} == set(NEEDS_A_MAPPING)
    assert len(rest) <= 0.05 * len(REMOTES)
    documented = (Path(__file__).parents[2] / "docs" / "buttons.md").read_text("utf-8")
    assert all(one["model"] in documented for one in rest)
    assert f"{len(REMOTES)} battery remotes, half of them all), {len(REMOTES) - len(rest)} are understood" in documented


@pytest.mark.parametrize("remote", REMOTES, ids=names(REMOTES))
def test_what_is_no_press_gives_none(remote: dict[str, Any]) -> None:
    given = {action for action in remote["actions"].split() if understand(action) is not None}

    assert not {
        action for action in given if NO_PRESS & set(action.split("_")) and not action.endswith(MEANT_BY_LETTING_GO)
    }


@pytest.mark.parametrize("remote", REMOTES, ids=names(REMOTES))
def test_what_it_has_not_it_does_not_give(remote: dict[str, Any]) -> None:
    assert {understand(action) for action in remote["actions"].split()} <= {None, *map(Press, remote["has"])}
