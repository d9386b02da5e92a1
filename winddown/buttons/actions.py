"""Understands what remotes call a press. Knows words, not models; what it is not sure of is no press.

Any key counts: a click of whichever is a single press. Only an `off` key differs, because off means dark: it is a hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from winddown import payload as read
from winddown.buttons.dialect import ButtonDialect
from winddown.model import Press
from winddown.payload import Word

_RULES: tuple[tuple[str, Press | None], ...] = (
    # More than two clicks, turning, volume, colours and scenes being stored: not ours.
    (r"triple|quad\w*|quint\w*|penta|many|double_long|step|stop\w*|\w*rotat\w*|volume|store|add|remove", None),
    (r"colou?r|colortemp|hue_(?:move|step)|saturation|move_to\w*", None),
    # A press told in two messages: only the second is a click, and the end of anything else is nothing.
    (r"initial|^(?:on|off|up|down|left|right|dot|hue|button_\d+)_press$|(?<!press_)(?<!short_)released?", None),
    (r"double|twice", Press.DOUBLE),
    (r"hold|held|long|longpress|brightness_move_(?:up|down)|off", Press.HOLD),
    (r"single|click|press|pressed|short|toggle|on|recall|scene", Press.SINGLE),
    # A key that only says which one it is.
    (r"^(?:up|down|(?:button|key)_?\d+)$", Press.SINGLE),
)
"""The first that fits whole words of the action decides."""

_COMPILED = tuple((re.compile(rf"(?:^|(?<=_))(?:{words})(?=_|$)"), press) for words, press in _RULES)


def understand(action: str) -> Press | None:
    """The press that an action such as `1_single`, `on_press_release` or `Button long` stands for."""
    if len(action) > 100:
        return None
    words = re.sub(r"[^a-z0-9]+", "_", action.lower()).strip("_")
    return next((press for pattern, press in _COMPILED if pattern.search(words)), None)


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
        if not any(self._mapped.values()):
            return understand(said)
        return next((press for press, actions in self._mapped.items() if said in actions), None)

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
