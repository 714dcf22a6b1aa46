"""eAPI over a pinned connection, as the transport that NAPALM's `eos` driver takes."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from pyeapi.eapilib import CommandError, EapiConnection  # type: ignore[import-untyped]

from trunkline.devices.certificates import PinnedConnection
from trunkline.devices.errors import ConnectionLost, DeviceError, LoginRefused, NoAnswer
from trunkline.devices.target import Target

_PATH = "/command-api"
# All lines of a session are one request, and its answer comes when the last one is in.
_LINES_TAKE_LONGER = 4

Answer = Mapping[str, object]


class RefusedCommand(Protocol):
    """What a refused request carries: the commands, and the answers up to the refused one."""

    commands: Sequence[object]
    output: Sequence[Answer] | None
    error_text: str


class PinnedEapi(EapiConnection):  # type: ignore[misc]
    """One box's eAPI. NAPALM gives user and password (and more, by name); `box` is where and who it has to be.

    `answers` are those of the last request that the box took, one for each command.
    """

    def __init__(self, username: str, password: str, box: Target, **_by_name: object) -> None:
        super().__init__()
        self._box = box
        self._user = username
        self.answers: Sequence[Answer] = ()
        self._within = _LINES_TAKE_LONGER * box.answer_timeout
        self.transport = PinnedConnection(box, self._within)
        self.authentication(username, password)

    def send(self, data: str) -> Answer:
        """Send one request and return the decoded response; raises pyeapi's CommandError for a refused command."""
        status, body = self._post(data)
        if status in (http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN):
            raise LoginRefused(self._box.host, self._user)
        try:
            # Bytes that are no UTF-8 are kept: what we do not own has to come back as it was.
            response = json.loads(body.decode("utf-8", "surrogateescape"), strict=False)
        except ValueError:
            raise DeviceError(self._box.host, f"answers eAPI requests with HTTP {status} and no JSON") from None
        if "error" in response:
            code, message, errors, output = self._parse_error_message(response)
            raise CommandError(code, message, command_error=errors, output=output)
        self.answers = response["result"]
        return cast(Answer, response)

    def _post(self, data: str) -> tuple[int, bytes]:
        headers = dict([self._auth, ("Content-Type", "application/json-rpc")])
        try:
            self.transport.request("POST", _PATH, body=data.encode("utf-8", "surrogateescape"), headers=headers)
            response = self.transport.getresponse()
            return response.status, response.read()
        except TimeoutError:
            raise NoAnswer(self._box.host, _last_command(data), self._within) from None
        except (OSError, http.client.HTTPException):
            raise ConnectionLost(self._box.host, _last_command(data)) from None
        finally:
            self.transport.close()


def refused_at(error: RefusedCommand) -> int:
    """Return the index of the refused command among those that were sent."""
    return len(error.output or ()) - 1


def refusal_words(error: RefusedCommand) -> str:
    """Return the box's own words for a refused command."""
    said = (error.output or ({},))[-1].get("errors")
    return "\n".join(str(each) for each in said) if isinstance(said, list) and said else error.error_text


def _last_command(data: str) -> str:
    commands = json.loads(data)["params"]["cmds"]
    last = commands[-1] if commands else ""
    return last if isinstance(last, str) else str(last.get("cmd", ""))
