"""A channel that plays a box: what it answers to which typed line, byte for byte."""

from __future__ import annotations

from collections.abc import Callable


class FakeChannel:
    """Answers each typed line by a function; None stands for silence, `b""` for a closed connection.

    Waiting moves `now` forward instead of time.
    """

    def __init__(self, answer: Callable[[str], list[bytes | None]], greeting: bytes = b"\r\nr1#") -> None:
        self._answer = answer
        self._waiting: list[bytes | None] = [greeting]
        self._timeout = 0.0
        self.typed: list[str] = []
        self.now = 0.0

    def settimeout(self, timeout: float | None) -> None:
        self._timeout = timeout or 0.0

    def recv(self, nbytes: int) -> bytes:
        chunk = self._waiting.pop(0) if self._waiting else None
        if chunk is None:
            self.now += self._timeout
            raise TimeoutError
        return chunk

    def sendall(self, s: bytes) -> None:
        line = s.decode().removesuffix("\n")
        self.typed.append(line)
        self._waiting += self._answer(line)

    def clock(self) -> float:
        return self.now
