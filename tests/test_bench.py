"""The bench's own arithmetic: figures that are wrong are worse than none."""

from __future__ import annotations

import pytest

from bench import catalogue, evenings, pulse
from bench.figures import Row, percentile, ratios, slope, table
from bench.hours import by_day
from bench.stand import BenchError, Heard


@pytest.mark.parametrize(("percent", "value"), [(0, 1.0), (50, 3.0), (95, 4.8), (100, 5.0)])
def test_a_percentile_lies_on_the_line_between_its_neighbours(percent: float, value: float) -> None:
    assert percentile([5.0, 1.0, 4.0, 2.0, 3.0], percent) == pytest.approx(value)


def test_a_pulse_that_lags_a_millisecond_in_ten_seconds_drifts_by_a_hundred_microseconds_a_second() -> None:
    beats = [(10.0 * n, 0.002 + 0.001 * n) for n in range(18)]

    assert pulse.Run(beats, 0, 0).drift == pytest.approx(100)


def test_one_late_beat_is_late_and_is_no_drift() -> None:
    beats = [(4.0 * n, 0.001) for n in range(50)]
    beats[-1] = (beats[-1][0], 0.040)
    run = pulse.Run(beats, 0, 0)

    assert run.drift == pytest.approx(0)
    assert run.late_ms(50) == pytest.approx(1)
    assert run.late_ms(99) > 20


def test_a_slope_needs_no_even_steps() -> None:
    assert slope([(0, 1), (1, 3), (1, 3), (7, 15)]) == pytest.approx(2)


def test_runs_are_compared_with_their_own_echo() -> None:
    assert ratios([3.0, 8.0], [2.0, 4.0]) == [1.5, 2.0]


def test_the_table_says_what_was_met_and_what_was_missed() -> None:
    rows = [
        Row("latency", "x echo", [1.7, 1.4, 1.6], at_most=1.5, before=2),
        Row("drift", "µs/s", [-9.0, -0.001, 0.2], at_most=1.0),
        Row("evenings", "a second", [25.0], 1, at_least=20),
        Row("plain", "ms", [2.0]),
    ]

    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table(rows).splitlines()[2:]]

    assert lines == [
        ["latency", "1.60 x echo", "at most 1.5 x echo, once 2", "missed", "1.40 1.60 1.70"],
        ["drift", "0.00 µs/s", "at most 1 µs/s", "met", "-9.00 0.00 0.20"],
        ["evenings", "25.0 a second", "at least 20 a second", "met", "25.0"],
        ["plain", "2.00 ms", "", "", "2.00"],
    ]


def test_every_beat_is_held_against_its_own_instant() -> None:
    due_s = pulse.schedule(60)
    heard = [Heard(100 + at_s + 0.003, pulse.PACING, b'{"brightness":9}') for at_s in due_s]
    heard += [Heard(130, "zigbee2mqtt/lamp_1/set", b'{"brightness":9}'), Heard(500, pulse.PACING, b'{"state":"OFF"}')]

    beats = pulse.matched(due_s, 100, pulse.beats_in(heard))

    assert [due for due, _ in beats] == due_s
    assert [late for _, late in beats] == pytest.approx([0.003] * len(due_s))


def test_a_pulse_with_a_beat_missing_is_no_measurement() -> None:
    due_s = pulse.schedule(60)

    with pytest.raises(BenchError, match="beats were heard where"):
        pulse.matched(due_s, 100, [100 + at_s for at_s in due_s[1:]])


def test_it_is_day_for_the_daemon_whatever_the_clock_says() -> None:
    assert by_day(18 * 3600.0) == 'bedtime: "03:00", wake: "11:00"'


def test_the_evening_that_is_timed_is_a_whole_one() -> None:
    seen = evenings.Evening(evenings.config()).run()

    evenings.check(seen)
    assert seen.commands > 2 * 60


def test_half_an_evening_does_not_count() -> None:
    with pytest.raises(BenchError, match="no evening: day, runway"):
        evenings.check(evenings.Evening(evenings.config(), phases=["day", "runway"]))


def test_the_list_of_devices_that_is_timed_is_three_megabytes_of_lamps() -> None:
    payload = catalogue.message()

    found = catalogue.devices(payload)
    assert 3_000_000 <= len(payload) < 3_500_000
    assert found is not None
    assert len(found.layers) > 200
