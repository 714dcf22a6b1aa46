"""The box's clock: real time plus what a test has advanced it by, and timers that fire on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(eq=False)
class Timer:
    """Something that happens at a moment of the box's clock (seconds since 1970), unless it is stopped."""

    due: float
    action: Callable[[], None]
    clock: Clock = field(repr=False)

    def stop(self) -> None:
        """Let it not happen; stopping twice, or after it fired, does nothing."""
        if self in self.clock.timers:
            self.clock.timers.remove(self)


class Clock:
    """Seconds since 1970 as the box has them. Timers fire in `tick`, which servers call often."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._offset = 0.0
        self.timers: list[Timer] = []

    def now(self) -> float:
        """Return the box's time."""
        return self._source() + self._offset

    def after(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Let an action happen so many seconds from now."""
        timer = Timer(self.now() + seconds, action, self)
        self.timers.append(timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Move the clock forward and fire what came due, in order, each at its own moment."""
        target = self._offset + seconds
        while True:
            due = sorted((t for t in self.timers if t.due <= self._source() + target), key=lambda t: t.due)
            if not due:
                break
            self._offset = max(self._offset, due[0].due - self._source())
            self._fire(due[0])
        self._offset = target

    def tick(self) -> None:
        """Fire what came due."""
        self.advance(0.0)

    def _fire(self, timer: Timer) -> None:
        self.timers.remove(timer)
        timer.action()
