"""What its bridge has told of a lamp: what it can do, its name, and the names beside it. Asks nothing."""

from __future__ import annotations

from winddown.lights import LightDialect
from winddown.lights.layers import resolve
from winddown.model import Catalogue, Layer, Profile


class Known:
    """The acquaintance with one lamp."""

    __slots__ = ("_driver", "_identity", "_own", "_part", "_told", "lost", "names", "renamed")

    def __init__(self, driver: LightDialect, own: tuple[Layer, ...]) -> None:
        self.names: tuple[str, ...] = ()
        """What else its bridge knows, for a person who mistyped."""
        self.renamed: str | None = None
        """What its bridge calls it since it was renamed; None: as the configuration does, or nothing any more."""
        self.lost = False
        """Its bridge had it under our name, and has not now: what is sent there is for nobody."""
        self._driver = driver
        self._own = own
        """What people say of it, and have found out: stronger than what its bridge says."""
        self._told: tuple[Layer, ...] = ()
        self._identity: str | None = None
        self._part = ""
        """The list in which its bridge had it."""

    def profile(self) -> Profile:
        """What it can do, as far as is known."""
        return resolve((*self._own, *self._told), self._driver.profile()).profile

    def hear(self, heard: Catalogue) -> bool:
        """Take in what a bridge says; True: of what the lamp can do something else is known than before."""
        names = tuple(sorted({*self.names, *heard.names}))
        self.names = heard.names if heard.names == names else names  # those of a network are the same for all its lamps
        if heard.identity is not None:
            self._identity, self._part, self.renamed, self.lost = heard.identity, heard.part, None, False
        elif self._identity is not None and self._part == heard.part:
            self.renamed, self.lost = heard.by_identity.get(self._identity), True
        if not heard.layers or heard.layers == self._told:
            return False
        self._told = heard.layers
        return True
