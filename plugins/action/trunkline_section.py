"""`trunkline_section`: hold one section of a box against its site file; sends nothing."""

from __future__ import annotations

from trunkline.ansible.action import Result, Steps, TrunklineAction, load_once
from trunkline.ansible.difference import difference
from trunkline.report.sections import reasons

load_once()


class ActionModule(TrunklineAction):
    """Say what the section's part of the change would be, and leave it to `trunkline_commit`."""

    _VALID_ARGS = frozenset({"section"})
    REQUIRED = ("section",)

    def answer(self) -> Result:
        """Plan the section against the running configuration that this run reads once."""
        name, box = self.argument("section"), self.box
        if name not in box.sections([name]).texts:
            return {"skipped": True, "skip_reason": f"{name} has nothing to say on {box.intent.platform}"}
        kept, recovered = self.kept, ""
        running = kept.running(box.host)
        if running is None:
            if not self.check_mode:
                recovered = box.recover(self.vault, Steps())
            running = box.read(self.vault)
            kept = kept.keep(box.host, running)
        plan = box.plan(running, [name])
        section = plan.sections[name]
        result: Result = {
            "changed": bool(plan.commands),
            "commands": plan.lines(),
            "risk": section.risk,
            "reasons": [str(reason) for reason in reasons(section)],
            "ansible_facts": kept.with_section(name).facts(box.host),
        }
        if recovered:
            result["msg"] = recovered
        if self._task.diff:
            result["diff"] = difference(box.host, name, section)
        return result
