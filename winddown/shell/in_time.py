"""Hands out what is planned when its time has come: by the boot-time clock, from the beginning. It drops nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import sleep
from typing import TypeVar

from winddown import clock

T = TypeVar("T")


def in_time(planned: Iterable[tuple[float, T]]) -> Iterator[T]:
    """Each at its second after the first call."""
    begin_boot = clock.now().boot
    for at_s, one in planned:
        sleep(max(0.0, begin_boot + at_s - clock.now().boot))
        yield one
