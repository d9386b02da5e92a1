"""The configuration as a tree of frozen models: every key, its default, its limits. It reads no file and no clock.

Durations are seconds, percents are of a lamp's own scale. What concerns several keys at once is checked in `checks.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from winddown.config.bedside import Breathing, OnlyIf, QuietTarget, Release
from winddown.config.body import Body, RestMoments
from winddown.config.fixtures import ButtonsKey, Lamp, LightsKey
from winddown.config.mistakes import refuse, shown, wrong
from winddown.config.page import Web
from winddown.config.presses import Presses, PressesKey
from winddown.config.scalars import Duration, FileName, Flag, Number, Text, Topic
from winddown.config.schedule import BedtimesKey, Wakes, WakesKey
from winddown.config.section import Reading, Section
from winddown.config.zone import existing_zone, zone_called
from winddown.lights.dialect import Place

LANGUAGES = ("en", "nl")
_VERSIONS: dict[object, int] = {"5": 5, "4": 4, "3.1.1": 4}


class Tls(Section):
    """How the broker is trusted, and how it may know us."""

    ca: Annotated[Path, FileName()] | None = None
    """The certificate that signed the broker's; without it the machine's own are trusted."""
    cert: Annotated[Path, FileName()] | None = None
    """Our certificate, where the broker asks for one."""
    key: Annotated[Path, FileName()] | None = None
    """The key to our certificate."""
    insecure: Annotated[bool, Flag()] = False
    """Do not compare the broker's name with its certificate."""

    @model_validator(mode="after")
    def _key_has_certificate(self) -> Tls:
        if self.key is not None and self.cert is None:
            refuse([(("key",), "a key needs its certificate, add `cert: FILE`")])
        return self


def _tls(value: object, info: Any) -> object:
    if isinstance(value, dict):
        return Tls.model_validate(value, context=info.context, by_alias=True, by_name=False)
    return value if isinstance(value, Tls) else Flag().read(value)


def _version(value: object) -> object:
    version = _VERSIONS.get(str(value))
    if version is None:
        raise wrong(f"{shown(value)} is no version that is spoken here, write 5 or 3.1.1")
    return version


def _default_port(values: dict[str, Any]) -> int:
    return 8883 if values.get("tls") else 1883


class Mqtt(Section):
    """The broker."""

    host: Annotated[str, Text()] = Field(examples=["localhost"])
    """The broker's name or address; `embedded` starts one on 127.0.0.1 for trying things out."""
    listen: Annotated[str, Text()] = "127.0.0.1"
    """Where the embedded broker listens; any other address than this machine's own wants a password."""
    tls: Annotated[bool | Tls, BeforeValidator(_tls)] = False
    """Encrypt: true, or a mapping that names the files."""
    port: Annotated[int, Number(1, 65535, whole=True)] = Field(default_factory=_default_port)
    """Where the broker listens; 1883, with tls 8883."""
    version: Annotated[
        Literal[4, 5], BeforeValidator(_version), WithJsonSchema({"enum": [5, 4, "5", "4", "3.1.1"]})
    ] = 5
    """The MQTT version, 5 or 3.1.1; falls back by itself, nothing depends on 5."""
    username: Annotated[str, Text()] | None = None
    """Who we are to the broker."""
    password: Annotated[SecretStr, Text()] | None = None
    """Better as `!secret NAME` from secrets.yaml beside this file, or `!env NAME`."""
    prefix: Annotated[str, Topic(base=True)] = "winddown"
    """Our own topics begin with it."""
    zigbee2mqtt: Annotated[str, Topic(base=True)] = "zigbee2mqtt"
    """The base topic of Zigbee2MQTT; a lamp or button of another one says `base:`."""

    @field_validator("host")
    @classmethod
    def _only_a_name(cls, host: str) -> str:
        # the text itself is not shown: an address with a password in it ends up here
        if any(char.isspace() or char in "/@" for char in host):
            raise wrong("is more than a name, write the broker's name or address alone, for example localhost")
        return host

    @field_validator("listen")
    @classmethod
    def _is_an_address(cls, listen: str) -> str:
        try:
            return str(ip_address(listen))
        except ValueError:
            raise wrong(f"{shown(listen)} is no address, write for example 127.0.0.1 or 0.0.0.0") from None

    @model_validator(mode="after")
    def _not_open_to_all(self) -> Mqtt:
        here = ip_address(self.listen).is_loopback
        if not here and self.host != "embedded":
            refuse([(("listen",), "is for `host: embedded`, remove it")])
        if not here and self.password is None:
            refuse([(("listen",), f"{self.listen} lets everybody in, add `username:` and `password:`")])
        return self

    @model_validator(mode="after")
    def _password_has_username(self) -> Mqtt:
        if self.password is not None and self.username is None:
            refuse([(("password",), "a password needs a username, add `username: NAME`")])
        return self


