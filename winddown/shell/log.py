"""Lines for whoever looks in the morning: on standard error, one an event, in local time. It keeps no files."""

from __future__ import annotations

import logging

_FORMAT = "%(asctime)s %(message)s"


class _OneLine(logging.Formatter):
    """Whatever a message quotes, it stays one line; only a traceback has more."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name is logging's
        return super().formatMessage(record).replace("\r", " ").replace("\n", " ")


def log_to_stderr(level: int = logging.INFO) -> None:
    """Say what winddown says, and of libraries only what they warn of. Replaces what was set before."""
    stream = logging.StreamHandler()
    stream.setFormatter(_OneLine(_FORMAT, "%Y-%m-%d %H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(logging.WARNING)
    logging.getLogger("winddown").setLevel(level)
