"""The daemon as the system sees it: started, killed, weighed. It knows nothing of evenings."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Daemon:
    """One process after another with one configuration; their standard error goes into one file."""

    def __init__(self, config: Path, times: Sequence[float] = (), before: Sequence[str] = ()) -> None:
        self.config = config
        self.times = times
        self.before = before
        """Words before its command: where it is to run."""
        self.log = config.with_name("daemon.log")
        self.unexpected: list[int] = []
        """Exit codes of those that ended and were not meant to."""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, die: str = "") -> None:
        """Another process; `die`: at which effect it kills itself."""
        self._reap(expected=())
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "WINDDOWN_SOAK_DIE": die}
        with self.log.open("ab") as log:
            program = (*self.before, sys.executable, str(Path(__file__).with_name("daemon.py")))
            self._process = subprocess.Popen(
                [*program, str(self.config), *map(str, self.times)],
                cwd=ROOT, env=environment, stderr=log, stdout=log,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        """It has not ended."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """As a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As a system does."""
        self._end(signal.SIGTERM)

    def pause(self) -> None:
        """It does nothing until `go_on`."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """After `pause`."""
        os.kill(self.pid, signal.SIGCONT)

    def hang_up(self) -> None:
        """Have the file read again."""
        os.kill(self.pid, signal.SIGHUP)

    def set_clock(self, ahead_s: float) -> None:
        """Its wall clock is so much ahead from now on, and after each start."""
        self.config.with_name("ahead").write_text(str(ahead_s))
        if self.runs:
            os.kill(self.pid, signal.SIGUSR1)

    def said(self) -> str:
        """All of standard error."""
        return self.log.read_text() if self.log.exists() else ""

    def errors(self) -> list[str]:
        """Lines that tell of our own fault."""
        return [line for line in self.said().splitlines() if "error of ours" in line or line.startswith("Traceback")]

    # ------------------------------------------------------------ its weight

    def rss_kb(self) -> int:
        """Resident memory."""
        return self._status("VmRSS")

    def threads(self) -> int:
        """How many it has."""
        return self._status("Threads")

    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def busy_s(self) -> float:
        """Processor time of all its threads since it began."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])

    def _end(self, how: signal.Signals) -> None:
        if self.runs:
            os.kill(self.pid, how)
            assert self._process is not None
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self.unexpected.append(999)
                self._process.kill()
        self._reap(expected=(-how, 0))

    def _reap(self, expected: Sequence[int]) -> None:
        if self._process is not None:
            code = self._process.wait(5)
            if code not in (*expected, -signal.SIGKILL):
                self.unexpected.append(code)
            self._process = None
