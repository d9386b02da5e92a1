"""What a press and a word mean: the table, the parsing of commands, and which presses count. It carries out none.

A verb's default minutes, and whether a room refuses it, are the room's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from winddown.model import Origin, Phase, Press, Sentence, Verb, say
from winddown.value import value

TABLE: dict[Phase, dict[Press, Verb]] = {
    Phase.DAY: {Press.SINGLE: Verb.RELEASE, Press.DOUBLE: Verb.START, Press.HOLD: Verb.STOP},
    Phase.RUNWAY: {Press.SINGLE: Verb.GO_TO_BED, Press.DOUBLE: Verb.LATER, Press.HOLD: Verb.DARK},
    Phase.RELEASE: {Press.SINGLE: Verb.NEXT, Press.DOUBLE: Verb.BREATHE, Press.HOLD: Verb.DARK},
    Phase.BREATHING: {Press.SINGLE: Verb.RELEASE, Press.DOUBLE: Verb.BREATHE, Press.HOLD: Verb.DARK},
    Phase.NIGHT: {Press.SINGLE: Verb.RELEASE, Press.DOUBLE: Verb.GLOW, Press.HOLD: Verb.DARK},
}
"""What each press does where nothing else is configured; by day a sequence is held to `stop`."""

MINUTES: dict[Verb, tuple[int, int]] = {Verb.LATER: (1, 120), Verb.GLOW: (1, 60)}
"""The verbs that take minutes, and the least and the most of them."""

NONE = "none"
"""What a configuration writes for a press that does nothing."""

_SHOWN = 40
"""Longest part of somebody's text that is said back."""


@value()
class Order:
    """What a person asks of a room."""

    verb: Verb
    minutes: int | None = None
    """None: not said, as long as the verb usually takes."""
    off: bool = False
    """`skip off`: the evening is wanted after all."""


def verb_for(
    press: Press, phase: Phase, origin: Origin, overrides: Mapping[Press, Mapping[Phase, str]]
) -> Order | None:
    """What a press asks for in a phase; None: nothing. Overrides are texts of `parse_command`, or `none`.

    One that is neither leaves the table as it is: a button at a bedside always does something known.
    """
    text = overrides.get(press, {}).get(phase)
    if text == NONE:
        return None
    own = parse_command(text) if text is not None else None
    if isinstance(own, Order):
        return own
    if press is Press.HOLD and origin is Origin.DAY and phase in {Phase.RELEASE, Phase.BREATHING}:
        return Order(Verb.STOP)
    return Order(TABLE[phase][press])


def parse_command(text: str) -> Order | Sentence:
    """The order in a command such as `stop`, `later 20` or `skip off`; else a sentence that says what is wrong."""
    match text.split():
        case []:
            return say("order.empty", verbs=", ".join(Verb))
        case [word, *rest] if word in {*Verb}:
            return _order(Verb(word), rest, text)
        case _:
            return say("order.unknown", text=_shown(text), verbs=", ".join(Verb))


def _order(verb: Verb, rest: list[str], text: str) -> Order | Sentence:
    match rest:
        case []:
            return Order(verb)
        case ["off"] if verb is Verb.SKIP:
            return Order(verb, off=True)
        case [number] if verb in MINUTES:
            return _with_minutes(verb, number, text)
        case _:
            return _no_order(verb, text)


def _with_minutes(verb: Verb, number: str, text: str) -> Order | Sentence:
    least, most = MINUTES[verb]
    if number.isascii() and number.isdigit() and len(number) <= len(str(most)) and least <= int(number) <= most:
        return Order(verb, int(number))
    return _no_order(verb, text)


def _no_order(verb: Verb, text: str) -> Sentence:
    if verb is Verb.SKIP:
        return say("order.skip", text=_shown(text))
    if verb not in MINUTES:
        return say("order.alone", text=_shown(text), verb=verb)
    least, most = MINUTES[verb]
    return say("order.minutes", text=_shown(text), verb=verb, least=least, most=most)


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


# ---------------------------------------------------------------- fingers

Feel = Literal["accepted", "repeat", "flood_first", "flood"]
"""One that counts; the press before, heard again; the first of too many, worth a `why`; the rest of those."""

REPEAT_S = 0.4
FLOOD_S = 3.0
FLOOD_PRESSES = 5
_NEVER: Mapping[Press, float] = {}
"""Of a house of a thousand rooms most have no button pressed all day."""


class Finger:
    """Tells a finger from an echo and from a button that is stuck. One for each room, fed from all of its buttons."""

    __slots__ = ("_flooded", "_last_boot", "_recent_boot")

    def __init__(self) -> None:
        self._last_boot = _NEVER
        """When each press was last felt anew. Echoes do not count: pressing quickly would otherwise hold itself off."""
        self._recent_boot: tuple[float, ...] = ()
        self._flooded = False

    def feel(self, press: Press, boot_s: float) -> Feel:
        """What a press at this boot-time is worth. Ignored ones count: a stuck button stays ignored until it rests."""
        last_boot = self._last_boot.get(press)
        if last_boot is not None and boot_s - last_boot <= REPEAT_S:
            return "repeat"
        self._last_boot = {**self._last_boot, press: boot_s}
        self._recent_boot = (*(boot for boot in self._recent_boot if boot_s - boot <= FLOOD_S), boot_s)
        was_flooded, self._flooded = self._flooded, len(self._recent_boot) > FLOOD_PRESSES
        if not self._flooded:
            return "accepted"
        return "flood" if was_flooded else "flood_first"
