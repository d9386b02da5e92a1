"""The loop, without threads and without waiting: an inbox that makes time pass when it is waited on."""

from __future__ import annotations

import gc
import logging
from queue import Empty

import pytest

from shell.conftest import StubEngine
from winddown.clock import Instant
from winddown.model import Alarm, Connected, Exit, Log, Note, Received, Sentence, Stop, Trouble, Wake, say
from winddown.shell.address import Address
from winddown.shell.rereading import ReadAgain, Successor
from winddown.shell.run import Outbox, loop, run


def dropped(during: Sentence) -> Trouble:
    """What people are told."""
    return Trouble(say("trouble.dropped", during=during), lasts=True)


class PassingTime:
    """An inbox and a clock at once: items come at their boot-time second, and waiting is what makes time pass."""

    def __init__(self, *items):
        self.boot = 0.0
        self.items = list(items)
        """(boot-time second, item), in order."""
        self.waits = []

    def now(self):
        return Instant(wall=1_700_000_000 + self.boot, boot=self.boot)

    def get(self, timeout):
        self.waits.append(timeout)
        if self.items and self.items[0][0] <= self.boot + timeout:
            at, item = self.items.pop(0)
            self.boot = max(self.boot, at)
            return item
        self.boot += timeout
        raise Empty

    def rest(self, for_s):
        self.boot += for_s


class Sent:
    """An outbox whose messages and alarms are kept."""

    def __init__(self, refusing=()):
        self.payloads = []
        self.alarms = []
        self.refusing = refusing
        self.outbox = Outbox(publish=self._publish, wake=self.alarms.append)

    def _publish(self, message):
        if message.payload in self.refusing:
            raise OSError("refused")
        self.payloads.append(message.payload)


def received(payload: bytes, topic: str = "a/topic") -> Received:
    return Received(topic, payload)


def test_the_engine_begins_before_anything_else(engine, publish):
    engine.on_begin = [publish("t", "begun")]
    engine.answer = lambda event: [publish("t", "stopped")]
    time, sent = PassingTime((0.0, Stop())), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert [name for name, _ in engine.calls] == ["begin", "tick", "handle"]
    assert sent.payloads == ["begun", "stopped"]


def test_the_engine_is_called_when_it_is_due(engine):
    engine.due_boot = 7.25
    engine.on_tick = lambda now: [Exit(0, "done")] if now.boot >= 7.25 else []
    time = PassingTime()

    loop(engine, time, Sent().outbox, time.now)

    assert engine.calls[-1] == ("tick", 7.25)


def test_what_is_due_is_thought_out_a_moment_before_and_goes_out_to_the_instant(engine, publish):
    thought_at, out_at = [], []

    def on_tick(now):
        if now.boot < 7.25:
            return []
        thought_at.append(time.boot)
        time.boot += 0.0015  # it takes a while
        return [publish("t", "beat"), Exit(0, "done")]

    engine.due_boot, engine.on_tick, time = 7.25, on_tick, PassingTime()

    loop(engine, time, Outbox(publish=lambda _: out_at.append(time.boot), wake=lambda _: None), time.now)

    assert 7.247 < thought_at[0] < 7.25
    assert out_at == [7.25]
    assert engine.calls[-1] == ("tick", 7.25)


