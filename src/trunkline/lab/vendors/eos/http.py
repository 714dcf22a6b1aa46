"""As much HTTP/1.1 as an eAPI client needs: one POST after another on a connection, bodies with a length."""

from __future__ import annotations

import asyncio
import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

LONGEST_BODY = 8 * 1024 * 1024


@dataclass(frozen=True)
class Request:
    """One request: the names of its headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def credentials(self) -> tuple[str, str] | None:
        """User and password of basic authentication, None where the header is missing or no base64."""
        scheme, _, encoded = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (user, password) if colon else None


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None where the peer has closed or sends something that is no HTTP."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    first, *rest = head.rstrip("\r\n").split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    pairs = (line.partition(":") for line in rest)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LONGEST_BODY:
        return None
    try:
        body = await reader.readexactly(int(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return Request(words[0], words[1], headers, body)


def response(status: HTTPStatus, body: bytes, kind: str = "application/json") -> bytes:
    """A whole response with its body."""
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
    ]
    if status is HTTPStatus.UNAUTHORIZED:
        head.append('WWW-Authenticate: Basic realm="COMMAND_API_AUTH"')
    return "\r\n".join([*head, "", ""]).encode("latin-1") + body
