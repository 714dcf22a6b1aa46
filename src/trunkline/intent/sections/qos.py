"""QoS: routers queue their lines, switches queue their ports."""

from __future__ import annotations

from trunkline.intent.box import SectionIntent
from trunkline.intent.switch_queues import switch_queues
from trunkline.intent.wan_queues import wan_queues
from trunkline.model.policy import Policy
from trunkline.model.site import Site


def derive(site: Site, policy: Policy, device: str) -> SectionIntent | None:
    """QoS of a box by its role."""
    match site.devices[device].role:
        case "router":
            return wan_queues(site, policy, device)
        case "access_switch":
            return switch_queues(site, policy, device)
        case _:
            return None
