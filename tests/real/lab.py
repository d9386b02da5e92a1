"""The real Zigbee2MQTT on its simulated radio: started, killed, restarted; hands, power cuts, and what lamps show.

It judges nothing, and ends only what it has started.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from real.witness import Witness

LOOK_S = 0.05
START_S = 90.0
WRITTEN: dict[str, dict[str, str]] = {
    **{name: {"zigbee2mqtt": name} for name in ("lamp_ikea", "lamp_hue", "lamp_innr", "lamp_tuya", "plug")},
    **{f"gang_{end}": {"zigbee2mqtt": "gang", "endpoint": end} for end in ("l1", "l2")},
}
"""Every lamp of the lab, and how a configuration writes it."""
PRELOADED = ("joining.cjs", "two_gang.cjs")
"""What the tests add to the radio."""
MOVES = ("genLevelCtrl", "genOnOff", "lightingColorCtrl")


@dataclass(frozen=True, slots=True)
class Frame:
    """What went from Zigbee2MQTT to a device or a group, or came from a device by itself (`sent` is False)."""

    t: float
    sent: bool
    device: str
    """Of a group: `group 1`."""
    name: str
    """CLUSTER.COMMAND."""
    payload: Any

    @property
    def moves(self) -> bool:
        """It is to change what the lamp shows."""
        return self.sent and self.name.startswith(MOVES) and not self.name.endswith((".read", ".configReport"))

    @property
    def command(self) -> str:
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a lamp truly shows at an instant."""

    t: float
    on: bool
    level: int
    mired: int | None

    @property
    def light(self) -> int:
        """How bright it is, 0 to 254."""
        return self.level if self.on else 0


