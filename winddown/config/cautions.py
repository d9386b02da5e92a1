"""What a person should know of a file that is right: zone, dangerous quiet, an open door. Forbids nothing."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from winddown.config.mistakes import Place, shown
from winddown.config.schema import Config, Tls
from winddown.config.secrets import SECRETS_FILE
from winddown.config.yaml_source import Document

Caution = tuple[Place, str]

_MUST_BE_HEARD = re.compile("alarm|smoke|siren|baby", re.IGNORECASE)
_UTC = frozenset(
    {"UTC", "Etc/UTC", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "GMT", "Etc/GMT"}
)


def cautions(config: Config, document: Document, file: Path, env: Mapping[str, str]) -> Iterator[Caution]:
    """Everything worth a line, though nothing is wrong."""
    yield from _zone_cautions(config, env)
    for key, room in config.rooms.items():
        for index, target in enumerate(room.quiet):
            at = ("rooms", key, "quiet", index)
            if found := _MUST_BE_HEARD.search(f"{target.topic} {target.state or ''}"):
                text = f"{shown(target.topic)} says {found[0].lower()}: mute what chats, not what warns"
                yield (*at, "topic"), text
            if "total_silence" in target.mute:
                yield (*at, "mute"), "total_silence also mutes the phone's alarm clock, priority_only lets it through"
    yield from _tls_cautions(config)
    yield from _mode_cautions(document, file)


def _tls_cautions(config: Config) -> Iterator[Caution]:
    tls = config.mqtt.tls
    if not isinstance(tls, Tls):
        return
    if tls.insecure:
        mend = "name the broker's own certificate with `ca: FILE`, and call the broker by the name in it"
        yield ("mqtt", "tls", "insecure"), f"any broker with a trusted certificate is taken for yours; {mend}"
    key = tls.key or tls.cert
    if key is not None and _others_read(key):
        which = "key" if tls.key is not None else "cert"
        yield ("mqtt", "tls", which), f"everybody on this machine can read this key, run `chmod o-r {key.name}`"


def _zone_cautions(config: Config, env: Mapping[str, str]) -> Iterator[Caution]:
    if config.timezone is not None:
        return
    mend = "write for example `timezone: Europe/Amsterdam`"
    if config.zone_name in _UTC:
        yield ("timezone",), f"is not set and this machine is on UTC, so all times are UTC; {mend}"
    elif in_container(env) and not env.get("TZ"):
        yield ("timezone",), f"is not set and this container is on {config.zone_name}, perhaps not yours; {mend}"


def in_container(env: Mapping[str, str], root: Path = Path("/")) -> bool:
    """Whether this looks like a container, whose zone is rarely its owner's."""
    return bool(env.get("container")) or any((root / mark).exists() for mark in (".dockerenv", "run/.containerenv"))


def _mode_cautions(document: Document, file: Path) -> Iterator[Caution]:
    password = ("mqtt", "password")
    if "!secret" in document.tags and _others_read(file.parent / SECRETS_FILE):
        yield password, f"{SECRETS_FILE} can be read by everybody on this machine, run `chmod o-r {SECRETS_FILE}`"
    raw = document.value if isinstance(document.value, dict) else {}
    mqtt = raw.get("mqtt")
    if isinstance(mqtt, dict) and type(mqtt.get("password")) is str and _others_read(file):
        yield password, f"everybody on this machine can read it here, run `chmod o-r {file.name}` or use !secret"


def _others_read(file: Path) -> bool:
    try:
        return bool(file.stat().st_mode & stat.S_IROTH)
    except OSError:
        return False
