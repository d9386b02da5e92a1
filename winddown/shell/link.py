"""Keeps calling the broker, for ever, in a thread of its own, and says in few lines how that goes. It knows no paho.

Who calls again is decided here and not by paho: its wait ends only on the whole second, it does not fall back to MQTT
3.1.1, and it never gives up on a password that is wrong.
"""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from winddown.clock import now
from winddown.errors import BrokerError
from winddown.model import Connected, Disconnected, Event, Exit, Message
from winddown.shell.address import Address, Version
from winddown.shell.mqtt import Connection

_log = logging.getLogger(__name__)

_CALLS_WITHOUT_ANSWER = 2
"""Some old brokers hang up, or say nothing, at a version they do not know; so does a proxy whose broker is starting.
So the version changes after so many, and changes back after as many more."""
_JOIN_S = 0.3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long between two calls, and when to give up."""

    first_s: float = 1.0
    """Doubled after each call that failed."""
    longest_s: float = 30.0
    refused_s: float = 60.0
    """A login that was refused for so long, and never taken before, will not be."""
    steady_s: float = 10.0
    """A connection that lasted so long was a good one: the next call comes after `first_s` again."""


PATIENT = Patience()


class Link:
    """The line to the broker as the loop sees it: post what comes, publish what goes, and never wait."""

    def __init__(
        self,
        address: Address,
        topics: Iterable[str],
        will: Message,
        post: Callable[[Event | Exit], None],
        patience: Patience = PATIENT,
        read_from: Callable[[Connection | None], None] | None = None,
        qos: int = 1,
        log: logging.Logger = _log,
    ) -> None:
        self._log = log
        """Whoever is not the only line of a process may be quieter."""
        self.version: Version = address.version
        """What the next call, or the present one, speaks."""
        self._address = address
        self._topics = topics
        self._will = will
        self._post = post
        self._patience = patience
        self._read_from = read_from
        self._qos = qos
        self._tls: ssl.SSLContext | None = None
        self._connection: Connection | None = None
        self._ending = threading.Event()
        self._said: set[str] = set()
        self._failures = 0
        self._unanswered = 0
        self.trouble: str | None = None
        """Why the last call failed; None: it did not."""
        self._was_connected = False
        self._refused_since: float | None = None
        self._thread = threading.Thread(target=self._call_for_ever, name="broker", daemon=True)

    def start(self) -> None:
        """Begin to call; ConfigError where the files for TLS cannot be used."""
        if self._address.tls is not None:
            self._tls = self._address.tls.context()
        self._thread.start()

    def publish(self, message: Message) -> bool:
        """Send it now; False where it was dropped because nobody is there. Only from the thread of the loop."""
        connection = self._connection
        return connection is not None and connection.open.is_set() and connection.publish(message)

    def deliver(self, message: Message, within_s: float) -> int | None:
        """Say it, and wait for the broker's reason code; None: it gave none. Never from the thread of the loop."""
        connection = self._connection
        return connection.deliver(message, within_s) if connection is not None and connection.open.is_set() else None

    @property
    def refused(self) -> tuple[str, ...]:
        """Topics that the broker does not let us hear."""
        connection = self._connection
        return () if connection is None else connection.refused

    def stop(self, acknowledged_within_s: float = 0.5) -> None:
        """Let the last messages arrive, say goodbye, and be gone within a second, come what may."""
        self._ending.set()
        if (connection := self._connection) is not None:
            connection.close(acknowledged_within_s)
        self._thread.join(_JOIN_S)

    def _call_for_ever(self) -> None:
        while not self._ending.is_set():
            wait_s = self._call_once()
            if wait_s is None:
                return
            self._ending.wait(wait_s)

    def _call_once(self) -> float | None:
        """One connection from beginning to end. The seconds until the next; None: no next."""
        began_boot = now().boot
        connection = Connection(
            self._address,
            self.version,
            self._topics,
            self._will,
            self._heard,
            self._tls,
            read_from=self._read_from,
            qos=self._qos,
        )
        self._connection = connection
        if self._ending.is_set():  # stop() may have looked just before
            return None
        absent = self._run(connection)
        self._connection = None
        if connection.open.is_set():
            self._post(Disconnected())
        if self._ending.is_set():
            return None
        if connection.taken:
            return self._after_loss(connection.reason, now().boot - began_boot)
        if connection.version_refused and self.version == 5:
            self.version = 4
            return 0.0
        if connection.login_refused:
            return self._after_refusal(connection.reason)
        return self._after_absence(connection, absent)

    def _run(self, connection: Connection) -> str | None:
        """Let it run; what kept it from reaching a broker, if something did."""
        try:
            connection.run()
        except OSError as error:
            return error.strerror or str(error)
        except Exception as error:  # noqa: BLE001  nonsense from the other side must not end the calling
            _log.debug("the connection broke on what it read", exc_info=True)
            connection.reason = f"it does not speak MQTT as we know it: {error!r}"
            return connection.reason
        return None

    def _heard(self, event: Event) -> None:
        if isinstance(event, Connected):
            word = "back" if self._was_connected else "connected"
            self._log.info("broker %s: %s (MQTT %s)", self._name, word, "5" if self.version == 5 else "3.1.1")
            self._was_connected = True
            self._unanswered = 0
            self._said.clear()
        self._post(event)

    def _after_loss(self, reason: str, lasted_s: float) -> float:
        if lasted_s >= self._patience.steady_s:
            self._failures = 0
        self._say("gone", f"lost: {reason}; calling again")
        return self._next_wait_s()

    def _after_refusal(self, reason: str) -> float | None:
        """A password may be mended while we wait; one that was never right is the person's to mend."""
        who = "a client without a username" if self._address.username is None else f"user {self._address.username!r}"
        self._say("refused", f"refuses {who}: {reason}; trying again")
        if self._was_connected:
            return self._next_wait_s()
        time = now().boot
        if self._refused_since is None:
            self._refused_since = time
        left_s = self._refused_since + self._patience.refused_s - time
        if left_s <= 0:
            self._post(Exit(BrokerError.exit_code, f"broker {self._name} refuses {who}: {reason}"))
            return None
        return min(self._next_wait_s(), left_s)

    def _after_absence(self, connection: Connection, absent: str | None) -> float:
        """Nobody there, or nobody who answered with more than hanging up."""
        if absent is None and connection.answer is None:
            self._unanswered += 1
            if self._unanswered % _CALLS_WITHOUT_ANSWER == 0:
                self.version = 5 if self.version == 4 else 4
        self.trouble = absent or connection.reason
        self._say("gone", f"not there: {absent or connection.reason}; calling until it is")
        return self._next_wait_s()

    def _next_wait_s(self) -> float:
        wait_s = min(self._patience.first_s * 2.0**self._failures, self._patience.longest_s)
        self._failures = min(self._failures + 1, 30)
        return wait_s

    def _say(self, kind: str, text: str) -> None:
        """Once an outage: a broker that is away all night is one line, and one more when it is back."""
        if kind not in self._said:
            self._said.add(kind)
            self._log.warning("broker %s: %s", self._name, text)

    @property
    def _name(self) -> str:
        return f"{self._address.host}:{self._address.port}"
