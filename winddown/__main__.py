"""The way in, for `winddown` and `python -m winddown`: runs a verb, and turns what goes wrong into a line and a code.

0 done, 1 our own fault, 2 configuration or usage, 3 the broker refuses us, 4 a newer winddown has our rooms,
130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from winddown.errors import ConfigError, WinddownError


def main() -> int:
    """Do what the command line says; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without Dutch letters is no reason to end
    # No other package is to change how the configuration is read, and to look for one takes 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        if _are_plain(words := sys.argv[1:]):
            return _do_plainly(words[0], Path(words[1]) if len(words) > 1 else None)
        from winddown.cli.verbs import command_line

        command_line(words)(prog_name="winddown")
    except WinddownError as error:
        for line in error.mistakes if isinstance(error, ConfigError) else (f"winddown: {error}",):
            print(line, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("WINDDOWN_DEBUG"):
            raise
        print(f"winddown: a fault of ours: {error!r}; with WINDDOWN_DEBUG=1 it says where", file=sys.stderr)
        return 1
    return 0


def _are_plain(words: Sequence[str]) -> bool:
    """As services say `run`, and people `check`: what reads options would cost both a fifth of their start, and stay in
    the memory of the first all night."""
    return words[:1] in (["run"], ["check"]) and len(words) < 3 and not any(word.startswith("-") for word in words)


def _do_plainly(verb: str, path: Path | None) -> int:
    gc.disable()  # next to nothing of what is loaded now is rubbish; the daemon's loop begins with enabling it
    try:
        if verb == "run":
            from winddown.cli.house import run

            return run(path)
        from winddown.cli.checking import check

        check(path)
        return 0
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