class Lab:
    """One Zigbee2MQTT with its lamps, plug and buttons."""

    def __init__(self, folder: Path, scratch: Path, port: int, witness: Witness) -> None:
        self.port = port
        self.witness = witness
        self._folder = folder
        self._scratch = scratch
        self._pid = 0
        self._again: tuple[list[str], dict[str, str], Path] = ([], {}, scratch)
        self._own: subprocess.Popen[bytes] | None = None
        self._log = scratch / "radio.jsonl"
        self._without_power: set[str] = set()

    # ------------------------------------------------------------ Zigbee2MQTT itself

    def start(self) -> None:
        """As its `start.sh` does; returns when it is online."""
        program = ["bash", str(self._folder / "start.sh"), str(self.port)]
        ours = [f"--require={Path(__file__).with_name(name)}" for name in PRELOADED]
        devices = str(self._folder.resolve() / "devices.cjs")
        env = {**os.environ, "TMPDIR": str(self._scratch), "NODE_OPTIONS": " ".join(ours), "LAB_DEVICES": devices}
        done = subprocess.run(program, env=env, capture_output=True, text=True, timeout=START_S, check=False)
        assert done.returncode == 0, f"the lab does not start:\n{done.stdout}{done.stderr}"
        said = dict(line.split(" ", 1) for line in done.stdout.splitlines())
        self._pid, self._log = int(said["pid"]), Path(said["log"])
        process = Path("/proc") / said["pid"]
        argv = process.joinpath("cmdline").read_text().split("\0")[:-1]
        environment = process.joinpath("environ").read_text().split("\0")[:-1]
        self._again = argv, dict(one.split("=", 1) for one in environment), Path(said["data"])

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, and wait until the broker says so."""
        since = time.monotonic()
        self._end(how)
        self.witness.wait_for(
            "offline", lambda one: one.topic == "zigbee2mqtt/bridge/state" and "offline" in one.text, since=since
        )

    def start_again(self, shown: dict[str, Shown]) -> None:
        """With the same data folder. The lamps live in the radio, so what they showed meanwhile is put back at once."""
        argv, env, data = self._again
        since = time.monotonic()
        with (data / "again.log").open("ab") as log:
            self._own = subprocess.Popen(argv, env=env, cwd=data, stdout=log, stderr=log, start_new_session=True)
        self._pid = self._own.pid
        self._wait_for_radio(since)
        for name, lamp in shown.items():
            self.hand(name, report=False, on=lamp.on, level=lamp.level, color_temp=lamp.mired)
        self.witness.wait_for(
            "online", lambda one: one.topic == "zigbee2mqtt/bridge/state" and "online" in one.text, since=since
        )

    def stop(self) -> None:
        """End it if it runs."""
        if self._pid:
            self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        os.kill(self._pid, how)
        self._pid = 0
        if self._own is not None:
            self._own.wait(10)
            self._own = None

    def _wait_for_radio(self, since: float) -> None:
        for _ in range(int(START_S / LOOK_S)):
            self.witness.say("lab/radio/look")
            if self.witness.on("lab/radio/seen", since=since):
                return
            time.sleep(LOOK_S)  # it cannot tell us
        raise AssertionError("the radio does not come back")

    # ------------------------------------------------------------ the room around it

    def tidy(self, **lamps: dict[str, object]) -> None:
        """Every lamp has power, is off, or is as it is said here, and Zigbee2MQTT knows that."""
        since = time.monotonic()
        for name in sorted(self._without_power):
            self.power(name)
        for name, written in WRITTEN.items():
            self.hand(name, **{"on": False, **lamps.get(name, {})})
            topic = f"zigbee2mqtt/{written['zigbee2mqtt']}"
            self.witness.wait_for(name, lambda one, topic=topic: one.topic == topic, since=since)

    def hand(self, device: str, *, report: bool = True, **shows: object) -> float:
        """Somebody changes a lamp itself, and it tells that or does not; when."""
        given = {name: value for name, value in shows.items() if value is not None}
        return self.witness.say("lab/radio/manual", {"device": device, "report": report, **given})

    def cut(self, device: str, how: str = "error") -> float:
        """No power for it; what it is sent fails after 3 s, or, as a `timeout`, after 10 s."""
        self._without_power.add(device)
        return self.witness.say("lab/radio/offline", {"device": device, "how": how})

    def power(self, device: str, **shows: object) -> float:
        """Power again: it is as it is said here, and announces itself."""
        self._without_power.discard(device)
        return self.witness.say("lab/radio/offline", {"device": device, "offline": False, **shows})

    def press(self, device: str, *actions: str, gap_ms: int = 150, times: int = 1) -> float:
        """A finger on a button."""
        what = {"device": device, "actions": actions, "gap_ms": gap_ms, "times": times}
        return self.witness.say("lab/radio/press", what)

    def ask_bridge(self, what: str, **request: object) -> None:
        """Ask Zigbee2MQTT to add, remove, rename; until it has."""
        since = self.now()
        self.witness.say(f"zigbee2mqtt/bridge/request/{what}", request)
        answer = f"zigbee2mqtt/bridge/response/{what}"
        said = self.witness.wait_for(answer, lambda one: one.topic == answer, since=since).json
        assert said["status"] == "ok", said

    # ------------------------------------------------------------ what was

    @staticmethod
    def now() -> float:
        """On the clock of the radio log."""
        return time.monotonic()

    def frames(self, device: str = "", *, since: float = 0.0, until: float = float("inf")) -> list[Frame]:
        """What went over the radio in that time, of one device or all."""
        found = []
        for line in self._log.read_text().splitlines():
            said = json.loads(line)
            if "command" in said and since <= said["t"] <= until:
                who = said.get("device") or f"group {said.get('group')}"
                name = f"{said['cluster']}.{said['command']}"
                found.append(Frame(said["t"], said["dir"] == "to", who, name, said["payload"]))
        return [frame for frame in found if device in ("", frame.device)]

    def moves(self, device: str, *, since: float = 0.0, until: float = float("inf")) -> list[Frame]:
        """Those that are to change what it shows."""
        return [frame for frame in self.frames(device, since=since, until=until) if frame.moves]

    def looks(self, device: str, *, since: float = 0.0, until: float = float("inf")) -> list[Shown]:
        """What a lamp truly showed in that time, every 50 ms."""
        said = [one.json for one in self.witness.on("lab/radio/seen", since=since)]
        return [_shown(device, look) for look in said if since <= look["t"] <= until]

    def look(self) -> dict[str, Shown]:
        """What they truly show now."""
        since = self.witness.say("lab/radio/look")
        look = self.witness.wait_for("a look", lambda one: one.topic == "lab/radio/seen", since=since - LOOK_S).json
        return {name: _shown(name, look) for name in WRITTEN}

    @contextmanager
    def looking(self) -> Iterator[None]:
        """All lamps are looked at, again and again, for as long as the block."""
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_S):
                self.witness.say("lab/radio/look")

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _shown(device: str, look: Any) -> Shown:
    said = look[device]
    return Shown(look["t"], said["on"], said.get("level", 254), said.get("color_temp"))
