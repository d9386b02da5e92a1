"""The words in a picture of an evening, by language. Whole phrases: nothing is put together from parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Words:
    """What is written into the picture."""

    runway: str
    runway_says: str
    breathing: str
    breathing_says: str
    night: str
    night_says: str
    bedtime: str
    wake: str
    off: str
    quiet: str
    pace: str
    """With `{first}` and `{last}`, in breaths a minute."""
    decimal: str
    """What stands before tenths."""
    title: str
    """With `{room}` and `{day}`."""
    tells: str
    """The evening in a sentence for whoever cannot see it, with `{runway}`, `{bedtime}`, `{wake}` and `{lamps}`."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def day(self, day: date) -> str:
        """A date as people write it."""
        return f"{self.weekdays[day.weekday()]} {day.day} {self.months[day.month - 1]} {day.year}"

    def paced(self, first: float, last: float) -> str:
        """How breathing slows down."""
        written = [f"{round(pace, 1):g}".replace(".", self.decimal) for pace in (first, last)]
        return self.pace.format(first=written[0], last=written[1])


_EN = Words(
    runway="Runway",
    runway_says="lamps sink and grow warm",
    breathing="Breathing",
    breathing_says="breathe with the light",
    night="Night",
    night_says="dark and quiet",
    bedtime="bedtime",
    wake="wake",
    off="off",
    quiet="quiet",
    pace="from {first} to {last} breaths a minute",
    decimal=".",
    title="An evening in {room}, {day}",
    tells=(
        "From {runway} the lamps ({lamps}) sink and grow warm and the house keeps quiet. At {bedtime}, bedtime, one "
        "lamp breathes, slower and dimmer, and goes out. It stays dark and quiet until {wake}."
    ),
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
)  # fmt: skip

_NL = Words(
    runway="Afbouwen",
    runway_says="lampen dimmen en worden warmer",
    breathing="Ademen",
    breathing_says="adem mee met het licht",
    night="Nacht",
    night_says="donker en stil",
    bedtime="bedtijd",
    wake="wakker",
    off="uit",
    quiet="stil",
    pace="van {first} naar {last} ademhalingen per minuut",
    decimal=",",
    title="Een avond in {room}, {day}",
    tells=(
        "Vanaf {runway} dimmen de lampen ({lamps}), wordt hun licht warmer en houdt het huis zich stil. Om {bedtime}, "
        "bedtijd, ademt één lamp, steeds trager en zwakker, en gaat dan uit. Tot {wake} blijft het donker en stil."
    ),
    weekdays=("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    months=(
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
)  # fmt: skip

WORDS = {"en": _EN, "nl": _NL}
"""By language."""
