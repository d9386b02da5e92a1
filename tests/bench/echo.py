"""The least that could answer a press: one paho client that publishes once a message. `python -m bench.echo PORT`

It is the floor that winddown is measured beside, so it gets what winddown has: its MQTT version, its socket options.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

PRESS, LAMP, READY = "echo/press", "echo/lamp/set", "echo/status"
ANSWER = '{"state":null,"brightness":20,"transition":2.0}'


def main(port: int) -> None:
    """Echo until killed."""
    client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    client.on_socket_open = _without_delay
    client.on_connect = _connected
    client.on_subscribe = _subscribed
    client.on_message = _answer
    client.connect("127.0.0.1", port)
    client.loop_forever()


def _without_delay(_client: Client, _userdata: Any, sock: Any) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _connected(client: Client, *_: object) -> None:
    client.subscribe(PRESS)


def _subscribed(client: Client, *_: object) -> None:
    client.publish(READY, "online", qos=1)


def _answer(client: Client, *_: object) -> None:
    client.publish(LAMP, ANSWER)


if __name__ == "__main__":
    main(int(sys.argv[1]))
