"""What is muted, and what it was before. A mute is never its own memory: only what came before it is put back.

A target is muted while any room wants it to be, by the first and put back by the last. Put back means: to the snapshot,
unless somebody has changed it since. What was said into a connection that was dying is said again on the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from winddown.config import QuietTarget
from winddown.core.agenda import Agenda
from winddown.model import Effect, Log, Message, Publish, QuietMemory, Remember, Sentence, say
from winddown.payload import as_text

MEMORY = "quiet/"
HEARD_S = 0.5
"""After a start: so long a target has to say how it is, before it is told anything."""
LONGEST_STATE = 1000
NO_STATE = frozenset({"", "unavailable", "unknown", "none", "null"})
"""What Home Assistant and others say of a thing that they cannot reach."""
SURE_S = 10.0
"""A message on a connection that then holds this long has arrived."""


class Quiet:
    """All quiet targets of the house, by their topic."""

    def __init__(
        self,
        targets: Iterable[QuietTarget],
        memory: Mapping[str, QuietMemory],
        forgotten: Mapping[str, Iterable[QuietTarget]] | None = None,
    ) -> None:
        self.targets = {target.topic: target for target in targets}
        self._memory = {topic: memory[topic] for topic in self.targets if topic in memory}
        self._says: dict[str, str] = {}
        """What each target's state topic last said."""
        self._sent_boot: dict[str, float] = {}
        """When each was last told something that it has not confirmed."""
        self._again: set[str] = set(self._memory)
        """Told on a connection that is gone: perhaps it never heard."""
        self._forgotten = dict(forgotten or {})
        """Targets by room, where nothing is remembered of either: it is all new, or the journal is lost."""
        self._lost: set[str] = set()
        """What an earlier life has muted, and nothing is remembered of it."""
        self._heard_boot: float | None = None
        """From when on nothing more is waited for."""
        self._warned: set[str] = set()
        self._effects: list[Effect] = []
        self._fresh: dict[str, QuietMemory] = {}
        """What is to be remembered before anything of `_effects` is said."""
        self._number: dict[str, int] = {}
        self._of: dict[str | None, list[str]] = {}
        """The targets by what tells of them."""
        for target in self.targets.values():
            self._enter(target)
        self.stirred: set[str] = set(self.targets)
        """Those to reconcile."""
        self._agenda = Agenda[str]()
        """When those that have not confirmed count as told."""

    @property
    def memory(self) -> dict[str, QuietMemory]:
        """All that is remembered, by its key."""
        return {MEMORY + topic: memory for topic, memory in self._memory.items()}

    def remembered(self, topic: str) -> QuietMemory:
        """What is remembered of a target that is, or was, muted."""
        return self._memory[topic]

    def adopt(self, target: QuietTarget, memory: QuietMemory) -> None:
        """One that no room names any more, and that is still to be put back."""
        self.targets[target.topic], self._memory[target.topic] = target, memory
        self._enter(target)
        self.stirred.add(target.topic)

    def _enter(self, target: QuietTarget) -> None:
        self._number.setdefault(target.topic, len(self._number))
        self._of.setdefault(target.state, []).append(target.topic)

    @property
    def muted(self) -> frozenset[str]:
        """The topics of what is muted by us now."""
        return frozenset(topic for topic, memory in self._memory.items() if memory.muted)

    def hear(self, state_topic: str, payload: bytes) -> list[Effect]:
        """A target says how it is, or nothing: a speaker that is away is no speaker that somebody changed."""
        if state_topic not in self._of:
            return []
        text = as_text(payload, LONGEST_STATE)
        if text is None or text.strip().lower() in NO_STATE:
            return [Log(f"{state_topic}: nothing to be made of {payload[:60]!r}", "debug")]
        for topic in self._of.get(state_topic, ()):
            target = self.targets[topic]
            self.stirred.add(topic)
            self._says[topic] = text
            memory = self._memory.get(topic)
            if memory is not None and not memory.confirmed and _same(text, target.mute) is memory.muted:
                self._remember(topic, replace(memory, confirmed=True))
            elif memory is not None and memory.muted and memory.confirmed and not _same(text, target.mute):
                self._remember(topic, replace(memory, changed=True))
        return []

    def lost(self, room: str) -> list[Sentence]:
        """The broker has it that we were quiet there. What then cannot be put back, in a sentence each."""
        lost = [*self._forgotten.pop(room, ())]
        self._lost.update(target.topic for target in lost)
        self.stirred.update(target.topic for target in lost)
        return [say("quiet.lost", topic=target.topic) for target in lost if target.restore is None]

    def disconnected(self, boot: float) -> None:
        """What was said just now may never have arrived; what is stored from now on may be our own word."""
        self._forgotten.clear()
        for topic, memory in self._memory.items():
            if not memory.confirmed and boot - self._sent_boot.get(topic, boot) <= SURE_S:
                self._again.add(topic)
                self.stirred.add(topic)

    def due(self, boot: float) -> list[str]:
        """Those of which something was heard, or for which it is time, in their order."""
        self.stirred.update(self._agenda.take(boot))
        return sorted(self.stirred, key=self._number.__getitem__)

    def reconcile(self, wanted: Collection[str], boot: float, only: Iterable[str] | None = None) -> list[Effect]:
        """Mute what is wanted and not muted, put back what is muted and not wanted. Call only while it can be sent.

        `only`: of these targets; else of all.
        """
        self._heard_boot = boot + HEARD_S if self._heard_boot is None else self._heard_boot
        for topic in self.targets if only is None else only:
            target = self.targets[topic]
            if target.state is not None and topic not in self._says and boot < self._heard_boot:
                continue
            self.stirred.discard(topic)
            memory = self._memory.get(topic)
            if topic in wanted and (memory is None or not memory.muted):
                self._mute(target, memory, boot)
            elif memory is not None and memory.muted and topic not in wanted:
                self._put_back(target, memory, boot)
            elif memory is None and topic in self._lost:
                self._put_back_lost(target, boot)
            elif memory is not None and topic in self._again:
                self._say_again(target, memory, boot)
            elif memory is not None and not memory.confirmed and self._arrived(target, boot):
                self._remember(topic, replace(memory, confirmed=True))
        effects = [*(Remember(MEMORY + topic, memory) for topic, memory in self._fresh.items()), *self._effects]
        self._fresh, self._effects = {}, []
        return effects

    def end(self, boot: float) -> list[Effect]:
        """Put back what is muted, now: who has not said by now how it is will not be heard.

        What somebody has changed stays remembered as that, for a start in the same evening.
        """
        self._heard_boot = boot
        return self.reconcile({topic for topic in self.muted if self._changed(topic, self._memory[topic])}, boot)

    def deadline(self, boot: float) -> float:
        """Boot-time seconds at which there is something to reconcile; infinity: only when something happens."""
        heard_boot = self._heard_boot
        due = self._agenda.next_boot()
        return due if heard_boot is None or heard_boot <= boot else min(due, heard_boot)

    def _mute(self, target: QuietTarget, memory: QuietMemory | None, boot: float) -> None:
        before = says = self._says.get(target.topic)
        if says is None or _same(says, target.mute):
            lost = memory is not None and not memory.confirmed  # it may never have heard that it was put back
            before = memory.before if memory is not None and lost else target.restore
        if says is None and before is None:
            self._warn(target.topic)
            return  # until it has said how it is, there would be nothing to put back
        self._again.discard(target.topic)
        self._remember(target.topic, QuietMemory(muted=True, before=before))
        if before is not None:
            self._tell(target, target.mute, boot)

    def _put_back(self, target: QuietTarget, memory: QuietMemory, boot: float) -> None:
        self._again.discard(target.topic)
        back = memory.before if memory.before is not None else target.restore
        changed = self._changed(target.topic, memory)
        if back is None or changed:
            self._remember(target.topic, replace(memory, muted=False, confirmed=True))
            reason = "somebody has changed it since" if changed else "it was muted before"
            self._effects.append(Log(f"quiet: {target.topic} stays as it is: {reason}"))
            return
        self._remember(target.topic, replace(memory, muted=False, confirmed=False))
        self._tell(target, back, boot)

    def _changed(self, topic: str, memory: QuietMemory) -> bool:
        """By somebody, since it was muted."""
        says = self._says.get(topic)
        return memory.changed or (says is not None and memory.confirmed and not _same(says, self.targets[topic].mute))

    def _put_back_lost(self, target: QuietTarget, boot: float) -> None:
        """To what the file says; what is not muted any more was somebody's doing."""
        self._lost.discard(target.topic)
        says = self._says.get(target.topic)
        if target.restore is not None and (says is None or _same(says, target.mute)):
            self._remember(target.topic, QuietMemory(muted=False, before=target.restore))
            self._tell(target, target.restore, boot)

    def _say_again(self, target: QuietTarget, memory: QuietMemory, boot: float) -> None:
        """Once, and only if it does not already say so."""
        self._again.discard(target.topic)
        if memory.confirmed or memory.before is None:
            return
        says = self._says.get(target.topic)
        if says is None or _same(says, target.mute) is not memory.muted:
            self._tell(target, target.mute if memory.muted else memory.before, boot)

    def _arrived(self, target: QuietTarget, boot: float) -> bool:
        """One that tells nothing has heard us, if the connection has held."""
        return target.state is None and boot - self._sent_boot.get(target.topic, boot) >= SURE_S

    def _warn(self, topic: str) -> None:
        if topic not in self._warned:
            self._warned.add(topic)
            text = f"quiet: {topic} is not muted: it has not said how it is, to put it back; give it a `restore`"
            self._effects.append(Log(text, "warning"))

    def _tell(self, target: QuietTarget, payload: str, boot: float) -> None:
        self._sent_boot[target.topic] = boot
        self._agenda.put(target.topic, boot + SURE_S)
        self._effects.append(Publish(Message(target.topic, payload, qos=1)))

    def _remember(self, topic: str, memory: QuietMemory) -> None:
        self._memory[topic] = memory
        self._fresh[topic] = memory


def _same(one: str, other: str) -> bool:
    """Equal as text, or as numbers: a speaker that is told `0` may say `0.0`."""
    if one.strip() == other.strip():
        return True
    try:
        return float(one) == float(other)
    except ValueError:
        return False