class HomeAssistant(Section):
    """How Home Assistant finds the rooms."""

    discovery: Annotated[bool, Flag()] = True
    """Announce every room to Home Assistant by MQTT discovery."""
    prefix: Annotated[str, Topic(base=True)] = "homeassistant"
    """Where Home Assistant listens for it."""
    time_entities: Annotated[bool, Flag()] = True
    """Bedtime and wake as times of day; false: as texts, for a Home Assistant before 2026.5."""


class Room(Section):
    """One sleeper's bedside. Two sleepers in one bedroom are two rooms."""

    name: Annotated[str, Text()] = ""
    """What people call it; by default its key with a capital."""
    enabled: Annotated[bool, Flag()] = True
    """The routine; presses always work."""
    language: Literal["en", "nl"] = "en"
    """The language of the cues; by default that of the whole file."""
    bedtime: BedtimesKey = Field(examples=["22:45"])
    """When to be in bed, or a mapping by weekday, date and `default`; `off` means no routine. Keyed by the evening."""
    wake: WakesKey = Wakes()
    """When the night ends, or a mapping likewise, without `off`. Keyed by the morning."""
    only_if: OnlyIf | None = None
    """No routine unless a topic says so; unknown means go on."""
    runway_s: Annotated[float, Duration(600, 10_800)] = Field(default=2700.0, alias="runway")
    """The time before bedtime in which lamps go down and warm; 10 min to 3 h."""
    lights: LightsKey = Field(examples=["[zigbee2mqtt/bedside_lamp]"])
    """The lamps: a list of DIALECT/ADDRESS, or a mapping that names each; the first one breathes."""
    forgotten_s: Annotated[float | None, Duration(60, 57_600, never=True)] = Field(default=3600.0, alias="forgotten")
    """A touched lamp, untouched this long after bedtime, sinks to off over 20 min; or `never`."""
    morning_level: Literal["restore", "leave"] = "restore"
    """When a lamp that the night dimmed first comes on after wake, and nobody gives a level: as before the evening."""
    buttons: ButtonsKey = Field(default=(), alias="button")
    """One button or a list of them: DIALECT/ADDRESS, or a mapping that also maps raw actions."""
    presses: PressesKey = Presses()
    """What differs from the table of presses: a verb replaces a column, a mapping rows."""
    quiet: tuple[QuietTarget, ...] = ()
    """What is muted from the runway's start until wake, then put back."""
    breathing: Breathing = Breathing()
    """The lamp that breathes with you."""
    release: Release = Release()
    """Tensing and letting go."""
    suggestions: Annotated[bool, Flag()] = True
    """Three sentences on the way down, each with something kind to do before bed."""
    body: Body = Body()
    """What hurts, and how you sleep: for one sentence at bedtime."""
    rest_moments: RestMoments | None = None
    """A word now and then by day, to let go for a breath."""
    cues: Annotated[Path, FileName()] | None = None
    """The room's own file of cues, beside this file."""

    @model_validator(mode="wrap")
    @classmethod
    def _lean(cls, value: object, handler: ModelWrapValidatorHandler[Room], info: ValidationInfo) -> Room:
        """As soon as it is read: a thousand rooms as pydantic makes them would be megabytes for a moment."""
        room = handler(value)
        return info.context.alike.room(room) if isinstance(info.context, Reading) else room

    @field_validator("name")
    @classmethod
    def _can_be_seen(cls, name: str) -> str:
        if not name.isprintable():
            raise wrong(f"{shown(name)} has characters that cannot be seen, write it without them")
        return name


