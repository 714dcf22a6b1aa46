"""`trunkline_commit`: send all sections that ran on a box as one transaction, under the box's own timer."""

from __future__ import annotations

from trunkline.ansible.action import Result, Steps, TrunklineAction, load_once
from trunkline.ansible.outcome import interruptible, outcome_result, said_result
from trunkline.change.plan import BoxPlan

load_once()


class ActionModule(TrunklineAction):
    """Plan the sections together, send them, read the box back, confirm."""

    _VALID_ARGS: frozenset[str] = frozenset()

    def answer(self) -> Result:
        """Do what the sections said; in check mode only say it."""
        kept = self.kept
        running = kept.running(self.host)
        if running is None or not kept.sections:
            return {"changed": False, "commands": [], "outcome": "unchanged", "reason": "no section ran on this box"}
        plan = self.box.plan(running, kept.sections)
        result = self._send(plan) if plan.commands and not self.check_mode else said_result(plan)
        return result | {"ansible_facts": kept.forget(self.host).facts(self.host)}

    def _send(self, plan: BoxPlan) -> Result:
        with interruptible():
            outcome = self.box.apply(self.box.alone(plan).id, plan, self.vault, Steps())
        return outcome_result(plan, outcome)
