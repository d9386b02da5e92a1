"""The lines that a person types, or that a pipe holds. It asks nothing by itself and understands no answer."""

from __future__ import annotations

import os
import select
import sys

_LOOK_S = 0.2
"""A signal that comes just before a read would wait for the next line: Python sees to it only between two calls."""


class Answers:
    """Standard input, line by line. EOFError where no more come, or none ever could."""

    def __init__(self) -> None:
        if sys.stdin is None or sys.stdin.closed:
            raise EOFError
        self._left = b""

    def ask(self, prompt: str) -> str:
        """Show the prompt, and wait for a line."""
        try:
            if sys.stdin.isatty():
                return input(prompt)
            print(prompt, end="", flush=True)
            line = self._line(sys.stdin.fileno())
        except UnicodeDecodeError:
            return ""
        except (ValueError, OSError):  # closed under our hands
            raise EOFError from None
        print(line, flush=True)
        return line

    def _line(self, number: int) -> str:
        while b"\n" not in self._left:
            ready, _, _ = select.select([number], (), (), _LOOK_S)
            if not ready:
                continue
            more = os.read(number, 4096)
            if not more and not self._left:
                raise EOFError
            self._left += more or b"\n"
        line, _, self._left = self._left.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r")
