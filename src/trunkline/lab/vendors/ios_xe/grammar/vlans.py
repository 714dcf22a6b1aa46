"""The VLAN database and the layer 2 services around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, block, flag, slot
from trunkline.lab.vendors.ios_xe.kinds import fold_vlans, unfold_vlans
from trunkline.lab.vendors.tree import Node


def _each(captures: Captures) -> list[Captures]:
    return [{"vlan": str(vlan)} for vlan in sorted(unfold_vlans(captures["vlans"]))]


def _print(nodes: Sequence[Node], render: Callable[[Node], list[str]]) -> list[str]:
    """Print neighbours that have nothing in them as one list, as the box does."""
    lines: list[str] = []
    bare: set[int] = set()

    def flush() -> None:
        if bare:
            lines.extend([f"vlan {fold_vlans(bare)}" + (" " if len(bare) > 1 else ""), "!"])
            bare.clear()

    for node in sorted(nodes, key=lambda each: int(each.captures["vlan"])):
        if node.children:
            flush()
            lines.extend([*render(node), "!"])
        else:
            bare.add(int(node.captures["vlan"]))
    flush()
    return lines[:-1]


def _removable(line: Entry) -> str | None:
    vlan = line.captures["vlan"]
    if line.negative and vlan == "1":
        return "%Default VLAN 1 may not be deleted."
    return None


def _show_snooping(captures: Captures) -> str:
    return f"ip dhcp snooping vlan {captures['vlans']}"


def _merge_snooping(old: Captures | None, new: Captures) -> Captures:
    before = unfold_vlans(old["vlans"]) if old is not None else set()
    return {"vlans": fold_vlans(before | unfold_vlans(new["vlans"]))}


def _less_snooping(line: Entry) -> str | None:
    """Take the VLANs of a `no` line out of the list that is there."""
    if not line.negative:
        return None
    present = line.root.get("dhcp_snooping_vlans")
    if present is None:
        return None
    left = unfold_vlans(present.captures["vlans"]) - unfold_vlans(line.captures["vlans"])
    if not left:
        line.root.remove(present.key)
        return None
    present.captures = {"vlans": fold_vlans(left)}
    present.text = _show_snooping(present.captures)
    return None


SNOOPING = (
    slot(
        "dhcp_snooping_vlans",
        "ip dhcp snooping vlan <vlans:vlans>",
        no=("ip dhcp snooping vlan <vlans:vlans>",),
        merge=_merge_snooping,
        show=_show_snooping,
        matches=lambda _line, _node: False,
        after=(_less_snooping,),
    ),
    flag("dhcp_snooping_option", "ip dhcp snooping information option", default=True),
    flag("dhcp_snooping", "ip dhcp snooping", default=False),
)
SPANNING_TREE = (
    slot("spanning_tree_mode", "spanning-tree mode {pvst|rapid-pvst|mst}", default="spanning-tree mode pvst"),
    flag("spanning_tree_system_id", "spanning-tree extend system-id", default=False, bang="after"),
    flag("portfast_default", "spanning-tree portfast default", default=False),
    flag("bpduguard_default", "spanning-tree portfast bpduguard default", default=False),
    slot("spanning_tree_priority", "spanning-tree vlan <vlans:vlans> priority <value:0-61440>", key=("vlans",)),
)
VTP = (
    slot("vtp_mode", "vtp mode {server|client|transparent|off}"),
    slot("vtp_domain", "vtp domain <name:name>"),
    slot("vlan_allocation", "vlan internal allocation policy {ascending|descending}", bang="after"),
)
VLANS = (
    block(
        "vlan",
        "vlan <vlans:vlans>",
        key=("vlan",),
        expand=_each,
        show="vlan {vlan}",
        before=(_removable,),
        present=_print,
        enters="vlan",
        bang="last",
    ),
)
DISCOVERY = (
    flag("cdp_run", "cdp run", default=True),
    block(
        "network_policy_profile",
        "network-policy profile <number:1-4294967295>",
        key=("number",),
        enters="network_policy",
        bang="after",
        defines="network_policy_profile",
        in_use="% Network-policy profile {name} is being used",
    ),
    flag("lldp_run", "lldp run", default=False, bang="after"),
)
MODES = (
    Mode("vlan", "config-vlan", (slot("name", "name <text:rest>"),)),
    Mode(
        "network_policy",
        "config-network-policy",
        tuple(
            slot(
                kind,
                f"{kind} vlan <vlan:1-4094> [cos <cos:0-7>] [dscp <dscp:0-63>]",
                no=(f"{kind} vlan [<_:rest>]",),
            )
            for kind in ("voice", "voice-signaling")
        ),
    ),
)
