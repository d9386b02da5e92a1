"""Evenings that are known to be hard, each for one thing. Plain values, for the promises and for the planted bugs."""

from __future__ import annotations

from evenings.chance import AnyEvening, Deed

SILENT, SAID = {"reports": False}, {"reports": True}
IN_RUNWAY_S, IN_BREATHING_S, IN_NIGHT_S = 1800.0, 3420.0, 4500.0
"""After 21:50: 22:20, 22:47, 23:05."""


def evening(*deeds: Deed, **habits: object) -> AnyEvening:
    return AnyEvening(deeds=deeds, **habits)  # type: ignore[arg-type]  # fields by name


def hand(after_s: float, lamp: str, told: dict[str, bool], **changes: object) -> Deed:
    return Deed(after_s, "hand", {"lamp": lamp, **told, **changes})


KNOWN = {
    "nothing happens": evening(),
    "lamps that report each second": evening(lamps=("chatty", "chatty")),
    "lamps that jump": evening(lamps=("ikea", "stepped")),
    "lamps that cannot be asked": evening(lamps=("json", "dimmer")),
    "begun in the runway, of lamps that cannot be asked": evening(
        begins="22:05", lamps=("json", "dimmer"), mutes=False
    ),
    "a hand in the breathing, and then a runway again": evening(
        hand(138, "two", SAID, level=84),
        Deed(51, "command", "later"),
        Deed(400, "speaker", "80"),
        begins="22:46",
        starts="always",
        off_at="'22:30'",
        mutes=False,
    ),
    "two lamps of one device, one of them a hand's": evening(
        hand(IN_RUNWAY_S, "two", SAID, level=230), lamps=("gang", "gang")
    ),
    "a lamp that never says anything, and dead over bedtime": evening(
        Deed(2000, "dead", 1400.0), lamps=("mute", "zigbee"), levels=(2, 2), lit=(True, False), mutes=False
    ),
    "every lamp is off": evening(lit=(False, False)),
    "the breathing lamp is off": evening(lit=(False, True)),
    "a lamp that does not say that it is off": evening(lamps=("zigbee", "forgets")),
    "a hand dims and tells nobody": evening(hand(IN_RUNWAY_S, "two", SILENT, level=12)),
    "a hand switches off and tells nobody": evening(hand(IN_RUNWAY_S, "two", SILENT, on=False)),
    "a hand switches off just after the question": evening(hand(1811.2, "two", SILENT, on=False)),
    "a hand switches off in a breath and tells nobody": evening(hand(IN_BREATHING_S, "one", SILENT, on=False)),
    "a hand turns a lamp brighter": evening(hand(IN_RUNWAY_S, "two", SAID, level=250)),
    "a hand makes a lamp cooler": evening(hand(IN_RUNWAY_S, "two", SAID, mired=160)),
    "a hand turns a lamp brighter, and a restart": evening(
        hand(IN_RUNWAY_S, "two", SAID, level=250), Deed(60, "dead", 10.0)
    ),
    "a hand lights a lamp in the night": evening(hand(IN_NIGHT_S, "two", SAID, on=True, level=200)),
    "an app turns a lamp brighter": evening(Deed(IN_RUNWAY_S, "app", 250)),
    "off in a breath, and a restart": evening(hand(IN_BREATHING_S, "one", SILENT, on=False), Deed(0.2, "dead", 5.0)),
    "somebody turns the speaker up": evening(Deed(IN_RUNWAY_S, "speaker", "80")),
    "later": evening(Deed(IN_RUNWAY_S, "press", "double")),
    "later in a breath": evening(Deed(IN_BREATHING_S, "command", "later")),
    "to bed early": evening(Deed(IN_RUNWAY_S, "press", "single")),
    "a press right after dark": evening(
        Deed(60, "command", "dark"),
        Deed(0.01, "press", "single"),
        begins="21:20",
        lamps=("stepped", "zigbee"),
        levels=(13, 13),
    ),
    "to bed while the lamps are asked what they show": evening(
        Deed(1, "press", "double"), Deed(0.25, "press", "single"), begins="21:20", levels=(2, 2), lit=(False, True)
    ),
    "breathing just after bedtime was moved to the past": evening(
        Deed(1659.83, "bedtime", "22:15"),
        Deed(0.01, "command", "breathe"),
        lamps=("stepped", "zigbee"),
        lit=(True, False),
        starts="press",
    ),
    "dark": evening(Deed(IN_RUNWAY_S, "press", "hold")),
    "stop in the runway": evening(Deed(IN_RUNWAY_S, "command", "stop")),
    "stop in a breath": evening(Deed(IN_BREATHING_S, "command", "stop")),
    "a press in the night": evening(Deed(IN_NIGHT_S, "press", "single")),
    "a lamp that says OFF after a rest by day, and stays on": evening(
        Deed(1, "press", "single"), begins="21:20", lamps=("forgets", "zigbee"), lit=(False, False), starts="press"
    ),
    "the way to the toilet": evening(Deed(IN_NIGHT_S, "press", "double")),
    "a press by day": evening(Deed(60, "press", "single")),
    "a rest by day, far into the runway": evening(Deed(400, "command", "breathe")),
    "no broker for ten minutes": evening(Deed(IN_RUNWAY_S, "down", 600.0)),
    "no broker, and a hand meanwhile": evening(
        Deed(IN_RUNWAY_S, "down", 200.0), hand(1, "two", SILENT, level=30), Deed(1, "down", 60.0)
    ),
    "a broker that hangs in a breath": evening(Deed(IN_BREATHING_S, "hang", 18.0)),
    "a broker that hangs for a minute": evening(Deed(IN_BREATHING_S, "hang", 60.0)),
    "a stored press, and a restart": evening(Deed(IN_RUNWAY_S, "stored", "hold"), Deed(5, "dead", 5.0)),
    "a restart in the runway": evening(Deed(IN_RUNWAY_S, "dead", 30.0)),
    "a restart in a breath": evening(Deed(IN_BREATHING_S, "dead", 30.0)),
    "a restart over wake": evening(Deed(IN_NIGHT_S, "dead", 7200.0)),
    "a machine that sleeps": evening(Deed(IN_RUNWAY_S, "suspend", 600.0)),
    "a wall switch": evening(Deed(IN_RUNWAY_S, "power", "two"), Deed(300, "power", "two")),
    "a machine that sleeps over the end of a release by day": evening(
        Deed(842.7, "clock", -3600),
        Deed(208.1, "command", "release"),
        Deed(1.34, "suspend", 194.93),
        begins="22:05",
        lamps=("plain", "plain"),
        levels=(86, 134),
        starts="press",
    ),
    "a bedtime that moves": evening(Deed(IN_RUNWAY_S, "bedtime", "22:50")),
    "a bedtime that is past": evening(Deed(IN_RUNWAY_S, "bedtime", "22:15")),
    "dimmed by day without a word, and an early start": evening(
        hand(545, "one", SILENT, level=124, mired=168), Deed(1384, "press", "double"), begins="21:20"
    ),
    "a clean end, and a start": evening(Deed(IN_RUNWAY_S, "ended", 30.0)),
    "a broker that forgets": evening(Deed(IN_RUNWAY_S, "lost", 30.0)),
    "a clock that is set": evening(Deed(IN_RUNWAY_S, "clock", 3600)),
    "a clock that is set back after a hand": evening(
        Deed(990, "app", 174),
        Deed(10, "clock", -600),
        hand(20, "two", SAID, on=True, level=150),
        begins="22:43",
        lamps=("zigbee", "plain"),
        lit=(False, True),
    ),
    "dark and a press, of a lamp that reports each second": evening(
        Deed(40, "press", "hold"), Deed(5, "press", "single"), begins="22:43", lamps=("chatty", "zigbee")
    ),
    "two wishes in the instant in which it joins the breath": evening(
        Deed(0.01, "press", "double"), begins="22:46", lamps=("ikea", "zigbee"), lit=(True, False)
    ),
    "a lamp in small steps that is lit in mid-breath, after an outage over bedtime": evening(
        Deed(2240, "lost", 165.63), begins="22:05", lamps=("mute", "zigbee"), lit=(False, True), starts="always"
    ),
    "back in the last second before bedtime": evening(Deed(60, "dead", 56.0), begins="22:43"),
    "a broker that hangs in a release until the line is lost, of a lamp that reports each second": evening(
        Deed(1, "press", "single"), Deed(4, "hang", 22.0), begins="22:05", lamps=("chatty", "zigbee"), levels=(2, 2)
    ),
    "a broker that is away just after a press, and keeps what the lamp said before it": evening(
        Deed(1, "press", "single"),
        Deed(0.01, "down", 1.0),
        begins="21:20",
        lamps=("json", "zigbee"),
        lit=(False, False),
    ),
    "a clock that is set on by a day, and an app in the second after it": evening(
        Deed(1, "clock", 86_400), Deed(1, "app", 2), begins="22:05", levels=(2, 2), lit=(False, False)
    ),
    "later in the moment after a clock was set on by a day, of a lamp that jumps": evening(
        Deed(944.9, "clock", 86_400),
        Deed(4.45, "command", "later"),
        begins="22:05",
        lamps=("zigbee", "dimmer"),
        mutes=False,
    ),
    "a machine that sleeps half a runway, and a lamp that fades in silence": evening(
        Deed(1, "suspend", 1605.0), begins="22:05", lamps=("ikea", "zigbee"), levels=(68, 2), lit=(True, False)
    ),
    "an app that dims a moment before somebody goes to bed": evening(
        Deed(1, "app", 2), Deed(0.03, "press", "single"), begins="22:05", levels=(2, 7)
    ),
    "two hands in secret, on a lamp that reports its fades and has gone silent": evening(
        Deed(1, "app", 253),
        hand(1544.59, "two", SILENT, on=True, mired=490, level=108),
        hand(1, "two", SILENT, on=True, mired=160, level=2),
        lamps=("zigbee", "chatty"),
        levels=(2, 2),
        lit=(False, False),
    ),
    "a press in the middle of the answers": evening(
        Deed(1, "command", "start"), Deed(0.44, "press", "single"), begins="21:20", levels=(2, 2), lit=(False, False)
    ),
    "a clean end, and a broker that forgets": evening(Deed(1, "ended", 1.0), Deed(0.03, "lost", 1.0), begins="22:05"),
    "dark and a press, of a lamp that cannot be asked": evening(
        Deed(1, "press", "hold"),
        Deed(0.01, "press", "single"),
        begins="22:05",
        lamps=("json", "zigbee"),
        lit=(False, False),
    ),
    "a clock that is set back in a breathing, and a restart": evening(
        Deed(1, "clock", -600), Deed(1, "killed_at", 1), begins="22:46", levels=(2, 2)
    ),
    "three commands in a second, to a lamp that says late what it was told": evening(
        Deed(2400.0, "down", 5.0),
        Deed(2.25, "press", "single"),
        Deed(0.01, "press", "single"),
        Deed(4.96, "press", "single"),
        Deed(0.02, "command", "go_to_bed"),
        begins="21:20",
        lamps=("late", "zigbee"),
        levels=(2, 2),
    ),
    "a lamp that answers late, forgotten after a hand in secret": evening(
        hand(2240.84, "one", SILENT, mired=408, level=196, on=True),
        Deed(305.04, "killed_at", 8),
        Deed(424.14, "ended", 1548.72),
        Deed(22.15, "dead", 1807.57),
        Deed(0.01, "app", 91),
        hand(5, "one", SILENT, mired=229, level=90, on=True),
        Deed(3.4, "app", 95),
        Deed(10, "press", "double"),
        lamps=("late", "plain"),
        levels=(61, 53),
        starts="always",
        off_at="breathing_end",
    ),
    "killed in the first step, of a lamp that says late what it was told": evening(
        Deed(0.06, "dead", 0.06), begins="22:43", lamps=("late", "zigbee"), levels=(47, 2), mutes=False
    ),
    "killed between the first beat and its memory": evening(
        Deed(80, "killed_at", 6), begins="22:43", lit=(True, False)
    ),
    "killed just after it lit a lamp": evening(Deed(3303, "killed_in", ("single", 1)), lit=(False, False)),
    "killed in the middle of going to bed": evening(Deed(903, "killed_in", ("single", 3))),
    "killed before a lamp that never says anything is told OFF": evening(
        Deed(903, "killed_in", ("hold", 3)), lamps=("json", "mute")
    ),
    "killed before a speaker is told how it was, by a broker that has forgotten what it said": evening(
        Deed(1, "lost", 0.01), Deed(2, "killed_in", ("skip", 4)), begins="22:05", lit=(False, False)
    ),
    "killed in a glow, of a night that the clock has not come to yet": evening(
        Deed(2398, "bedtime", "22:15"),
        Deed(5, "clock", -600),
        Deed(4.4, "killed_in", ("glow 2", 5)),
        begins="22:05",
        lit=(False, False),
    ),
    "a clock that is set on by a day in a release of the night": evening(
        Deed(IN_NIGHT_S, "press", "single"), Deed(30, "clock", 86_400), lit=(False, False)
    ),
}
