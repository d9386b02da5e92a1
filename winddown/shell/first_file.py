"""Puts a first configuration on disk, and its password beside it. Writes over nothing, and leaves nothing half done."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from winddown.config import SECRETS_FILE, load, secret_in
from winddown.errors import ConfigError, UsageError

PASSWORD = "mqtt_password"  # noqa: S105  what it is called, not what it is


def must_be_free(file: Path) -> None:
    """UsageError where the file is there already, or its folder is not."""
    if file.exists() or file.is_symlink():
        raise UsageError(
            f"{file} is there already, and stays as it is: name another file, as in winddown init other.yaml"
        )
    if not file.absolute().parent.is_dir():
        raise UsageError(f"{file} cannot be written: there is no folder {file.parent}; make it first")


def must_fit(folder: Path, password: str | None) -> None:
    """UsageError where secrets.yaml beside the file cannot be read, or has another password."""
    secrets = folder / SECRETS_FILE
    if password is None or not secrets.exists():
        return
    kept = secret_in(secrets, PASSWORD)
    if kept not in (None, password):
        raise UsageError(
            f"{secrets} has another {PASSWORD}, and stays as it is: take that line away, or give the same password"
        )


def write(file: Path, text: str, password_line: str | None) -> tuple[str, ...]:
    """Check it as `check` does, then write both; what the check warns of. ConfigError, UsageError."""
    warnings = _checked(file, text, password_line)
    try:
        _create(file, text, 0o666)
    except FileExistsError:
        must_be_free(file)
        raise
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({(error.strerror or str(error)).lower()})") from None
    try:
        if password_line is not None:
            _add(file.absolute().parent / SECRETS_FILE, password_line)
    except BaseException as error:
        file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            reason = (error.strerror or str(error)).lower()
            raise UsageError(f"{SECRETS_FILE} cannot be written ({reason}); nothing was") from None
        raise
    return warnings


def _checked(file: Path, text: str, password_line: str | None) -> tuple[str, ...]:
    """Read it as it will be, in a folder of its own; mistakes name the file that it is for."""
    with tempfile.TemporaryDirectory(prefix="winddown-") as folder:
        trial = Path(folder) / "winddown.yaml"
        trial.write_text(text, encoding="utf-8")
        _create(trial.with_name(SECRETS_FILE), password_line or "")
        try:
            return tuple(line.replace(str(trial), str(file)) for line in load(trial).warnings)
        except ConfigError as error:
            raise ConfigError(tuple(line.replace(str(trial), str(file)) for line in error.mistakes)) from None


def _add(secrets: Path, line: str) -> None:
    """The line at the end, unless the key is there; a file that was not there is for its owner's eyes only."""
    with contextlib.suppress(FileExistsError):
        _create(secrets, f"{line}\n")
        return
    if secret_in(secrets, PASSWORD) is not None:
        return
    with secrets.open("r+b") as kept:
        before = kept.read()
        between = "" if not before or before.endswith(b"\n") else "\n"
        try:
            kept.write(f"{between}{line}\n".encode())
            kept.flush()
        except BaseException:
            kept.truncate(len(before))
            raise


def _create(file: Path, text: str, mode: int = 0o600) -> None:
    """A new file with all of the text, or none."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as new:
            new.write(text)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
