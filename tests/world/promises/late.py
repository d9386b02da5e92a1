"""Promise 5: nothing late. No backlog into a silent broker, no burst afterwards, nothing that was retained."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from winddown.model import Connected, Publish, Received
from world.promises.watch import RoomSeen, Watch

if TYPE_CHECKING:
    from winddown.model import Effect, Event
    from world.body import Lamp, Shown
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.world import World

SILENCE_S = 2.6
"""An echo may take 2 s, and a beat may fall just before that."""
PRESS_S = 2.0
BURST, A_WISH, LONG = 3, 2, 50
"""A lamp that joins a breath is lit at its least, brought to where the beat is, and its next frame may be due."""
BURST_S = 0.1


class Late(Watch):
    """Every command to a lamp is for the moment in which it is sent, and only then."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._proved: set[str] = set()
        """Command topics whose echo has come back on this connection."""
        self._unanswered_boot: float | None = None
        self._pressed_boot = float("-inf")
        """When somebody last pressed."""
        self._recent: dict[str, deque[tuple[float, str]]] = {}
        """What was told on a topic, and when; the same twice in a row is once."""
        self._asked: deque[float] = deque(maxlen=LONG)

    def acted(self, lamp: Lamp, cause: Sent, before: Shown) -> None:
        """A command arrives at a lamp."""
        if cause.ours and not self.world.broker.hung:
            self._proved.add(cause.topic)
            self._unanswered_boot = None

    def sent(self, sent: Sent) -> None:
        """A command goes out."""
        if not sent.ours and not sent.retain and sent.topic in self.seen.press_topics:
            self._pressed_boot = sent.boot
        if sent.ours and sent.topic.endswith("/press") and sent.boot - self._pressed_boot > PRESS_S:
            self.breaks(f"5. {sent.topic}: {sent.payload}, and nobody had pressed")
        if not sent.ours or not self._is_for_lamp(sent.topic):
            return
        self._burst(sent)
        if not self.world.broker.hung:
            self._unanswered_boot = None
            return
        if sent.topic not in self._proved:
            return
        if self._unanswered_boot is None:
            self._unanswered_boot = sent.boot
        elif sent.boot - self._unanswered_boot > SILENCE_S:
            self.breaks(
                f"5. {sent.topic}: sent though nothing had come back for {sent.boot - self._unanswered_boot:.1f} s"
            )

    def _burst(self, sent: Sent) -> None:
        recent = self._recent.setdefault(sent.topic, deque(maxlen=LONG))
        if not recent or recent[-1][1] != sent.payload:  # some lamps want a level before they are lit, and after
            recent.append((sent.boot, sent.payload))
        wishes = sum(sent.boot - boot < 2 * BURST_S for boot in self._asked)
        allowed = BURST + A_WISH * wishes
        at_once = sum(sent.boot - boot < BURST_S for boot, _ in recent)
        if at_once > allowed:
            self.breaks(f"5. {sent.topic}: {at_once} commands at once")
            recent.clear()

    def asked(self, room: RoomSeen, verb: str) -> None:
        """Each wish may need a level and a warmth of its own."""
        self._asked.append(self.world.boot)

    def _is_for_lamp(self, topic: str) -> bool:
        return topic in self.world.lamp_topics

    def handled(self, event: Event, effects: list[Effect]) -> None:
        """A press or a command that was stored by the broker is old by an unknown time."""
        if isinstance(event, Connected):
            self._proved.clear()
        if not isinstance(event, Received) or not event.retain or not self.seen.commands(event.topic):
            return
        told = [effect.message.topic for effect in effects if isinstance(effect, Publish)]
        acted = [topic for topic in told if self._is_for_lamp(topic) or topic.endswith(("/cue", "/press", "/state"))]
        if acted:
            self.breaks(f"5. a retained message on {event.topic} was acted on: {', '.join(acted)}")