def test_what_takes_longer_to_think_out_than_was_left_goes_out_late_and_the_engine_can_tell(engine, publish):
    asked_at = []

    def on_tick(now):
        time.boot += 0.003 if now.boot >= 7.25 else 0.0
        return [publish("t", "beat")] if now.boot >= 7.25 else []

    def deadline(now):
        asked_at.append(now.boot)
        return 7.25 if now.boot < 7.25 else float("inf")

    engine.on_tick, engine.deadline = on_tick, deadline
    time = PassingTime((8.0, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert asked_at[-1] == pytest.approx(7.251)


def test_what_follows_of_an_event_a_millisecond_later_is_not_thought_out_before(engine):
    due = iter((5.0, 3.001))
    engine.deadline = lambda now: next(due, float("inf"))
    time = PassingTime((3.0, Connected()), (8.0, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    ticks = [boot for name, boot in engine.calls if name == "tick"]
    assert ticks[:3] == pytest.approx([0.0, 3.0, 3.001])
    assert time.waits[:2] == pytest.approx([4.998, 0.001])


def test_no_wait_is_longer_than_thirty_seconds(engine):
    time = PassingTime((100.0, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert max(time.waits) == 30.0


def test_an_event_is_heard_even_when_the_engine_is_always_late(engine):
    engine.due_boot = -1.0
    time = PassingTime((0.0, Connected()), (0.0, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert engine.events == [Connected(), Stop()]


def test_effects_are_carried_out_in_their_order(engine, publish):
    engine.answer = lambda event: [
        publish("t", "1"),
        Wake((("bedtime", 5.0),)),
        Note("room", "why", "x"),
        publish("t", "2"),
    ]
    time, sent = PassingTime((0.0, Alarm("bedtime")), (0.0, Exit(0, "enough"))), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.payloads == ["1", "2"]
    assert sent.alarms == [(("bedtime", 5.0),)]


def test_a_poisoned_message_is_dropped_and_told_once(engine, publish, caplog):
    def answer(event):
        if isinstance(event, Received) and event.payload == b"poison":
            raise RuntimeError("cannot digest")
        return [publish("t", "fine")]

    engine.answer = answer
    time, sent = (
        PassingTime((0.0, received(b"poison")), (1.0, received(b"poison")), (2.0, received(b"good")), (3.0, Stop())),
        Sent(),
    )

    loop(engine, time, sent.outbox, time.now)

    assert sent.payloads == ["fine", "fine", "fine"]
    assert engine.events.count(dropped(say("trouble.during_message", topic="a/topic"))) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "dropped after an error of ours: a message on a/topic"
    ]
    assert "cannot digest" in caplog.text


def clumsy(event):
    """Stumbles over every event, in a line of its own for each kind."""
    match event:
        case Connected():
            raise RuntimeError("first")
        case Alarm():
            raise RuntimeError("second")
        case _:
            return []


def test_a_second_different_mistake_within_ten_minutes_ends_it(engine, caplog):
    engine.answer = clumsy
    time, sent = PassingTime((0.0, Connected()), (599.0, Alarm("x")), (700.0, Stop())), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.outbox.exit == Exit(1, "two different errors of ours within 10 minutes; beginning again")
    assert [type(event) for event in engine.events] == [Connected, Trouble, Alarm, Trouble]
    assert [record.exc_info is not None for record in caplog.records] == [True, True, False]


def test_two_different_mistakes_far_apart_are_both_told_and_end_nothing(engine, caplog):
    engine.answer = clumsy
    time, sent = PassingTime((0.0, Connected()), (601.0, Alarm("x")), (602.0, Stop())), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.outbox.exit is None
    assert len(caplog.records) == 2


def test_an_engine_that_cannot_tick_is_asked_again_each_second_and_still_hears(engine, caplog):
    def on_tick(now):
        raise RuntimeError("no")

    engine.on_tick = on_tick
    time = PassingTime((0.5, Connected()), (3.7, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert engine.events == [dropped(say("trouble.during_due")), Connected(), Stop()]
    assert [round(boot, 1) for name, boot in engine.calls if name == "tick"] == [0.0, 0.5, 1.5, 2.5, 3.5]
    assert len(caplog.records) == 1


def test_an_engine_that_could_not_tick_for_a_minute_begins_again(engine):
    def on_tick(now):
        raise RuntimeError("no")

    engine.on_tick = on_tick
    time, sent = PassingTime((90.0, Stop())), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.outbox.exit == Exit(1, "nothing that was due could be done for 60 s; beginning again")
    assert 60.0 <= time.boot < 62.0


def test_an_engine_that_cannot_begin_still_hears(engine, caplog):
    def begin(now):
        raise RuntimeError("poisoned memory")

    engine.begin = begin
    time = PassingTime((0.5, Connected()), (3.7, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert engine.events[1:] == [Connected(), Stop()]
    assert "poisoned memory" in caplog.text


def test_a_file_that_is_to_be_read_again_is_read_and_the_loop_waits_for_nothing(engine):
    read = []
    time = PassingTime((0.0, ReadAgain()), (0.0, Stop()))

    loop(engine, time, Sent().outbox, time.now, reread=lambda: read.append("read"))

    assert (read, time.boot) == (["read"], 0.0)


def test_another_engine_goes_on_after_the_last_words_of_the_first(engine, publish):
    other, time, sent = StubEngine(), PassingTime(), Sent()
    by = Successor(Address(host="h", client_id="c"), "winddown", lambda _old, _at: ([publish("t", "last")], other))
    time.items = [(0.0, by), (1.0, Stop())]

    assert loop(engine, time, sent.outbox, time.now) == (by, other)
    assert sent.payloads == ["last"]


def test_a_successor_that_cannot_take_over_changes_nothing_and_it_is_told(engine, caplog):
    def take_over(_old, _at):
        raise RuntimeError("no lamp like that")

    time = PassingTime((0.0, Successor(Address(host="h", client_id="c"), "w", take_over)), (1.0, Stop()))

    assert loop(engine, time, Sent().outbox, time.now) is None

    assert engine.events[0] == Trouble(say("file.stays", why="RuntimeError('no lamp like that')"))


def test_a_message_that_cannot_be_sent_does_not_hold_up_the_next(engine, publish):
    engine.answer = lambda event: [publish("t", "bad"), publish("t", "good")]
    time, sent = PassingTime((0.0, Stop())), Sent(refusing=("bad",))

    loop(engine, time, sent.outbox, time.now)

    assert sent.payloads == ["good"]


def test_nothing_is_sent_after_an_exit(engine, publish, caplog):
    engine.answer = lambda event: [
        publish("t", "before"),
        Exit(4, "a newer winddown has our rooms"),
        publish("t", "after"),
    ]
    time, sent = PassingTime((0.0, Connected()), (0.0, Connected())), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.payloads == ["before"]
    assert sent.outbox.exit == Exit(4, "a newer winddown has our rooms")
    assert caplog.messages == ["a newer winddown has our rooms"]


def test_another_thread_can_end_it(engine):
    time, sent = PassingTime((0.0, Exit(3, "refused"))), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.outbox.exit == Exit(3, "refused")
    assert engine.events == []


def test_another_thread_can_have_a_line_logged(engine, caplog):
    caplog.set_level(logging.INFO)
    time = PassingTime((0.0, Log("a line")), (0.0, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert caplog.messages == ["a line"]


@pytest.mark.parametrize(("level", "number"), [("debug", 10), ("info", 20), ("warning", 30), ("error", 40)])
def test_a_line_has_the_level_that_the_engine_gave_it(engine, caplog, level, number):
    caplog.set_level(logging.DEBUG)
    engine.on_begin = [Log("100% of %s", level)]
    time = PassingTime((0.0, Stop()))

    loop(engine, time, Sent().outbox, time.now)

    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [(number, "100% of %s")]


def test_stop_ends_it_even_when_the_last_words_fail(engine):
    def answer(event):
        raise RuntimeError("no last words")

    engine.answer = answer
    time, sent = PassingTime((0.0, Stop())), Sent()

    loop(engine, time, sent.outbox, time.now)

    assert sent.outbox.exit is None


def test_rubbish_is_looked_for_all_night_whatever_the_start_did(engine, monkeypatch):
    monkeypatch.setattr("winddown.shell.run.serve", lambda *_, **__: int(gc.isenabled()))
    gc.disable()

    looked_for = run(engine, Address(host="localhost", client_id="winddown"))

    gc.unfreeze()
    gc.enable()
    assert looked_for
