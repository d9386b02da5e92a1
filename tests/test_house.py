"""The rules of the house, read from its source: where imports point, who touches the world, how big a thing may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "winddown").rglob("*.py"))

# ---------------------------------------------------------------- the rules

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"value"}),
    frozenset({"errors", "model", "clock"}),
    frozenset({"payload", "svg"}),
    frozenset({"lights", "buttons", "programmes", "sentences"}),
    frozenset({"config"}),
    frozenset({"homeassistant", "diary"}),
    frozenset({"core", "survey"}),
    frozenset({"doctor"}),
    frozenset({"shell", "plan", "trial"}),
    frozenset({"demo", "web"}),
    frozenset({"cli"}),
    frozenset({"__main__"}),
)
"""A room imports from lower floors and from itself; the ground floor from nobody. A new room gets its floor here."""

WORLDLY = frozenset({"shell", "demo", "web"})
"""Rooms that may hold connections, threads and files open."""

OF_THE_WORLD = frozenset({"paho", "apscheduler", "sqlite3", "socket", "threading", "queue", "asyncio", "time.sleep"})

OF_THE_PAGE = frozenset({"starlette", "uvicorn", "jinja2", "markupsafe", "anyio"})
"""What only the page needs; whoever has none has none of these installed."""

CLOCKS = frozenset(
    {f"time.{name}" for name in ("time", "monotonic", "perf_counter", "process_time", "clock_gettime")}
    | {f"time.{name}_ns" for name in ("time", "monotonic", "perf_counter", "process_time", "clock_gettime")}
    | {f"time.{name}" for name in ("localtime", "gmtime", "ctime", "asctime", "strftime")}
    | {f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")}
    | {"datetime.date.today"}
)

VAGUE = frozenset(
    {"common", "handler", "handlers", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
)

LONGEST_FILE, LONGEST_FUNCTION = 300, 45

# ---------------------------------------------------------------- reading a module


def room_of(parts: tuple[str, ...]) -> str:
    """`("winddown", "core", "fade")` is in the room `core`; the package itself is the room ``."""
    return parts[1] if len(parts) > 1 else ""


def imported(path: Path, tree: ast.AST) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Every name that a module imports: its line, where it comes from, and what it is called here."""
    package = path.parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = tuple(alias.name.split("."))
                yield node.lineno, parts if alias.asname else parts[:1], alias.asname or parts[0]
                yield node.lineno, parts, ""
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = tuple(node.module.split(".")) if node.module else ()
            for alias in node.names:
                yield node.lineno, (*above, *module, alias.name), alias.asname or alias.name