class Config(Section):
    """The whole file."""

    timezone: str | None = None
    """The zone of all times, for example Europe/Amsterdam; by default the machine's."""
    language: Literal["en", "nl"] = "en"
    """The language of the cues; a room may say its own."""
    mqtt: Mqtt = Field(examples=["{host: localhost}"])
    """The broker."""
    home_assistant: HomeAssistant = HomeAssistant()
    """How Home Assistant finds the rooms."""
    web: Web | None = None
    """The page for a phone in the dark room; without the key there is none."""
    journal: Annotated[Path, FileName()] = Field(default=Path("winddown.db"), validate_default=True)
    """What must outlive a restart, and the diary; beside this file."""
    rooms: dict[str, Room]
    """By a short key of a-z, 0-9 and _."""

    _machine_zone: str = PrivateAttr("UTC")

    @property
    def zone_name(self) -> str:
        """The configured zone, else the machine's."""
        return self.timezone or self._machine_zone

    def zone(self) -> ZoneInfo:
        """The zone of all times."""
        return zone_called(self.zone_name)

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone_exists(cls, value: object) -> object:
        return value if value is None else existing_zone(value)

    @field_validator("rooms")
    @classmethod
    def _names_a_room(cls, rooms: dict[str, Room]) -> dict[str, Room]:
        if not rooms:
            raise wrong("names no room, add one, for example `bedroom:`")
        return rooms

    @field_validator("rooms")
    @classmethod
    def _place_lamps(cls, rooms: dict[str, Room], info: ValidationInfo) -> dict[str, Room]:
        """Each lamp learns where it stands; one that stands in two rooms, in the first of them."""
        mqtt, home_assistant = info.data.get("mqtt"), info.data.get("home_assistant")
        if not isinstance(mqtt, Mqtt) or not isinstance(home_assistant, HomeAssistant):
            return rooms  # that mistake is told by itself
        first: dict[str, Place] = {}
        for key, room in rooms.items():
            for name, lamp in room.lights.items():
                first.setdefault(lamp.driver.key, Place(mqtt.prefix, key, name, home_assistant.prefix))
        for key, room in rooms.items():
            lights = {name: _at(lamp, first) for name, lamp in room.lights.items()}
            if any(lights[name] is not lamp for name, lamp in room.lights.items()):
                rooms[key] = room.model_copy(update={"lights": lights})
        return rooms

    @model_validator(mode="before")
    @classmethod
    def _hand_down(cls, data: Any) -> Any:
        """A room's name comes from its key, its language from the file."""
        if not isinstance(data, dict) or not isinstance(data.get("rooms"), dict):
            return data
        language = {"language": data["language"]} if data.get("language") in LANGUAGES else {}
        rooms = {
            key: {"name": default_name(key), **language, **room} if isinstance(room, dict) else room
            for key, room in data["rooms"].items()
        }
        return {**data, "rooms": rooms}


def _at(lamp: Lamp, places: Mapping[str, Place]) -> Lamp:
    driver = lamp.driver.placed(places[lamp.driver.key])
    return lamp if driver is lamp.driver else lamp.model_copy(update={"driver": driver})


def default_name(key: str) -> str:
    """`kids_room` reads `Kids room`."""
    return key.replace("_", " ").strip().capitalize() or key
