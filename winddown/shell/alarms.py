"""Wakes the loop at wall-clock instants, and is the only file that knows APScheduler. What for, it never asks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from winddown.model import Alarm

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler


BEHIND_S = 0.25
"""So long after its instant an alarm rings. In the very instant the loop, which has a deadline of its own for it, would
wait for this thread to let go of the interpreter: milliseconds that a beat does not have."""


class Alarms:
    """The alarm clock: `set` says all the alarms there are, each rings once."""

    def __init__(self, post: Callable[[Alarm], None]) -> None:
        self._post = post
        self._scheduler: BackgroundScheduler | None = None
        self._names: dict[float, tuple[str, ...]] = {}
        self._changing = threading.Lock()
        self._stopped = threading.Event()

    def start(self, after_s: float = 0.0) -> None:
        """Set off so long from now, in a thread: the import is slow, and nobody waits for it. What was set counts."""
        threading.Thread(target=self._set_off, args=(after_s,), name="alarms", daemon=True).start()

    def _set_off(self, after_s: float) -> None:
        if self._stopped.wait(after_s):
            return
        from apscheduler.executors.debug import DebugExecutor
        from apscheduler.schedulers.background import BackgroundScheduler

        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        # "Debug" is its word for running a job in the scheduler's own thread: enough for jobs that only post.
        scheduler = BackgroundScheduler(
            timezone=UTC,
            daemon=True,
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True},
        )
        with self._changing:
            if self._stopped.is_set():
                return
            scheduler.start()
            self._scheduler = scheduler
            for wall, names in self._names.items():
                self._add(wall, names)

    def set(self, at: tuple[tuple[str, float], ...]) -> None:
        """Ring for these wall instants and for no others; one that is past rings at once, one already set is left."""
        wanted = _by_instant(at)
        with self._changing:
            for wall in self._names.keys() - wanted.keys():
                self._remove(wall)
            for wall, names in wanted.items():
                if self._names.get(wall) != names:
                    self._add(wall, names)
            self._names = wanted

    def stop(self) -> None:
        """Ring no more."""
        with self._changing:
            self._stopped.set()
            if self._scheduler is not None:
                self._scheduler.shutdown(wait=False)
                self._scheduler = None

    def _add(self, wall: float, names: tuple[str, ...]) -> None:
        if self._scheduler is not None:
            self._scheduler.add_job(
                self._ring,
                "date",
                run_date=datetime.fromtimestamp(wall + BEHIND_S, UTC),
                args=(names,),
                id=_job(wall),
                replace_existing=True,
            )

    def _remove(self, wall: float) -> None:
        if self._scheduler is not None and self._scheduler.get_job(_job(wall)) is not None:
            self._scheduler.remove_job(_job(wall))

    def _ring(self, names: tuple[str, ...]) -> None:
        for name in names:
            self._post(Alarm(name))


def _job(wall: float) -> str:
    return f"{wall:.6f}"


def _by_instant(at: tuple[tuple[str, float], ...]) -> dict[float, tuple[str, ...]]:
    """Equal instants are one job."""
    names: dict[float, tuple[str, ...]] = {}
    for name, wall in at:
        names[wall] = (*names.get(wall, ()), name)
    return names
