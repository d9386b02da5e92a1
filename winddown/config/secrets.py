"""Finds what `!secret NAME` and `!env NAME` stand for. It never puts a value into a message."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from winddown.config.mistakes import Mistake, Secret, offer, printable
from winddown.config.yaml_source import Value, read_yaml
from winddown.errors import UsageError

SECRETS_FILE = "secrets.yaml"


class Secrets:
    """The texts beside a configuration, read when the first one is asked for."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._file = folder / SECRETS_FILE
        self._env = env
        self._named: dict[str, Value] | None = None

    def resolve(self, tag: str, name: str) -> Secret:
        """The text behind a tag and its name. Raises LookupError with a text for the person."""
        if tag == "!env":
            if name not in self._env:
                raise LookupError(f"the environment has no {printable(name)}, set it before winddown starts")
            return Secret(self._env[name])
        value = self._all().get(name)
        if isinstance(value, str):
            return Secret(value)
        if name in self._all():
            raise LookupError(f"{printable(name)} in {SECRETS_FILE} is no text, write `{printable(name)}: the text`")
        mend = offer(name, self._all())
        raise LookupError(f"{SECRETS_FILE} beside the file has no {printable(name)}, {mend}")

    def _all(self) -> dict[str, Value]:
        if self._named is None:
            self._named = _read(self._file)
        return self._named


def secret_in(file: Path, name: str) -> str | None:
    """The text behind a name in a file of secrets; None where it has no such name. UsageError: it cannot be read."""
    try:
        named = _read(file)
    except LookupError as error:
        raise UsageError(f"{file}: {error}") from None
    if name not in named:
        return None
    value = named[name]
    return value if isinstance(value, str) else ""


def _read(file: Path) -> dict[str, Value]:
    try:
        document = read_yaml(file.read_bytes(), _no_tags)
    except OSError as error:
        mend = f"create it with a line `NAME: the text` ({(error.strerror or 'not readable').lower()})"
        raise LookupError(f"{SECRETS_FILE} beside the file cannot be read, {mend}") from None
    if document.mistakes:
        raise LookupError(_told(document.mistakes[0], document.line_of(document.mistakes[0].place)))
    if document.value is None:
        return {}
    if not isinstance(document.value, dict):
        mend = "write one line `NAME: the text` for each secret"
        raise LookupError(f"{SECRETS_FILE} is no mapping, {mend}")  # noqa: TRY004  a mistake of the person's, not a type's
    return document.value


def _told(mistake: Mistake, line: int) -> str:
    return f"{SECRETS_FILE} line {mistake.line or line}: {mistake.text}"


def _no_tags(tag: str, name: str) -> Secret:
    raise LookupError(f"{tag} {printable(name)} does not work in {SECRETS_FILE} itself, write the text")
