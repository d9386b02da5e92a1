"""Knows every sentence said to the sleeper, a YAML file a language, and reads a room's own. It does not decide when.

Keys are dotted paths (`release.shoulders.tense`). `{inhale}` and `{exhale}` stand for seconds, filled in by `spoken`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from winddown.errors import ConfigError, UsageError

LANGUAGES = ("en", "nl")

_OWN = re.compile(
    r"release\.[a-z0-9_]+\.(announce|tense|release)|landing\.(long|middle|short)\.[a-z0-9_]+|moment\.[a-z0-9_]+"
)
"""What a room may add: areas, suggestions, rest moments."""
_PLACEHOLDERS = {"inhale", "exhale"}
_DEEPEST = 4
"""More levels than any key has; an alias that contains itself would have no end."""


def phrases(language: str, own: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Every cue of a language by its key; what a room has of its own goes before the package's.

    Raises UsageError for a language that is not there.
    """
    if language not in LANGUAGES:
        raise UsageError(f"there are no cues in {language!r}; there are: {', '.join(LANGUAGES)}")
    ours = _of_package(language)
    return MappingProxyType({**ours, **own}) if own else ours


def spoken(text: str, *, inhale_s: float, exhale_s: float) -> str:
    """The sentence with its seconds filled in."""
    return text.format(inhale=f"{inhale_s:g}", exhale=f"{exhale_s:g}")


def below(known: Iterable[str], path: str) -> list[str]:
    """The keys below a path, in their order: `landing.long` has `landing.long.shower` and more."""
    return [key for key in known if key.startswith(f"{path}.")]


def load_own(path: Path) -> Mapping[str, str]:
    """A room's own cues, in the format of the package's; keys left out are the package's, areas may be new.

    Raises ConfigError with every mistake as `FILE:LINE: PATH: wrong, right`.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError((f"{path}:1: is not UTF-8 text; save it as UTF-8",)) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError((f"{path}:1: cannot be read ({reason}); name a file of cues",)) from None
    return _read(text, str(path), known=_of_package("en"))


@cache
def _of_package(language: str) -> Mapping[str, str]:
    name = f"{language}.yaml"
    return _read(files(__name__).joinpath(name).read_text("utf-8"), name, known=None)


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    line: int
    text: str
    mistake: str = ""


def _read(text: str, name: str, known: Mapping[str, str] | None) -> Mapping[str, str]:
    """The cues in a YAML text; `known` are the keys it may have beside those of areas, None: any."""
    entries = list(_entries(_root(text, name), "", 0))
    mistakes = []
    first_line: dict[str, int] = {}
    for entry in entries:
        wrong = entry.mistake or _unknown(entry.key, known)
        if entry.key in first_line:
            wrong = f"stands here and in line {first_line[entry.key]}; keep one"
        first_line.setdefault(entry.key, entry.line)
        if wrong:
            mistakes.append(f"{name}:{entry.line}: {entry.key}: {wrong}")
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return MappingProxyType({entry.key: entry.text for entry in entries})


def _root(text: str, name: str) -> MappingNode:
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError((f"{name}:{line}: is not YAML ({error.problem or error.context})",)) from None
    except YAMLError as error:
        reason = str(error).splitlines()[0]
        raise ConfigError((f"{name}:1: is not YAML ({reason})",)) from None
    if not isinstance(root, MappingNode):
        raise ConfigError((f"{name}:1: has no cues; write for example `release: {{soft: Soft.}}`",))
    return root


def _entries(node: MappingNode, path: str, depth: int) -> Iterator[_Entry]:
    for key_node, value in node.value:
        line = key_node.start_mark.line + 1
        word = key_node.value if isinstance(key_node, ScalarNode) else "?"
        key = f"{path}.{word}" if path else word
        if isinstance(value, MappingNode) and depth < _DEEPEST:
            yield from _entries(value, key, depth + 1)
        else:
            yield _sentence(key, line, value)


def _sentence(key: str, line: int, value: Node) -> _Entry:
    if not isinstance(value, ScalarNode) or value.tag != "tag:yaml.org,2002:str" or not value.value.strip():
        return _Entry(
            key, line, "", "is no sentence; write one, in quotes if it is a number or a single word such as true"
        )
    text = " ".join(value.value.split())
    try:
        names = {name for _, name, spec, _ in Formatter().parse(text) if name is not None}
        plain = all(not spec and not how for _, _, spec, how in Formatter().parse(text))
    except ValueError:
        names, plain = {"{"}, False
    if not plain or not names <= _PLACEHOLDERS:
        return _Entry(key, line, text, "has braces; only {inhale} and {exhale} are filled in")
    return _Entry(key, line, text)


def _unknown(key: str, known: Mapping[str, str] | None) -> str:
    if known is None or key in known or _OWN.fullmatch(key):
        return ""
    near = get_close_matches(key, known, n=1, cutoff=0.4)
    return "is no cue" + (f"; did you mean {near[0]}?" if near else "; an area of your own is release.AREA.announce")