def used(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name of another module that this one imports or reaches for: `time.sleep`, however it was imported."""
    known: dict[str, tuple[str, ...]] = {}
    for line, parts, here in imported(path, tree):
        known[here] = parts
        yield line, ".".join(parts)
    for node in ast.walk(tree):
        dotted = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        first, *rest = dotted.split(".")
        if rest and first in known:
            yield node.lineno, ".".join((*known[first], *rest))  # type: ignore[attr-defined]  # an Attribute has a line


def wrong_way(path: Path, source: str) -> Iterator[str]:
    """Imports that point outwards, or sideways to another room of the same floor."""
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    here = room_of((*path.parent.parts, path.stem)) if path.stem != "__init__" else room_of(path.parent.parts)
    if here and here not in floor:
        yield f"{path}: the room `{here}` has no floor; give it one in FLOORS (tests/test_house.py)"
        return
    for line, parts, _ in imported(path, ast.parse(source)):
        there = room_of(parts)
        if parts[0] != "winddown" or there not in floor or there == here:
            continue
        if not here or floor[there] >= floor[here]:
            yield (
                f"{path}:{line}: `{here or 'winddown'}` must not import `{there}`: imports point inwards, "
                "to a lower floor. Pass the value in as an argument, or move what both need to a lower floor"
            )


def reaches_out(path: Path, source: str) -> Iterator[str]:
    """Threads, sockets, files, sleeping, outside the rooms that are for it."""
    if room_of((*path.parent.parts, path.stem)) in WORLDLY:
        return
    for line, name in used(path, ast.parse(source)):
        if name in OF_THE_WORLD or name.split(".")[0] in OF_THE_WORLD:
            yield f"{path}:{line}: `{name}` is for shell/, demo/ and web/. Return an effect, let the shell act"


def needs_the_page(path: Path, source: str) -> Iterator[str]:
    """The page's libraries outside of `web/`, and `web/` itself imported where a daemon without a page comes by."""
    if room_of((*path.parent.parts, path.stem)) == "web":
        return
    tree = ast.parse(source)
    for line, name in sorted({(line, parts[0]) for line, parts, _ in imported(path, tree)}):
        if name in OF_THE_PAGE:
            yield f"{path}:{line}: `{name}` is an extra, and for web/ alone"
    for node in tree.body:
        for line, parts, _ in imported(path, ast.Module([node], [])) if not is_for_types(node) else ():
            if parts[:2] == ("winddown", "web"):
                yield f"{path}:{line}: import winddown.web in the function that needs it: else everybody loads it"


def is_for_types(node: ast.stmt) -> bool:
    """`if TYPE_CHECKING:`, or a function: nothing that an import of the module carries out."""
    return isinstance(node, (ast.FunctionDef, ast.ClassDef)) or (
        isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    )


def reads_a_clock(path: Path, source: str) -> Iterator[str]:
    """Clocks read anywhere but in clock.py."""
    if path == Path("winddown/clock.py"):
        return
    for line, name in used(path, ast.parse(source)):
        if name in CLOCKS:
            yield f"{path}:{line}: `{name}` reads a clock, and only clock.py does. Take the instant as an argument"


def too_big(path: Path, source: str) -> Iterator[str]:
    """Files and functions that want to be two, and a first line that does not say what the module is."""
    length = source.count("\n")
    if length > LONGEST_FILE:
        yield f"{path}: {length} lines, at most {LONGEST_FILE}. Which of its two ideas wants a file of its own?"
    tree = ast.parse(source)
    if ast.get_docstring(tree) is None:
        yield f"{path}:1: say first, in a docstring, what this module is and what it refuses to do"
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}: name a step"


def unexplained(path: Path, source: str) -> Iterator[str]:
    """Names that say nothing, and suppressions without their reason."""
    if path.stem in VAGUE:
        yield f"{path}: `{path.stem}` says nothing; name the file after what is in it"
    for number, line in enumerate(source.splitlines(), 1):
        if re.search(r"#\s*(noqa|type: ignore)(\[[\w, -]+\]|: [A-Z0-9, ]+)?\s*$", line):
            yield f"{path}:{number}: a suppression says its reason behind it: `# noqa: X  reason`"


Rule = Callable[[Path, str], Iterator[str]]
RULES: tuple[Rule, ...] = (wrong_way, reaches_out, needs_the_page, reads_a_clock, too_big, unexplained)

# ---------------------------------------------------------------- the house keeps them


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    broken = [fault for path in SOURCES for fault in rule(path.relative_to(ROOT), path.read_text())]

    assert not broken, "\n" + "\n".join(broken)


def test_there_is_a_house_to_look_at() -> None:
    assert {"clock.py", "errors.py", "payload.py"} <= {path.name for path in SOURCES}


# ---------------------------------------------------------------- the rules catch what they are for


def faults(where: str, source: str) -> list[str]:
    return [fault for rule in RULES for fault in rule(Path("winddown") / where, f'"""A module."""\n{source}\n')]


