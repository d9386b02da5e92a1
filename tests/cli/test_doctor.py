"""`doctor` on a real broker, with a real daemon or without one."""

from __future__ import annotations

import json
import sqlite3

import pytest

from winddown.shell import examine

STATUS = "winddown/status"
LAMP = "home/lamp"


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """No lamp here answers late."""
    monkeypatch.setattr(examine, "ANSWER_S", 0.3)
    monkeypatch.setattr("winddown.shell.gather.QUIET_S", 0.3)


@pytest.fixture
def at_home(mosquitto, neighbour, house, process):
    """A daemon that is online, its lamp has spoken, and something hears what Home Assistant would hear."""
    other = neighbour(mosquitto.port, STATUS, "homeassistant/#")
    path = house(mosquitto.port, bedtime="off")
    process("run", path)
    assert other.hear() == (STATUS, "online")
    other.say(LAMP, json.dumps({"state": "ON", "brightness": 200}), retain=True)
    return path, other


def lines(ended):
    return {line[2:].split("  ")[0].strip(): line for line in ended.out.splitlines()}


def test_a_house_that_is_well_is_told_so_line_by_line_and_exits_with_0(winddown, at_home):
    path, _ = at_home

    ended = winddown("doctor", path)

    assert (ended.code, ended.err) == (0, "")
    assert all(line.startswith("✓ ") for line in ended.out.splitlines()), ended.out
    assert lines(ended)["bedroom.lamp"].endswith("is on")


def test_it_asks_nothing_of_the_daemon_and_moves_nothing(winddown, at_home):
    path, other = at_home
    other.leave()
    watching = type(other)(_port(path), ("winddown/#", "home/#"), "watching", 4)

    winddown("doctor", path)

    watching.say("home/end", "x")
    heard = watching.hear_until("home/end", "x")
    told = {topic for topic, _ in heard if topic.rsplit("/", 1)[-1] in ("set", "why", "press", "cue")}
    watching.leave()
    assert told == set()


def test_what_is_wrong_is_told_with_its_mend_and_exits_with_1(winddown, at_home):
    path, other = at_home
    other.say("home/lamp/set", '{"state": "ON"}', retain=True)

    ended = winddown("doctor", path)

    assert ended.code == 1
    assert lines(ended)["stored command"].startswith("✗ ")
    assert "-r -n -t home/lamp/set" in lines(ended)["stored command"]


def test_it_is_readable_where_no_sign_can_be_shown(process, at_home, monkeypatch):
    path, _ = at_home
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")

    out, _ = process("doctor", path).communicate(timeout=30)

    assert "\nok winddown " in out


def test_a_journal_is_looked_at_and_left_as_it_is(winddown, at_home):
    path, _ = at_home
    path.write_text(f"{path.read_text()}\njournal: other.db\n")  # one that nobody writes meanwhile
    journal = path.with_name("other.db")
    with sqlite3.connect(journal) as made:
        made.execute("CREATE TABLE IF NOT EXISTS said (text)")
    made.close()

    assert lines(winddown("doctor", path))["journal"].startswith("✓ ")

    journal.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    before = journal.read_bytes()
    ended = winddown("doctor", path)
    assert ended.code == 1
    assert lines(ended)["journal"].startswith("✗ ")
    assert journal.read_bytes() == before


def test_without_a_broker_it_says_so_and_stops_there(winddown, house):
    ended = winddown("doctor", house(1))

    assert ended.code == 1
    assert "Connection refused" in lines(ended)["broker"]
    assert "winddown" not in lines(ended)


# ---------------------------------------------------------------- for containers, and in a hurry


def test_quickly_it_only_tells_whether_winddown_is_there(winddown, at_home):
    path, _ = at_home

    well = winddown("doctor", "--quick", path)
    assert (well.code, well.out, well.err) == (0, "✓ winddown  online\n", "")


def test_quickly_a_broker_that_is_away_is_told(winddown, house):
    ended = winddown("doctor", "--quick", house(1))

    assert ended.code == 1
    assert ended.out.startswith("✗ broker ")


def test_a_wrong_password_is_told_and_not_shown(winddown, mosquitto_at_rest, house):
    mosquitto_at_rest.with_login("winddown", "right")
    path = house(mosquitto_at_rest.port)
    text = path.read_text().replace("mqtt: {", "mqtt: {username: winddown, password: m4rked, ")
    path.write_text(text)
    path.chmod(0o600)

    for arguments in ((), ("--quick",)):
        ended = winddown("doctor", path, *arguments)
        assert ended.code == 1
        assert "refuses user 'winddown'" in ended.out
        assert "m4rked" not in ended.out + ended.err


def _port(path):
    return int(path.read_text().split("port: ")[1].split("}")[0])
