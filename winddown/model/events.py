"""What goes into the engine, and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping

from winddown.model.diary import Enter, NightSaid
from winddown.model.memory import Memory
from winddown.model.sentence import Sentence
from winddown.value import value

# ---------------------------------------------------------------- in


@value()
class Received:
    """A message from the broker."""

    topic: str
    payload: bytes
    retain: bool = False
    """It was stored before we came: old by an unknown time."""
    again: bool = False
    """It was sent before, by the word of whoever sends it (MQTT's DUP): likewise."""

    @property
    def old(self) -> bool:
        """Nothing that people ask now."""
        return self.retain or self.again


@value()
class Connected:
    """The broker took us; subscriptions are made."""


@value()
class Disconnected:
    """The broker is gone."""


@value()
class Alarm:
    """An instant that the engine wanted to be woken at has come."""

    name: str


@value()
class Stop:
    """End cleanly: SIGTERM, SIGINT."""


@value()
class Trouble:
    """Something is wrong with winddown itself, and people are to know."""

    says: Sentence
    lasts: bool = False
    """It is a problem until the process ends; else it is one `why`."""


@value()
class DiaryRead:
    """Another hand has written into the diary: on the page, at the command line."""

    said: Mapping[str, tuple[NightSaid, ...]]
    """What is said of each room's newest nights, as it stands there now."""


Event = Received | Connected | Disconnected | Alarm | Stop | Trouble | DiaryRead


# ---------------------------------------------------------------- out


@value()
class Message:
    """One MQTT message, ready to go."""

    topic: str
    payload: str
    qos: int = 0
    retain: bool = False
    stamp: bool = False
    """The payload is a JSON object that is to say when it was sent: `stamped` fills in its `ts`."""


@value()
class Publish:
    """Send this now, or not at all: the engine decides anew after an outage, nothing is queued."""

    message: Message


@value()
class Remember:
    """Keep this durably, before anything that follows it is published."""

    key: str
    """What it is about: `room/NAME`, `lamp/ADDRESS`, `quiet/TOPIC`."""
    value: Memory


@value()
class Note:
    """Keep this for people; it may be written later, and be lost."""

    room: str
    kind: str
    """`why`, `press`, `cue`."""
    text: str


@value()
class Log:
    """One line for what a person would want to read in the morning."""

    text: str
    level: str = "info"


@value()
class Wake:
    """Be woken at these wall instants (POSIX seconds); replaces what was asked before."""

    at: tuple[tuple[str, float], ...]


@value()
class Exit:
    """End the process with this code; nothing is published any more."""

    code: int
    reason: str


Effect = Publish | Remember | Note | Enter | Log | Wake | Exit
