"""The file was read again: what the engine of the old one lets go of, and what that of the new one takes over.

It is a restart that forgets nothing: memory, what the lamps show, a sequence with its plan. A lamp that is named no
more is let go without a command; a room that is named no more is stopped, and what it had muted is put back.
"""

from __future__ import annotations

from winddown.clock import Instant
from winddown.config import Config
from winddown.core.engine import Engine
from winddown.model import Effect, Message, Publish, say


def let_go(old: Engine, config: Config, now: Instant) -> list[Effect]:
    """The last effects of the old engine. Where the broker is away nothing can be said; see `take_over`."""
    if not old.sending.may(now):
        return []
    effects = old.quiet.reconcile(old.quiet.muted - _unnamed(old, config), now.boot)
    for name, voice in old.voices.items():
        if _moves(old.config, config) or name not in config.rooms:
            effects += voice.vanish(now)
    if _moves(old.config, config):
        effects.append(Publish(Message(f"{old.config.mqtt.prefix}/status", "offline", qos=1, retain=True)))
    return effects


def take_over(new: Engine, old: Engine) -> None:
    """Before the new engine begins."""
    for key, lamp in new.lamps.items():
        before = old.lamps.get(key)
        if before is not None and before.seen.profile.scale == lamp.seen.profile.scale:
            lamp.seen.take_over(before.seen)
    for name, room in new.rooms.items():
        earlier = old.rooms.get(name)
        if earlier is None:
            continue
        if earlier.sequence is not None and earlier.bedside.pacing.key == room.bedside.pacing.key:
            new.going_on[name] = earlier.sequence
        room.hours.safe = earlier.hours.safe
        new.care[name].go_on_from(old.care[name])
        room.news.whys += [*earlier.news.whys, say("file.again")]
    for topic in (_unnamed(old, new.config) & old.quiet.muted) - new.quiet.targets.keys():
        new.quiet.adopt(old.quiet.targets[topic], old.quiet.remembered(topic))
    new.announcing.alone = old.owner.since_at is not None and not _moves(old.config, new.config)
    new.trouble = old.trouble


def _unnamed(old: Engine, config: Config) -> frozenset[str]:
    """Quiet targets that no room names any more, or that are at another broker now."""
    named = {target.topic for room in config.rooms.values() for target in room.quiet}
    elsewhere = _address(old.config) != _address(config)
    return frozenset(topic for topic in old.quiet.targets if elsewhere or topic not in named)


def _moves(old: Config, new: Config) -> bool:
    return _address(old) != _address(new) or old.mqtt.prefix != new.mqtt.prefix


def _address(config: Config) -> tuple[str, int]:
    return config.mqtt.host, config.mqtt.port
