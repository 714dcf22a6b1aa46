"""`trunkline_drift`: fail where a box is not what its site file says; changes nothing."""

from __future__ import annotations

from trunkline.ansible.action import Result, TrunklineAction, load_once
from trunkline.report.drift import drift_of
from trunkline.report.sections import counted

load_once()


class ActionModule(TrunklineAction):
    """Read the box, and name each section and line that is not as intended."""

    _VALID_ARGS: frozenset[str] = frozenset()

    def answer(self) -> Result:
        """Compare the running configuration with every section."""
        box = self.box
        found = drift_of(box.alone(box.plan(box.read(self.vault))))
        result: Result = {"changed": False, "drift": [str(one) for one in found]}
        if found:
            sections = ", ".join(dict.fromkeys(one.section for one in found))
            result |= {"failed": True, "msg": f"{box.host}: {counted(len(found), 'difference')} in {sections}"}
        return result
