"""What is tried on real lamps together with a person: what to send, what to ask, how to put back. It sends nothing.

A talk is a generator: it yields one step after the other and is given what came of it, so whoever carries it out, a
verb or a table in a test, needs to know nothing of what it is about.
"""

from __future__ import annotations

from winddown.trial.daytime import Daytime
from winddown.trial.lapse import DARK_S, LEAD_S, OFF_AIR, Lapse, lapse
from winddown.trial.probing import probe
from winddown.trial.putting_back import back, is_back, showing
from winddown.trial.sight import Sight
from winddown.trial.swatches import DARKEST_START, choose_curve
from winddown.trial.talk import Pause, Question, Read, Reply, Say, Step, Talk, Tell

__all__ = [
    "DARKEST_START",
    "DARK_S",
    "LEAD_S",
    "OFF_AIR",
    "Daytime",
    "Lapse",
    "Pause",
    "Question",
    "Read",
    "Reply",
    "Say",
    "Sight",
    "Step",
    "Talk",
    "Tell",
    "back",
    "choose_curve",
    "is_back",
    "lapse",
    "probe",
    "showing",
]
