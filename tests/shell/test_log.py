"""What is logged can be read in the morning."""

from __future__ import annotations

import logging
import re

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
