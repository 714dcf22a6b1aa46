"""VLANs, spanning tree, DHCP snooping, LLDP."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trunkline.lab.vendors.eos.kinds import folded, numbers
from trunkline.lab.vendors.eos.rules.shared import by_text, grouped, printed_default, setting
from trunkline.lab.vendors.grammar import Captures, Mode, block, entry, flag, slot
from trunkline.lab.vendors.tree import Node


def _each_vlan(captures: Captures) -> Sequence[Captures]:
    return [{"id": str(each)} for each in numbers(captures["ids"], range(1, 4095)) or ()]


def _fold_vlans(nodes: Sequence[Node], show: Callable[[Node], list[str]]) -> list[str]:
    """VLANs without a setting share one line, at the place of the first of them; VLAN 1 is always there."""
    plain = [node for node in nodes if len(show(node)) == 1 and node.key[-1] != "1"]
    first = min((int(node.key[-1]) for node in plain), default=0)
    lines: list[str] = []
    for node in sorted(nodes, key=lambda each: int(each.key[-1])):
        if node in plain and int(node.key[-1]) != first:
            continue
        shown = [f"vlan {folded(int(each.key[-1]) for each in plain)}"] if node in plain else show(node)
        if len(shown) > 1 or node in plain:
            lines += [*(["!"] if lines else []), *shown]
    return lines


def _fold_snooped(nodes: Sequence[Node], show: Callable[[Node], list[str]]) -> list[str]:
    """The group of DHCP snooping, the VLANs in one list at the end."""
    ids = [int(node.key[-1]) for node in nodes if "id" in node.captures]
    others = [node for node in nodes if "id" not in node.captures]
    order = [rule.name for rule in SNOOPING]
    others.sort(key=lambda node: order.index(node.rule.name) if node.rule else 0)
    lines = [line for node in others for line in show(node)]
    return [*lines, *([f"ip dhcp snooping vlan {folded(ids)}"] if ids else [])]


VLAN = block(
    "vlan",
    "vlan <ids:vlans>",
    key=("id",),
    show="vlan {id}",
    enters="vlan",
    expand=_each_vlan,
    present=_fold_vlans,
    bang="between",
)
VLAN_MODE = Mode(
    "vlan",
    "config-vlan",
    (
        setting("name", "name", "<name:name>"),
        setting("state", "state", "{active|suspend}", default="state active"),
        entry("trunk_group", "trunk group <name:name>", sort=by_text),
    ),
)

SNOOPING = (
    flag("snooping", "ip dhcp snooping", no=("ip dhcp snooping",), default=False, group="snooping",
         present=_fold_snooped, bang="first"),
    flag("snooping_bridging", "ip dhcp snooping bridging", default=False, group="snooping",
         present=_fold_snooped, bang="first"),
    flag("snooping_option", "ip dhcp snooping information option", no=("ip dhcp snooping information option",),
         default=False, group="snooping", present=_fold_snooped, bang="first"),
    slot("snooping_circuit", "ip dhcp snooping information option circuit-id type <type:0-255> format <format:rest>",
         no=("ip dhcp snooping information option circuit-id [<_:rest>]",), group="snooping",
         present=_fold_snooped, bang="first"),
    entry("snooping_vlan", "ip dhcp snooping vlan <ids:vlans>", key=("id",), show="ip dhcp snooping vlan {id}",
          expand=_each_vlan, group="snooping", present=_fold_snooped, bang="first"),
)  # fmt: skip

LLDP = grouped(
    "lldp",
    setting("lldp_timer", "lldp timer", "<seconds:5-32768>", default="lldp timer 30"),
    setting("lldp_hold", "lldp hold-time", "<seconds:10-65535>", default="lldp hold-time 120"),
    slot(
        "lldp_reinit",
        "lldp timer reinitialization <seconds:1-20>",
        no=("lldp timer reinitialization [<_:rest>]",),
        default="lldp timer reinitialization 2",
    ),
    flag(
        "lldp_tlv",
        "lldp tlv transmit <tlv:name>",
        key=("tlv",),
        no=("lldp tlv transmit <tlv:name>",),
        default=True,
        show="lldp tlv transmit {tlv}",
    ),
    flag("lldp_run", "lldp run", default=True),
    setting("lldp_address", "lldp management-address", "[vrf] <value:name>"),
)

SPANNING_TREE = grouped(
    "spanning_tree",
    setting(
        "stp_mode",
        "spanning-tree mode",
        "{mstp|rstp|rapid-pvst|none}",
        after=(printed_default("spanning-tree mode mstp"),),
    ),
    flag(
        "stp_vlans",
        "spanning-tree vlan-id <ids:vlans>",
        key=("ids",),
        no=("spanning-tree vlan-id <ids:vlans>",),
        default=True,
        show="spanning-tree vlan-id {ids}",
    ),
    flag("stp_edge_bpduguard", "spanning-tree edge-port bpduguard default", default=False),
    flag("stp_edge_bpdufilter", "spanning-tree edge-port bpdufilter default", default=False),
    slot(
        "stp_mst_priority",
        "spanning-tree mst <instance:0-4094> priority <priority:0-61440>",
        key=("instance",),
        no=("spanning-tree mst <instance:0-4094> priority [<_:rest>]",),
    ),
    setting("stp_priority", "spanning-tree priority", "<priority:0-61440>", default="spanning-tree priority 32768"),
)
MODES = (VLAN_MODE,)
