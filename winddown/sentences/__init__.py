"""Puts what is to be told into words, a YAML file a language. It decides nothing, and says nothing to the sleeper.

That a sentence has the same places to fill in in every language, and that each is filled in, the tests see to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from ruamel.yaml import YAML

from winddown.model import Sentence, Value


def told(sentence: Sentence, language: str) -> str:
    """In this language."""
    known = sentences(language)
    return known[sentence.key].format(**{name: _filled(value, language) for name, value in sentence.values.items()})


def all_told(several: Iterable[Sentence], language: str) -> str:
    """One behind the other."""
    return "; ".join(told(one, language) for one in several)


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Every sentence of a language by its key, with its places to fill in. Read once: call it before it is urgent."""
    text = files(__name__).joinpath(f"{language}.yaml").read_text("utf-8")
    return MappingProxyType(dict(_flat(YAML(typ="safe", pure=True).load(text), "")))


def _flat(tree: Mapping[str, object], path: str) -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        key = f"{path}.{name}" if path else name
        if isinstance(value, dict):
            yield from _flat(value, key)
        else:
            yield key, str(value)


def _filled(value: Value, language: str) -> str:
    match value:
        case Sentence():
            return told(value, language)
        case tuple():
            return ", ".join(told(one, language) for one in value)
        case float():
            return f"{value:.1f}".replace(".", "," if language == "nl" else ".")
        case _:
            return str(value)
