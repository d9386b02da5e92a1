"""`make mutants`: plants each bug, tells where it was caught, and fails if one escapes."""

from __future__ import annotations

import sys
import time

from mutants.bugs import BUGS
from mutants.hunt import all_plays, caught


def main() -> int:
    """A line for each bug."""
    plays, escaped = all_plays(), 0
    wrong = [name for name, play in plays.items() if not _holds(play)]
    if wrong:
        print(f"without any bug these fail already: {'; '.join(wrong)}")
        return 1
    for bug in BUGS:
        begun = time.perf_counter()
        where = caught(bug, plays)
        escaped += where is None
        said = f"caught   {where}" if where else "ESCAPED"
        print(f"{bug.name:38} {said}  ({time.perf_counter() - begun:.1f} s)", flush=True)
    print(f"{len(BUGS) - escaped} of {len(BUGS)} caught")
    return 1 if escaped else 0


def _holds(play: object) -> bool:
    try:
        play()  # type: ignore[operator]  # a play
    except AssertionError:
        return False
    return True


sys.exit(main())
