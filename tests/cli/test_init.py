"""`init` through the real way in: by flags, by answers in a pipe and in a terminal, and interrupted."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cli.conftest import ROOT
from cli.known import DEVICES, HOUSE
from winddown.config import load

ALL = ("--room", "bedroom", "--bedtime", "22:45", "--light", "zigbee2mqtt/bed", "--button", "zigbee2mqtt/knop")
QUICK = "import winddown.shell.remote as r, winddown.shell.gather as g; r.CONNECT_S = 0.3; g.QUIET_S = 0.2; "
OWN_TERMINAL = (
    "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.default_int_handler); "  # what runs in the background inherits that it is deaf
)
RUN = "import sys; from winddown.__main__ import main; sys.exit(main())"


@pytest.fixture
def environment(monkeypatch):
    """What a process is given: a zone that is somewhere, and no password."""
    monkeypatch.delenv("WINDDOWN_MQTT_PASSWORD", raising=False)
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    return {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}


@pytest.fixture
def asked(environment, tmp_path):
    """`asked("answer", "answer", ...)`: `init` as a process in a folder of its own, its answers through a pipe."""

    def run(*answers: str, options: tuple[object, ...] = ()) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", QUICK + RUN, "init", *map(str, options)]
        lines = "".join(f"{answer}\n" for answer in answers)
        return subprocess.run(
            command, cwd=tmp_path, env=environment, input=lines, capture_output=True, text=True, timeout=20, check=False
        )

    return run


@pytest.fixture
def house_on_air(mosquitto, neighbour):
    neighbour(mosquitto.port).say(DEVICES, HOUSE, retain=True)
    return ("--host", "127.0.0.1", "--port", mosquitto.port)


def left(folder: Path) -> set[str]:
    """The files of ours in a folder, without what a broker of the test keeps there."""
    return {file.name for file in folder.iterdir()} - {"mosquitto.conf", "mosquitto.log", "passwords"}


# ---------------------------------------------------------------- flags


def test_flags_alone_write_a_file_that_check_takes(winddown, tmp_path, environment):
    file = tmp_path / "house.yaml"

    ended = winddown("init", file, *ALL, "--light", "json/home/lamp/set", "--language", "nl")

    house = load(file, {}).config
    assert (ended.code, ended.err) == (0, "")
    assert "winddown run" in ended.out
    assert (house.mqtt.host, house.zone_name, house.language) == ("localhost", "Europe/Amsterdam", "nl")
    assert list(house.rooms["bedroom"].lights) == ["bed", "lamp"]
    assert winddown("check", file).code == 0


def test_none_is_an_answer_for_a_button(winddown, tmp_path, environment):
    ended = winddown("init", tmp_path / "w.yaml", *ALL[:-1], "none")

    assert ended.code == 0
    assert load(tmp_path / "w.yaml", {}).config.rooms["bedroom"].buttons == ()


@pytest.mark.parametrize(
    ("flag", "value", "says"),
    [
        ("--room", "Bed Room", "--room 'Bed Room' is no key for a room, write bed_room"),
        ("--room", "bridge", "a word of our own topics"),
        ("--bedtime", "25:00", "--bedtime '25:00' is no time of day"),
        ("--light", "bed", "'bed' names no dialect, write for example zigbee2mqtt/bed"),
        ("--light", "zigbe2mqtt/bed", "did you mean zigbee2mqtt?"),
        ("--button", "knop", "names no dialect"),
        ("--timezone", "Amsterdam", "did you mean Europe/Amsterdam?"),
    ],
)
def test_a_flag_that_cannot_be_is_told_with_the_mend(winddown, tmp_path, environment, flag, value, says):
    ended = winddown("init", tmp_path / "w.yaml", *ALL, flag, value)

    assert ended.code == 2
    assert says in ended.err
    assert left(tmp_path) == set()


def test_two_lamps_that_are_one_are_told_by_the_check(winddown, tmp_path, environment):
    ended = winddown("init", tmp_path / "w.yaml", *ALL, "--light", "{zigbee2mqtt: bed, base: zigbee2mqtt}")

    assert ended.code == 2
    assert str(tmp_path / "w.yaml") in ended.err
    assert left(tmp_path) == set()


# ---------------------------------------------------------------- never overwrites


def test_a_file_that_is_there_stays_as_it_is(winddown, tmp_path, environment):
    file = tmp_path / "winddown.yaml"
    file.write_text("mine")

    ended = winddown("init", file, *ALL)

    assert ended.code == 2
    assert f"{file} is there already, and stays as it is: name another file" in ended.err
    assert file.read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(winddown, tmp_path, environment):
    ended = winddown("init", tmp_path / "no" / "w.yaml", *ALL)

    assert ended.code == 2
    assert f"there is no folder {tmp_path / 'no'}; make it first" in ended.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_takes_no_file_is_told(winddown, tmp_path, environment):
    tmp_path.chmod(0o500)

    ended = winddown("init", tmp_path / "w.yaml", *ALL)

    assert ended.code == 2
    assert "cannot be written" in ended.err


# ---------------------------------------------------------------- the password


def test_the_password_is_kept_beside_and_only_for_its_owner(winddown, tmp_path, environment, monkeypatch):
    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", 'g"e\\h: #eim\x07ü')
    file = tmp_path / "w.yaml"

    ended = winddown("init", file, *ALL, "--username", "me")

    secrets = tmp_path / "secrets.yaml"
    password = load(file, {}).config.mqtt.password
    assert ended.code == 0
    assert password is not None
    assert password.get_secret_value() == 'g"e\\h: #eim\x07ü'
    assert "!secret mqtt_password" in file.read_text()
    assert "eim" not in file.read_text() + ended.out + ended.err
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600


@pytest.mark.parametrize("before", ["other: x\n", "other: x", "# mine\n", ""])
def test_secrets_that_are_there_get_a_line_more(winddown, tmp_path, environment, monkeypatch, before):
    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", "geheim")
    secrets = tmp_path / "secrets.yaml"
    secrets.write_text(before)

    ended = winddown("init", tmp_path / "w.yaml", *ALL, "--username", "me")

    assert ended.code == 0
    assert secrets.read_text().startswith(before)
    assert secrets.read_text().endswith('mqtt_password: "geheim"\n')
    assert load(tmp_path / "w.yaml", {}).config.mqtt.password is not None


def test_a_password_that_is_there_already_is_used(winddown, tmp_path, environment, monkeypatch):
    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", "geheim")
    (tmp_path / "secrets.yaml").write_text("mqtt_password: geheim\n")

    ended = winddown("init", tmp_path / "w.yaml", *ALL, "--username", "me")

    assert ended.code == 0
    assert (tmp_path / "secrets.yaml").read_text() == "mqtt_password: geheim\n"


@pytest.mark.parametrize("before", ["mqtt_password: another\n", "mqtt_password: {a: b}\n", "- a list\n", "a: b: c\n"])
def test_other_secrets_stay_as_they_are(winddown, tmp_path, environment, monkeypatch, before):
    monkeypatch.setenv("WINDDOWN_MQTT_PASSWORD", "geheim")
    (tmp_path / "secrets.yaml").write_text(before)

    ended = winddown("init", tmp_path / "w.yaml", *ALL, "--username", "me")

    assert ended.code == 2
    assert "secrets.yaml" in ended.err
    assert "another" not in ended.err.replace("has another", "")
    assert left(tmp_path) == {"secrets.yaml"}
    assert (tmp_path / "secrets.yaml").read_text() == before


# ---------------------------------------------------------------- answers


def test_numbers_from_the_table_become_lamps_and_a_button(house_on_air, asked, tmp_path):
    ended = asked("kids_room", "21:30", "2, 3", "1", options=house_on_air)

    room = load(tmp_path / "winddown.yaml", {}).config.rooms["kids_room"]
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [lamp.driver.key for lamp in room.lights.values()] == ["zigbee2mqtt/reading lamp/left", "zigbee2mqtt/socket"]
    assert [button.key for button in room.buttons] == ["zigbee2mqtt/knop"]
    assert "blind" not in ended.stdout


def test_an_answer_that_cannot_be_is_asked_again(house_on_air, asked, tmp_path):
    ended = asked(
        "Bed Room", "bedroom", "late", "", "9", ",", "", "bed", "1, json/x/set", "no", "none", options=house_on_air
    )

    said = ended.stdout
    room = load(tmp_path / "winddown.yaml", {}).config.rooms["bedroom"]
    assert ended.returncode == 0
    assert all(
        mend in said for mend in ("write bed_room", "'late' is no time of day", "there is no number 9, write 1 to 3")
    )
    assert [lamp.driver.key for lamp in room.lights.values()] == ["zigbee2mqtt/bed", "json/x/set"]
    assert room.buttons == ()


def test_what_is_given_is_not_asked(house_on_air, asked, tmp_path):
    ended = asked("1", options=(*house_on_air, "--room", "attic", "--bedtime", "23:00", "--button", "none"))

    assert ended.returncode == 0
    assert "Bedtime" not in ended.stdout
    assert "attic" in load(tmp_path / "winddown.yaml", {}).config.rooms


def test_without_a_broker_addresses_are_written_by_hand(mosquitto_at_rest, asked, tmp_path):
    at = ("--host", "127.0.0.1", "--port", mosquitto_at_rest.port)

    ended = asked("", "", "{tasmota: bed, full_topic: '%topic%/%prefix%/'}, wled/a1", "esphome/node/key", options=at)

    room = load(tmp_path / "winddown.yaml", {}).config.rooms["bedroom"]
    assert ended.returncode == 0
    assert "no broker answers on 127.0.0.1" in ended.stdout
    assert "can be written by hand" in ended.stdout
    assert [lamp.driver.key for lamp in room.lights.values()] == ["tasmota/bed", "wled/a1"]
    assert [button.key for button in room.buttons] == ["esphome/node/key"]


def test_the_broker_is_asked_first(mosquitto_at_rest, asked, tmp_path):
    ended = asked("mqtt://x", "127.0.0.1", "", "", "wled/a1", "", options=("--port", mosquitto_at_rest.port))

    assert ended.returncode == 0
    assert "is more than a name" in ended.stdout
    assert load(tmp_path / "winddown.yaml", {}).config.mqtt.host == "127.0.0.1"


def test_a_machine_without_a_zone_is_asked_for_one(house_on_air, environment, asked, tmp_path):
    environment["TZ"] = "UTC"

    ended = asked("", "", "1", "none", "amsterdam", "Europe/Amsterdam", options=house_on_air)

    assert ended.returncode == 0
    assert "did you mean Europe/Amsterdam?" in ended.stdout
    assert load(tmp_path / "winddown.yaml", {}).config.timezone == "Europe/Amsterdam"


@pytest.mark.parametrize("answers", [(), ("bedroom",), ("bedroom", "22:45", "1")])
def test_answers_that_end_too_early_leave_nothing(house_on_air, asked, tmp_path, answers):
    ended = asked(*answers, options=house_on_air)

    assert ended.returncode == 2
    assert "the answers ended before all was asked, and nothing was written" in ended.stderr
    assert left(tmp_path) == set()


def test_a_broker_that_refuses_us_says_what_to_give(mosquitto_at_rest, asked, tmp_path):
    broker = mosquitto_at_rest.with_login("me", "right")

    ended = asked("bedroom", options=("--host", "127.0.0.1", "--port", broker.port))

    assert ended.returncode == 3
    assert "try --username, with the password in WINDDOWN_MQTT_PASSWORD" in ended.stderr
    assert left(tmp_path) == set()


# ---------------------------------------------------------------- in a terminal


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, program: str, arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.seen = ""
        self._end, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", OWN_TERMINAL + program, *arguments],
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def see(self, text: str) -> None:
        """Wait until the screen shows it, after what was seen before."""
        began = len(self.seen)
        while text not in self.seen[began:]:
            self.seen += self._read()

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self._end, text.encode())

    def end(self) -> int:
        """Its exit code, once it has ended."""
        with contextlib.suppress(OSError):  # how a terminal says that nobody writes any more
            while more := self._read():
                self.seen += more
        return self._process.wait(10)

    def break_off(self, key: str) -> int:
        """Press it until it has ended: a key that comes between a question and the waiting for its answer is missed."""
        while self._process.poll() is None:
            self.type(key)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        return self.end()

    def close(self) -> None:
        """Away with it."""
        self._process.kill()
        self._process.wait(10)
        os.close(self._end)

    def _read(self) -> str:
        assert select.select([self._end], [], [], 20)[0], f"nothing more came after {self.seen}"
        return os.read(self._end, 4096).decode(errors="replace")


@pytest.fixture
def terminal(environment, tmp_path):
    """`terminal("--host", ...)`: `init` in a terminal."""
    begun: list[Terminal] = []

    def begin(*options: object) -> Terminal:
        begun.append(Terminal(QUICK + RUN, ["init", *map(str, options)], tmp_path, environment))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


def test_a_person_answers_in_a_terminal(house_on_air, terminal, tmp_path):
    screen = terminal(*house_on_air)
    for question, answer in (("[bedroom]", ""), ("[22:45]", "22:15"), ("breathes)", "1"), ("[none]", "1")):
        screen.see(question)
        screen.type(f"{answer}\r")

    assert screen.end() == 0
    assert "as it is written" in screen.seen
    assert "winddown.yaml is written, and is right" in screen.seen
    assert load(tmp_path / "winddown.yaml", {}).config.rooms["bedroom"].bedtime.default.hour == 22


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("question", ["[bedroom]", "breathes)"])
def test_an_interruption_leaves_nothing(house_on_air, terminal, tmp_path, key, question):
    screen = terminal(*house_on_air)
    for before in ("[bedroom]", "[22:45]", "breathes)"):
        screen.see(before)
        if before == question:
            break
        screen.type("\r")

    assert screen.break_off(key) == (130 if key == "\x03" else 2)
    assert "Traceback" not in screen.seen
    assert left(tmp_path) == set()


def test_a_person_whom_the_broker_refuses_is_asked_who_it_is(mosquitto_at_rest, terminal, tmp_path):
    broker = mosquitto_at_rest.with_login("me", "right")
    screen = terminal("--host", "127.0.0.1", "--port", broker.port, *ALL[:4], "--light", "wled/a1")
    for question, answer in (("Username", "me"), ("Password", "wrong"), ("Username", ""), ("Password", "right")):
        screen.see(question)
        screen.type(f"{answer}\r")
    screen.see("Button")
    screen.type("\r")

    assert screen.end() == 0
    assert "right" not in screen.seen.replace("and is right", "")
    assert load(tmp_path / "winddown.yaml", {}).config.mqtt.username == "me"
    assert stat.S_IMODE((tmp_path / "secrets.yaml").stat().st_mode) == 0o600


def test_a_password_that_is_broken_off_leaves_nothing(terminal, tmp_path):
    screen = terminal(*ALL, "--username", "me")
    screen.see("Password of me")

    assert screen.break_off("\x04") == 2
    assert "the password of me was not given" in screen.seen
    assert left(tmp_path) == set()
