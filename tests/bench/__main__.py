"""Runs the bench and prints its table. Takes about ten minutes; `--quick` four, for a glance; `--long` an hour."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from random import Random

from bench import catalogue, costs, evenings, presses, pulse, radio, remotes
from bench.figures import Row, percentile, ratios, table
from bench.stand import BenchError

AT_MOST_TIMES_ECHO = {50: (1.3, 1.5), 95: (2.0, None)}
"""By percentile: the aim, and what it was before."""
AT_MOST_ONLINE_S, AT_MOST_CHECK_S = 0.35, 0.4
AT_MOST_LATE_MS, AT_MOST_WORST_MS, AT_MOST_DRIFT = 2.0, 20.0, 5.0
AT_MOST_LATE_BUSY_MS = 25.0
AT_MOST_IDLE_PERCENT, AT_MOST_PULSE_PERCENT, AT_MOST_WAKEUPS = 0.1, 0.5, 80.0
AT_MOST_A_SECOND = 12
"""Eight at once, then four a second."""
AT_MOST_MB, AT_MOST_UNIQUE_MB, AT_MOST_PAGE_MB, AT_LEAST_EVENINGS = 45.0, 40.0, 60.0, 20.0
AT_MOST_CATALOGUE_MS, AT_MOST_KEPT_KB = 100.0, 150.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything, print one table."""
    wanted = _wanted(arguments)
    try:
        rows = measure(wanted.runs, wanted.presses, wanted.pulse, wanted.evenings, wanted.side, long=wanted.long)
    except BenchError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(rows))
    return 0


def measure(runs: int, a_run: int, pulse_s: float, evenings_s: float, side_s: float, *, long: bool) -> list[Row]:
    """All figures. First what wants the machine for itself, run by run; then all pulses at a time."""
    random = Random(1)
    presses.measure(1, random)  # the first start compiles
    pressed, a_second, lists = [], [], []
    for run in range(runs):
        _say(f"run {run + 1} of {runs}: {a_run} presses, evenings for {evenings_s:g} s")
        pressed.append(presses.measure(a_run, random))
        a_second.append(evenings.by_itself(evenings_s))
        lists.append(catalogue.measure())
    _say(f"{runs} pulses of {pulse_s:g} s at a time")
    after_s = 600.0 if long else pulse.MEMORY_AFTER_S
    pulses = pulse.measure(runs, pulse_s, memory_after_s=after_s)
    _say(f"{side_s:g} s with a page, with a slow disk, with busy cores, and of nothing; {runs} checks")
    page_mb = costs.page_mb(after_s if long else side_s, after_s)
    slow, busy, idle = costs.slow_disk(side_s), costs.busy(side_s), costs.idle(3600 if long else side_s)
    return [
        *_press_rows(pressed),
        *_pulse_rows(pulses),
        _late_row("- every commit of the journal taking 100 ms, p99", slow, AT_MOST_LATE_MS),
        _late_row("- all cores busy, p99", busy, AT_MOST_LATE_BUSY_MS),
        *_memory_rows(pulses, "ten minutes" if long else "a minute", page_mb),
        *_idle_rows(pulses, idle),
        *_start_rows(pressed),
        Row("winddown check of the example", "s", costs.check_s(runs), at_most=AT_MOST_CHECK_S),
        _evenings_row(a_second),
        *_catalogue_rows(lists),
        *_radio_rows(),
        *_remotes_rows(),
    ]


def _press_rows(runs: Sequence[presses.Run]) -> list[Row]:
    rows = []
    for percent, (at_most, before) in AT_MOST_TIMES_ECHO.items():
        daemon_ms = [1000 * percentile(run.presses_s, percent) for run in runs]
        echo_ms = [1000 * percentile(run.echoes_s, percent) for run in runs]
        rows += [
            Row(
                f"press to first lamp command, p{percent}",
                "x echo",
                ratios(daemon_ms, echo_ms),
                2,
                at_most,
                before=before,
            ),
            Row(f"- winddown, p{percent}", "ms", daemon_ms),
            Row(f"- bare paho echo, p{percent}", "ms", echo_ms),
        ]
    return rows


def _pulse_rows(runs: Sequence[pulse.Run]) -> list[Row]:
    return [
        Row("beat against its schedule, p50", "ms", [run.late_ms(50) for run in runs]),
        Row("beat against its schedule, p99", "ms", [run.late_ms(99) for run in runs], 2, AT_MOST_LATE_MS, before=5.0),
        Row("beat against its schedule, worst", "ms", [run.late_ms(100) for run in runs], at_most=AT_MOST_WORST_MS),
        Row("drift of the beats", "µs/s", [run.drift for run in runs], at_most=AT_MOST_DRIFT),
    ]


