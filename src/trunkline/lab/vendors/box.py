"""What every platform's box offers to the process that serves it, and to tests that hold it in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from trunkline.lab.vendors.clock import Clock
from trunkline.lab.vendors.faults import Faults
from trunkline.lab.vendors.machine import Machine


class Box(Protocol):
    """A virtual device. A platform package has a class of this shape named `Box`, made by

    `Box(name, config, *, user="trunkline", password="trunkline", state=None, clock=None)`.
    """

    name: str
    platform: str

    @property
    def clock(self) -> Clock:
        """The box's clock."""
        ...

    @property
    def faults(self) -> Faults:
        """The faults that are set."""
        ...

    @property
    def writes(self) -> int:
        """Configuration lines that were entered and accepted, by any way."""
        ...

    @property
    def entered(self) -> list[str]:
        """Those lines."""
        ...

    @property
    def saves(self) -> int:
        """How often the startup configuration was written."""
        ...

    @property
    def sessions(self) -> int:
        """Sessions that are open over the network."""
        ...

    @property
    def pending(self) -> bool:
        """Whether a commit waits for its confirmation."""
        ...

    def console(self, line: str) -> str:
        """Type one line at a privileged console; return the answer without echo and prompt."""
        ...

    def configure(self, lines: list[str]) -> list[str]:
        """Type lines in configuration mode from the top; return the answers that are refusals."""
        ...

    def running(self) -> str:
        """Return the running configuration as `show running-config` prints it."""
        ...

    def startup(self) -> str:
        """Return the startup configuration."""
        ...


class OfMachine:
    """The part of a `Box` that is the same on every platform: what its machine counts."""

    machine: Machine

    @property
    def clock(self) -> Clock:
        """The box's clock."""
        return self.machine.clock

    @property
    def faults(self) -> Faults:
        """The faults that are set."""
        return self.machine.faults

    @property
    def writes(self) -> int:
        """Configuration lines that were entered and accepted, by any way; those of a session at its commit."""
        return self.machine.writes

    @property
    def entered(self) -> list[str]:
        """Those lines."""
        return self.machine.entered

    @property
    def saves(self) -> int:
        """How often the startup configuration was written."""
        return self.machine.saves


class Listening(Protocol):
    """A box that is reachable; `serve(box, host, port)` of a platform returns one."""

    host: str
    port: int

    @property
    def identity(self) -> dict[str, str]:
        """How clients know the box: `{"host_key": "ssh-ed25519 AAAA…"}` or `{"certificate": "<sha256>"}`."""
        ...

    async def renew_identity(self) -> None:
        """Change the key or certificate by which clients know the box, on the same port."""
        ...

    async def close(self) -> None:
        """Stop listening and end every session."""
        ...


class BoxClass(Protocol):
    """The constructor of a platform's `Box`."""

    def __call__(
        self,
        name: str,
        config: str,
        *,
        user: str,
        password: str,
        state: Path | None,
        clock: Clock | None,
    ) -> Box:
        """Make a box from the text of its start configuration."""
        ...
