"""A broker's bad days: stands between a daemon and its broker, and is slow, hangs up, refuses a login, says nothing.

It understands no MQTT but the answer with which a login is refused. Its thread ends with `close`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from typing import Any

CHUNK = 4096
NOT_AUTHORISED = bytes((0x20, 3, 0, 135, 0))
"""CONNACK of MQTT 5."""


class Mood(StrEnum):
    """How it is today."""

    FAIR = "fair"
    SLOW = "slow"
    """Everything arrives, in order, `delay_s` later."""
    HANGS_UP = "hangs up"
    """Whoever calls is hung up on."""
    REFUSES = "refuses"
    """Whoever calls is told that he is not authorised."""
    SILENT = "silent"
    """Whoever calls is heard, and nothing comes of it."""


class Proxy:
    """On a free port of this machine, in front of a broker on another."""

    def __init__(self, broker_port: int) -> None:
        self.calls = 0
        """How often somebody called."""
        self.port = 0
        self._broker_port = broker_port
        self._mood, self._delay_s = Mood.FAIR, 0.0
        self._loop = asyncio.new_event_loop()
        self._speaks = asyncio.Event()
        """Cleared while it is silent."""
        self._speaks.set()
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._ask(self._open())

    def be(self, mood: Mood, delay_s: float = 0.0) -> None:
        """From now on; a mood that refuses ends the lines that there are."""
        self._ask(self._be(mood, delay_s))

    def close(self) -> None:
        """Be gone."""
        self._ask(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _ask(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(5)

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._call, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _be(self, mood: Mood, delay_s: float) -> None:
        self._mood, self._delay_s = mood, delay_s
        self._speaks.clear() if mood is Mood.SILENT else self._speaks.set()
        if mood in (Mood.HANGS_UP, Mood.REFUSES):
            self._cut()

    async def _end(self) -> None:
        self._server.close()
        self._cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _cut(self) -> None:
        for line in self._lines:
            line.transport.abort()

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._lines.add(writer)
        try:
            with suppress(OSError, asyncio.CancelledError):
                await self._serve(reader, writer)
        finally:
            writer.transport.abort()
            self._lines.discard(writer)
            self._tasks.discard(task)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._mood is Mood.HANGS_UP:
            return
        if self._mood in (Mood.REFUSES, Mood.SILENT):
            await reader.read(CHUNK)
            if self._mood is Mood.REFUSES:
                writer.write(NOT_AUTHORISED)
                await writer.drain()
            await reader.read()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._broker_port)
        ways = [asyncio.ensure_future(self._carry(*way)) for way in ((reader, back), (there, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            back.transport.abort()
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """What waits is delivered before what follows it, as slow as it was when it came."""
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        delivering = asyncio.ensure_future(self._deliver(queue, writer))
        try:
            while data := await reader.read(CHUNK):
                queue.put_nowait((self._loop.time() + self._delay_s, data))
            queue.put_nowait((self._loop.time() + self._delay_s, b""))
            await delivering
        finally:
            delivering.cancel()

    async def _deliver(self, queue: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        while True:
            due, data = await queue.get()
            await asyncio.sleep(due - self._loop.time())
            await self._speaks.wait()
            if not data:
                return
            writer.write(data)
