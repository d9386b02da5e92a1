#!/usr/bin/env python3
"""What runs first in the app: lays a first file, asks the Supervisor for the broker, and becomes winddown.

`start.py SUPERVISOR OPTIONS CONFIG`. It keeps nothing: where the broker is, and its password, winddown reads from the
environment, so a new password needs no more than a restart.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

STARTER = Path(__file__).with_name("winddown.yaml")
WINDDOWN = (sys.executable, "-m", "winddown")
AGAIN_S = 5.0
NO_PAGE = "The page in the sidebar stays empty: winddown.yaml has no line `web: {listen: ingress}`."
FIRST = (
    "This is the first start: winddown.yaml is written, with a lamp made up. Put yours in; the broker knows these:\n"
)
NO_BROKER = """\
The Supervisor has no MQTT broker for us: {why}.
Install the app Mosquitto broker and start it. (A broker of your own: write it under `mqtt:` in winddown.yaml, and
restart this app.) Waiting for it ..."""


def main(supervisor: str, options_file: str, config_file: str) -> None:
    """Ends only by becoming winddown."""
    options, config = json.loads(Path(options_file).read_text()), Path(config_file)
    first = not config.exists()
    if first:
        shutil.copyfile(STARTER, config)
    text = config.read_text(encoding="utf-8", errors="replace")
    if not re.search(r"^web\s*:", text, re.MULTILINE):
        print(NO_PAGE)
    if "!env MQTT_" in text:
        os.environ.update(broker(supervisor))
    if first or options.get("discover"):
        print(FIRST if first else "The broker knows these:\n")
        subprocess.run([*WINDDOWN, "discover", str(config), "--listen", "0 s"], check=False)  # noqa: S603  ours
    run = [*WINDDOWN, "run", str(config), "--log-level", str(options.get("log_level", "info"))]
    os.execv(sys.executable, run)  # noqa: S606  no shell is wanted: the Supervisor's signals are for winddown


def broker(supervisor: str) -> dict[str, str]:
    """The Supervisor's broker as winddown.yaml names it; waits for one."""
    said = ""
    while True:
        found = asked(supervisor)
        if isinstance(found, Mapping):
            return named(found)
        if found != said:
            print(NO_BROKER.format(why=found), file=sys.stderr)
        said = found
        time.sleep(AGAIN_S)


def asked(supervisor: str) -> Mapping[str, Any] | str:
    """What the Supervisor says of it, or why it does not."""
    address, token = f"{supervisor}/services/mqtt", os.environ.get("SUPERVISOR_TOKEN", "")
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310  always http
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  the same
            return dict(json.load(answer)["data"])
    except urllib.error.HTTPError as error:
        return refusal(error)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"it does not answer ({error})"


def refusal(error: urllib.error.HTTPError) -> str:
    """What the Supervisor gives as its reason."""
    try:
        return str(json.load(error)["message"])
    except (ValueError, KeyError, TypeError):
        return f"it answers {error.code}"


def named(said: Mapping[str, Any]) -> dict[str, str]:
    """For the environment."""
    found = {f"MQTT_{key.upper()}": str(said[key]) for key in ("host", "port", "username", "password") if said.get(key)}
    return found | {"MQTT_TLS": "true" if said.get("ssl") else "false"}


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  what it is
    main(*sys.argv[1:4])