def _late_row(what: str, runs: Sequence[pulse.Run], at_most: float) -> Row:
    return Row(what, "ms", [run.late_ms(99) for run in runs], at_most=at_most)


def _memory_rows(runs: Sequence[pulse.Run], after: str, page_mb: float) -> list[Row]:
    unique_mb = [run.uss_mb for run in runs]
    return [
        Row(f"resident memory after {after} of breathing", "MB", [run.rss_mb for run in runs], 1, AT_MOST_MB),
        Row("- not shared with other processes", "MB", unique_mb, 1, at_most=AT_MOST_UNIQUE_MB),
        Row("- likewise, with the page on and looked at", "MB", [page_mb], 1, at_most=AT_MOST_PAGE_MB),
    ]


def _idle_rows(pulses: Sequence[pulse.Run], idle: costs.Idle) -> list[Row]:
    return [
        Row("processor in a pulse", "%", [run.percent for run in pulses], at_most=AT_MOST_PULSE_PERCENT),
        Row("processor, idle", "%", [idle.percent], at_most=AT_MOST_IDLE_PERCENT),
        Row("wake-ups a minute, idle", "", [idle.wakeups], 0, at_most=AT_MOST_WAKEUPS),
    ]


def _start_rows(runs: Sequence[presses.Run]) -> list[Row]:
    online_s, echo_s = [run.online_s for run in runs], [run.echo_online_s for run in runs]
    return [
        Row("start to online", "s", online_s, 2, AT_MOST_ONLINE_S, before=0.5),
        Row("- beside the bare echo", "x echo", ratios(online_s, echo_s)),
    ]


def _evenings_row(a_second: Sequence[float]) -> Row:
    return Row("whole evenings through the core", "a second", a_second, 1, at_least=AT_LEAST_EVENINGS)


def _radio_rows() -> list[Row]:
    """Counted, not timed: once is enough."""
    rows = []
    for runway in map(radio.runway, radio.LAMPS):
        what = f"a 45-minute runway of {runway.lamps} lamp{'s' if runway.lamps > 1 else ''}"
        rows += [
            Row(f"{what}: commands", "", [runway.commands], 0),
            Row("- questions", "", [runway.questions], 0),
            Row("- both, in the worst second", "", [runway.busiest_second], 0, at_most=AT_MOST_A_SECOND),
        ]
    breathing = radio.pulse()
    return [
        *rows,
        Row(f"a pulse of ten minutes, {breathing.breaths} breaths: commands", "", [breathing.commands], 0),
        Row("- a breath", "", [breathing.commands / breathing.breaths], at_most=2.1),
        Row("a hand's report to hands off", "s", [radio.hands_off_s()], at_most=2.0),
    ]


def _remotes_rows() -> list[Row]:
    return [
        Row("battery remotes understood without a mapping", "%", [remotes.understood_percent()], 1, at_least=95.0),
        Row(f"broken promises in {remotes.NIGHTS} nights of any kind", "", [remotes.broken_promises()], 0, at_most=0),
    ]


def _catalogue_rows(runs: Sequence[catalogue.Run]) -> list[Row]:
    took_ms, kept_kb = [1000 * run.took_s for run in runs], [run.kept_bytes / 1000 for run in runs]
    return [
        Row("bridge/devices of 3 MB for 16 lamps", "ms", took_ms, 0, at_most=AT_MOST_CATALOGUE_MS),
        Row("- kept of it", "kB", kept_kb, 0, at_most=AT_MOST_KEPT_KB),
        Row("- the most in use while it is read", "MB", [run.most_bytes / 1e6 for run in runs], 1),
    ]


def _wanted(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter runs; the figures are rougher")
    parser.add_argument("--long", action="store_true", help="pulses of 20 minutes, and an idle hour")
    parser.add_argument("--runs", type=int, help="how many runs the median is taken of (5)")
    parser.add_argument("--presses", type=int, help="presses a run (80)")
    parser.add_argument("--pulse", type=float, metavar="S", help="seconds of breathing (180)")
    parser.add_argument("--evenings", type=float, metavar="S", help="seconds of evenings a run (3)")
    parser.add_argument("--side", type=float, metavar="S", help="seconds with a slow disk, busy cores, nothing (60)")
    wanted = parser.parse_args(arguments)
    usual = (3, 20, 60.0, 1.0, 60.0) if wanted.quick else (5, 80, 1200.0 if wanted.long else 180.0, 3.0, 60.0)
    for name, value in zip(("runs", "presses", "pulse", "evenings", "side"), usual, strict=True):
        if getattr(wanted, name) is None:
            setattr(wanted, name, value)
    return wanted


def _say(text: str) -> None:
    """What it is doing, and how busy the machine was before."""
    print(f"{text} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
