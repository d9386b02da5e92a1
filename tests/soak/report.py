"""What an errand has to tell at its end: how much it did, and what went wrong. It does nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from soak.evening import Stage

SHOWN = 20


@dataclass
class Report:
    """Of one errand."""

    name: str
    count: str = ""
    violations: list[str] = field(default_factory=list)

    def take(self, on: Stage, where: str) -> None:
        """Everything that went wrong on a stage."""
        on.daemon.kill()
        self.violations += [f"{where}:{one}" for one in on.bedroom.violations]
        self.violations += [f"{where}: it ended by itself with {code}" for code in on.daemon.unexpected]
        self.violations += [f"{where}: {one}" for one in on.daemon.errors()]

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.count}: {len(self.violations)} violations"]
        return "\n".join((*lines, *(f"    {one}" for one in self.violations[:SHOWN])))
