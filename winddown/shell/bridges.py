"""Hears, once, what the bridges on the broker say of a house's lamps. It tells nobody anything and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from winddown import clock
from winddown.lights import LightDialect
from winddown.model import Catalogue, Received
from winddown.shell.remote import Remote

ANSWER_S = 1.5
"""What a bridge says of its devices the broker has stored; it comes at once, or there is no bridge."""


def topics_of(lamps: Iterable[LightDialect]) -> tuple[str, ...]:
    """Where the bridges of these lamps tell of them; none: they have no bridge."""
    return tuple(dict.fromkeys(topic for lamp in lamps for topic in lamp.catalogue_topics()))


def ask_bridges(remote: Remote, lamps: Iterable[LightDialect]) -> dict[str, Catalogue]:
    """What is said of each lamp, by its key; one of which nothing is said is left out.

    `remote` is connected, and hears `topics_of` these lamps.
    """
    lamps, missing = tuple(lamps), set(topics_of(lamps))
    told: dict[str, Catalogue] = {}
    until_boot = clock.now().boot + ANSWER_S
    while missing and (message := remote.hear(max(until_boot - clock.now().boot, 0.0))) is not None:
        missing.discard(message.topic)
        for lamp in lamps:
            if message.topic in lamp.catalogue_topics():
                _take_in(lamp, message, told)
    return told


def _take_in(lamp: LightDialect, message: Received, told: dict[str, Catalogue]) -> None:
    heard = lamp.decode(message.topic, message.payload, lamp.profile())
    if isinstance(heard, Catalogue):
        before = told.get(lamp.key, Catalogue(()))
        names = tuple(sorted({*before.names, *heard.names}))
        told[lamp.key] = replace(heard if heard.layers else before, names=names)
