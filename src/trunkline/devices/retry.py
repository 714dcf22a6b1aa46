"""The one retry policy: a few attempts with growing waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class RetryPolicy:
    """How often and with which waits (seconds) something is tried; the last failure is the answer."""

    attempts: int = 4
    first_wait: float = 1.0
    factor: float = 2.0

    def run(
        self,
        action: Callable[[], Result],
        on: type[Exception],
        wait: Callable[[float], None] = time.sleep,
    ) -> Result:
        """Return what the action returns; try again only after failures of the one kind."""
        pause = self.first_wait
        for _ in range(self.attempts - 1):
            try:
                return action()
            except on:
                wait(pause)
                pause *= self.factor
        return action()
