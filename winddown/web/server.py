"""Runs the page in a thread of its own. It never keeps an evening from beginning, nor a lamp from its beat.

Whatever goes wrong with the page is told in the log, and the evening goes on without it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import uvicorn

from winddown.config import Config, Web
from winddown.web.board import Board
from winddown.web.site import Site, site

_log = logging.getLogger(__name__)

_JOIN_S = 0.6
_AT_ONCE = 64
"""So many at a time; a house has fewer."""


class Page:
    """As long as the daemon runs."""

    def __init__(self, house: Config, web: Web, client_id: str) -> None:
        self._house = house
        self._web = web
        self._client_id = client_id
        self._thread: threading.Thread | None = None
        self._server: uvicorn.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._board: Board | None = None
        self._site: Site | None = None

    @contextmanager
    def served(self) -> Iterator[Page]:
        """For as long as the block."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Begin to listen; where that cannot be, say so and leave it."""
        try:
            listening = _bound(self._web)
        except OSError as error:
            why = (os.strerror(error.errno) if error.errno else str(error)).lower()
            _log.error("web.listen: %s cannot be used (%s); there is no page until a restart", self._web.listen, why)
            return
        self._thread = threading.Thread(target=self._run, args=(listening,), name="page", daemon=True)
        self._thread.start()

    def use(self, house: Config) -> None:
        """The file was read again. From any thread; returns at once."""
        if house.web != self._web:
            _log.warning("web: it stays as it was until winddown is restarted")
        self._house = house
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended
                asyncio.run_coroutine_threadsafe(self._follow(house), self._loop)

    def stop(self) -> None:
        """Close, within a moment."""
        if self._thread is None:
            return
        if self._server is not None:
            self._server.should_exit = True
        self._thread.join(_JOIN_S)

    def _run(self, listening: socket.socket) -> None:
        try:
            with listening:
                asyncio.run(self._serve(listening))
        except Exception:  # noqa: BLE001  the evening goes on
            _log.exception("the page has ended; the evening goes on without it")

    async def _serve(self, listening: socket.socket) -> None:
        self._loop, self._board = asyncio.get_running_loop(), Board(self._client_id)
        app, self._site = site(self._house, self._web, self._board)
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,  # who asks is who is connected, whatever a header says
            server_header=False,
            limit_concurrency=_AT_ONCE,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config, self._board)
        await self._board.follow(self._house)
        _log.info("the page is at http://%s/", self._web.listen)
        await self._server.serve(sockets=[listening])

    async def _follow(self, house: Config) -> None:
        if self._board is not None and self._site is not None:
            self._site.house = house
            await self._board.follow(house)


class _Server(uvicorn.Server):
    """Sends home whoever follows the evening, before it waits for them to go."""

    def __init__(self, config: uvicorn.Config, board: Board) -> None:
        super().__init__(config)
        self._board = board

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End; it comes here however that was asked."""
        await self._board.close()
        await super().shutdown(sockets)


def _bound(web: Web) -> socket.socket:
    """The socket; behind Home Assistant on every address of the container, where `Doors` lets in the Supervisor."""
    listen = web.listen
    host = "0.0.0.0" if listen.ingress else listen.host  # noqa: S104  see above
    found = socket.create_server((host, listen.port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # for each connection; else a part waits 40 ms
    return found
