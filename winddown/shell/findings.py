"""Writes what was found out about a lamp into the file that `config/findings.py` reads. Loses nothing that is there."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from winddown.config import Limits, read_findings
from winddown.config.scalars import Scalar
from winddown.errors import ConfigError, UsageError

_HEAD = (
    "# What `winddown probe` found out about the lamps. The configuration wins over it; delete a line to forget it.\n"
)


def store_finding(path: Path, key: str, finding: Limits, anew: Collection[str] = ()) -> None:
    """Keep what was found out about the lamp of this key; what it does not say stays as it was, but for fields `anew`.

    ConfigError where the file has mistakes, which would be lost; UsageError where it cannot be written.
    """
    lamps = _lamps(path)
    old = lamps.get(key, Limits()).model_copy(update=dict.fromkeys(anew))
    _write(path, {**lamps, key: old.model_copy(update=finding.model_dump(exclude_none=True))})


def forget_finding(path: Path, key: str) -> bool:
    """Nothing was found out about the lamp of this key; False where nothing was kept. Errors as of `store_finding`."""
    lamps = _lamps(path)
    known = lamps.pop(key, None)
    if known is not None:
        _write(path, lamps)
    return known is not None


def _lamps(path: Path) -> dict[str, Limits]:
    before = read_findings(path)
    if before.mistakes:
        raise ConfigError(before.mistakes)
    return dict(before.lamps)


def _write(path: Path, lamps: Mapping[str, Limits]) -> None:
    said = {lamp: limits for lamp, limits in sorted(lamps.items()) if limits != Limits()}
    try:
        if said:
            _replace(path, _HEAD + "".join(_line(lamp, limits) for lamp, limits in said.items()))
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({(error.strerror or str(error)).lower()})") from None


def _replace(path: Path, text: str) -> None:
    """Either the old file or the whole new one, whatever happens."""
    draft = path.with_name(f".{path.name}.new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _line(key: str, limits: Limits) -> str:
    said = ", ".join(f"{name}: {value}" for name, value in _written(limits))
    return f"{json.dumps(key, ensure_ascii=False)}: {{{said}}}\n"


def _written(limits: Limits) -> Iterator[tuple[str, object]]:
    """Each key with its value, as people write them."""
    values: Mapping[str, object] = limits.model_dump(exclude_none=True)
    for name, value in values.items():
        info = Limits.model_fields[name]
        scalar = next((one for one in info.metadata if isinstance(one, Scalar)), None)
        text = value if scalar is None else scalar.write(value)
        yield info.alias or name, json.dumps(text) if isinstance(text, bool) else text
