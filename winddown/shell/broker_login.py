"""Who the embedded broker lets in, where a password is set: who knows it. Loaded by amqtt, by its name."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from amqtt.plugins.base import BaseAuthPlugin
from amqtt.session import Session


class OneLogin(BaseAuthPlugin):  # type: ignore[misc]  # amqtt ships no type information
    """One user name and its password."""

    @dataclass
    class Config:
        """What amqtt fills in from its own configuration."""

        username: str = ""
        password: str = field(default="", repr=False)

    async def authenticate(self, *, session: Session) -> bool:
        """Compared in the same time, wherever they differ."""
        known, told = (self.config.username, self.config.password), (session.username or "", session.password or "")
        same = [hmac.compare_digest(one.encode(), other.encode()) for one, other in zip(known, told, strict=True)]
        return bool(self.config.password) and all(same)
