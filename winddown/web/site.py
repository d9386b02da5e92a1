"""The pages and what they answer: four views of a room, its news as they come, and what may be asked of it.

Every address in them is relative, so the page lives below any path. It keeps nothing between two requests.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from winddown import clock
from winddown.config import Config, Web
from winddown.core.calendar import night_at
from winddown.errors import WinddownError
from winddown.programmes import load_own, phrases
from winddown.shell.diary import lines
from winddown.web.board import Board
from winddown.web.doors import LARGEST_BYTES, Doors
from winddown.web.help import programme
from winddown.web.morning import Diary, Form
from winddown.web.said import Said, read
from winddown.web.tonight import ORDERS, Light, Shown, tonight
from winddown.web.trends import plots, span
from winddown.web.words import Words, words

_log = logging.getLogger(__name__)

HEARTBEAT_S = 5.0
"""So often the page is told at least how it is; it doubts what is older than two of these."""
ANSWER_S = 3.0
LANGUAGES = ("en", "nl")
_HERE = Path(__file__).parent
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

View = Literal["tonight", "morning", "trends", "help"]


def site(house: Config, web: Web, board: Board) -> tuple[ASGIApp, Site]:
    """The application, and what it shows."""
    made = Site(house, board)
    return Doors(made.application(), web), made


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Site:
    """What it shows follows the house, which may be read again."""

    def __init__(self, house: Config, board: Board) -> None:
        self.house = house
        self._board = board
        self._journal = house.journal
        """Another one only after a restart."""

    def application(self) -> Starlette:
        """Its addresses."""
        found = Starlette(
            routes=[
                Route("/", self._begin),
                Route("/-/clock", self._clock),
                Route("/-/{file}", self._file),
                Route("/{room}", self._slash),
                Route("/{room}/", self._tonight),
                Route("/{room}/events", self._events),
                Route("/{room}/now", self._now),
                Route("/{room}/ask", self._ask, methods=["POST"]),
                Route("/{room}/morning", self._morning),
                Route("/{room}/morning", self._fill_in, methods=["POST"]),
                Route("/{room}/trends", self._trends),
                Route("/{room}/help", self._help),
            ],
            exception_handlers={HTTPException: self._failed, WinddownError: self._failed_diary},
        )
        found.router.redirect_slashes = False  # it would write addresses that are not relative
        return found

    # ------------------------------------------------------------ tonight

    async def _begin(self, _request: Request) -> Response:
        return RedirectResponse(f"{next(iter(self.house.rooms))}/", 303)

    async def _slash(self, request: Request) -> Response:
        return RedirectResponse(f"{self._room(request)}/", 303)

    async def _tonight(self, request: Request) -> Response:
        room = self._room(request)
        return self._page("tonight", room, {"shown": self._shown(room), "heartbeat_s": HEARTBEAT_S})

    async def _events(self, request: Request) -> Response:
        """How it is: now, at every change, and every few seconds."""
        room = self._room(request)
        headers = {"x-accel-buffering": "no"}  # a proxy is to pass them on at once
        return StreamingResponse(self._news(room), media_type="text/event-stream", headers=headers)

    async def _news(self, room: str) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        pictured = None
        async for _ in self._board.changes(HEARTBEAT_S):
            if room not in self.house.rooms:
                return
            said = self._shown(room).as_json()
            if said["picture"] == pictured:
                del said["picture"]
            pictured = said.get("picture", pictured)
            yield f"data: {json.dumps(said, ensure_ascii=False)}\n\n"

    async def _now(self, request: Request) -> Response:
        """The same for who hears no events: a proxy may keep them to itself."""
        return JSONResponse(self._shown(self._room(request)).as_json())

    async def _clock(self, _request: Request) -> Response:
        """For the page to know how far its clock is from the lamp's."""
        return JSONResponse({"now": clock.now().wall})

    async def _ask(self, request: Request) -> Response:
        """Send an order, and say what came of it."""
        room = self._room(request)
        order = (await _form(request)).get("order", "")
        if order not in ORDERS:
            raise HTTPException(400)
        since, now = self._board.whys(room), self._shown(room)
        sent = await asyncio.to_thread(self._board.say, room, order)
        heard = sent and await self._board.answered(room, since, ANSWER_S)
        label = next((one.label for one in now.offers if one.verb == order), order)
        outcome = "asked" if heard else "silent" if sent else "unsent"
        if "application/json" not in request.headers.get("accept", ""):
            return RedirectResponse("./", 303)
        text = self._words(room)(f"ask.{outcome}", what=label)
        return JSONResponse({"outcome": outcome, "text": text}, 200 if heard else 503)

    def _shown(self, room: str) -> Shown:
        now = clock.now().wall
        return tonight(self._board.reach(room), self._said(room), now, self._words(room), self._hour(room, now))

    def _hour(self, room: str, now: float) -> Light:
        """How dark it is by the file: a page that has lost winddown at three is not to shine either."""
        known = self.house.rooms[room]
        night = night_at(now, known.bedtime, known.wake, self.house.zone())
        if night is None or now < night.bedtime_at - known.runway_s:
            return "day"
        return "dusk" if now < night.bedtime_at else "night"

    def _said(self, room: str) -> Said | None:
        state = self._board.state(room)
        return None if state is None else read(state)

    # ------------------------------------------------------------ morning, trends, help

    async def _morning(self, request: Request) -> Response:
        room, asked = self._room(request), request.query_params
        diary = self._diary(room)
        evening = diary.night(asked.get("evening"))
        if evening is None:
            return self._page("failed", room, {"why": diary.words("morning.date")}, 404)
        form = await asyncio.to_thread(diary.form, evening, kept="kept" in asked)
        return self._page("morning", room, {"form": form})

    async def _fill_in(self, request: Request) -> Response:
        room, typed = self._room(request), await _form(request)
        diary = self._diary(room)
        evening = diary.night(typed.get("evening"))
        if evening is None:
            return self._page("failed", room, {"why": diary.words("morning.date")}, 404)
        form: Form = await asyncio.to_thread(diary.fill_in, evening, typed)
        if form.failed or form.sign:
            return self._page("morning", room, {"form": form}, 422 if form.failed else 200)
        return RedirectResponse(f"morning?evening={evening}&kept", 303)

    async def _trends(self, request: Request) -> Response:
        room = self._room(request)
        diary = self._diary(room)
        until = max(diary.latest - timedelta(days=1), diary.night(None) or diary.latest)
        nights = await asyncio.to_thread(lines, self._journal, room, *span(until))
        found = plots(nights, until, self.house.rooms[room].name, diary.words)
        sign = await asyncio.to_thread(diary.sign)
        return self._page("trends", room, {"plots": found, "last": until, "sign": sign})

    async def _help(self, request: Request) -> Response:
        room = self._room(request)
        found = programme(self.house.rooms[room], self._sentences(room), self._words(room))
        return self._page("help", room, {"programme": found})

    def _diary(self, room: str) -> Diary:
        return Diary(
            journal=self._journal,
            name=room,
            room=self.house.rooms[room],
            zone=self.house.zone(),
            now=clock.now().wall,
            words=self._words(room),
            sentences=self._sentences(room),
        )

    # ------------------------------------------------------------ what all of them share

    def _room(self, request: Request) -> str:
        name: str = request.path_params["room"]
        if name not in self.house.rooms:
            raise HTTPException(404)
        return name

    def _words(self, room: str) -> Words:
        """In the language that the room speaks now."""
        said = self._said(room)
        language = said.language if said is not None and said.language in LANGUAGES else None
        return words(language or self.house.rooms[room].language)

    def _sentences(self, room: str) -> Mapping[str, str]:
        file, own = self.house.rooms[room].cues, None
        if file is not None:
            with suppress(WinddownError):  # its mistakes are told where the configuration is read
                own = load_own(file)
        return phrases(self._words(room).language, own)

    def _page(self, view: View | Literal["failed"], room: str, more: Mapping[str, Any], status: int = 200) -> Response:
        spoken = self._words(room)
        known = {
            "view": view,
            "w": spoken,
            "room": room,
            "rooms": {name: one.name for name, one in self.house.rooms.items()},
            "light": self._shown(room).light,
            "drawn": Markup,  # of pictures that we draw ourselves
            **more,
        }
        text = _templates().get_template(f"{view}.html").render(known)
        return Response(text, status, media_type="text/html; charset=utf-8")

    async def _failed(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        room = request.path_params.get("room")
        room = room if room in self.house.rooms else next(iter(self.house.rooms))
        key = {413: "large"}.get(status, "missing")
        return self._page("failed", room, {"why": self._words(room)(f"failed.{key}")}, status)

    async def _failed_diary(self, request: Request, error: Exception) -> Response:
        _log.warning("the page: %s", error)
        room = self._room(request)
        return self._page("failed", room, {"why": self._words(room)("failed.diary")}, 503)

    async def _file(self, request: Request) -> Response:
        name: str = request.path_params["file"]
        found = _files().get(name)
        if found is None:
            raise HTTPException(404)
        return Response(found, media_type=_KINDS[Path(name).suffix])


@cache
def _files() -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in (_HERE / "static").iterdir() if file.suffix in _KINDS}


async def _form(request: Request) -> dict[str, str]:
    """What was typed; of a body that is too large nothing."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BYTES:
            raise HTTPException(413)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=64))
    except ValueError:
        raise HTTPException(400) from None
