"""What is known of each lamp of a room, and from whom, as a table. It asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rich.box import Box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from winddown.config import Lamp, Room, duration_text, own_layers
from winddown.lights.layers import resolve
from winddown.model import Catalogue, Layer, Profile
from winddown.survey import plain

_PLAIN = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""No lines but one under the headings."""
_LONGEST = 2000
"""Of all names that a bridge has: what is longer says no more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What bridges say of lamps, by their keys."""

    by_key: Mapping[str, Catalogue]
    why_not: str | None = None
    """Why nobody was asked."""

    @property
    def layers(self) -> Mapping[str, tuple[Layer, ...]]:
        """What is said of each."""
        return {key: catalogue.layers for key, catalogue in self.by_key.items()}


def plain_table() -> Table:
    """A table as this program shows them."""
    return Table(box=_PLAIN, show_edge=False, pad_edge=True, padding=(0, 1), header_style="dim")


def show_lamps(console: Console, room: Room, told: Told) -> None:
    """Every lamp of the room."""
    for name, lamp in room.lights.items():
        remark = _remark(lamp, told)
        console.print(Text(f"\n  {name}", style="bold"), Text(f"{plain(lamp.driver.key)}{remark}", style="dim"))
        console.print(_known(lamp, told.layers.get(lamp.driver.key, ())))


def _remark(lamp: Lamp, told: Told) -> str:
    if not lamp.driver.catalogue_topics():
        return ""
    if told.why_not is not None:
        return f"  ({told.why_not})"
    catalogue = told.by_key.get(lamp.driver.key)
    if catalogue is None:
        return "  (its bridge says nothing)"
    return (
        ""
        if catalogue.layers
        else f"  (not known to its bridge, which has: {plain(', '.join(catalogue.names), _LONGEST) or 'none'})"
    )


def _known(lamp: Lamp, told: tuple[Layer, ...]) -> Table:
    table = plain_table()
    for heading in ("", "", "from"):
        table.add_column(heading, no_wrap=True)
    found = resolve((*own_layers([lamp]), *told), lamp.driver.profile(), f"usual for {lamp.driver.DIALECT}")
    for field, (label, value) in ROWS.items():
        table.add_row(label, value(found.profile), Text(found.sources[field], style="dim"))
    return table


def _level(profile: Profile) -> str:
    return f"{100 * profile.min_level / profile.scale:.1f} % (level {profile.min_level} of {profile.scale})"


def _white(mired: int | None) -> str:
    return "none" if mired is None else f"{1_000_000 / mired:.0f} K ({mired} mired)"


def _fade(longest_s: float) -> str:
    return duration_text(longest_s) if longest_s else "none, it goes in small steps"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


ROWS: Mapping[str, tuple[str, Callable[[Profile], str]]] = {
    "scale": ("highest level", lambda lamp: str(lamp.scale)),
    "min_level": ("least level that gives light", _level),
    "dims": ("can be dimmed", lambda lamp: _yes(lamp.dims)),
    "coolest_mired": ("coolest white", lambda lamp: _white(lamp.coolest_mired)),
    "warmest_mired": ("warmest white", lambda lamp: _white(lamp.warmest_mired)),
    "max_fade_s": (
        "longest fade of its own",
        lambda lamp: duration_text(lamp.max_fade_s) if lamp.max_fade_s else "none",
    ),
    "frame_s": ("least time between two steps", lambda lamp: f"{lamp.frame_s:g} s"),
    "curve": ("curve", lambda lamp: lamp.curve),
    "together": ("level and white in one command", lambda lamp: _yes(lamp.together)),
    "can_ask": ("can be asked", lambda lamp: _yes(lamp.can_ask)),
    "reports": ("says what it shows", lambda lamp: _yes(lamp.reports)),
    "plain": ("takes a brightness alone", lambda lamp: _yes(lamp.plain)),
    "relights": ("its fade is ended before an off", lambda lamp: _yes(lamp.relights)),
    "group": ("several lamps as one, so it does not breathe", lambda lamp: _yes(lamp.group)),
}
"""Every field of a profile, in words."""
