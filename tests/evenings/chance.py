"""Any evening at all, for the promises: a house with bad manners, and what people, brokers and machines do in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from hypothesis import strategies as st

from evenings.bedroom import QUIET, SPEAKER
from world import GangLamp, GenericLamp, JsonLamp, Lamp, World, ZigbeeLamp

DAY = "2026-11-22"
BEGINS = ("21:20", "21:50", "22:05", "22:43", "22:46", "22:58", "00:10")
"""The daemon's first start; the runway begins at 22:00, bedtime is 22:45, wake 00:50."""
LAMPS: dict[str, Callable[[str], Lamp]] = {
    "zigbee": ZigbeeLamp,
    "chatty": partial(ZigbeeLamp, chatty=True),
    "late": partial(ZigbeeLamp, chatty=True, late_s=1.5),
    "twice": partial(ZigbeeLamp, chatty=True, duplicates=True),
    "once": partial(ZigbeeLamp, answers="once"),
    "ikea": partial(ZigbeeLamp, jumps=True),
    "lies": partial(ZigbeeLamp, lies_by=-2),
    "forgets": partial(ZigbeeLamp, forgets_off=2, deaf_to_off=1),
    "stepped": partial(ZigbeeLamp, fades=False),
    "plain": partial(ZigbeeLamp, warm=None),
}
OTHERS = ("json", "dimmer", "mute", "gang")
NEVER = 10**9
KINDS = ("single", "double", "hold")
VERBS = (
    *("go_to_bed", "release", "breathe", "next", "start", "later", "later 40", "skip", "skip off", "dark", "stop"),
    *("resume", "glow", "glow 2"),
)


@dataclass(frozen=True)
class Deed:
    """Something that happens, so long after the one before."""

    after_s: float
    what: str
    how: object = None


@dataclass(frozen=True)
class AnyEvening:
    """All that makes one evening differ from another."""

    begins: str = "21:50"
    lamps: tuple[str, str] = ("zigbee", "zigbee")
    levels: tuple[int, int] = (200, 200)
    lit: tuple[bool, bool] = (True, True)
    starts: str = "if_lamp_on"
    off_at: str = "bedtime"
    mutes: bool = True
    """Something is to be quiet. What that says gives the room a turn, which may hide that it had none."""
    deeds: tuple[Deed, ...] = field(default=())


seconds = st.one_of(st.floats(0.01, 5), st.floats(5, 200), st.floats(200, 2400)).map(lambda s: round(s, 2))
hands = st.fixed_dictionaries(
    {"lamp": st.sampled_from(["one", "two"]), "reports": st.booleans()},
    optional={"on": st.booleans(), "level": st.integers(2, 254), "mired": st.integers(160, 490)},
)
deeds = st.one_of(
    st.builds(Deed, seconds, st.just("press"), st.sampled_from(KINDS)),
    st.builds(Deed, seconds, st.just("command"), st.sampled_from(VERBS)),
    st.builds(Deed, seconds, st.just("hand"), hands),
    st.builds(Deed, seconds, st.just("speaker"), st.sampled_from(["0", "12", "35", "80"])),
    st.builds(Deed, seconds, st.sampled_from(["down", "lost", "hang", "dead", "ended", "suspend"]), seconds),
    st.builds(Deed, seconds, st.just("killed_at"), st.integers(1, 8)),
    st.builds(Deed, seconds, st.just("killed_in"), st.tuples(st.sampled_from([*KINDS, *VERBS]), st.integers(0, 8))),
    st.builds(Deed, seconds, st.just("power"), st.just("two")),
    st.builds(Deed, seconds, st.just("clock"), st.sampled_from([600, -600, 3600, -3600, 86_400, -86_400])),
    st.builds(Deed, seconds, st.just("app"), st.integers(2, 254)),
    st.builds(Deed, seconds, st.just("bedtime"), st.sampled_from(["22:15", "22:30", "22:45", "22:50"])),
    st.builds(Deed, seconds, st.just("stored"), st.sampled_from(["single", "hold"])),
)
kinds = st.sampled_from([*LAMPS, *OTHERS])
evenings = st.builds(
    AnyEvening,
    begins=st.sampled_from(BEGINS),
    lamps=st.tuples(kinds, kinds),
    levels=st.tuples(st.integers(2, 254), st.integers(2, 254)),
    lit=st.tuples(st.booleans(), st.booleans()) | st.just((True, True)),
    starts=st.sampled_from(["if_lamp_on", "press", "always"]),
    off_at=st.sampled_from(["bedtime", "breathing_end", "never", "'22:30'"]),
    mutes=st.booleans(),
    deeds=st.lists(deeds, max_size=8).map(tuple),
)


def live(evening: AnyEvening) -> World:
    """The evening, until an hour after wake; the watches of the world fail it when a promise is broken."""
    world = house(evening)
    world.run_for(seconds=3)
    for deed in evening.deeds:
        world.run_for(seconds=deed.after_s)
        do(world, deed)
    world.run_for(seconds=30)
    if world.stepped:
        world.run_until("12:00")
    else:
        world.run_until("2026-11-23 01:00" if world.clock > "12" else "01:30")
    return world


# ---------------------------------------------------------------- the house


def house(evening: AnyEvening) -> World:
    """The lamps are `one`, which breathes, and `two`."""
    day = DAY if evening.begins > "12" else "2026-11-23"
    lamps = [_lamp(n, evening) for n in (0, 1)]
    return World(_config(evening), at=f"{day} {evening.begins}", lamps=lamps)


