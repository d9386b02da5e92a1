"""A whole evening in about a minute, on a broker, in a bedroom and by a daemon that are all in this process.

Only the bedroom is virtual, and only the plan is short: the daemon, its clock and every fade are the real ones.
"""

from __future__ import annotations

_INTERRUPTED = 130


def run_demo(language: str = "en", *, port: int | None = None, seconds: float | None = None) -> int:
    """Show it, in a terminal as a picture and elsewhere as a line an event; the exit code.

    `port` is where the broker listens (default: WINDDOWN_DEMO_PORT, else a free one), so that others may watch.
    UsageError where the demo cannot be had: no amqtt, a port that is taken, a language that it does not speak.
    """
    try:
        from winddown.demo.performance import perform  # slow, and seldom wanted

        return perform(language, port, seconds)
    except KeyboardInterrupt:
        return _INTERRUPTED
