"""The embedded broker, for trying things out: amqtt in a thread of its own, on 127.0.0.1 unless a login is asked for.

It keeps nothing on disk and speaks MQTT 3.1.1 alone; a house wants a real one.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from ipaddress import ip_address
from typing import TYPE_CHECKING

from winddown.errors import UsageError

if TYPE_CHECKING:
    from amqtt.broker import Broker as Amqtt

_log = logging.getLogger(__name__)

HERE = "127.0.0.1"
Login = tuple[str, str]
"""A user name and its password."""
_LISTENER = "default"
_STOP_S = 2.0
_ROUNDS = 3
"""Of asyncio's loop, until whoever was accepted at the last moment has a writer that can be closed."""


class Broker:
    """A broker while it is started."""

    def __init__(self, port: int = 0, login: Login | None = None, listen: str = HERE) -> None:
        self._wanted_port = port
        self._login = login
        self._listen = listen
        self._loop: asyncio.AbstractEventLoop | None = None
        self._enough: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> int:
        """Begin, and return the port; UsageError where it cannot, or where everybody could come in."""
        if self._login is None and not ip_address(self._listen).is_loopback:
            raise UsageError(f"mqtt.listen: the embedded broker does not listen on {self._listen} without a password")
        port: Future[int] = Future()
        self._thread = threading.Thread(target=self._serve, args=(port,), name="embedded-broker", daemon=True)
        self._thread.start()
        try:
            return port.result()
        except ImportError as error:
            raise UsageError(
                "mqtt.host: embedded needs amqtt: in this repository's folder, pip install '.[demo]'"
            ) from error
        except OSError as error:
            raise UsageError(f"mqtt.port: the embedded broker cannot have {self._wanted_port}: {error}") from error

    def stop(self) -> None:
        """End, and forget everything."""
        if self._loop is not None and self._enough is not None:
            self._loop.call_soon_threadsafe(self._enough.set)
        if self._thread is not None:
            self._thread.join(_STOP_S)
            self._thread = None

    def _serve(self, port: Future[int]) -> None:
        try:
            asyncio.run(self._until_enough(port))
        except Exception as error:  # noqa: BLE001  the starter raises it
            if not port.done():
                port.set_exception(error)
            else:
                _log.exception("the embedded broker ended")

    async def _until_enough(self, port: Future[int]) -> None:
        self._loop, self._enough = asyncio.get_running_loop(), asyncio.Event()
        broker = _new_amqtt(self._login)
        await broker.start()
        writers: set[asyncio.StreamWriter] = set()
        server = await _listen(broker, self._listen, self._wanted_port, writers)
        port.set_result(server.sockets[0].getsockname()[1])
        await self._enough.wait()
        server.close()
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
        await broker.shutdown()
        for writer in writers:
            writer.close()
        self._loop = self._enough = None


def _new_amqtt(login: Login | None) -> Amqtt:
    """amqtt (slow to import, and not always installed) without its own listener, which cannot tell a port it chose."""
    from amqtt.broker import Broker as Amqtt
    from amqtt.contexts import BrokerConfig, ListenerConfig, ListenerType

    for name in ("amqtt", "transitions"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return Amqtt(
        BrokerConfig(
            listeners={_LISTENER: ListenerConfig(type=ListenerType.EXTERNAL, bind=f"{HERE}:0")},
            plugins=_doorkeeper(login),
        )
    )


def _doorkeeper(login: Login | None) -> dict[str, dict[str, object]]:
    if login is None:
        return {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
    return {"winddown.shell.broker_login.OneLogin": {"username": login[0], "password": login[1]}}


async def _listen(broker: Amqtt, host: str, port: int, writers: set[asyncio.StreamWriter]) -> asyncio.Server:
    """`writers` holds who is connected; one that came at the very end may never be served."""
    from amqtt.adapters import StreamReaderAdapter, StreamWriterAdapter

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await broker.external_connected(StreamReaderAdapter(reader), StreamWriterAdapter(writer), _LISTENER)
        except Exception:  # noqa: BLE001  a client that breaks off is no news
            _log.debug("a client broke off", exc_info=True)
        finally:
            writer.close()
            writers.discard(writer)

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Coroutine[object, object, None]:
        writers.add(writer)
        return serve(reader, writer)

    return await asyncio.start_server(connected, host, port)
