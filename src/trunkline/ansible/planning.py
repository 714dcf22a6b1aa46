"""One plan for the hosts that a play is limited to."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from trunkline.change.plan import Plan
from trunkline.change.planning import LiveBoxes, make_plan
from trunkline.change.revision import revision
from trunkline.devices.targets import targets
from trunkline.errors import TrunklineError
from trunkline.model.estate import load_estate
from trunkline.model.vault import Vault

_SESSIONS_AT_ONCE = 20  # as many as ansible.cfg has forks


class NotMeant(TrunklineError):
    """The play does not mean this box."""


@dataclass(frozen=True)
class ChosenBoxes:
    """Boxes of a site, some of which are not to be read."""

    boxes: LiveBoxes

    def running(self, host: str, platform_name: str) -> str:
        """Read the box. Raises NotMeant for the others."""
        if host not in self.boxes.targets:
            raise NotMeant(host)
        return self.boxes.running(host, platform_name)


def plan_hosts(estate_path: Path, hosts: Mapping[str, str], vault: Vault) -> Plan:
    """Plan these boxes (and the site of each), all sections; no other box is looked at."""
    estate = load_estate(estate_path, tuple(dict.fromkeys(hosts.values())))
    plan = make_plan(
        estate,
        estate.sites.values(),
        ChosenBoxes(LiveBoxes(targets(estate, vault, hosts.keys()))),
        revision=revision(estate_path),
        executor=ThreadPoolExecutor(_SESSIONS_AT_ONCE),
    )
    return plan.model_copy(update={"not_read": tuple(box for box in plan.not_read if box.host in hosts)}).sealed()
