"""What waits for the journal, what does not, and in what order it goes out."""

from __future__ import annotations

import logging

import pytest

from winddown.clock import Instant
from winddown.model import Exit, LampMemory, Log, Message, Note, Publish, Remember, Wake
from winddown.shell.outbox import PATIENCE_S, Outbox


class Slow:
    """A journal that keeps when it is told to."""

    def __init__(self):
        self.keys = []
        self.notes = []
        self.number = 0

    def keep(self, memories):
        self.keys += [one.key for one in memories]
        self.number += 1
        return self.number

    def note(self, note):
        self.notes.append(note.text)


class House:
    def __init__(self):
        self.journal = Slow()
        self.sent = []
        self.alarms = []
        self.outbox = Outbox(lambda message: self.sent.append(message.payload), self.alarms.append, self.journal)

    def carry_out(self, *effects):
        self.outbox.carry_out(effects)


@pytest.fixture
def house():
    return House()


def says(payload, topic="lamp", qos=0):
    return Publish(Message(topic, payload, qos))


def at(boot):
    return Instant(wall=1_700_000_000 + boot, boot=boot)


KEEP = Remember("lamp/lamp", LampMemory())


def test_what_follows_a_memory_waits_until_it_is_kept(house):
    house.carry_out(KEEP, says("mute"))
    before = list(house.sent)

    house.outbox.kept(1)

    assert (before, house.sent) == ([], ["mute"])


def test_what_stands_before_a_memory_does_not_wait_for_it(house):
    house.carry_out(says("beat"), KEEP, says("mute"))

    assert house.sent == ["beat"]


def test_a_word_to_people_waits_for_all_that_was_remembered_before_it(house):
    house.carry_out(KEEP)
    house.carry_out(says("bedtime is 23:00", "why", qos=1))
    before = list(house.sent)

    house.outbox.kept(1)

    assert (before, house.sent) == ([], ["bedtime is 23:00"])


def test_a_word_to_people_does_not_wait_for_nothing(house):
    house.carry_out(KEEP)
    house.outbox.kept(1)

    house.carry_out(says("bedtime is 23:00", "why", qos=1))

    assert house.sent == ["bedtime is 23:00"]


def test_a_beat_goes_at_once_while_something_else_waits(house):
    house.carry_out(KEEP, says("mute", "speaker"))
    house.carry_out(says("beat"))

    assert house.sent == ["beat"]


def test_a_lamp_is_told_things_in_their_order(house):
    house.carry_out(KEEP, says("light"), says("mute", "speaker"))
    house.carry_out(says("beat"))
    before = list(house.sent)

    house.outbox.kept(1)

    assert (before, house.sent) == ([], ["light", "mute", "beat"])


def test_only_what_is_kept_goes(house):
    house.carry_out(KEEP, says("first"))
    house.carry_out(KEEP, says("second"))

    house.outbox.kept(1)

    assert house.sent == ["first"]


def test_the_memories_of_a_batch_are_kept_together(house):
    house.carry_out(KEEP, says("a"), Remember("room/bedroom", LampMemory()), says("b"))

    assert (house.journal.keys, house.journal.number) == (["lamp/lamp", "room/bedroom"], 1)


def test_lines_notes_and_alarms_wait_for_nothing(house, caplog):
    caplog.set_level(logging.INFO)

    house.carry_out(KEEP, Log("a line"), Note("bedroom", "why", "so"), Wake((("bedtime", 5.0),)))

    assert (caplog.messages, house.journal.notes, house.alarms) == (["a line"], ["so"], [(("bedtime", 5.0),)])


def test_a_disk_that_hangs_is_not_waited_for_and_that_is_said_once(house, caplog):
    house.carry_out(KEEP, says("mute"))
    due = house.outbox.hurry(at(100.0))
    house.outbox.hurry(at(100.0 + PATIENCE_S / 2))
    before = list(house.sent)

    house.outbox.hurry(at(100.0 + PATIENCE_S))
    house.carry_out(KEEP, says("more"))
    house.outbox.hurry(at(200.0))

    assert (due, before, house.sent) == (100.0 + PATIENCE_S, [], ["mute", "more"])
    assert [record.getMessage() for record in caplog.records] == [
        "journal: the disk takes longer than 1 s; the evening does not wait for it"
    ]


def test_a_disk_that_answers_again_is_waited_for_again(house):
    house.carry_out(KEEP, says("mute"))
    house.outbox.hurry(at(100.0))
    house.outbox.hurry(at(102.0))
    house.outbox.kept(1)

    house.carry_out(KEEP, says("more"))

    assert house.sent == ["mute"]


def test_nothing_that_waits_means_no_hurry(house):
    assert house.outbox.hurry(at(1.0)) == float("inf")


def test_what_waited_is_not_for_the_next_connection(house):
    house.carry_out(KEEP, says("old"))

    house.outbox.forget()
    house.outbox.kept(1)

    assert house.sent == []


def test_at_the_end_everything_goes(house):
    house.carry_out(KEEP, says("put back"))

    house.outbox.send_held()

    assert house.sent == ["put back"]


def test_what_waits_when_a_newer_winddown_comes_is_never_said(house):
    house.carry_out(KEEP, says("mute"))

    house.carry_out(Exit(4, "a newer winddown has our rooms"))
    house.outbox.kept(1)
    house.outbox.send_held()

    assert house.sent == []


def test_without_a_journal_nothing_waits():
    sent = []
    outbox = Outbox(lambda message: sent.append(message.payload), wake=print)

    outbox.carry_out([KEEP, says("mute"), Note("bedroom", "why", "so")])

    assert sent == ["mute"]
