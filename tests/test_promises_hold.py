"""Whatever happens in an evening, the promises hold at every instant of it. `WINDDOWN_EVENINGS=5000` tries many."""

from __future__ import annotations

import os

from hypothesis import given, settings

from evenings.chance import AnyEvening, evenings, live

MANY = int(os.environ.get("WINDDOWN_EVENINGS", "200"))
"""How many evenings are tried."""


@settings(max_examples=MANY, deadline=None)
@given(evenings)
def test_whatever_happens_in_an_evening_every_promise_holds(evening: AnyEvening):
    world = live(evening)

    assert world.state()["phase"] == "day" or world.state()["origin"] == "day"
