"""A network that can be cut: a namespace with one end of a cable in it. It wants root and iproute2; it starts nothing.

A program that runs behind it reaches this machine at `here`. When the cable is pulled nobody is told: what either side
sends goes nowhere, and each believes that the other is there. That is what a Wi-Fi without power looks like.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


class NoCableError(Exception):
    """Here no network may be made; says why."""


class Cable:
    """Between this machine and a namespace of its own."""

    def __init__(self) -> None:
        number = os.getpid() % 16_384
        self.name = f"winddown{number}"
        self._end = f"wd{number}"
        """Its end on this side."""
        net = f"10.213.{number // 64}"
        self.here, self._there = (f"{net}.{number % 64 * 4 + last}" for last in (1, 2))

    @property
    def behind(self) -> tuple[str, ...]:
        """Words before a command that is to run at the other end."""
        return ("ip", "netns", "exec", self.name)

    def lay(self) -> None:
        """Make it; NoCableError where that is not permitted."""
        if os.geteuid() != 0:
            raise NoCableError("only root may make a network")
        if shutil.which("ip") is None:
            raise NoCableError("iproute2 is not installed (apt install iproute2)")
        self._ip("netns", "add", self.name)
        self._ip("link", "add", self._end, "type", "veth", "peer", "name", "uplink", "netns", self.name)
        self._ip("addr", "add", f"{self.here}/30", "dev", self._end)
        self._ip("-n", self.name, "addr", "add", f"{self._there}/30", "dev", "uplink")
        for end in ((self._end,), ("lo",), ("uplink",)):
            self._ip(*(() if end == (self._end,) else ("-n", self.name)), "link", "set", *end, "up")

    def pull(self) -> None:
        """From now on nothing arrives, and nobody is told."""
        self._ip("link", "set", self._end, "down")

    def plug(self) -> None:
        """As before."""
        self._ip("link", "set", self._end, "up")

    def remove(self) -> None:
        """Whatever ran behind it must have ended."""
        subprocess.run(["ip", "netns", "del", self.name], check=False, capture_output=True)

    def _ip(self, *words: str) -> None:
        done = subprocess.run(["ip", *words], check=False, capture_output=True, text=True)
        if done.returncode:
            raise NoCableError(f"ip {' '.join(words)}: {done.stderr.strip()}")


@contextmanager
def laid() -> Iterator[Cable]:
    """A cable for as long as the block."""
    cable = Cable()
    try:
        cable.lay()
        yield cable
    finally:
        cable.remove()
