"""The way in: what every verb shares, and what a person sees when something goes wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest

import winddown as package

VERBS = ("run", "demo", "check", "plan", "schema", "press", "send", "watch", "discover", "init")


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_verb_shows_an_example(winddown, verb):
    ended = winddown(verb, "--help")

    assert ended.code == 0
    assert f"Example: winddown {verb}" in ended.out


def test_the_help_names_every_verb(winddown):
    ended = winddown("--help")

    assert all(f" {verb} " in ended.out for verb in VERBS)
    assert "winddown demo" in ended.out


def test_it_says_its_version(winddown):
    assert winddown("--version").out == f"winddown {package.__version__}\n"


def test_a_verb_that_is_not_there_gets_the_nearest_one(winddown):
    ended = winddown("chek")

    assert ended.code == 2
    assert "'check'" in ended.err


def test_a_fault_of_ours_is_one_line(winddown, house, monkeypatch):
    monkeypatch.setattr("winddown.cli.checking.load", lambda _path: {}["gone"])

    ended = winddown("check", house())

    assert ended.code == 1
    assert ended.err == "winddown: a fault of ours: KeyError('gone'); with WINDDOWN_DEBUG=1 it says where\n"


def test_a_fault_of_ours_says_where_to_who_wants_to_know(winddown, house, monkeypatch):
    monkeypatch.setattr("winddown.cli.checking.load", lambda _path: {}["gone"])
    monkeypatch.setenv("WINDDOWN_DEBUG", "1")

    with pytest.raises(KeyError):
        winddown("check", house())


def test_a_reader_that_has_seen_enough_is_no_trouble(process):
    schema = process("schema")

    assert schema.stdout.readline() == "{\n"
    schema.stdout.close()

    assert schema.stderr.read() == ""


def test_the_demo_speaks_the_language_that_is_asked_for(winddown, monkeypatch):
    spoken = []
    monkeypatch.setattr("winddown.demo.run_demo", lambda language: spoken.append(str(language)) or 0)

    ended = winddown("demo", "--language", "nl")

    assert (ended.code, spoken) == (0, ["nl"])


def test_the_demo_without_its_broker_says_what_to_install(winddown, monkeypatch):
    monkeypatch.setattr("winddown.cli.daemon.find_spec", lambda _name: None)

    ended = winddown("demo")

    assert ended.code == 2
    assert "pip install '.[demo]'" in ended.err


def test_the_daemon_does_not_load_what_only_others_use():
    loaded = _loaded_by("winddown.cli.house")

    assert {"typer", "rich", "amqtt", "apscheduler", "winddown.plan", "winddown.demo"}.isdisjoint(loaded)


def test_the_check_loads_neither_an_engine_nor_a_line_to_the_broker():
    loaded = _loaded_by("winddown.cli.checking")

    assert {"typer", "rich", "paho", "winddown.core.engine", "winddown.plan.picture", "winddown.shell"}.isdisjoint(
        loaded
    )


def _loaded_by(module: str) -> list[str]:
    program = f"import sys, winddown.__main__, {module}; print(*sys.modules)"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
