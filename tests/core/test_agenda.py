"""Who is due when."""

from __future__ import annotations

from winddown.core.agenda import NEVER, Agenda
from winddown.core.instants import AHEAD, Instants


def agenda_of(**due: float) -> Agenda[str]:
    agenda = Agenda[str]()
    for who, boot in due.items():
        agenda.put(who, boot)
    return agenda


def test_the_earliest_are_taken_first_and_once():
    agenda = agenda_of(late=9.0, early=1.0, next=2.0)

    assert agenda.next_boot() == 1.0
    assert agenda.take(2.0) == ["early", "next"]
    assert agenda.take(2.0) == []
    assert agenda.next_boot() == 9.0


def test_a_newer_instant_takes_the_place_of_the_older_one():
    agenda = agenda_of(one=5.0, two=6.0)

    agenda.put("one", 7.0)
    agenda.put("two", 1.0)

    assert agenda.take(6.5) == ["two"]
    assert agenda.take(7.0) == ["one"]


def test_never_takes_it_off_the_agenda():
    agenda = agenda_of(one=5.0)

    agenda.put("one", NEVER)

    assert agenda.next_boot() == NEVER
    assert agenda.take(100.0) == []


def test_one_that_is_put_off_ten_thousand_times_is_one_entry_still():
    agenda = agenda_of(one=0.0)

    for boot in range(1, 10_001):
        agenda.put("one", float(boot))

    assert len(agenda._heap) < 100
    assert agenda.take(10_000.0) == ["one"]


def test_rooms_with_the_same_hours_ask_to_be_woken_once():
    instants = Instants()
    for room in range(1000):
        instants.put(f"room{room}", [100.0, 200.0])

    at = instants.changed(50.0)

    assert at is not None
    assert [one for _, one in at] == [100.0, 200.0]


def test_of_many_instants_the_next_few_are_asked_for_and_the_others_when_they_come_nearer():
    instants = Instants()
    for room in range(100):
        instants.put(f"room{room}", [float(room)])
    first = instants.changed(-1.0)

    assert first is not None
    assert [one for _, one in first] == [float(room) for room in range(AHEAD)]
    assert instants.changed(-0.5) is None
    following = instants.changed(3.0)
    assert following is not None
    assert [one for _, one in following] == [float(room) for room in range(4, 4 + AHEAD)]


def test_an_instant_that_its_last_room_wants_no_more_is_not_asked_for():
    instants = Instants()
    instants.put("one", [5.0, 9.0])
    instants.put("two", [5.0])
    instants.changed(0.0)

    instants.put("one", [9.0])
    assert instants.changed(0.0) is None
    instants.put("two", [])

    at = instants.changed(0.0)
    assert at is not None
    assert [one for _, one in at] == [9.0]
