"""Turns what is said well into what is not: one field wrong, or nothing that anybody could mean. It decodes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Place = tuple[str | int, ...]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([-1, 0, 1, 255, 256, 1000, 65_536, 10**400]),
    st.floats(),
    st.sampled_from(["", "on", "OFF", "online", "1", "255", "light:0", "NaN", "\ud800", "é", "x" * 300]),
    st.text(max_size=8),
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def written(value: object) -> bytes:
    """A text as it is, anything else as JSON."""
    return value.encode(errors="surrogatepass") if isinstance(value, str) else json.dumps(value).encode()


@st.composite
def one_wrong(draw: st.DrawFn, said: st.SearchStrategy[Any]) -> bytes:
    """Said well, but for one field of another kind, one that is missing, or one letter."""
    whole = draw(said)
    if isinstance(whole, str):
        at = draw(st.integers(0, len(whole)))
        return written(whole[:at] + draw(st.text(max_size=2)) + whole[at + 1 :])
    places = list(_places(whole, ()))
    place = draw(st.sampled_from(places)) if places else ()
    return written(_changed(whole, place, draw(st.just(_GONE) | anything)))


_GONE: Any = object()


def _places(value: Any, here: Place) -> Iterator[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*here, key)
        yield from _places(child, (*here, key))


def _changed(value: Any, place: Place, new: Any) -> Any:
    if not place:
        return None if new is _GONE else new
    copied = dict(value) if isinstance(value, dict) else list(value)
    if len(place) == 1 and new is _GONE:
        del copied[place[0]]
    else:
        copied[place[0]] = _changed(copied[place[0]], place[1:], new)
    return copied


_strange = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6).map("zz_{}".format)
_about_something_else = st.dictionaries(_strange, anything, max_size=4)


@st.composite
def noise(draw: st.DrawFn, said: st.SearchStrategy[Any]) -> bytes:
    """Nothing that anybody could mean: no text, no JSON, JSON about something else, a message that was cut off."""
    match draw(st.integers(0, 5)):
        case 0:
            return b"\xff" + draw(st.binary(max_size=60))
        case 1:
            return written([draw(anything)])
        case 2:
            return written(draw(_about_something_else))
        case 3:
            return draw(st.text("qwzjk ", max_size=20)).encode()
        case 4:
            return b'{"' + written(draw(said)).replace(b";", b"")  # behind a ; a new command would begin
        case _:
            return draw(st.sampled_from([b"", b"{", b"[" * 50_000, b'{"a":' * 9_000, b"NaN", b"\x00", b"null", b"{}"]))
