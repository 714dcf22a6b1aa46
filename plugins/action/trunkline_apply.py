"""`trunkline_apply`: do exactly what a saved plan says of a box."""

from __future__ import annotations

from pathlib import Path

from trunkline.ansible.action import Result, Steps, TrunklineAction, load_once
from trunkline.ansible.outcome import interruptible, outcome_result, said_result
from trunkline.change.plan import load_plan
from trunkline.change.planning import refuse_outdated
from trunkline.errors import TrunklineError

load_once()


class ActionModule(TrunklineAction):
    """Send the box's part of the plan; a plan that was edited, or is stale, is refused."""

    _VALID_ARGS = frozenset({"plan"})
    REQUIRED = ("plan",)

    def answer(self) -> Result:
        """Apply the box's part; in check mode only say it."""
        path = Path(self.argument("plan"))
        plan, box = load_plan(path), self.box
        if plan.estate != box.estate.name:
            raise TrunklineError(f"{path} is a plan for the estate {plan.estate}, not for {box.estate.path}")
        mine = plan.boxes.get(box.host)
        if mine is None:
            return {"skipped": True, "skip_reason": f"{path} has nothing for {box.host}"}
        refuse_outdated([mine], box.estate)
        if self.check_mode or not mine.commands:
            return said_result(mine)
        with interruptible():
            outcome = box.apply(plan.id, mine, self.vault, Steps())
        return outcome_result(mine, outcome)
