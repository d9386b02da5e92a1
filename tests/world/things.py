"""Things that can be quiet: a value that is set on one topic and told on another. They know nothing of evenings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from world.sent import Sent
    from world.world import World

TELL_S = 0.05


class Thing:
    """A speaker's volume, a phone's do-not-disturb."""

    def __init__(
        self, set_topic: str, state_topic: str | None = None, value: str = "35", *, obeys: bool = True
    ) -> None:
        self.set_topic = set_topic
        self.state_topic = state_topic
        self.value = value
        self.obeys = obeys
        """False: it is switched off and hears nothing."""
        self.retains = True
        """Its state is kept by the broker."""
        self.history: list[tuple[float, str]] = []
        self._world: World | None = None

    def enter(self, world: World) -> None:
        """Stand in a world, and say what it is set to."""
        self._world = world
        self.history.append((world.boot, self.value))
        world.broker.listen(self.set_topic, self._set)
        self._tell(self.value)

    def by_hand(self, value: str) -> None:
        """A person turns the knob."""
        assert self._world is not None
        self._world.promises.changed(self)
        self._take(value)
        self._tell(value)

    def _set(self, sent: Sent) -> None:
        assert self._world is not None
        if not self.obeys:
            return
        if not sent.ours:
            self._world.promises.changed(self)
        self._take(sent.payload)
        self._world.after(TELL_S, partial(self._tell, sent.payload))

    def _take(self, value: str) -> None:
        assert self._world is not None
        self.value = value
        self.history.append((self._world.boot, value))

    def _tell(self, value: str) -> None:
        assert self._world is not None
        if self.state_topic is not None:
            self._world.broker.publish(self.state_topic, value, retain=self.retains)


class Speaker(Thing):
    """A volume from 0 to 100."""


class Phone(Thing):
    """Do-not-disturb: `off`, `priority_only`, `total_silence`."""

    def __init__(
        self, set_topic: str, state_topic: str | None = None, value: str = "off", *, obeys: bool = True
    ) -> None:
        super().__init__(set_topic, state_topic, value, obeys=obeys)
