"""Every button on the page reaches a real daemon, and through it a real lamp."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from conftest import Neighbour
from web_stage import House, Phone, room

DAY, EVENING = 3 * 3600.0, 20 * 60.0

ASKED = [
    ("start", "Begin now", DAY, "start"),
    ("release", "Let go", DAY, "release"),
    ("breathe", "Breathe", DAY, "breathe"),
    ("dark", "Dark", DAY, "dark"),
    ("to_bed", "To bed", EVENING, "go_to_bed"),
    ("later", "Later", EVENING, "later"),
    ("skip", "Skip tonight", EVENING, "skip"),
    ("stop", "Stop, and leave me alone", EVENING, "stop"),
]
"""A room for each: its name, the button, how far away its bedtime is, what is sent."""


@pytest.fixture(scope="module")
def house(home: Callable[..., House]) -> House:
    return home("rooms:\n" + "".join(room(name, bedtime) for name, _, bedtime, _ in ASKED))


@pytest.fixture
def listener(house: House) -> Iterator[Callable[[str], Neighbour]]:
    came: list[Neighbour] = []

    def come(name: str) -> Neighbour:
        topics = (f"winddown/{name}/command", f"home/{name}/set", f"winddown/{name}/state")
        came.append(Neighbour(house.broker.port, topics, "", 4))  # type: ignore[arg-type]  # MQTT 3.1.1, by its number
        return came[-1]

    yield come
    for one in came:
        one.leave()


def lamp_is_known(heard: Neighbour, name: str) -> None:
    """From then on the lamp of an evening is in hand, and `stop` has something to leave alone."""
    states = (json.loads(text) for topic, text in iter(heard.hear, None) if topic.endswith("/state"))
    assert any(one["lights"][name]["level"] is not None for one in states)


@pytest.mark.parametrize(("name", "label", "_bedtime", "order"), ASKED, ids=[one[0] for one in ASKED])
def test_a_button_reaches_the_daemon_and_the_lamp(
    house: House, phone: Callable[..., Phone], listener: Callable[[str], Neighbour], name, label, _bedtime, order
) -> None:
    page = phone(house).open(name)
    page.locator("#ask button:enabled").first.wait_for()
    heard = listener(name)
    lamp_is_known(heard, name)

    page.get_by_role("button", name=label, exact=True).click()

    page.get_by_text(f"{label}: asked.").wait_for()
    said = heard.hear_until(f"winddown/{name}/command", order)
    while name != "skip" and (last := heard.hear())[0] != f"home/{name}/set":
        said.append(last)
    if name == "skip":  # what it does to a lamp is to leave it alone
        states = (json.loads(text) for topic, text in iter(heard.hear, None) if topic.endswith("/state"))
        assert next(one for one in states if one["tonight"]["skipped"])["phase"] == "day"
