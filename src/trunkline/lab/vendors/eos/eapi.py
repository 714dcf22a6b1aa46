"""eAPI: JSON-RPC over HTTPS, as `management api http-commands` serves it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from trunkline.lab.vendors.eos.box import Box
from trunkline.lab.vendors.eos.certificate import Certificate
from trunkline.lab.vendors.eos.http import Request, read_request, response
from trunkline.lab.vendors.eos.result import REASONS, Code, Json, Model, Result
from trunkline.lab.vendors.eos.shell import DeadLineError, Shell
from trunkline.lab.vendors.faults import Interruption

PATH = "/command-api"
REFUSED_LOGIN = "Unable to authenticate user: Bad username/password combination\n"
PARSE_ERROR, BAD_REQUEST, NO_METHOD, BAD_PARAMETERS = -32700, -32600, -32601, -32602  # JSON-RPC 2.0 section 5.1


@dataclass(frozen=True)
class Call:
    """One `runCmds` request: commands with the text that some of them ask for."""

    id: Json
    commands: tuple[tuple[str, str | None], ...]
    text: bool
    abbreviated: bool


class MalformedError(Exception):
    """The body is no request that eAPI understands."""

    def __init__(self, code: int, message: str, call: Json = None) -> None:
        super().__init__(message)
        self.code = code
        self.call = call


def parse_call(body: bytes) -> Call:
    """Read the body of a request."""
    try:
        request = json.loads(body)
    except ValueError:
        raise MalformedError(PARSE_ERROR, "Parse error") from None
    if not isinstance(request, dict):
        raise MalformedError(BAD_REQUEST, "Invalid Request")
    call, parameters = request.get("id"), request.get("params")
    if request.get("method") != "runCmds":
        raise MalformedError(NO_METHOD, "Method not found", call)
    if not isinstance(parameters, dict) or not isinstance(parameters.get("cmds"), list):
        raise MalformedError(BAD_PARAMETERS, "Invalid params", call)
    return Call(
        call,
        tuple(_command(each, call) for each in parameters["cmds"]),
        text=parameters.get("format") == "text",
        abbreviated=bool(parameters.get("autoComplete", False)),
    )


def _command(given: Json, call: Json) -> tuple[str, str | None]:
    if isinstance(given, str):
        return given, None
    if isinstance(given, Mapping) and isinstance(given.get("cmd"), str):
        more = given.get("input")
        return str(given["cmd"]), None if more is None else str(more)
    raise MalformedError(BAD_PARAMETERS, "Invalid params: a command is a text or an object with cmd", call)


def run(call: Call, shell: Shell) -> Model:
    """Carry out the commands until one fails; return the body of the answer. May raise DeadLineError."""
    done: list[Json] = []
    shell.written_out = not call.abbreviated
    for index, (command, more) in enumerate(call.commands):
        result = shell.type(command, more)
        if not result.code and not call.text and result.model is None and _is_unconverted(command, result):
            result = Result(
                "% Command cannot be used over the API at this time."
                " To see ASCII output, set format='text' in your request",
                code=Code.UNCONVERTED,
            )
        if result.code:
            where = f"CLI command {index + 1} of {len(call.commands)} '{command}' failed: {REASONS[result.code]}"
            words = result.text.removeprefix("% ").removeprefix("Error: ")
            data = [*done, {"errors": [words]}]
            return _answer(call.id, error={"code": int(result.code), "message": where, "data": data})
        done.append({"output": _whole(result.text)} if call.text else _model(result))
    shell.leave()
    return _answer(call.id, result=done)


def _is_unconverted(command: str, result: Result) -> bool:
    return command.split()[:1] in (["show"], ["dir"], ["more"]) and result.model is None


def _model(result: Result) -> Model:
    if result.model is not None:
        return result.model
    if result.text.startswith("! "):
        return {"warnings": [result.text.removeprefix("! ")]}
    return {"messages": [result.text]} if result.text else {}


def _whole(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _answer(call: Json, **body: Json) -> Model:
    return {"jsonrpc": "2.0", "id": call, **body}


class EapiServer:
    """One box's eAPI on one port."""

    def __init__(self, box: Box, state: Path | None) -> None:
        self.box = box
        self.host = ""
        self.port = 0
        self._state = state
        self._certificate = Certificate.kept(box.name, state)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._certificate.load(self._context)
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.StreamWriter] = set()

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes a free one."""
        self._server = await asyncio.start_server(self._connected, host, port, ssl=self._context)
        self.host, self.port = self._server.sockets[0].getsockname()[:2]

    @property
    def identity(self) -> dict[str, str]:
        """The certificate's fingerprint."""
        return {"certificate": self._certificate.fingerprint}

    async def renew_identity(self) -> None:
        """Show another certificate from now on."""
        self._certificate = Certificate.make(self.box.name)
        self._certificate.keep(self._state)
        self._certificate.load(self._context)

    async def close(self) -> None:
        """Stop listening and cut the connections."""
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._connections):
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        try:
            while self.box.listens():
                request = await read_request(reader)
                if request is None:
                    break
                writer.write(self._respond(request))
                await writer.drain()
        except DeadLineError as dead:
            await self._die(dead.how, reader, writer)
        except ConnectionError:
            pass
        finally:
            self._connections.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError, TimeoutError):
                await writer.wait_closed()

    async def _die(self, how: Interruption, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Cut the connection, or say nothing until the client gives up."""
        if how is Interruption.HANG:
            with contextlib.suppress(ConnectionError):
                await reader.read()
        writer.transport.abort()

    def _respond(self, request: Request) -> bytes:
        if request.path != PATH:
            return response(HTTPStatus.NOT_FOUND, b"", "text/plain")
        if request.method != "POST":
            return response(HTTPStatus.METHOD_NOT_ALLOWED, b"", "text/plain")
        login = request.credentials()
        if login is None or not self.box.admits(login):
            return response(HTTPStatus.UNAUTHORIZED, REFUSED_LOGIN.encode(), "text/plain")
        try:
            call = parse_call(request.body)
            answer = run(call, self.box.shell(login[0]))
        except MalformedError as error:
            answer = _answer(error.call, error={"code": error.code, "message": str(error)})
        return response(HTTPStatus.OK, json.dumps(answer).encode())


async def serve(box: Box, host: str, port: int) -> EapiServer:
    """Make a box reachable."""
    server = EapiServer(box, box.machine.state)
    await server.start(host, port)
    return server
