"""The share of real remotes that is understood, and nights full of hands. Counted, not timed."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from buttons.test_battery_remotes import REMOTES, is_understood
from evenings.chance import AnyEvening, evenings, live

NIGHTS = 200


def understood_percent() -> float:
    """Of the battery remotes in the list, as they are."""
    return 100 * sum(map(is_understood, REMOTES)) / len(REMOTES)


def broken_promises() -> int:
    """The nights in which the watches found one broken, among random ones with random touches in them."""
    broken: list[AnyEvening] = []

    @settings(
        max_examples=NIGHTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(evenings)
    def night(evening: AnyEvening) -> None:
        try:
            live(evening)
        except AssertionError:
            broken.append(evening)

    night()
    return len(broken)
