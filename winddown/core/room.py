"""One room: where it is in its evening, and what the clock makes it do. What people ask of it is in `verbs.py`."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from winddown import config as file
from winddown.clock import Instant
from winddown.core import reading
from winddown.core.bedside import Bedside
from winddown.core.bedtime import can_pace, pulses_by_itself, undecided, why_no_pulse
from winddown.core.evening import Shape, as_planned
from winddown.core.hours import Hours
from winddown.core.lamp import Lamp
from winddown.core.news import Cue, News
from winddown.core.presses import Finger
from winddown.core.recall import recall
from winddown.core.sequence import Sequence, late, sequence
from winddown.model import Origin, Phase, RoomMemory, Running, say

PUNCTUAL_S = 2.0
"""A cue that is later than this is not said any more."""
ALIGNED_S = 1.0
"""A breathing entered later than this begins with its next whole breath."""
LET_GO_S = 5.0
"""How long the lamps have to go back to what they were."""


class Room:
    """The state machine of one bedside."""

    def __init__(
        self,
        name: str,
        in_file: file.Room,
        lamps: dict[str, Lamp],
        zone: ZoneInfo,
        memory: RoomMemory,
        shape: Shape = as_planned,
    ) -> None:
        self.name = name
        self.hours = Hours(in_file, zone, memory, shape)
        self.bedside = Bedside(name, in_file, lamps, zone)
        self.finger = Finger()
        self.news = News()
        self.sequence: Sequence | None = None
        self.phase = Phase.DAY
        self.since_at = 0.0
        self._said_boot = float("-inf")
        self._let_go_boot: float | None = None
        self._looked_for: float | None = None
        self._winding = False
        self.stirred: dict[str, None] = {}
        """The rooms to which something has happened; shared with, and emptied by, whoever gives them their turn."""
        self.configure()

    def stir(self) -> None:
        """Something has happened to it: it is to have a turn."""
        self.stirred[self.name] = None

    # ------------------------------------------------------------ where it is

    def where(self, now: Instant) -> Phase:
        """The phase by sequence, memory and clock."""
        if self.sequence is not None:
            return self.sequence.phase(now.boot)
        if self.hours.memory.rest is not None or self.hours.runway(now):
            return Phase.RUNWAY
        return Phase.NIGHT if self.hours.asleep(now) else Phase.DAY

    @property
    def origin(self) -> Origin:
        """What follows the present phase."""
        if self.sequence is not None:
            return self.sequence.origin
        if self.hours.memory.rest is not None or self.phase is Phase.DAY:
            return Origin.DAY
        return Origin.NIGHT if self.phase is Phase.NIGHT else Origin.EVENING

    def press_phase(self, now: Instant) -> Phase:
        """The column of the press table that counts: in the dark hours nobody is woken by the day's."""
        return Phase.NIGHT if self.phase is Phase.DAY and self.hours.dark(now) else self.phase

    def configure(self) -> None:
        """Take over what was set at run time."""
        self.news.whys += [say("setting.overruled", path=path) for path in self.hours.configure()]
        self.bedside.config = self.hours.config

    # ------------------------------------------------------------ what the clock does

    def tick(self, now: Instant) -> None:
        """Bring the room to where it should be now."""
        self._roll(now)
        self._finish(now)
        self._due_bedtime(now)
        if (phase := self.where(now)) is not self.phase:
            self._enter(phase, now)
        self._wind_down(now)
        self._look_ahead(now)
        self._say_due(now)
        self._sink_forgotten(now)
        if self._let_go_boot is not None and now.boot >= self._let_go_boot:
            self._let_go_boot = None
            if self.phase is Phase.DAY:
                self.bedside.let_go()

    def deadline(self, now: Instant) -> float:
        """Boot-time seconds at which the room has something to do; its lamps have their own."""
        due = [float("inf")]
        if self.sequence is not None:
            due.append(self.sequence.next_boot(now.boot))
        if self._let_go_boot is not None:
            due.append(self._let_go_boot)
        wall = [*self.hours.instants()]
        if self.hours.evening is not None:
            wall.append(self.hours.evening.runway_at - reading.AHEAD_S)
        if (bedtime_at := self.hours.left_alone_since(self.phase)) is not None:
            wall += [at - s for at in self.bedside.forgotten_at(bedtime_at).values() for s in (reading.AHEAD_S, 0)]
        due += [now.boot_at(at) for at in wall if at > now.wall]
        return min(due)

    def _sink_forgotten(self, now: Instant) -> None:
        bedtime_at = self.hours.left_alone_since(self.phase)
        for name in [] if bedtime_at is None else self.bedside.sink_forgotten(now, bedtime_at):
            self.news.whys.append(say("lamp.forgotten", lamp=name))

    def _roll(self, now: Instant) -> None:
        before = self.hours.evening
        self.hours.look(now)
        after = self.hours.evening
        self.hours.forget_past(now)
        if before is None or (after is not None and before.date == after.date):
            return
        self.hours.safe = self._winding = False
        if self.sequence is not None and self.sequence.origin is not Origin.DAY and not self.hours.dark(now):
            self.run(None, now)
        if self.hours.memory.rest is None and self.sequence is None:
            self.bedside.morning()

    def _finish(self, now: Instant) -> None:
        """The end of a sequence, or of a day rest's runway."""
        if self.sequence is not None and self.sequence.over(now.boot):
            origin = self.sequence.origin
            self.run(None, now)
            self.follow_up(origin, now)
        if (rest := self.hours.memory.rest) is not None and now.wall >= rest.end_at:
            self.end_rest()
            if can_pace(self.bedside, now):
                self.begin(Phase.BREATHING, Origin.DAY, now, lights=False)
            else:
                self.follow_up(Origin.DAY, now)

    def end_rest(self) -> None:
        """A day rest's runway is over, or left."""
        if self.hours.memory.rest is not None:
            self.hours.keep(rest=None)

    def follow_up(self, origin: Origin, now: Instant) -> None:
        """What comes after a sequence, by what it came out of."""
        self.news.finished = True
        if self.phase is Phase.BREATHING and origin is not Origin.DAY:
            self.news.cues.append(Cue("breathing.end", 10))
        match origin:
            case Origin.DAY:
                self._after_day(now)
            case Origin.EVENING:
                self.hours.remember(now, spent_at=now.wall)
                self.bedside.sleep(now)
            case Origin.NIGHT:
                self.bedside.all_off(now)
                tonight = self.hours.tonight
                if tonight is not None and not tonight.skipped and (self.hours.config.enabled or tonight.asked):
                    spent_at, dark_at = tonight.spent_at or now.wall, tonight.dark_at or now.wall
                    self.hours.remember(now, spent_at=spent_at, dark_at=dark_at, stopped=False)

    def _after_day(self, now: Instant) -> None:
        """The lamps go back to what they were, unless the evening has begun meanwhile: then it goes on from here."""
        if (since := self.hours.running_since(now)) is not None:
            self.bedside.from_day(since)
            return
        self.news.cues.append(Cue("rest.end", 10))
        self.bedside.as_before(now)
        self._let_go_boot = now.boot + LET_GO_S

    def _due_bedtime(self, now: Instant) -> None:
        hours, evening = self.hours, self.hours.evening
        busy = self.sequence is not None or hours.memory.rest is not None
        if evening is None or busy or not (hours.dark(now) and hours.routine()):
            return
        if self.phase is Phase.RUNWAY:
            self.bedside.at_bedtime(evening)
        if undecided(self.bedside, now):
            return
        self.bedside.claim(evening.runway_at, now=now)
        breathing = hours.config.breathing
        if pulses_by_itself(breathing, self.bedside, evening, now):
            lights = breathing.starts == "always"
            self.begin(Phase.BREATHING, Origin.EVENING, now, at=evening.bedtime_at + hours.turn_s, lights=lights)
        else:
            self.news.whys.append(why_no_pulse(breathing, self.bedside, evening, now))
            self.follow_up(Origin.EVENING, now)

    def _enter(self, phase: Phase, now: Instant) -> None:
        self.phase, self.since_at = phase, now.wall
        evening = self.hours.evening
        match phase:
            case Phase.NIGHT if evening is not None:
                self.bedside.claim(min(evening.runway_at, now.wall), now=now)
            case Phase.DAY if self._let_go_boot is None:
                self.bedside.let_go()
            case _:
                pass

    def _begin_runway(self, now: Instant, since: float) -> None:
        tonight, before, self._looked_for = self.hours.tonight, self._looked_for, since
        if before != since:
            self.bedside.look(begins=before is None or (tonight is not None and not tonight.begun))
        self.hours.remember(now, begun=True)
        self.bedside.claim(since, now=now)
        if now.wall - since <= PUNCTUAL_S:
            self.news.cues.append(Cue("runway.begin", 20))
        if self.hours.evening is not None:
            self.news.whys.append(say("runway.until", at=self.hours.clock(self.hours.evening.bedtime_at)))
        self.news.whys += self.bedside.silence(now)

    def _wind_down(self, now: Instant) -> None:
        """The runway of the evening goes on under a release by day that began before it."""
        rest, evening, tonight = self.hours.memory.rest, self.hours.evening, self.hours.tonight
        winding, self._winding = self._winding, rest is None and self.hours.runway(now)
        if rest is not None:
            self.bedside.run_down(now, rest.end_at, None)
        elif self._winding and evening is not None and tonight is not None:
            if not winding:
                self._begin_runway(now, evening.runway_at)
            self.bedside.run_down(now, evening.bedtime_at, evening, tonight.hold_until)

    def _look_ahead(self, now: Instant) -> None:
        """Just before the runway every lamp is asked: what it said last may be hours old."""
        evening = self.hours.evening
        if evening is None or self.phase is not Phase.DAY or self._looked_for == evening.runway_at:
            return
        if evening.runway_at - reading.AHEAD_S <= now.wall < evening.runway_at and self.hours.routine():
            self._looked_for = evening.runway_at
            self.bedside.look(begins=True)

    def _say_due(self, now: Instant) -> None:
        since, self._said_boot = self._said_boot, now.boot
        if self.sequence is None:
            return
        said = self.sequence.due(since, now.boot)
        if said is not None and self.sequence.at(now.boot) - said.at_s <= PUNCTUAL_S:
            self.news.cues.append(Cue(said.key, said.for_s))

    # ------------------------------------------------------------ sequences

    def begin(self, kind: Phase, origin: Origin, now: Instant, *, at: float | None = None, lights: bool = True) -> None:
        """Begin a release or a breathing; `at` (POSIX seconds): earlier or later than now, where others begin, too."""
        self._go_on(self.hours.running(kind, origin, now.wall if at is None else at), now, lights=lights)

    def restore(self, now: Instant, going_on: Sequence | None = None) -> None:
        """After a restart the sequence that ran goes on where it would be, and lights nothing; `going_on` as it was."""
        self.hours.look(now)
        for lamp in self.bedside.lamps.values():
            lamp.seen.off_still_counts |= self.where(now) is not Phase.DAY
        if self.hours.outlived():
            self.hours.keep(running=None)
            self.bedside.morning()
        if (rest := self.hours.memory.rest) is not None:
            self.bedside.claim(rest.begin_at, now=now)
        if (running := self.hours.memory.running) is not None:
            if self.hours.evening is not None and running.origin is not Origin.DAY:
                self.bedside.claim(min(self.hours.evening.runway_at, running.begin_at), now=now)
            self._go_on(replace(running, begin_at=min(running.begin_at, now.wall)), now, lights=False, made=going_on)
            self.phase, self.since_at = self.where(now), running.begin_at
            self._said_boot = now.boot
        recall(self.bedside, self.hours, self.sequence, now)

    def _go_on(self, running: Running, now: Instant, *, lights: bool, made: Sequence | None = None) -> None:
        """Enter a sequence where it would be by now."""
        begin_boot, profile = now.boot_at(running.begin_at), self.bedside.pacing.seen.profile
        made = made or sequence(self.hours.config, profile, running, begin_boot, lights=lights)
        made = late(made, now.boot) if now.boot - made.begin_boot > ALIGNED_S else made
        self.run(made if made.lights is lights else replace(made, lights=lights), now)
        self.hours.keep(running=running)

    def run(self, sequence_: Sequence | None, now: Instant) -> None:
        """From now on this sequence runs; None: none."""
        self.sequence = sequence_
        if sequence_ is None:
            self.hours.keep(running=None)
            return
        self._said_boot = min(self._said_boot, now.boot - 1e-3)
        self._let_go_boot = None
        self.bedside.pace(sequence_, now)

    def let_go_after(self, now: Instant, for_s: float) -> None:
        """By day, the lamps are nobody's concern any more after this time."""
        if self.where(now) is Phase.DAY:
            self._let_go_boot = now.boot + for_s
