"""What the page believes of what it hears: nothing old, nothing doubtful."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

from winddown.model import Connected, Disconnected, Event, Exit, Received
from winddown.web.board import Board

STATE, STATUS, WHY = "winddown/bedroom/state", "winddown/status", "winddown/bedroom/why"


def said(phase: str, *, stored: bool) -> Received:
    return Received(STATE, json.dumps({"phase": phase}).encode(), stored)


def online(*, stored: bool) -> Received:
    return Received(STATUS, b"online", stored)


OFFLINE = Received(STATUS, b"offline", False)


def after(*events: Event | Exit) -> tuple[str, str | None]:
    """What is there, and the phase that is believed."""

    async def hear() -> tuple[str, str | None]:
        board = Board("page")
        board.know("winddown", ["bedroom"])
        for event in events:
            board.take(event)
        state = board.state("bedroom")
        return board.reach("bedroom"), None if state is None else state["phase"]

    return asyncio.run(hear())


def test_what_stands_with_the_broker_is_believed_where_winddown_is_there() -> None:
    assert after(Connected(), online(stored=True), said("night", stored=True)) == ("here", "night")
    assert after(Connected(), said("night", stored=True), online(stored=True)) == ("here", "night")


def test_what_is_from_before_winddown_began_is_not() -> None:
    before = (Connected(), said("runway", stored=True), Received(STATUS, b"offline", True))

    assert after(*before) == ("winddown", None)
    assert after(*before, online(stored=False)) == ("winddown", None)
    assert after(*before, online(stored=False), said("night", stored=False)) == ("here", "night")


def test_what_is_said_just_before_it_says_that_it_is_online_is_believed() -> None:
    assert after(Connected(), said("night", stored=False), online(stored=False)) == ("here", "night")


def test_whoever_goes_takes_the_phase_along() -> None:
    there = (Connected(), online(stored=True), said("runway", stored=True))

    assert after(*there, OFFLINE) == ("winddown", None)
    assert after(*there, OFFLINE, online(stored=False)) == ("winddown", None)
    assert after(*there, Disconnected()) == ("broker", None)
    assert after(*there, Disconnected(), Connected()) == ("winddown", None)
    assert after(*there, Exit(3, "refused")) == ("broker", None)


def test_rubbish_is_no_state() -> None:
    there = (Connected(), online(stored=True))

    assert after(*there, Received(STATE, b"\xff{", False)) == ("winddown", None)
    assert after(*there, Received("winddown/attic/state", b"{}", False)) == ("winddown", None)
    assert after(*there, Received("home/other", b"{}", False)) == ("winddown", None)


def waits(room: str, hear: Callable[[Board], None]) -> bool:
    async def wait() -> bool:
        board = Board("page")
        board.know("winddown", ["bedroom"])
        asyncio.get_running_loop().call_soon(hear, board)
        return await board.answered(room, 0, 0.1)

    return asyncio.run(wait())


def test_an_answer_is_a_decision_that_comes_after_the_question() -> None:
    assert waits("bedroom", lambda board: board.take(Received(WHY, b"22:41 asked: dark", False)))
    assert not waits("bedroom", lambda board: board.take(said("night", stored=False)))
    assert not waits("attic", lambda board: board.take(Received(WHY, b"22:41 asked: dark", False)))
