"""What is logged can be read in the morning."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime

import pytest

from winddown.shell.log import log_to_stderr


@pytest.fixture(autouse=True)
def as_before():
    root, ours = logging.getLogger(), logging.getLogger("winddown")
    before = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers[:], level, our_level = before
    root.setLevel(level)
    ours.setLevel(our_level)


def test_a_line_says_when_in_local_time_and_what(capsys):
    log_to_stderr()

    logging.getLogger("winddown.core").info("bedroom: the runway begins")

    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d bedroom: the runway begins\n", capsys.readouterr().err)


def test_what_a_message_quotes_cannot_forge_a_second_line(capsys):
    log_to_stderr()

    logging.getLogger("winddown").warning("heard %s", "x\n2026-01-01 00:00:00 all is well")

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_libraries_are_heard_only_when_they_warn(capsys):
    log_to_stderr()

    logging.getLogger("apscheduler.scheduler").info("Scheduler started")
    logging.getLogger("apscheduler.scheduler").warning("trouble")

    assert capsys.readouterr().err.endswith(" trouble\n")


def test_nothing_goes_to_standard_output(capsys):
    log_to_stderr(logging.DEBUG)

    logging.getLogger("winddown").debug("x")

    assert capsys.readouterr().out == ""


def fail(text):
    raise ValueError(text)


def test_nothing_that_a_message_quotes_plays_with_the_terminal(capsys):
    log_to_stderr()

    logging.getLogger("winddown").warning("heard %s", "\x1b[2J\x07\x9b\u202e\u2028\0\ud800")

    assert capsys.readouterr().err.endswith(r"heard \x1b[2J\x07\x9b\u202e\u2028\x00\ud800" + "\n")


def test_a_traceback_cannot_forge_a_line_or_play_with_the_terminal(capsys):
    log_to_stderr()

    try:
        fail("x\n2026-01-01 00:00:00 all is well\x1b[2J")
    except ValueError:
        logging.getLogger("winddown").exception("dropped")
    first, *traceback = capsys.readouterr().err.splitlines()

    assert first.endswith(" dropped")
    assert all(line.startswith("    ") for line in traceback)
    assert traceback[-1] == r"    2026-01-01 00:00:00 all is well\x1b[2J"


def test_as_json_each_line_is_one_object_with_its_traceback_in_it(capsys):
    log_to_stderr(form="json")

    logging.getLogger("winddown.core").info("bedroom: %s", "“begins”\n\x1b[2J")
    try:
        fail("cannot\ndigest")
    except ValueError:
        logging.getLogger("winddown.shell").exception("dropped")
    first, second = capsys.readouterr().err.splitlines()

    assert first.isascii()
    said = json.loads(first)
    assert datetime.fromisoformat(said.pop("at")).tzinfo is not None
    assert said == {"level": "info", "from": "winddown.core", "text": "bedroom: “begins”\n\x1b[2J"}
    assert json.loads(second)["traceback"].endswith("ValueError: cannot\ndigest")
