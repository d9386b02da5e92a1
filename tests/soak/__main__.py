"""`python -m soak [ERRAND ...]`: each prints its count and its violations; exit 1 if there was any."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from soak.faults import cuts, moods
from soak.kills import kills
from soak.load import commands, crowd, flood, presses
from soak.messages import messages
from soak.month import month
from soak.outages import hangs, restarts
from soak.report import Report
from soak.zones import zones

ERRANDS: dict[str, Callable[[], Report]] = {
    "kills": partial(kills, 200),
    "messages": partial(messages, 100_000),
    "restarts": partial(restarts, 100),
    "hangs": partial(hangs, 5),
    "cuts": partial(cuts, 6),
    "moods": partial(moods, 4),
    "presses": presses,
    "commands": commands,
    "crowd": crowd,
    "flood": flood,
    "month": month,
    "zones": zones,
}


def main(names: list[str]) -> int:
    """Run these, or all."""
    if unknown := set(names) - set(ERRANDS):
        print(f"no errand is called {', '.join(sorted(unknown))}; there are: {', '.join(ERRANDS)}", file=sys.stderr)
        return 2
    broken = 0
    for name in names or ERRANDS:
        report = ERRANDS[name]()
        print(report, flush=True)
        broken += len(report.violations)
    return min(broken, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
