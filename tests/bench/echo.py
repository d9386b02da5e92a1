"""The least that could answer a press: one paho client that publishes once for each message. `python -m bench.echo PORT`

It is the floor that winddown is measured beside, so it gets what winddown has: its MQTT version, its socket options.
"""

from __future__ import annotations

import socket
import sys

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

PRESS, LAMP, READY = "echo/press", "echo/lamp/set", "echo/status"
ANSWER = '{"state":null,"brightness":20,"transition":2.0}'


def main(port: int) -> None:
    """Echo until killed."""
    client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    client.on_socket_open = lambda _client, _userdata, sock: sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.on_connect = lambda *_: client.subscribe(PRESS)
    client.on_subscribe = lambda *_: client.publish(READY, "online", qos=1)
    client.on_message = lambda *_: client.publish(LAMP, ANSWER)
    client.connect("127.0.0.1", port)
    client.loop_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
