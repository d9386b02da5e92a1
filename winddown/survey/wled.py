"""LED strips that run WLED, by the one word that they leave with the broker. From documentation; no model is told."""

from __future__ import annotations

from collections.abc import Iterator

from winddown.survey.finding import Finding, abilities, lamp, profile_of
from winddown.survey.heard import Heard, Places


def filters(places: Places) -> tuple[str, ...]:  # noqa: ARG001  WLED's topics are its own
    """Every strip says here whether it is there."""
    return ("wled/+/status",)


def find(heard: Heard, places: Places) -> Iterator[Finding]:  # noqa: ARG001  one place for all
    """Strips; `wled/all` is how all of them are told at once."""
    for strip, payload in heard.ending("status"):
        root, _, name = strip.partition("/")
        if root != "wled" or "/" in name or name in ("", "all") or payload not in (b"online", b"offline"):
            continue
        away = "" if payload == b"online" else " · offline now"
        yield lamp("wled", name, abilities(profile_of("wled")) + away, "WLED")
