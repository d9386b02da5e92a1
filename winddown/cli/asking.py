"""Asks a person for what a first configuration needs, line by line, again where an answer cannot be. Writes nothing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from winddown.cli.broker import PASSWORD_ENV, ask_password, broker, look_around, password_for
from winddown.config import Question, machine_zone, mistake_in
from winddown.errors import BrokerError, UsageError, WinddownError
from winddown.shell.first_file import PASSWORD, must_fit
from winddown.survey import Answers, Finding, Places, quoted, scalar

_BETWEEN = re.compile(r",(?![^{]*\})")
NO_BUTTON = "none"
"""The answer of who has none."""
_NOWHERE = frozenset({"UTC", "Etc/UTC"})


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line said already."""

    host: str | None
    port: int | None
    username: str | None
    tls: bool
    room: str | None
    bedtime: str | None
    lights: tuple[str, ...]
    buttons: tuple[str, ...]
    timezone: str | None

    @property
    def complete(self) -> bool:
        """Nothing is left to ask."""
        return None not in (self.room, self.bedtime) and bool(self.lights) and bool(self.buttons)

    def answers(self) -> Iterator[tuple[str, Question, str]]:
        """What of it is to be checked: the flag, the question that it answers, the answer."""
        if self.room is not None:
            yield "--room", "room", self.room
        if self.bedtime is not None:
            yield "--bedtime", "bedtime", self.bedtime
        if self.timezone is not None:
            yield "--timezone", "timezone", self.timezone
        for answer in self.lights:
            yield "--light", "light", answer
        for answer in self.buttons:
            if answer != NO_BUTTON:
                yield "--button", "button", answer


def ask_all(given: Given, language: str, folder: Path) -> tuple[Answers, str | None]:
    """Every answer, and the line for secrets.yaml, if there is one. UsageError where the answers end too early."""
    host = given.host or ("localhost" if given.complete else _ask("Your broker", "localhost", _host_mistake))
    username, password = given.username, password_for(given.username)
    found: tuple[Finding, ...] = ()
    if not given.complete:
        username, password, found = _look(given, host, username, password)
    must_fit(folder, password)
    said = Answers(
        host=host,
        port=given.port,
        tls=given.tls,
        username=username,
        secret=None if password is None else PASSWORD,
        room=given.room or _ask("A short word for whose bedside it is", "bedroom", _checks("room")),
        bedtime=given.bedtime or _ask("Bedtime", "22:45", _checks("bedtime")),
        lights=_written(given.lights) or _lamps(found),
        buttons=_written(given.buttons) or _buttons(found),
        timezone=given.timezone or _zone(asks=not given.complete),
        language=language,
    )
    return replace(said, buttons=_some(said.buttons)), (None if password is None else f"{PASSWORD}: {quoted(password)}")


# ---------------------------------------------------------------- the broker


def _look(
    given: Given, host: str, username: str | None, password: str | None
) -> tuple[str | None, str | None, tuple[Finding, ...]]:
    """Who we are there, and what is there. A broker that does not answer is no reason to stop."""
    while True:
        mqtt = broker(host, given.port, username, password, tls=given.tls)
        typer.echo(f"Looking around on {mqtt.host}:{mqtt.port} …")
        try:
            return username, password, look_around(mqtt, Places())
        except BrokerError as error:
            if not sys.stdin.isatty():
                raise BrokerError(f"{error}; try --username, with the password in {PASSWORD_ENV}") from None
            typer.echo(f"  {error}")
            username = _ask("Username", username, lambda _: None)
            password = ask_password(username)
        except WinddownError as error:
            typer.echo(f"  {error} What stands beside your bed can be written by hand all the same.")
            return username, password, ()


def _host_mistake(answer: str) -> str | None:
    try:
        broker(answer, None, None, None, tls=False)
    except UsageError as error:
        return str(error).removeprefix("--host ")
    return None


# ---------------------------------------------------------------- lamps and buttons


def _lamps(found: Sequence[Finding]) -> tuple[str, ...]:
    usable = [one for one in found if one.driver is not None and one.kind in ("lamp", "plug")]
    _show("Lamps", usable)
    how = "by number or DIALECT/ADDRESS" if usable else "as zigbee2mqtt/bedside_lamp"
    return _choose(f"Lamps, {how}, commas between (the first breathes)", usable, "light", None)


def _buttons(found: Sequence[Finding]) -> tuple[str, ...]:
    usable = [one for one in found if one.driver is not None and one.is_button]
    _show("Buttons (winddown discover names the one that you press)", usable)
    how = "by number or DIALECT/ADDRESS" if usable else "as zigbee2mqtt/bedside_button"
    return _choose(f"Button, {how}", usable, "button", NO_BUTTON)


def _show(title: str, usable: Sequence[Finding]) -> None:
    if usable:
        from winddown.cli.survey_view import choose_from

        typer.echo(f"\n{title}\n")
        choose_from(usable)
        typer.echo("")


def _choose(text: str, usable: Sequence[Finding], question: Question, usual: str | None) -> tuple[str, ...]:
    def mistake(answer: str) -> str | None:
        parts = _parts(answer)
        mistakes = (_part_mistake(part, usable, question) for part in parts)
        return next((one for one in mistakes if one is not None), None if parts else "names nothing, write it anew")

    chosen = (_part(part, usable) for part in _parts(_ask(text, usual, mistake)))
    return tuple(dict.fromkeys(chosen))


def _parts(answer: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(answer) if part.strip()]


def _part_mistake(part: str, usable: Sequence[Finding], question: Question) -> str | None:
    if part == NO_BUTTON and question == "button":
        return None
    if part.isdecimal():
        there = 1 <= int(part[:6]) <= len(usable)
        return None if there else f"there is no number {part[:6]}, write {_numbers(usable)}"
    return mistake_in(question, part)


def _numbers(usable: Sequence[Finding]) -> str:
    return f"1 to {len(usable)}" if usable else "DIALECT/ADDRESS"


def _part(part: str, usable: Sequence[Finding]) -> str:
    return usable[int(part) - 1].written if part.isdecimal() else _written((part,))[0]


def _written(answers: tuple[str, ...]) -> tuple[str, ...]:
    """As YAML; a mapping is YAML already."""
    return tuple(answer if answer.startswith(("{", '"')) else scalar(answer) for answer in answers)


def _some(buttons: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(button for button in buttons if button != NO_BUTTON)


# ---------------------------------------------------------------- asking


def _zone(*, asks: bool) -> str | None:
    """The machine's; where that says nothing of where the bed is, the person's. None: neither."""
    zone = machine_zone(os.environ)
    if zone not in _NOWHERE:
        return zone
    return _ask("Time zone, as in Europe/Amsterdam", zone, _checks("timezone")) if asks else None


def _checks(question: Question) -> Callable[[str], str | None]:
    return lambda answer: mistake_in(question, answer)


def _ask(text: str, usual: str | None, mistake: Callable[[str], str | None]) -> str:
    """The answer, once it can be; an empty one means the usual one."""
    while True:
        answer = _line(f"{text} [{usual}]: " if usual else f"{text}: ") or usual or ""
        if not answer:
            continue
        wrong = mistake(answer) if answer.isprintable() else "has characters that cannot be seen, write it anew"
        if wrong is None:
            return answer
        typer.echo(f"  {wrong}")


def _line(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except (EOFError, UnicodeDecodeError):
        raise UsageError(
            "the answers ended before all was asked, and nothing was written; winddown init --help shows the flags "
            "that answer beforehand"
        ) from None
