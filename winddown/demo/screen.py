"""The demonstration in a terminal: some fifteen frames a second, and keys. Leaves the terminal as it found it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.segment import Segment

from winddown import clock
from winddown.demo.director import Director
from winddown.demo.frame import frame
from winddown.demo.ink import Line
from winddown.demo.keys import Keys, keyboard
from winddown.demo.plan import ROOM
from winddown.demo.scene import Scene
from winddown.demo.stage import Stage
from winddown.demo.words import Words
from winddown.model import Press

_FRAME_S = 1 / 15
_SOME_COLOURS = ("256", "truecolor")
_PRESSES = {
    **dict.fromkeys("1s ", Press.SINGLE),
    **dict.fromkeys("2d", Press.DOUBLE),
    **dict.fromkeys("3h", Press.HOLD),
}


class _Frame:
    """Lines for rich."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        for n, line in enumerate(self._lines):
            if n:
                yield Segment.line()
            yield from line


def on_screen(house: Stage, director: Director, spoken: Words) -> None:
    """Show it until the curtain falls, or until a `q`."""
    console = Console(highlight=False)
    overrides = house.config.rooms[ROOM].presses.overrides
    scene = Scene(house.port, house.config.zone(), overrides)
    live = Live(console=console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False)
    with _never_suspended(), keyboard() as keys, live:
        due_boot, lines = clock.now().boot, list[Line]()
        while not director.over:
            _take_all(house, director, scene)
            before, lines = lines, _drawn(house, scene, spoken, console)
            if lines != before:
                live.update(_Frame(lines), refresh=True)
            due_boot = max(due_boot + _FRAME_S, clock.now().boot)
            if _typed(keys, director, due_boot):
                return


def _take_all(house: Stage, director: Director, scene: Scene) -> None:
    while True:
        now = clock.now()
        try:
            seen = house.seen.get_nowait()
        except Empty:
            director.tick(now)
            return
        scene.take(seen, now)
        director.take(seen, now)


def _drawn(house: Stage, scene: Scene, spoken: Words, console: Console) -> list[Line]:
    view = scene.view(house.bedroom.lamps(), clock.now())
    colour = console.color_system in _SOME_COLOURS and not console.no_color
    return frame(view, spoken, console.width, console.height, colour=colour)


def _typed(keys: Keys, director: Director, until_boot: float) -> bool:
    """Press what is typed until the next frame is due; True: enough."""
    while (left_s := until_boot - clock.now().boot) > 0:
        for key in keys.within(left_s).lower():
            if key == "q":
                return True
            if key in _PRESSES:
                director.by_hand(_PRESSES[key], clock.now())
    return False


@contextmanager
def _never_suspended() -> Iterator[None]:
    """Ctrl-Z would leave a shell on our screen, and the broker's clients without an answer."""
    before = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
