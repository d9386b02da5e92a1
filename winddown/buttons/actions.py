"""Understands what remotes call a press. Knows words, not models; what it is not sure of is no press.

Any key counts: a click of whichever is a single press. Only an `off` key differs, because off means dark: it is a hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from winddown import payload as read
from winddown.buttons.dialect import ButtonDialect
from winddown.model import Press
from winddown.payload import Word

_RULES: tuple[tuple[str, Press | None], ...] = (
    # More than two clicks, turning, volume, colours, scenes being recalled and stored: not ours.
    (r"triple|quad\w*|quint\w*|penta|many|double_long|step|stop\w*|\w*rotat\w*|volume|recall|store|add|remove", None),
    (r"colou?r|colortemp|hue_(?:move|step)|saturation|move_to\w*", None),
    # A press told in two messages: only the second is a click, and the end of anything else is nothing.
    (r"initial|^(?:on|off|up|down|left|right|dot|hue|button_\d+)_press$|(?<!press_)(?<!short_)released?", None),
    (r"double|twice", Press.DOUBLE),
    (r"hold|held|long|longpress|brightness_move_(?:up|down)|off", Press.HOLD),
    (r"single|click|press|pressed|short|toggle|on|scene", Press.SINGLE),
    # A key that only says which one it is. Not `up` and `down`: remotes of blinds say the same.
    (r"^(?:button|key)_?\d+$", Press.SINGLE),
)
"""The first that fits whole words of the action decides."""

_COMPILED = tuple((re.compile(rf"(?:^|(?<=_))(?:{words})(?=_|$)"), press) for words, press in _RULES)

_LONGEST = 100
"""No action is longer; what is, costs no time."""


_NO_WORD = re.compile(r"[\[\]{}\"]")
"""A whole message, or a piece of one, where a word should be."""


@lru_cache(maxsize=256)
def understand(action: str) -> Press | None:
    """The press that an action such as `1_single`, `on_press_release` or `Button long` stands for."""
    if len(action) > _LONGEST or _NO_WORD.search(action):
        return None
    words = _words(action)
    return next((press for pattern, press in _COMPILED if pattern.search(words)), None)


def is_of(button: str, action: str) -> bool:
    """Whether an action names that key of a remote: `1` is in `1_single`, `button_1_hold`, `on_l1`, not in `11_hold`.

    A number may have letters before it, which remotes glue to it.
    """
    key = re.escape(_words(button))
    glued = "[a-z]*" if key.isdecimal() else ""
    return len(action) <= _LONGEST and re.search(rf"(?:^|_){glued}{key}(?:_|$)", _words(action)) is not None


def _words(action: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", action.lower()).strip("_")


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


Actions = Annotated[tuple[Annotated[Word, Field(min_length=1)], ...], BeforeValidator(_listed)]
"""What the button calls a press: one word or a list."""


class MappedButton(ButtonDialect):
    """A button whose words are understood by themselves, until a person writes what they mean."""

    single: Actions = Field(default=(), validate_default=False)
    """What it says for a single press. Once one of the three is written, nothing else is a press."""
    double: Actions = Field(default=(), validate_default=False)
    """What it says for a double press."""
    hold: Actions = Field(default=(), validate_default=False)
    """What it says for a long press; for two keys, perhaps the second."""

    @model_validator(mode="after")
    def _each_means_one(self) -> Self:
        written = [action for actions in self._mapped.values() for action in set(actions)]
        twice = _first_twice(written)
        if twice is not None:
            raise ValueError(f"{twice!r} stands for two kinds of press; leave it in one")
        return self

    def press_of(self, action: object) -> Press | None:
        """The press that this button means by the action; None for anything else."""
        said = read.word(action)
        if not said:
            return None
        if not self.is_mapped:
            return understand(said)
        return next((press for press, actions in self._mapped.items() if said in actions), None)

    @property
    def is_mapped(self) -> bool:
        """A person has written what its words mean."""
        return bool(self.single or self.double or self.hold)

    @property
    def _mapped(self) -> dict[Press, tuple[str, ...]]:
        return {Press.SINGLE: self.single, Press.DOUBLE: self.double, Press.HOLD: self.hold}


def _first_twice(words: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            return word
        seen.add(word)
    return None
