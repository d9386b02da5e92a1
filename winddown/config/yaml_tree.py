"""Builds a tree with line numbers from YAML events. Keeps texts as written, refuses what nobody writes by hand.

Iterative and limited in size and depth, so a hostile file costs neither the stack nor the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

_LARGEST = 4_000_000
_DEEPEST = 30

_KNOWN_PROBLEMS = (
    ("could not find expected ':'", "a colon is missing here, write `key: value`"),
    (
        "mapping values are not allowed",
        "a second colon or a wrong indentation, put the text in quotes or indent as above",
    ),
    ("expected <block end>", "the indentation does not fit the lines above, align it with its neighbours"),
    ("expected ',' or", "a bracket is not closed or a comma is missing, look at this line and those before it"),
    ("found unexpected end of stream", "a quote is not closed, look for its beginning above"),
    ("found undefined tag handle", "a tag that is unknown here, there are: !secret, !env"),
    ("found unknown escape", "an unknown escape after a backslash, use single quotes to keep backslashes as they are"),
    ("cannot start any token", "a text must not begin with this character, put it in quotes"),
)


class UnreadableError(Exception):
    """The file cannot be read past this line."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


@dataclass(slots=True)
class Leaf:
    """A scalar."""

    line: int
    tag: str | None
    text: str
    plain: bool
    """It stands without quotes."""


@dataclass(slots=True)
class Branch:
    """A list."""

    line: int
    tag: str | None
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Pairs:
    """A mapping; a key may still be there twice."""

    line: int
    tag: str | None
    items: list[tuple[Leaf, Node]] = field(default_factory=list)
    key: Leaf | None = None
    """The key that waits for its value."""


Node = Leaf | Branch | Pairs


def tree_of(text: str) -> Node | None:
    """The tree of the one document in the text; None: there is none. Raises UnreadableError."""
    if len(text) > _LARGEST:
        raise UnreadableError(1, f"is longer than {_LARGEST} characters, this is hardly a configuration")
    growth = _Growth()
    for event in _events(text):
        growth.take(event)
    return growth.root


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise UnreadableError(line, _explained(str(error.problem), text, line)) from None
    except YAMLError as error:
        # the only one without a mark: a control character
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position if isinstance(position, int) else 0) + 1
        raise UnreadableError(line, "holds a character that YAML does not allow, remove it") from None
    except (ValueError, OverflowError):
        raise UnreadableError(1, "is not YAML: an escape in a quoted text names no character") from None


def _explained(problem: str, text: str, line: int) -> str:
    """Our own words: the parser's could quote a password that stands in the wrong place."""
    lines = text.splitlines()
    if line <= len(lines) and "\t" in lines[line - 1]:
        return "is not YAML: there is a tab in this line, indent with spaces"
    for start, words in _KNOWN_PROBLEMS:
        if start in problem:
            return f"is not YAML: {words}"
    return "is not YAML from here on, compare this line with the example"


class _Growth:
    """A tree under construction."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Branch | Pairs] = []
        self._documents = 0
        self._anchors: dict[str, Node] = {}
        self._texts: dict[str, str] = {}
        """Each once: the rooms of a house have the same keys, and mostly the same values."""

    def take(self, event: Event) -> None:
        line = event.start_mark.line + 1
        match event:
            case DocumentStartEvent():
                self._begin_document(line)
            case ScalarEvent():
                text = self._texts.setdefault(event.value, event.value)
                self._add(Leaf(line, event.tag, text, not event.style), event)
            case SequenceStartEvent():
                self._go_deeper(Branch(line, event.tag), event)
            case MappingStartEvent():
                self._go_deeper(Pairs(line, event.tag), event)
            case SequenceEndEvent() | MappingEndEvent():
                self._open.pop()
            case AliasEvent():
                self._add(self._behind(event.anchor, line), None)
            case _:
                pass

    def _begin_document(self, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise UnreadableError(line, "a second document begins here, keep to one")

    def _go_deeper(self, node: Branch | Pairs, event: NodeEvent) -> None:
        if len(self._open) >= _DEEPEST:
            raise UnreadableError(node.line, f"is nested more than {_DEEPEST} deep, nothing here needs that")
        self._add(node, event)
        self._open.append(node)

    def _behind(self, anchor: str, line: int) -> Node:
        node = self._anchors.get(anchor)
        if node is None:
            raise UnreadableError(line, "an alias without its anchor; put a text that begins with * in quotes")
        if any(node is parent for parent in self._open):
            raise UnreadableError(line, "an alias stands inside its own anchor, write the value out")
        return node

    def _add(self, node: Node, event: NodeEvent | None) -> None:
        if event is not None and event.anchor:
            self._anchors[event.anchor] = node
        match self._open[-1] if self._open else None:
            case None:
                self.root = node
            case Branch() as branch:
                branch.items.append(node)
            case Pairs() as pairs:
                self._add_to_pairs(pairs, node)

    def _add_to_pairs(self, pairs: Pairs, node: Node) -> None:
        if pairs.key is not None:
            pairs.items.append((pairs.key, node))
            pairs.key = None
        elif isinstance(node, Leaf):
            pairs.key = node
        else:
            raise UnreadableError(node.line, "a key is a text; put one with brackets in quotes")
