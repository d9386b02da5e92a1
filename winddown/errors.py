"""Everything winddown raises on purpose, split by who must act. Nothing outside this tree.

WinddownError
├── ConfigError     the person who wrote the file: every mistake, one line each (exit 2)
├── UsageError      the person at the command line (exit 2)
├── BrokerError     whoever runs the broker: it refuses us (exit 3)
└── OwnedError      nobody: a newer winddown has our rooms (exit 4)
"""

from __future__ import annotations


class WinddownError(Exception):
    """The root; its text is written for a person and names the mend."""

    exit_code = 1


class ConfigError(WinddownError):
    """The configuration cannot be used."""

    exit_code = 2

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes
        """Every mistake as `FILE:LINE: PATH: what is wrong, what would be right`."""


class UsageError(WinddownError):
    """The command line asks for something that is not there."""

    exit_code = 2


class BrokerError(WinddownError):
    """The broker refused the first login for a minute."""

    exit_code = 3


class OwnedError(WinddownError):
    """A newer winddown has taken our rooms."""

    exit_code = 4
