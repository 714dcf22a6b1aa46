"""The control server: HTTP with JSON on loopback, for looking into the boxes and for breaking them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from http import HTTPStatus

from trunkline.lab.vendors.box import Box, Listening

Json = dict[str, object]


class BadRequest(Exception):
    """The request cannot be carried out; the message says why."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


async def serve_control(
    boxes: Mapping[str, Box], listening: Mapping[str, Listening], host: str, port: int
) -> asyncio.Server:
    """Start the control server."""
    control = _Control(boxes, listening)
    return await asyncio.start_server(control.connected, host, port)


class _Control:
    def __init__(self, boxes: Mapping[str, Box], listening: Mapping[str, Listening]) -> None:
        self.boxes = boxes
        self.listening = listening

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            status, answer = await self._exchange(reader)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()
            return
        body = json.dumps(answer).encode()
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    async def _exchange(self, reader: asyncio.StreamReader) -> tuple[HTTPStatus, Json]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        try:
            return HTTPStatus.OK, await self._route(method, path, json.loads(body or b"{}"))
        except BadRequest as error:
            return error.status, {"error": str(error)}
        except (ValueError, KeyError, TypeError) as error:
            return HTTPStatus.BAD_REQUEST, {"error": f"{type(error).__name__}: {error}"}

    async def _route(self, method: str, path: str, body: Json) -> Json:
        match method, path.strip("/").split("/"):
            case "GET", ["boxes"]:
                return {"boxes": sorted(self.boxes)}
            case "GET", ["boxes", name]:
                return _state(self._box(name))
            case "POST", ["boxes", name, "console"]:
                return _console(self._box(name), body)
            case "POST", ["boxes", name, "fault"]:
                return await self._fault(name, body)
            case "POST", ["boxes", name, "clock"]:
                box = self._box(name)
                box.clock.advance(float(str(body["advance"])))
                return _state(box)
        raise BadRequest(HTTPStatus.NOT_FOUND, f"{method} {path}: no such thing")

    def _box(self, name: str) -> Box:
        if name not in self.boxes:
            raise BadRequest(HTTPStatus.NOT_FOUND, f"no box {name}")
        return self.boxes[name]

    async def _fault(self, name: str, body: Json) -> Json:
        box = self._box(name)
        kind = str(body.pop("kind"))
        if kind == "new_host_key":
            await self.listening[name].renew_identity()
        else:
            box.faults.set(kind, {key: v if isinstance(v, int) else str(v) for key, v in body.items()})
        return {"identity": self.listening[name].identity}


def _state(box: Box) -> Json:
    return {
        "running": box.running(),
        "startup": box.startup(),
        "writes": box.writes,
        "saves": box.saves,
        "entered": box.entered,
        "sessions": box.sessions,
        "pending": box.pending,
    }


def _console(box: Box, body: Json) -> Json:
    lines = body["lines"]
    if not isinstance(lines, list):
        raise BadRequest(HTTPStatus.BAD_REQUEST, "lines must be a list")
    answers = [box.console(str(line)) for line in lines]
    box.console("end")  # so that the next hand finds the console in exec mode
    return {"answers": answers}
