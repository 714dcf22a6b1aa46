"""The one retry policy."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import NoFreeSession, Unreachable
from trunkline.devices.retry import RetryPolicy


class Failing:
    """Fails so many times, then returns `done`."""

    def __init__(self, times: int, error: Exception) -> None:
        self.times, self.error, self.calls = times, error, 0

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.times:
            raise self.error
        return "done"


def test_n45_waits_grow_and_the_first_success_ends_them() -> None:
    waits: list[float] = []
    action = Failing(2, NoFreeSession("r1", "no line is free"))
    assert RetryPolicy().run(action, NoFreeSession, waits.append) == "done"
    assert waits == [1.0, 2.0]


def test_n45_the_last_failure_is_named() -> None:
    waits: list[float] = []
    action = Failing(9, NoFreeSession("r1", "no line is free"))
    with pytest.raises(NoFreeSession, match="r1: no line is free; close a session"):
        RetryPolicy(attempts=3).run(action, NoFreeSession, waits.append)
    assert (action.calls, waits) == (3, [1.0, 2.0])


def test_another_failure_is_not_tried_again() -> None:
    action = Failing(1, Unreachable("r1", "192.0.2.1", 22, "no answer"))
    with pytest.raises(Unreachable):
        RetryPolicy().run(action, NoFreeSession, lambda _: None)
    assert action.calls == 1
