"""What of a lamp its rooms go by. While that is the same, they need no turn for it. It changes nothing."""

from __future__ import annotations

from winddown.core.lamp import Lamp

Outlook = tuple[object, ...]


def outlook(lamp: Lamp, boot: float) -> Outlook:
    """All that a room reads of a lamp by itself: to plan its way down, to tell what it shows, and what is wrong."""
    seen, reach, known = lamp.seen, lamp.reach, lamp.known
    shown, memory, off = seen.shown, seen.memory, seen.off
    planned = bool(lamp.courses) and lamp.courses.keys() >= {*lamp.claims} and not memory.touched
    return (
        shown.on,
        shown.level is None,
        seen.published,
        seen.profile,
        memory.touched,
        memory.touched_at,
        planned or seen.question.open,  # on its way already, it is asked before each step: nobody waits for that
        lamp.settled(boot),
        shown.on is None and lamp.heard_out(boot),
        seen.others.every_s(boot),
        off is not None and off.refused,
        reach.online,
        reach.bridge_gone,
        reach.deaf(boot),
        known.lost,
        known.renamed,
    )
