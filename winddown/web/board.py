"""What the rooms publish, as far as it holds now. It hears and passes on; what is old or doubtful it does not show.

It belongs to the page's event loop: everything here runs there, and only `say` is for another thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Any, Literal, assert_never

from winddown import payload
from winddown.config import Config
from winddown.model import Alarm, Connected, DiaryRead, Disconnected, Event, Exit, Message, Received, Stop, Trouble
from winddown.shell.address import address_of
from winddown.shell.link import Link

_quiet = logging.getLogger(f"{__name__}.line")
_quiet.setLevel(logging.ERROR)  # how the broker does, the daemon's own line tells

Reach = Literal["here", "winddown", "broker"]
"""What there is; else what is missing."""

DELIVER_S = 3.0
_HEARD = ("state", "why")


@dataclass(slots=True)
class _Room:
    """What was heard of a room."""

    state: dict[str, Any] | None = None
    stored: bool = True
    """The broker had it: it may be from before winddown began."""
    whys: int = 0
    """So many decisions were told."""


class Board:
    """Follows every room of a house."""

    def __init__(self, client_id: str) -> None:
        self._client_id = client_id
        self._loop = asyncio.get_running_loop()
        self._prefix = ""
        self._rooms: dict[str, _Room] = {}
        self._link: Link | None = None
        self._life = 0
        """Which line it is."""
        self._connected = self._online = self._closed = False
        self._waiting: set[asyncio.Event] = set()

    # ------------------------------------------------------------ the line

    async def follow(self, house: Config) -> None:
        """Hear this house from now on, and no other."""
        await self._let_go()
        self.know(house.mqtt.prefix, house.rooms)
        topics = [f"{self._prefix}/{name}/{heard}" for name in house.rooms for heard in _HEARD]
        will = Message(f"{self._prefix}/bridge/page", "gone")  # a line wants a will; ours tells nothing, to nobody
        address = address_of(house.mqtt, self._client_id)
        self._link = Link(address, (f"{self._prefix}/status", *topics), will, self._post(self._life), log=_quiet)
        self._link.start()

    def know(self, prefix: str, rooms: Iterable[str]) -> None:
        """These rooms, of which nothing was heard yet."""
        self._prefix = prefix
        self._rooms = {name: _Room() for name in rooms}
        self._tell()

    async def close(self) -> None:
        """Whoever listens is sent home."""
        self._closed = True
        self._tell()
        await self._let_go()

    async def _let_go(self) -> None:
        link, self._link = self._link, None
        self._life += 1
        self._connected = self._online = False
        if link is not None:
            await asyncio.to_thread(link.stop, 0.0)

    def _post(self, life: int) -> Callable[[Event | Exit], None]:
        """What a line's thread calls; of a line that was let go nothing is taken any more."""

        def post(event: Event | Exit) -> None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(take, event)

        def take(event: Event | Exit) -> None:
            if life == self._life:
                self.take(event)

        return post

    def say(self, room: str, order: str) -> bool:
        """Ask something of a room, and wait for the broker's word; False: it did not take it. Not for our thread."""
        link = self._link
        code = None if link is None else link.deliver(Message(f"{self._prefix}/{room}/command", order), DELIVER_S)
        return code is not None and code < 128

    # ------------------------------------------------------------ what is heard

    def take(self, event: Event | Exit) -> None:
        """One event of the line."""
        match event:
            case Connected():
                self._connected = True
            case Disconnected() | Exit():
                self._connected = False
                self._offline()
            case Received():
                self._hear(event)
            case Alarm() | Stop() | Trouble() | DiaryRead():
                return
            case _:
                assert_never(event)
        self._tell()

    def _hear(self, got: Received) -> None:
        if got.topic == f"{self._prefix}/status":
            self._status(got)
            return
        name, _, what = got.topic.removeprefix(f"{self._prefix}/").partition("/")
        room = self._rooms.get(name)
        if room is None:
            return
        if what == "why":
            room.whys += 1
        elif what == "state":
            room.state, room.stored = payload.as_object(got.payload), got.retain

    def _status(self, got: Received) -> None:
        """Whoever comes online says anew how it is: what was stored until then is from before."""
        if got.payload != b"online":
            self._offline()
            return
        self._online = True
        for room in self._rooms.values():
            if room.stored and not got.retain:
                room.state = None

    def _offline(self) -> None:
        self._online = False
        for room in self._rooms.values():
            room.state = None

    # ------------------------------------------------------------ what is known

    def reach(self, room: str) -> Reach:
        """Whether what is known of a room holds."""
        if not self._connected:
            return "broker"
        return "here" if self._online and self.state(room) is not None else "winddown"

    def state(self, room: str) -> dict[str, Any] | None:
        """What a room says of itself now; None: nobody can tell."""
        known = self._rooms.get(room)
        return known.state if known is not None and self._online and self._connected else None

    def whys(self, room: str) -> int:
        """How many decisions it has told: for `answered`."""
        return self._rooms[room].whys if room in self._rooms else 0

    async def answered(self, room: str, since: int, within_s: float) -> bool:
        """Wait until it has told another one."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s), aclosing(self.changes(within_s)) as changes:
                async for _ in changes:
                    if self.whys(room) > since:
                        return True
        return False

    async def changes(self, every_s: float) -> AsyncGenerator[None]:
        """Now, at every change, and at least so often; ends with the page."""
        changed = asyncio.Event()
        self._waiting.add(changed)
        try:
            while not self._closed:
                changed.clear()
                yield
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), every_s)
        finally:
            self._waiting.discard(changed)

    def _tell(self) -> None:
        for one in self._waiting:
            one.set()
