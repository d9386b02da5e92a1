"""Brings the page in, where the configuration wants one. Without `web:` not a line of it is loaded."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING

from winddown.errors import UsageError

if TYPE_CHECKING:
    from winddown.config import Config
    from winddown.web.server import Page

_NEEDS = ("jinja2", "starlette", "uvicorn")


def must_have_page(house: Config) -> None:
    """UsageError where a page is wanted, and what it needs is not installed."""
    missing = [name for name in _NEEDS if house.web is not None and find_spec(name) is None]
    if missing:
        raise UsageError(
            f"web: the page needs {', '.join(missing)}: pip install 'winddown[web]' (in this repository's folder: "
            "pip install '.[web]'), or take `web:` out of the configuration"
        )


def page(house: Config, client_id: str) -> AbstractContextManager[Page | None]:
    """The page, for as long as the block; None where none is wanted."""
    must_have_page(house)
    if house.web is None:
        return nullcontext()
    from winddown.web.server import Page

    return Page(house, house.web, client_id).served()
