"""A dialogue with a command line over a byte channel: type one line, read until the prompt or a question."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from trunkline.devices.errors import CommandRefused, ConnectionLost, NoAnswer, UnknownQuestion
from trunkline.devices.platform import Platform

# `leeds-edge1#`, `leeds-edge1>`, `leeds-edge1(config-if)#`: host names have up to 63 letters (RFC 1035 §2.3.4).
PROMPT = re.compile(r"(?P<name>[A-Za-z0-9][\w.:/@~-]{0,62})(?:\((?P<mode>[^()\s]+)\))?(?P<end>[#>]) ?")
# A box that has written half a line and is quiet for so long waits for somebody; N46 allows 5 s to give up.
QUIET_SECONDS = 3.0
_CHUNK = 65_536


class ByteChannel(Protocol):
    """What a dialogue needs of a connection; a paramiko channel is one."""

    def settimeout(self, timeout: float | None) -> None:
        """Let `recv` raise TimeoutError after so many seconds."""

    def recv(self, nbytes: int) -> bytes:
        """Return what has arrived; nothing if the other side has closed."""

    def sendall(self, s: bytes) -> None:
        """Send all of it; raises OSError on a dead connection."""


@dataclass
class Terminal:
    """The command line of one box. `mode` is the prompt's word in brackets (`config-if`), empty in exec mode.

    `broken` says that no prompt came back: whatever is typed now could answer a question of the box.
    Text is what the box wrote, line ends as `\\n`, bytes that are no UTF-8 as surrogate escapes.
    """

    host: str
    channel: ByteChannel = field(repr=False)
    platform: Platform = field(repr=False)
    quiet: float = QUIET_SECONDS
    clock: Callable[[], float] = time.monotonic
    mode: str = ""
    privileged: bool = False
    broken: bool = False
    _name: str = ""

    def greet(self, within: float) -> str:
        """Read what the box writes by itself after the login, up to its first prompt."""
        return self._read("", within)

    def ask(self, command: str, within: float) -> str:
        """Type a line and return the answer without echo and prompt.

        Raises UnknownQuestion, NoAnswer or ConnectionLost; afterwards the dialogue is of no more use.
        """
        self._send(command, command)
        return _without_echo(command, self._read(command, within))

    def ask_text(self, text: str, within: float) -> str:
        """Type a heading and, when the box takes a text, the lines below it; return the answer without echo.

        A box that refuses the heading gets no line of the text: it would take each for a command.
        """
        heading, _, rest = text.partition("\n")
        self._send(heading, heading)
        answer = _without_echo(heading, self._read(heading, within, self.platform.takes_text))
        if self.broken:
            self._send(rest, heading)
            return _without_echo(rest, self._read(rest, within))
        if self.platform.refusal(answer):
            return answer
        raise CommandRefused(self.host, heading, answer or "no text was asked for")

    def _send(self, text: str, command: str) -> None:
        try:
            self.channel.sendall((text + "\n").encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise ConnectionLost(self.host, command) from error

    def _read(self, command: str, within: float, begins: re.Pattern[str] | None = None) -> str:
        """Read up to the prompt, or up to the line by which the box says that a text `begins`."""
        self.broken = True
        deadline = self.clock() + within
        arrived = b""
        while True:
            chunk = self._receive(command, min(self.quiet, max(0.01, deadline - self.clock())))
            arrived += chunk
            text = re.sub(r"\r*\n", "\n", arrived[-_CHUNK:].decode("utf-8", "surrogateescape"))
            last = text.rpartition("\n")[2].lstrip("\r")
            if begins and begins.search(text.rpartition("\n")[0].rpartition("\n")[2]):
                return text
            # A line of a text may look like a prompt or a question: what comes before the end of its echo is neither.
            echoed = "\n" not in command or arrived.count(b"\n") > command.count("\n")
            if echoed and self._is_prompt(last, any_name=not chunk):
                self.broken = False
                whole = re.sub(r"\r*\n", "\n", arrived.decode("utf-8", "surrogateescape"))
                return whole.rpartition("\n")[0]
            # Half of the echo is not half of a question.
            waits = echoed and last.strip() and not command.strip().startswith(last.strip())
            answer = self.platform.answer_to(last) if waits else None
            if answer is not None:
                self._send(answer, command)
                arrived += b"\n"
            elif not chunk and waits:
                raise UnknownQuestion(self.host, command, last)
            elif self.clock() >= deadline:
                raise NoAnswer(self.host, command, within)

    def _receive(self, command: str, seconds: float) -> bytes:
        """Return what arrives next, or nothing after so many quiet seconds."""
        try:
            self.channel.settimeout(seconds)
            chunk = self.channel.recv(_CHUNK)
        except TimeoutError:
            return b""
        except OSError as error:
            raise ConnectionLost(self.host, command) from error
        if not chunk:
            raise ConnectionLost(self.host, command)
        return chunk

    def _is_prompt(self, last: str, *, any_name: bool) -> bool:
        """Say whether the box waits for a command; a name that is not its own counts only when it is quiet."""
        match = PROMPT.fullmatch(last)
        if match is None:
            return False
        # Boxes shorten a long host name in the prompts of configuration modes, to no less than 16 letters.
        if self._name and match["name"][:16] != self._name[:16] and not any_name:
            return False
        if any_name or not self._name:
            self._name = match["name"]
        self.mode = match["mode"] or ""
        self.privileged = match["end"] == "#"
        return True


def _without_echo(command: str, answer: str) -> str:
    """Return what follows the echo; a message of the box may have come before it."""
    lines = answer.split("\n")
    if "\n" in command:
        return "\n".join(lines[command.count("\n") + 1 :])
    for number, line in enumerate(lines[:5]):
        if line.strip() == command.strip():
            return "\n".join(lines[number + 1 :])
    return answer
