"""How Home Assistant comes to know the rooms: its discovery, as messages. When they go out is the core's business.

A room is one device with everything that goes into one payload, and two topics of their own for its times of day: a
Home Assistant that does not know such an entity would drop the whole device.
"""

from winddown.homeassistant.device import announced, forgotten, hub, times_withdrawn, withdrawn
from winddown.homeassistant.place import Place
from winddown.homeassistant.standing import Standing, read_standing

__all__ = ["Place", "Standing", "announced", "forgotten", "hub", "read_standing", "times_withdrawn", "withdrawn"]
