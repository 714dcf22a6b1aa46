"""What a driver offers: read, stage, compare, commit under the box's own timer, confirm, roll back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from trunkline.devices.platform import Capability, Reading
from trunkline.units import Seconds


@dataclass(frozen=True)
class Missing:
    """A thing that a safe commit needs and the box lacks, or (not `stops`) one that a person should know."""

    what: str
    fix: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.what}; {self.fix}" if self.fix else self.what


@dataclass(frozen=True)
class Armed:
    """The timer that the box has started; `said` says how it came about if it is not the one asked for."""

    timer: Seconds
    said: str = ""


@dataclass(frozen=True)
class Pending:
    """A commit that waits for its confirmation: whose it is, and whether we may confirm or roll it back."""

    owner: str
    ours: bool


class Driver(Protocol):
    """One box, inside `with`: entering connects, leaving closes, whatever happened in between.

    Leaving does not cancel an armed timer: without `confirm` the box restores itself.
    Every verb raises a `DeviceError` in words of the box and says what became of it.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def capabilities(self) -> Capability:
        """What the platform can do."""

    def read(self) -> Reading:
        """Return the running configuration, proven complete; raises NotRead."""

    def preflight(self) -> Sequence[Missing]:
        """Say what a safe commit lacks; changes nothing on the box."""

    def stage(self, lines: Sequence[str]) -> None:
        """Take the lines to be committed; indentation says what stands in what."""

    def diff(self) -> str:
        """Return what the staged lines would change, as the platform can say it; one line each with + or -."""

    def commit_confirm(self, timer: Seconds) -> Armed:
        """Bring the staged lines into the running configuration under the box's own timer.

        Raises LineRefused with the box as before, BaseChanged if somebody changed the box since `read`.
        """

    def confirm(self) -> None:
        """Keep what was committed, save it, and prove that it is saved."""

    def roll_back(self) -> None:
        """Undo our commit that waits for its confirmation."""

    def discard(self) -> None:
        """Forget the staged lines."""

    def pending(self) -> Pending | None:
        """Return the commit that waits for its confirmation, ours or not."""