def only_fault(found: Iterable[str]) -> str:
    (fault,) = found
    return fault


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("core/fade.py", "from winddown.shell.mqtt import connect"),
        ("core/fade.py", "from winddown import shell"),
        ("core/fade.py", "import winddown.shell.mqtt"),
        ("core/fade.py", "from ..shell import mqtt"),
        ("core/__init__.py", "from ..shell import mqtt"),
        ("config/load.py", "if True:\n    from winddown.core import evening"),
        ("lights/wled.py", "from winddown.buttons.dialect import ButtonDialect"),
        ("errors.py", "from winddown.model import Phase"),
        ("model/words.py", "from winddown.clock import Instant"),
        ("clock.py", "from . import errors"),
        ("payload.py", "from winddown.lights.dialect import LightDialect"),
        ("shell/run.py", "from winddown.cli import main"),
        ("__init__.py", "from winddown.core import evening"),
    ],
)
def test_an_import_that_points_outwards_is_caught(where: str, source: str) -> None:
    fault = only_fault(faults(where, source))

    assert "imports point inwards" in fault
    assert fault.startswith(f"winddown/{where}:")


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("core/fade.py", "from winddown.config import Room\nfrom winddown.model import Dim\nfrom . import lamp"),
        ("core/fade.py", "from datetime import datetime, timedelta\nx = datetime.fromtimestamp(0)"),
        ("lights/wled.py", "from winddown.lights.dialect import LightDialect\nfrom winddown import payload"),
        ("shell/run.py", "import queue, threading\nfrom paho.mqtt.client import Client\nimport winddown"),
        ("demo/bedroom.py", "import time\ntime.sleep(1)"),
        ("clock.py", "import time\nx = time.time()"),
        ("cli/__init__.py", "from winddown.shell import run\nfrom winddown.demo import show"),
    ],
)
def test_what_is_allowed_is_let_be(where: str, source: str) -> None:
    assert faults(where, source) == []


def test_a_new_room_must_be_given_its_floor() -> None:
    assert "give it one" in only_fault(faults("attic/box.py", ""))


@pytest.mark.parametrize(
    "source",
    [
        "import paho.mqtt.client as mqtt",
        "from apscheduler.triggers.date import DateTrigger",
        "import sqlite3",
        "import socket",
        "from threading import Thread",
        "import queue as q",
        "import asyncio",
        "from time import sleep",
    ],
)
def test_reaching_for_the_world_from_the_core_is_caught(source: str) -> None:
    assert all("let the shell act" in fault for fault in faults("core/fade.py", source))
    assert faults("core/fade.py", source)


@pytest.mark.parametrize(
    "source",
    [
        "import time\nx = time.monotonic()",
        "import time as t\nx = t.time_ns()",
        "from time import perf_counter",
        "from datetime import datetime, UTC\nx = datetime.now(UTC)",
        "import datetime as dt\nx = dt.date.today()",
        "import datetime\nx = field(default_factory=datetime.datetime.now)",
    ],
)
@pytest.mark.parametrize("where", ["core/fade.py", "shell/run.py", "demo/bedroom.py"])
def test_reading_a_clock_outside_of_clock_is_caught(where: str, source: str) -> None:
    assert "only clock.py does" in only_fault(faults(where, source))


@pytest.mark.parametrize(
    ("where", "source", "says"),
    [
        ("shell/run.py", "import uvicorn", "for web/ alone"),
        ("demo/stage.py", "from starlette.routing import Route", "for web/ alone"),
        ("cli/daemon.py", "def run():\n    import jinja2", "for web/ alone"),
        ("cli/daemon.py", "from winddown.web.server import Page", "in the function that needs it"),
        ("cli/daemon.py", "from winddown import web", "in the function that needs it"),
    ],
)
def test_a_page_that_everybody_would_have_to_load_is_caught(where: str, source: str, says: str) -> None:
    assert says in only_fault(faults(where, source))


def test_the_page_may_be_brought_in_where_it_is_wanted() -> None:
    assert faults("cli/page.py", "def page():\n    from winddown.web.server import Page") == []
    assert faults("cli/page.py", "if TYPE_CHECKING:\n    from winddown.web.server import Page") == []
    assert faults("web/site.py", "from starlette.routing import Route\nimport jinja2, threading") == []


def test_sleeping_is_caught_however_it_was_imported() -> None:
    assert "`time.sleep`" in only_fault(faults("cli.py", "import time as t\nt.sleep(1)"))


def test_a_file_a_function_a_name_and_a_silent_suppression_are_caught() -> None:
    long_function = "def slow() -> None:\n" + "    x = 1\n" * LONGEST_FUNCTION

    assert "at most 300" in only_fault(faults("core/fade.py", "x = 1\n" * LONGEST_FILE))
    assert "slow has 46 lines" in only_fault(faults("core/fade.py", long_function))
    assert "says nothing" in only_fault(faults("core/utils.py", ""))
    assert "its reason" in only_fault(faults("core/fade.py", "x = 1  # noqa" + ": E501"))
    assert "say first" in only_fault(too_big(Path("winddown/core/fade.py"), "x = 1\n"))
