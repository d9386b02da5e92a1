"""Promise 3: whatever was muted is put back, once, to what it was, at its time; and nothing is muted by day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from world.promises.watch import RoomSeen, Watch

if TYPE_CHECKING:
    from world.house import Target
    from world.promises.watch import Seen
    from world.sent import Sent
    from world.things import Thing
    from world.world import World

JUDGED_AFTER_S = 0.05
"""By then everything that was sent together has been seen."""
SOON_S = 3.0


@dataclass(eq=False)
class Muting:
    """One target, from outside."""

    target: Target
    rooms: list[RoomSeen]
    thing: Thing | None
    muted: bool = False
    before: str | None = None
    """What the thing truly was before our first mute."""
    changed: bool = False
    """A person has changed it since."""
    changed_boot: float = float("-inf")
    back_boot: float = float("-inf")
    """When it was last put back."""
    free_boot: float = float("-inf")
    """When all rooms were last seen to be loud."""
    wanted_boot: float = float("-inf")
    """When some room was last seen to be quiet."""
    back: str = ""
    """To what."""

    @property
    def wanted(self) -> bool:
        """Some room is quiet."""
        return any(room.quiet for room in self.rooms)


class Quiet(Watch):
    """Every message to a thing that can be quiet is judged, and every end of quiet."""

    def __init__(self, world: World, seen: Seen) -> None:
        super().__init__(world, seen)
        self._mutings: dict[str, Muting] = {}
        for room in seen.rooms.values():
            for target in room.room.quiet:
                self._mutings.setdefault(target.topic, Muting(target, [], None)).rooms.append(room)
        self._cycle = 0

    def changed(self, thing: Thing) -> None:
        """A person changes it, muted or not."""
        muting = self._mutings.get(thing.set_topic)
        if muting is not None:
            muting.changed, muting.changed_boot = True, self.world.boot

    def forgotten(self) -> None:
        """A daemon without its journal knows only that it was quiet, and what the file says to put back."""
        for muting in self._mutings.values():
            muting.muted = muting.muted and muting.target.restore is not None
            muting.changed = muting.changed and muting.target.state is not None

    def entered(self, room: RoomSeen, before: str) -> None:
        """Quiet begins, ends, or stands by day."""
        self._cycle += 1
        self.world.after(JUDGED_AFTER_S, partial(self._judge_room, room))
        for muting in self._mutings.values():
            muting.wanted_boot = self.world.boot if muting.wanted else muting.wanted_boot
            if room in muting.rooms and not muting.wanted:
                muting.free_boot = self.world.boot
                muting.muted = muting.muted and not muting.changed
                self.seen.when_live(SOON_S, partial(self._judge_end, muting))
        if room.quiet and room.wake is not None:
            self._look_at_wake(room, room.wake)

    def _judge_room(self, room: RoomSeen) -> None:
        if room.quiet and room.phase == "day" and not room.quiet_asked:
            self.breaks(f"3. {room.room.name} is quiet by day, and nobody asked for it")

    def _judge_end(self, muting: Muting) -> None:
        if muting.muted and not muting.wanted and not muting.changed:
            self.breaks(f"3. {muting.target.topic} is still muted {SOON_S:.0f} s after the quiet ended")
            muting.muted = False

    def _look_at_wake(self, room: RoomSeen, wake: float) -> None:
        wait_s = wake + SOON_S - self.world.wall
        if wait_s > 0:
            self.world.after(wait_s, lambda: self.seen.when_live(SOON_S, partial(self._judge_wake, room, wake)))

    def _judge_wake(self, room: RoomSeen, wake: float) -> None:
        same = room.wake == wake and not self.world.stepped
        if same and room.quiet and not room.quiet_asked and self.world.wall > wake + SOON_S:
            self.breaks(f"3. {room.room.name} is still quiet after its wake")

    # ------------------------------------------------------------ our messages

    def sent(self, sent: Sent) -> None:
        """What we send to a thing is judged once the rooms have said whether they are quiet."""
        muting = self._mutings.get(sent.topic)
        if muting is None or not sent.ours:
            return
        muting.thing = self.world.things.get(sent.topic)
        value = muting.thing.value if muting.thing is not None else None
        if not muting.muted and sent.payload == muting.target.mute:
            muting.before, muting.changed = value, False
        self.world.after(JUDGED_AFTER_S, partial(self._judge, muting, sent))

    def _judge(self, muting: Muting, sent: Sent) -> None:
        mutes = sent.payload == muting.target.mute
        if mutes and (muting.wanted or muting.wanted_boot >= sent.boot):
            self._judge_mute(muting, sent)
        elif not mutes and muting.wanted and muting.free_boot < sent.boot:
            if self._lives_since(sent.boot):
                self.breaks(f"3. {sent.topic} was told {sent.payload} while it is to be quiet")
            muting.muted = False
            muting.back_boot, muting.back = sent.boot, sent.payload
        elif mutes and (not muting.muted or sent.payload not in {muting.before, muting.target.restore}):
            if self._lives_since(sent.boot):
                self.breaks(f"3. {sent.topic} was muted, and no room is quiet")
            muting.muted = True
        else:
            self._judge_back(muting, sent)

    def _lives_since(self, boot: float) -> bool:
        """Whoever died between two words could not say the second; not even if somebody has come after it at once."""
        started = self.world.daemon.started_boot
        return started is not None and started < boot

    def _judge_mute(self, muting: Muting, sent: Sent) -> None:
        last_wish = max(room.quiet_boot for room in muting.rooms)
        if muting.muted and muting.changed and muting.changed_boot > last_wish:
            self.breaks(f"3. {sent.topic} was muted again, though somebody changed it")
        muting.muted = True

    def _judge_back(self, muting: Muting, sent: Sent) -> None:
        if not muting.muted:
            if not self._mute_was_lost(muting) and not self._said_again(muting, sent):
                self.breaks(f"3. {sent.topic} was told {sent.payload}, and there was nothing to put back")
        elif muting.changed:
            self.breaks(f"3. {sent.topic} was put back to {sent.payload}, though somebody had changed it")
        elif sent.payload not in {muting.before, muting.target.restore}:
            self.breaks(f"3. {sent.topic} was put back to {sent.payload}; it was {muting.before}")
        muting.muted = False
        muting.back_boot, muting.back = sent.boot, sent.payload

    def _said_again(self, muting: Muting, sent: Sent) -> bool:
        """What has not said so may not have heard the first time, if the daemon or its connection ended then."""
        live_boot = self.world.broker.live_boot or 0.0
        anew = live_boot > muting.back_boot and self.world.boot - live_boot < SOON_S
        state = muting.target.state
        unsaid = state is None or self.world.broker.retained.get(state) != sent.payload
        return unsaid and anew and sent.payload == muting.back

    def _mute_was_lost(self, muting: Muting) -> bool:
        """It was sent into a connection that was gone already; to put back what is there then harms nobody."""
        lost = [one.message for boot, one in self.world.daemon.lost if boot > muting.back_boot]
        return any((one.topic, one.payload) == (muting.target.topic, muting.target.mute) for one in lost)
