"""The words of the diary's table and pictures, by language. Whole phrases: nothing is put together from parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from winddown.diary.trend import Kept, Trend


@dataclass(frozen=True, slots=True)
class Words:
    """What is written into them."""

    tension: str
    before: str
    after: str
    quality: str
    night_presses: str
    title: str
    """With `{room}`, `{first}` and `{last}`."""
    few: str
    """With `{nights}`: too few for a sentence about them."""
    unclear: str
    """With `{nights}`."""
    lower: str
    """With `{first}`, `{last}` and `{nights}`."""
    higher: str
    kept: str
    """With `{kept}` and `{seen}`."""
    estimated: str
    """What the mark before an estimated value means."""
    headings: tuple[str, ...]
    cut: str
    """A runway that was cut short."""
    whole: str
    """One that was not."""
    marks: Mapping[str, str]
    """What was marked of the day before, by its field."""
    decimal: str
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """A date, short."""
        return f"{day.day} {self.months[day.month - 1]}"

    def says(self, found: Trend) -> str:
        """A trend in a sentence."""
        pattern = {"few": self.few, "unclear": self.unclear, "lower": self.lower, "higher": self.higher}[found.way]
        return pattern.format(nights=found.nights, first=self._number(found.first), last=self._number(found.last))

    def kept_says(self, found: Kept) -> str:
        """How many runways were kept, in a sentence; nothing where none was seen."""
        return self.kept.format(kept=found.kept, seen=found.seen) if found.seen else ""

    def _number(self, value: float) -> str:
        return f"{value:g}".replace(".", self.decimal)


_EN = Words(
    tension="Tension",
    before="before",
    after="after",
    quality="Quality",
    night_presses="Presses in the night",
    title="Nights in {room}, {first} to {last}",
    few="Nights filled in: {nights}. A trend can be told from fourteen on.",
    unclear="Over {nights} nights no clear trend: it goes up and down.",
    lower="Over {nights} nights it went down: about {first} in the first week, about {last} in the last.",
    higher="Over {nights} nights it went up: about {first} in the first week, about {last} in the last.",
    kept="{kept} of {seen} landing strips kept to their end.",
    estimated="~ is what winddown saw, and nobody has confirmed",
    headings=(
        "evening", "to bed", "lights out", "asleep in", "awake", "woke", "up", "slept", "quality", "tension",
        "presses", "runway", "day before",
    ),
    cut="cut",
    whole="kept",
    marks={"hardly_functioned": "hardly functioned", "much_pain": "much pain", "fear_or_gloom": "fear or gloom"},
    decimal=".",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)  # fmt: skip

_NL = Words(
    tension="Spanning",
    before="ervoor",
    after="erna",
    quality="Kwaliteit",
    night_presses="Gedrukt in de nacht",
    title="Nachten in {room}, {first} tot {last}",
    few="Ingevulde nachten: {nights}. Vanaf veertien valt er een lijn te zien.",
    unclear="Over {nights} nachten geen duidelijke lijn: het gaat op en neer.",
    lower="Over {nights} nachten is het gedaald: ongeveer {first} in de eerste week, ongeveer {last} in de laatste.",
    higher="Over {nights} nachten is het gestegen: ongeveer {first} in de eerste week, ongeveer {last} in de laatste.",
    kept="{kept} van {seen} keer is het afbouwen niet afgebroken.",
    estimated="~ is wat winddown zag; niemand heeft het bevestigd",
    headings=(
        "avond", "naar bed", "licht uit", "in slaap na", "wakker", "ontwaakt", "op", "geslapen", "kwaliteit",
        "spanning", "gedrukt", "afbouwen", "dag ervoor",
    ),
    cut="afgebroken",
    whole="afgemaakt",
    marks={"hardly_functioned": "nauwelijks doorgekomen", "much_pain": "veel pijn", "fear_or_gloom": "angst, somber"},
    decimal=",",
    months=("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
)  # fmt: skip

WORDS = {"en": _EN, "nl": _NL}
"""By language."""
