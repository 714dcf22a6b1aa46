"""QoS of a switch: it trusts the DSCP of phones, servers and other boxes, and serves voice first."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.intent.box import SectionIntent
from trunkline.intent.figures import Figure, Input
from trunkline.intent.names import owned_name
from trunkline.intent.ports import ports_for
from trunkline.model.policy import Policy, TrafficClass
from trunkline.model.site import Site
from trunkline.units import Dscp

# IEEE 802.1Q-2022 table 8-5, eight classes: priority 1 is background and comes below 0, best effort.
_CLASS_OF_PRIORITY = {0: 1, 1: 0}


@dataclass(frozen=True)
class DscpMap:
    """A code point that the switch would put into another class by itself."""

    dscp: Dscp
    traffic_class: int


@dataclass(frozen=True, kw_only=True)
class SwitchQosIntent(SectionIntent):
    """One profile for the ports that calls pass, and the queue that goes first in it."""

    profile: str
    voice_queue: int
    dscp_maps: tuple[DscpMap, ...]
    interfaces: tuple[str, ...]


def switch_queues(site: Site, policy: Policy, device: str) -> SwitchQosIntent | None:
    """QoS of the ports of a switch that calls pass."""
    ports = ports_for(site, device, "desk", "sbc", "uplink", "downlink")
    if not ports:
        return None
    voice = policy.classes["voice"]
    queue = Figure(
        name="voice queue",
        value=_traffic_class(voice.cos),
        unit="",
        formula="traffic class of priority {pcp}",
        inputs=(Input("pcp", voice.cos),),
        source="IEEE 802.1Q-2022 table 8-5; classes.voice of the policy",
    )
    return SwitchQosIntent(
        profile=owned_name("lan"),
        voice_queue=int(queue.value),
        dscp_maps=tuple(
            DscpMap(each.dscp, _traffic_class(each.cos)) for each in policy.classes.values() if _moved(each)
        ),
        interfaces=tuple(port.interface for port in ports),
        figures=(queue,),
    )


def _traffic_class(priority: int) -> int:
    return _CLASS_OF_PRIORITY.get(priority, priority)


def _moved(each: TrafficClass) -> bool:
    # Without a map, a switch takes the upper three bits of the DSCP for the priority (RFC 2474 §4.2.2).
    return each.cos != each.dscp >> 3
