"""Reads the configuration again, in a thread of its own: no beat waits for it. It decides nothing about it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from winddown.clock import Instant
from winddown.errors import ConfigError, WinddownError
from winddown.model import Effect, Sentence, Trouble, say
from winddown.shell.address import Address
from winddown.shell.engine import Engine

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Somebody wants the file to be read again: SIGHUP."""


@dataclass(frozen=True, slots=True)
class Successor:
    """It was read, and can be used."""

    address: Address
    prefix: str
    take_over: Callable[[Engine, Instant], tuple[list[Effect], Engine]]
    """From the engine that runs: its last effects, and the one that goes on."""


Reread = Callable[[], Successor]
"""Reads the file again. Raises WinddownError with what is wrong with it."""


class Rereader:
    """One reading at a time; who asks meanwhile gets another one after it."""

    def __init__(self, reread: Reread | None, post: Callable[[Successor | Trouble | ReadAgain], object]) -> None:
        self._reread = reread
        self._post = post
        self._thread: threading.Thread | None = None
        self._once_more = False

    def begin(self) -> None:
        """Begin to read, and return at once."""
        if self._reread is None:
            _log.warning("there is no file to read again")
        elif self._thread is not None and self._thread.is_alive():
            self._once_more = True
        else:
            self._once_more = False
            self._thread = threading.Thread(target=self._read, args=(self._reread,), name="configuration", daemon=True)
            self._thread.start()

    def _read(self, reread: Reread) -> None:
        try:
            self._post(reread())
        except ConfigError as error:
            for mistake in error.mistakes:
                _log.error("%s", mistake)
            self._post(Trouble(_broken(error)))
        except WinddownError as error:
            _log.error("%s", error)
            self._post(Trouble(say("file.stays", why=str(error))))
        except Exception as error:  # noqa: BLE001  the old one goes on
            _log.exception("the configuration could not be read again")
            self._post(Trouble(say("file.stays", why=repr(error))))
        if self._once_more:
            self._post(ReadAgain())


def _broken(error: ConfigError) -> Sentence:
    first, *others = error.mistakes
    return say("file.stays_more", why=first, others=len(others)) if others else say("file.stays", why=first)
