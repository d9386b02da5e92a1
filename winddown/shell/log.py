"""Lines for whoever looks in the morning, or for a program: on standard error, one an event. It keeps no files.

What a message quotes comes from strangers: whatever is no visible character is written out, so that nothing plays with
a terminal and nobody forges a line.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Literal

from winddown.config.mistakes import one_line

_FORMAT = "%(asctime)s %(message)s"

Form = Literal["text", "json"]


class _Text(logging.Formatter):
    """In local time. Only a traceback has more lines than one, and those stand indented."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name is logging's
        return one_line(super().formatMessage(record))

    def formatException(self, ei: logging._SysExcInfoType) -> str:  # noqa: N802  the name is logging's
        return "\n".join(f"    {one_line(line)}" for line in super().formatException(ei).split("\n"))


class _Json(logging.Formatter):
    """One object a line; a traceback is a text in it."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).astimezone()
        said = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "text": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said)


def log_to_stderr(level: int = logging.INFO, form: Form = "text") -> None:
    """Say what winddown says, and of libraries only what they warn of. Replaces what was set before."""
    stream = logging.StreamHandler()
    stream.setFormatter(_Json() if form == "json" else _Text(_FORMAT, "%Y-%m-%d %H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(logging.WARNING)
    logging.getLogger("winddown").setLevel(level)
