"""winddown on a disk that takes a tenth of a second for every commit: `python -m bench.slow_disk run CONFIG`"""

from __future__ import annotations

import sys
import time
from typing import Any

from winddown.__main__ import main
from winddown.shell import database

COMMIT_S = 0.1


class SlowDatabase(database.Database):
    """The real one, and a disk behind it that is slow."""

    def write(self, *args: Any, **kwargs: Any) -> None:
        """Durable when this returns, a while later."""
        super().write(*args, **kwargs)
        time.sleep(COMMIT_S)


if __name__ == "__main__":
    from winddown.shell import journal

    journal.Database = SlowDatabase  # type: ignore[misc]  a class is a name like any other here
    sys.exit(main())
