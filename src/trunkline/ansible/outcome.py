"""What became of a box, as a task's result; and a change that a person may interrupt."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from trunkline.change.apply import Outcome, State
from trunkline.change.plan import BoxPlan

_CHANGED = frozenset({State.changed, State.unsaved, State.unknown})
_GOOD = frozenset({State.changed, State.unchanged})


def outcome_result(plan: BoxPlan, outcome: Outcome) -> dict[str, object]:
    """The result of a task that sent a plan, or was kept from it."""
    result: dict[str, object] = {
        "changed": outcome.state in _CHANGED,
        "commands": plan.lines(),
        "risk": plan.risk.name,
        "outcome": outcome.state.value,
        "reason": outcome.reason,
    }
    if outcome.state not in _GOOD:
        result |= {"failed": True, "msg": f"{outcome.reason} ({outcome.state.value})"}
    return result


def said_result(plan: BoxPlan) -> dict[str, object]:
    """The result of a task that says a plan and sends nothing, because of check mode or because nothing is to do."""
    todo = bool(plan.commands)
    return {
        "changed": todo,
        "commands": plan.lines(),
        "risk": plan.risk.name,
        "outcome": State.untouched.value if todo else State.unchanged.value,
        "reason": "check mode: nothing was sent" if todo else "",
    }


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C take a change back instead of leaving it to the box's timer.

    Ansible passes the signal on to the task's process and would end it there; once is enough, what follows is ignored.
    """

    def interrupt(_number: int, _frame: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, interrupt) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
