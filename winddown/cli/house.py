"""The daemon, put together: an engine from a file and a memory, and another one when the file is read again.

Where a memory makes the engine stumble, what was muted alone is remembered: an evening must begin.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from winddown.cli.cues import Cues, own_cues
from winddown.cli.page import page
from winddown.clock import Instant, now
from winddown.config import Config, Loaded, find, load
from winddown.core.engine import Engine
from winddown.core.evening import Shape, as_planned
from winddown.core.succession import let_go, take_over
from winddown.model import Connected, Effect, Memory, QuietMemory
from winddown.shell import run as shell
from winddown.shell.address import address_of, embedded_broker
from winddown.shell.engine import Engine as AnyEngine
from winddown.shell.journal import Journal
from winddown.shell.log import Form, log_to_stderr
from winddown.shell.mishaps import CRASHES, wants_safety
from winddown.shell.rereading import Successor

_log = logging.getLogger(__name__)


class Household:
    """One process, whatever the file says."""

    def __init__(
        self,
        instance: str,
        shape: Shape | None,
        path: Path,
        journal: Journal,
        tell: Callable[[Config], None] | None = None,
    ) -> None:
        self._instance = instance
        self._shape = shape or as_planned
        self._path = path
        self._journal = journal
        self._tell = tell
        """Who else follows the file, once it is read again."""
        self._first: Config | None = None
        """What this process began with."""

    def engine(self, house: Config, memory: Mapping[str, Memory], *, safe: bool = False) -> Engine:
        """With its memory, as far as that can be used: it is tried out first, on an engine that is thrown away."""
        cues = own_cues(house)
        self._first = self._first or house
        try:
            self._try_out(house, memory, cues)
        except Exception:  # noqa: BLE001  whatever it is, without an evening nobody is put to bed
            _log.exception("journal: what is remembered cannot be used, except what is muted")
            memory = {key: one for key, one in memory.items() if isinstance(one, QuietMemory)}
        return self._made(house, memory, cues, safe=safe)

    def read_again(self) -> Successor:
        """The file, and what it makes of the engine that runs. ConfigError."""
        found = load(self._path)
        for warning in found.warnings:
            print(warning, file=sys.stderr)
        house, cues = found.config, own_cues(found.config)
        self._warn(house)

        def succeed(old: AnyEngine, at: Instant) -> tuple[list[Effect], AnyEngine]:
            before = cast("Engine", old)
            self._try_out(house, before.memory, cues)
            effects = let_go(before, house, at)
            new = self._made(house, before.memory, cues)
            take_over(new, before)
            self._journal.use(InUse(house))
            if self._tell is not None:
                self._tell(house)
            return effects, new

        address = address_of(house.mqtt, f"{house.mqtt.prefix}-{self._instance}")
        if address.tls is not None:
            address.tls.context()  # files that cannot be used are told now, and not when the old line is gone
        return Successor(address, house.mqtt.prefix, succeed)

    def _made(self, house: Config, memory: Mapping[str, Memory], cues: Cues, *, safe: bool = False) -> Engine:
        return Engine(house, memory, instance=self._instance, shape=self._shape, own_cues=cues, safe=safe)

    def _try_out(self, house: Config, memory: Mapping[str, Memory], cues: Cues) -> None:
        engine, at = self._made(house, memory, cues), now()
        later = Instant(at.wall + 1, at.boot + 1)
        engine.begin(at)
        engine.handle(Connected(), at)
        engine.tick(later)
        engine.deadline(later)

    def _warn(self, house: Config) -> None:
        """Of what only a restart can change."""
        first = self._first
        if first is not None and first.web is None and house.web is not None:
            _log.warning("web: the page begins when winddown is restarted")
        if first is not None and house.journal != first.journal:
            _log.warning("journal: it stays at %s until winddown is restarted", first.journal)
        if first is not None and (house.mqtt.host == "embedded") is not (first.mqtt.host == "embedded"):
            _log.warning("mqtt.host: the embedded broker begins and ends with winddown; restart it")


def run(path: Path | None, level: int = logging.INFO, form: Form = "text") -> int:
    """Keep the house of this file, or of the one in the usual places; the exit code."""
    log_to_stderr(level, form)
    found = load(path or find())
    for warning in found.warnings:
        _log.warning("%s", warning)
    return keep_house(found)


def keep_house(found: Loaded, shape: Shape | None = None) -> int:
    """Run the daemon with its journal; the exit code. `shape` makes other evenings than those written down."""
    house = found.config
    # Two daemons on two machines, or on one, are two: the newer takes the rooms.
    instance = f"{os.uname().nodename}-{os.getpid()}"
    with (
        Journal(house.journal, InUse(house)) as journal,
        embedded_broker(house.mqtt),
        page(house, f"{house.mqtt.prefix}-page-{instance}") as shown,
    ):
        household = Household(instance, shape, found.path, journal, tell=None if shown is None else shown.use)
        safe = wants_safety(journal.memory.get(CRASHES), now().boot)
        engine = household.engine(house, journal.memory, safe=safe)
        address = address_of(house.mqtt, f"{house.mqtt.prefix}-{instance}")
        return shell.run(engine, address, prefix=house.mqtt.prefix, journal=journal, reread=household.read_again)


class InUse(Iterable[str]):
    """What is remembered of these is never let go of, however long it was not touched. Named anew whenever asked."""

    def __init__(self, house: Config) -> None:
        self._house = house

    def __iter__(self) -> Iterator[str]:
        for name, room in self._house.rooms.items():
            yield f"room/{name}"
            yield from (f"lamp/{light.driver.key}" for light in room.lights.values())
            yield from (f"quiet/{target.topic}" for target in room.quiet)
