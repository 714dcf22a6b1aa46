"""`trunkline_plan`: plan the play's hosts and save the plan; sends nothing."""

from __future__ import annotations

from pathlib import Path

from trunkline.ansible.action import Result, TrunklineAction, load_once
from trunkline.ansible.planning import plan_hosts
from trunkline.change.plan import load_plan
from trunkline.errors import TrunklineError
from trunkline.report.sections import summary

load_once()


class ActionModule(TrunklineAction):
    """One plan for all hosts of the play, so it runs once."""

    BYPASS_HOST_LOOP = True
    _VALID_ARGS = frozenset({"path"})
    REQUIRED = ("path",)

    def answer(self) -> Result:
        """Read the boxes, compare them with their site files, save what would be sent."""
        path = Path(self.argument("path"))
        plan = plan_hosts(self.estate_path, self.play_hosts, self.vault)
        result: Result = {
            "changed": _saved_id(path) != plan.id,
            "path": str(path),
            "plan": plan.id,
            "msg": summary(tuple(plan.boxes.values())),
            "boxes": {box.host: {"commands": box.lines(), "risk": box.risk.name} for box in plan.changed},
        }
        if not self.check_mode:
            plan.save(path)
        if plan.not_read:
            missed = "\n".join(f"{box.host}: not read: {box.reason}" for box in plan.not_read)
            result |= {"failed": True, "msg": f"{missed}\n{result['msg']}"}
        return result


def _saved_id(path: Path) -> str:
    try:
        return load_plan(path).id
    except TrunklineError:
        return ""
