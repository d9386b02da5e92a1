"""The virtual bedroom on its wires: two lamps, a phone and a button, on a client of their own. It knows no evening."""

from __future__ import annotations

import threading
from collections.abc import Callable

from winddown import clock
from winddown.demo.devices import Device, Happening, Phone, Shown, SteppedLamp, ZigbeeLamp, pressed
from winddown.demo.guest import Guest
from winddown.model import Press


class Bedroom:
    """What stands in it obeys whoever commands it over MQTT."""

    def __init__(self, port: int, seen: Callable[[Happening], None]) -> None:
        self._bedside, self._shelf, self._phone = ZigbeeLamp(), SteppedLamp(), Phone()
        self._devices: tuple[Device, ...] = (self._bedside, self._shelf, self._phone)
        self._listening = {topic: device for device in self._devices for topic in device.topics}
        self._seen = seen
        self._lock = threading.Lock()
        self._guest = Guest(port, tuple(self._listening), self._heard)

    def start(self) -> None:
        """The power comes on: both lamps, and a phone that rings."""
        self._guest.start()
        for device in self._devices:
            for message in device.begin():
                self._guest.say(message)

    def stop(self) -> None:
        """The power goes off."""
        self._guest.stop()

    def lamps(self) -> dict[str, Shown]:
        """What the lamps truly show now, mid-fade too."""
        with self._lock:
            boot = clock.now().boot
            return {lamp.name: lamp.shows(boot) for lamp in (self._bedside, self._shelf)}

    @property
    def muted(self) -> bool:
        """The phone keeps quiet."""
        return self._phone.mode != "off"

    def press(self, press: Press) -> None:
        """A finger on the button."""
        self._guest.say(pressed(press))

    def _heard(self, topic: str, payload: bytes) -> None:
        with self._lock:
            answers, happening = self._listening[topic].hear(topic, payload, clock.now().boot)
        for message in answers:
            self._guest.say(message)
        if happening is not None:
            self._seen(happening)
