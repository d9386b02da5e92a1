"""What one lamp shows, by all that is known of it, and whose doing it is. It gives no command.

A lamp says where it is in a fade, where it was told to go, late, twice, or nothing at all; a hand may have been there
without telling. What is believed here is never brighter than what was last said or told.
"""

from __future__ import annotations

from dataclasses import replace

from winddown.clock import Instant
from winddown.core.aims import Aims
from winddown.core.ceiling import Ceiling
from winddown.core.kept import Kept
from winddown.core.off import AGAIN_S, STALE_S, OffWatch
from winddown.core.others import Others
from winddown.core.question import Question
from winddown.core.reach import BACK_S
from winddown.core.rise import Rise
from winddown.core.touch import LATE_S, Touch, differs, over, touched
from winddown.model import Commanded, LampMemory, Profile, Report


class Seen(Kept[LampMemory]):
    """The knowledge of one lamp."""

    def __init__(self, profile: Profile, memory: LampMemory) -> None:
        self.profile = profile
        super().__init__(memory)
        self.shown = Report()
        """What it last said, or, for one that says nothing, was last told."""
        self.published = Report()
        """What it shows, without the beats of a sequence."""
        self.beating = False
        """It follows a sequence: what it shows changes all the time."""
        self.minded = False
        """Some room is between runway and wake, or in a sequence: only there a hand is of any concern."""
        self.touches: list[Touch] = []
        """News for whoever tells people; emptied by them."""
        self.off: OffWatch | None = None
        self._turned_boot: float | None = None
        """When it was last told to go off, or lit: an OFF that it says soon after may be of before."""
        self.off_still_counts = False
        """After a restart in the evening in which it was told to go off, and did not say so."""
        self.was_on = False
        """After a restart in a sequence that turns nothing off: it was on before that, so it is, but for a hand."""
        self.question = Question()
        self.tells_until_boot = float("-inf")
        """It reports its fades by itself, and has just done so."""
        self.returned_boot = float("-inf")
        """When it, or its bridge, came back from where it could not be heard: what it shows then is nobody's doing."""
        self.woke = False
        """News: it was off, and its power has lit it."""
        self.rise, self.others, self.aims, self._ceiling = Rise(), Others(), Aims(), Ceiling()

    def take_over(self, other: Seen) -> None:
        """What another life in this process knew of the same lamp."""
        for name in ("shown", "published", "off", "others", "aims", "_ceiling", "_turned_boot"):
            setattr(self, name, getattr(other, name))

    # ------------------------------------------------------------ what is known

    @property
    def touched(self) -> frozenset[str]:
        """Of `on`, `level`, `warmth`: what a hand has changed."""
        return frozenset(self.memory.touched)

    @property
    def going_off(self) -> bool:
        """It was told OFF and has not said so."""
        return self.off is not None and not self.off.said

    @property
    def lit(self) -> bool:
        """It is on, and is to stay on."""
        return self.shown.on is True and (self.off is None or self.off.said)

    def level_at(self, boot: float) -> int | None:
        """The level by all we know, mid-fade too, rounded down; None: unknown."""
        if (told := self.aims.level_at(boot)) is not None:
            return told if self._ceiling.level is None else min(told, self._ceiling.level)
        return self.shown.level

    def shows(self, boot: float) -> Report:
        """What it shows by all we know."""
        return Report(self.shown.on, self.level_at(boot), self.shown.mired)

    def ceiling(self, boot: float, level: int) -> int:
        """`level`, or what the lamp shows where that is less."""
        known = [at for at in (self.level_at(boot), self._ceiling.level) if at is not None]
        return min(level, *known) if known else level

    # ------------------------------------------------------------ what it and others say

    def hear_report(self, report: Report, now: Instant) -> None:
        """It says what it shows."""
        if self.question.hears(report, now.boot):
            return
        self._believe(report, now)
        if report.level is not None and self.aims.passes(report.level, now.boot):
            self.tells_until_boot = now.boot + LATE_S

    def hear_command(self, command: Commanded, now: Instant) -> None:
        """Somebody else told it what to show; that comes before it says so."""
        said = Report(command.on, command.level, command.mired)
        changed = self._not_ours(said, now.boot)
        if command.on is not None and command.on is not self.lit:
            changed |= {"on"}
        if command.level is not None:
            self._ceiling.hear(command.level, now.boot, beating=self.beating, anew="level" in changed)
            self.rise.goal = None
            self.keep(morning=None)
        self._touch(changed, said, now)
        if not self.profile.reports:
            self.shown = over(self.shown, said)

    def sinks_to(self, level: int, start: int) -> None:
        """An earlier life told it so just now; it was at `start`, or on its way to that."""
        self._ceiling.lands(level, start)

    def connected(self, boot: float) -> None:
        """The broker is there again; what it was told last may have reached it just now, or never."""
        self.aims.held_up(boot)
        self._ceiling.sinks()

    def returned(self, boot: float) -> None:
        """It could not be heard for a while, or has just come to power."""
        self.returned_boot = boot
        self.aims.forget()

    def judge_answer(self, now: Instant) -> None:
        """The time for answers is over: the last one counts."""
        minded, self.minded = self.minded, self.minded and not self.question.begins
        if (answer := self.question.answer()) is not None:
            self._believe(answer, now, sure=True)
        self.minded, self.question.begins = minded, self.question.begins and self.question.doubts

    def _believe(self, report: Report, now: Instant, *, sure: bool = False) -> None:
        if self.question.only and not sure:
            return
        changed: frozenset[str] = frozenset()
        if report.on is not None:
            if not sure and (self._doubtful(report.on, now.boot) or self._belated_off(report.on, now.boot)):
                return
            changed = self._judge_on(report.on, now.boot)
        self._expect_morning(report, now.boot)
        back = now.boot - self.returned_boot < BACK_S
        if back and "on" in changed and report.on:
            self.woke = self.minded
            self.forget_off()
        if (self.shown.on if report.on is None else report.on) and not self.going_off:
            changed |= frozenset() if "on" in changed or back else self._not_ours(report, now.boot, asked=sure)
            if report.level is not None:
                self._ceiling.hear(report.level, now.boot, beating=self.beating, anew=bool(changed) or back)
        changed = frozenset() if back else changed
        known = self.shown.on is not None  # its first word after a start is no change
        moved = known and bool(self.memory.touched) and differs(report, self.shown, self.profile.scale)
        if moved:
            self.keep(touched_at=now.wall)
        self.shown = over(self.shown, report)
        self._publish(self.shown if changed or not self.beating else self.published)
        if changed or moved:
            self._touch(changed, report, now)

    def _not_ours(self, said: Report, boot: float, *, asked: bool = False) -> frozenset[str]:
        """Held against what it was told, or, where it was told nothing, against what it showed."""
        return touched(said, self.aims.against(self.shown, boot), boot, self.profile.scale, asked=asked)

    def _doubtful(self, on: bool, boot: float) -> bool:
        """An ON right after a said OFF: the tail of a fade, or a person? Ask again before believing it."""
        off = self.off
        if not on or off is None or off.said_boot is None or not self.profile.can_ask:
            return False
        if boot - off.said_boot > STALE_S:
            return False
        self.question.doubts = True
        return True

    def _belated_off(self, on: bool, boot: float) -> bool:
        """An OFF right after it was lit again: its word on our OFF before that, or a hand? Ask, where it answers."""
        told, lit = self._turned_boot, self.shown.on is True and self.off is None
        if on or not lit or told is None or boot - told > STALE_S:
            return False
        self.question.doubts = self.profile.can_ask
        self._turned_boot = told if self.question.doubts else None
        return True

    def _judge_on(self, on: bool, boot: float) -> frozenset[str]:
        if self.off is not None and not self.off.said:
            if not on:
                self.off.said_boot = boot
                self.keep(off_unsaid=False)
            return frozenset()
        known = self.shown.on
        if known is None and on and self.memory.off_unsaid and self.off_still_counts:
            self.off = OffWatch(boot - AGAIN_S[0], mute=False)
            return frozenset()
        if known is None and self.was_on:
            known = True
        elif known is None and self.memory.told is not None and self.memory.told.on is False:
            known = False  # we turned it off before a restart
        return frozenset() if known is None or known == on else frozenset({"on"})

    def _touch(self, attributes: frozenset[str], shows: Report, now: Instant) -> None:
        if "on" in attributes and shows.on:
            self.forget_off()
        if not self.minded or not (attributes or self.touched):
            return
        self.others.count(now.boot)
        fresh = attributes - self.touched
        self.keep(touched=tuple(sorted(self.touched | attributes)), touched_at=now.wall)
        self.aims.taken(attributes)
        if fresh:
            self.touches.append(Touch(fresh, shows))

    def _publish(self, shows: Report) -> None:
        """Whether it is on, it says itself."""
        self.published = shows if shows.on is self.shown.on else replace(shows, on=self.shown.on)

    # ------------------------------------------------------------ what we do to it

    def told(self, goal: Report, fade_s: float, now: Instant, *, rises: bool = False) -> None:
        """It is being told to show this, after a fade."""
        self._ceiling.rises(now.boot + fade_s + LATE_S) if rises else self._ceiling.sinks()
        whole = self.aims.tell(goal, self.shown, now.boot, fade_s, asks=self.profile.can_ask)
        self.forget_off()
        self._keep(goal, whole, now)

    def told_off(self, now: Instant, *, mute: bool) -> None:
        """It is being told to go off; `mute`: it need not say so."""
        self._turned_boot = now.boot
        self.aims.forget()
        self.off = OffWatch(now.boot, mute=mute)
        self._keep(Report(on=False), Report(on=False), now)
        self.keep(off_unsaid=not mute or not self.profile.reports)

    def off_again(self, boot: float) -> bool:
        """It is to be told so once more now; after this one that says nothing has been told all that it is to be."""
        again = self.off is not None and self.off.due(boot)
        if again and self.off is not None and self.off.mute:
            self.keep(off_unsaid=False)
        return again

    def lighting(self, mired: int | None, now: Instant) -> None:
        """It is being lit at its smallest level."""
        self.told(smallest := Report(True, self.profile.min_level, mired), 0.0, now, rises=True)
        self.shown = over(self.shown, smallest)
        self._turned_boot = now.boot if self.profile.can_ask else self._turned_boot
        self.keep(told=smallest, told_at=now.wall)  # after a restart it is on by our doing

    def _keep(self, goal: Report, whole: Report, now: Instant) -> None:
        self.question.void()
        if not self.beating:
            self.keep(told=whole, told_at=now.wall, told_before=self.memory.told)
        if not self.profile.reports:
            self.shown = over(self.shown, goal)
        self._publish(self.published if self.beating else over(self.published, goal))

    def take_back(self) -> None:
        """It is ours again. One that was told OFF and has not said so may be either, so it is not taken for on."""
        if self.going_off and self.profile.reports:
            self.shown = replace(self.shown, on=None)
            self.question.doubts = self.profile.can_ask
        self.forget_off()
        if self.memory.touched:
            self.keep(touched=(), touched_at=None)
            self.aims.given_back(self.shown)

    def forget_off(self) -> None:
        """It need not go off any more."""
        self.off = None
        if self.memory.off_unsaid:
            self.keep(off_unsaid=False)

    def snapshot(self, boot: float) -> None:
        """What it shows is what it showed before the evening; the first such word counts."""
        if self.memory.before is None and self.shown.on is not None:
            self.keep(before=self.shows(boot))

    def forget_before(self, *, restores: bool = False) -> None:
        """Whatever begins next finds it as it is then; what a night dimmed is by day as it was, if that `restores`."""
        before, morning = self.memory.before, self.memory.morning
        dimmed = before is not None and before.on and before.level is not None and "level" not in self.touched
        if before is not None:
            self.keep(before=None, morning=before if restores and dimmed else morning)

    def _expect_morning(self, report: Report, boot: float) -> None:
        comes = bool(report.on and not self.shown.on and not self.minded)
        self.rise.hear(report, self.shown, self.memory.morning if comes else None, self.profile.scale, boot)
        if comes and self.memory.morning is not None:
            self.keep(morning=None)

    def forget_evening(self, *, restores: bool = False) -> None:
        """Nothing of an evening is left but, where the night dimmed it, what it was before."""
        if self.memory.morning is not None and (self.shown.on or "level" in self.touched):
            self.keep(morning=None)  # somebody has made it what it is since
        self.forget_before(restores=restores and not self.shown.on)
        self.forget_off()
        self.aims.recalled = ()
        self.keep(touched=(), touched_at=None)