def named(world: World, name: str) -> Lamp:
    """A lamp by its name in the room."""
    return world.lamp(name)


def _config(evening: AnyEvening) -> str:
    one, two = (_light(name, kind) for name, kind in zip(("one", "two"), evening.lamps, strict=True))
    return f"""
mqtt: {{host: localhost}}
rooms:
  bedroom:
    bedtime: "22:45"
    wake: "00:50"
    lights: {{one: {{{one}}}, two: {{{two}, off_at: {evening.off_at}}}}}
    button: zigbee2mqtt/button
    quiet: {QUIET if evening.mutes else []}
    breathing: {{starts: {evening.starts}}}
"""


def _light(name: str, kind: str) -> str:
    match kind:
        case "json":
            return f"json: home/{name}/set"
        case "dimmer":
            return f"generic: {{on_topic: home/{name}, level_topic: home/{name}/level, state_topic: home/{name}/said}}"
        case "mute":
            return f"generic: {{on_topic: home/{name}, level_topic: home/{name}/level}}"
        case "gang":
            return f"zigbee2mqtt: gang, endpoint: {name}"
        case _:
            return f"zigbee2mqtt: {name}"


def _lamp(n: int, evening: AnyEvening) -> Lamp:
    name, kind = ("one", "two")[n], evening.lamps[n]
    bulb = {"on": evening.lit[n], "level": evening.levels[n]}
    match kind:
        case "json":
            return JsonLamp(f"home/{name}/set", **bulb)
        case "dimmer" | "mute":
            said = f"home/{name}/said" if kind == "dimmer" else None
            level = max(2, bulb["level"] * 100 // 254)
            return GenericLamp(
                f"home/{name}", f"home/{name}/level", state_topic=said, on=bulb["on"], level=level, presets=True
            )
        case "gang":
            return GangLamp("gang", name, chatty=True, warm=None, **bulb)
        case _:
            return LAMPS[kind](name, **bulb)


# ---------------------------------------------------------------- what happens in it


def do(world: World, deed: Deed) -> None:
    """One deed."""
    match deed.what, deed.how:
        case "press", str(kind):
            world.press(kind)
        case "command", str(verb):
            world.command("bedroom", verb)
        case "hand", dict(hand):
            _hand(world, **hand)
        case "speaker", str(value):
            _speaker(world, value)
        case "app", int(level):
            _app(world, level)
        case "bedtime", str(at):
            world.set("bedroom", "bedtime", at)
        case "clock", int(by_s):
            world.step_wall(by_s)
        case "killed_in", (str(word), int(effects)):
            ask = world.press if word in KINDS else partial(world.command, "bedroom")
            _killed(world, effects, partial(ask, word))
        case "stored", str(kind):
            world.broker.retained["winddown/bedroom/press/set"] = kind
        case "power", str(name):
            _power(world, name)
        case _:
            _trouble(world, deed)


def _hand(world: World, lamp: str, *, reports: bool, **changes: object) -> None:
    """A lamp with one state topic cannot keep a secret for long, but it can for a while."""
    body = named(world, lamp)
    if isinstance(level := changes.get("level"), int):
        changes["level"] = max(2, level * body.scale // 254)
    if changes:
        tells = not (isinstance(body, GenericLamp) and body.state_topic is None)
        reports = (
            (reports or not body.fades) and tells and world.broker.up
        )  # each step of a lamp without fades could light it
        body.by_hand(reports=reports, **changes)  # type: ignore[arg-type]  # by name


def _speaker(world: World, value: str) -> None:
    """Not while it is being told something, or is about to say so: nobody could know whose word that is."""
    told_boots = (world.daemon.started_boot or 0.0, *(told.boot for told in world.ours(SPEAKER)))
    if world.boot - max(told_boots) < 0.3:
        world.run_for(seconds=0.3)
    if SPEAKER in world.things and world.things[SPEAKER].value != value:
        world.things[SPEAKER].by_hand(value)


def _app(world: World, level: int) -> None:
    body = named(world, "two")
    if isinstance(body, ZigbeeLamp):
        world.say(f"{body.door}/set", {"brightness": level})


def _power(world: World, name: str) -> None:
    """Not for a lamp that is sent frames: its bridge keeps each for ten seconds, and plays them when power is back."""
    body = named(world, name)
    if not body.fades:
        return
    if body.mains:
        body.power_off()
    else:
        body.power_on()


def _killed(world: World, effects: int, in_what: Callable[[], None]) -> None:
    world.daemon.die_after(effects)
    in_what()
    world.run_for(seconds=40)
    world.daemon.die_after(NEVER)
    if not world.daemon.runs:
        world.start()


def _trouble(world: World, deed: Deed) -> None:
    for_s = float(deed.how) if isinstance(deed.how, int | float) else 0.0
    match deed.what:
        case "down" | "lost":
            world.broker_down(forgets=deed.what == "lost")
            world.run_for(seconds=for_s)
            world.broker_up()
        case "hang":
            world.broker_hangs()
            world.run_for(seconds=for_s)
            world.broker_resumes()
        case "suspend":
            world.suspend(for_s)
        case "dead":
            world.kill()
            world.run_for(seconds=for_s)
            world.start()
        case "ended":
            world.stop()
            world.run_for(seconds=for_s)
            world.start()
        case "killed_at":
            _killed(world, int(for_s), lambda: None)
        case other:
            raise AssertionError(f"nobody knows how to do {other}")
