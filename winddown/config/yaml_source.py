"""Reads YAML 1.2 into plain values that remember their lines. It knows no key, judges no value, and runs nothing.

Every scalar stays the text that was written (`22:45`, `on`, `0`, `1.50`); only a plain `null`, `~` or nothing is None.
What a text means is for the field that receives it to say, so nothing is ever guessed from its looks.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from winddown.config.mistakes import Mistake, Place, Secret, offer
from winddown.config.yaml_tree import Branch, Leaf, Node, Pairs, UnreadableError, tree_of

Value = None | str | list["Value"] | dict[str, "Value"]

Resolve = Callable[[str, str], Secret]
"""Gives the text behind `!secret NAME` or `!env NAME`; raises LookupError with a text for the person."""

_MOST_VALUES = 20_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_CORE_TAGS = "tag:yaml.org,2002:"


@dataclass(slots=True)
class Document:
    """A file as plain values, with the line of each."""

    value: Value = None
    numbers: array[int] = field(default_factory=lambda: array("L"))
    """Of lines, one for each value in the order of `_places`: to name each place as well is to keep it all twice."""
    mistakes: list[Mistake] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    """Texts that came from elsewhere, to be kept out of every message."""
    tags: set[str] = field(default_factory=set)
    """The tags in use."""
    _lines: dict[Place, int] = field(default_factory=dict)

    def line_of(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it that is written."""
        if not self._lines:
            self._lines = dict(zip(_places(self.value, ()), self.numbers, strict=False))
        for length in range(len(place), 0, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return self._lines.get((), 1)

    def has(self, place: Place) -> bool:
        """It is written."""
        value = self.value
        for part in place:
            if isinstance(value, dict) and part in value:
                value = value[str(part)]
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return False
        return True


def _places(value: Value, place: Place) -> Iterator[Place]:
    """Of a value and all in it, as they are written."""
    yield place
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*place, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _places(item, (*place, index))


def read_yaml(data: bytes, resolve: Resolve) -> Document:
    """All of a file. What cannot be read at all is one mistake in an otherwise empty document."""
    document = Document()
    try:
        root = tree_of(_decoded(data))
        if root is not None:
            document.value = _Expansion(document, resolve, max(_MOST_VALUES, len(data))).value(root, ())
    except UnreadableError as unreadable:
        document.value = None
        document.mistakes = [Mistake((), unreadable.text, unreadable.line)]
    return document


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(line, f"is not UTF-8 (byte 0x{data[error.start]:02x}), save the file as UTF-8") from None


class _Expansion:
    """Turns the tree into values. An alias is written out again, so the number of values is limited."""

    def __init__(self, document: Document, resolve: Resolve, most: int) -> None:
        self._document = document
        self._resolve = resolve
        self._most = most
        """A value that is written takes a byte at least, so only aliases can make more than that."""
        self._count = 0

    def value(self, node: Node, place: Place, line: int | None = None) -> Value:
        """`line`: where its key stands."""
        self._count += 1
        if self._count > self._most:
            raise UnreadableError(
                node.line, f"aliases make more than {self._most} values of this, write less or without aliases"
            )
        self._document.numbers.append(node.line if line is None else line)
        match node:
            case Leaf():
                return self._scalar(node, place)
            case Branch():
                self._refuse_tag(node, place)
                return [self.value(item, (*place, index)) for index, item in enumerate(node.items)]
            case Pairs():
                self._refuse_tag(node, place)
                return self._mapping(node, place)

    def _mapping(self, node: Pairs, place: Place) -> Value:
        values: dict[str, Value] = {}
        first_lines: dict[str, int] = {}
        for key, item in node.items:
            child = (*place, key.text)
            if key.text in values:
                text = f"is there twice, in lines {first_lines[key.text]} and {key.line}, remove one of them"
                self._document.mistakes.append(Mistake(child, text, key.line))
                continue
            if key.text == "<<" and key.plain:
                text = "merging with << is not part of YAML 1.2, write the keys out"
                self._document.mistakes.append(Mistake(child, text, key.line))
                continue
            first_lines[key.text] = key.line
            values[key.text] = self.value(item, child, key.line)
        return values

    def _scalar(self, leaf: Leaf, place: Place) -> Value:
        match leaf.tag:
            case "!secret" | "!env":
                return self._secret(leaf.tag, leaf, place)
            case _:
                self._refuse_tag(leaf, place)
        return None if leaf.plain and leaf.text in _NULLS else leaf.text

    def _secret(self, tag: str, leaf: Leaf, place: Place) -> Value:
        self._document.tags.add(tag)
        try:
            secret = self._resolve(tag, leaf.text)
        except LookupError as error:
            self._document.mistakes.append(Mistake(place, str(error.args[0]), leaf.line, hides=True))
            return None
        self._document.secrets.add(str(secret))
        return secret

    def _refuse_tag(self, node: Node, place: Place) -> None:
        if node.tag is None or node.tag == "!" or node.tag.startswith(_CORE_TAGS):
            return
        # The tag itself is not shown: a password that begins with ! looks like one.
        mend = offer(node.tag, ("!secret", "!env"))
        text = f"a tag that is unknown here, {mend}; a text that begins with ! stands in quotes"
        self._document.mistakes.append(Mistake(place, text, node.line, hides=True))
