"""Interfaces: the block and its lines in the order of `show running-config`."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline.lab.vendors.eos.kinds import (
    PHYSICAL,
    folded,
    interface_order,
    interfaces,
    members,
    vlans_of,
)
from trunkline.lab.vendors.eos.rules.poe import INTERFACE_POE
from trunkline.lab.vendors.eos.rules.qos import INTERFACE_QOS, INTERFACE_SERVICE_POLICY
from trunkline.lab.vendors.eos.rules.shared import SWITCHED, by_text, on, on_kind, setting
from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Rule, block, entry, flag, slot
from trunkline.lab.vendors.tree import Node

ROUTED = ("Ethernet", "Port-Channel", "Vlan", "Loopback", "Management")
LINK = ("Ethernet", "Management")
ALL_VLANS = frozenset(vlans_of("all"))
PORTFAST_WARNING = (
    "! portfast should only be enabled on ports connected to a single host. Connecting hubs, concentrators,"
    " switches, bridges, etc. to this interface when portfast is enabled can cause temporary bridging loops."
    " Use with CAUTION."
)


def _each(captures: Captures) -> Sequence[Captures]:
    typed = captures.get("name") or interfaces(captures["type"] + captures["numbers"])
    return [{"name": name} for name in members(typed)] if typed else [{"name": ""}]


def _exists(entry: Entry) -> str | None:
    if not entry.captures["name"]:
        return entry.misfit(2)
    if not entry.captures["name"].startswith(PHYSICAL):
        return None
    gone = entry.negative and not entry.line.startswith("default")
    return entry.misfit(1) if gone or entry.root.get("interface", entry.captures["name"]) is None else None


def _make(entry: Entry, name: str) -> None:
    top = entry.machine.grammar.top
    node = Node(("interface", name), INTERFACE, {"name": name}, f"interface {name}", top.rank["interface"])
    entry.root.put(node)


def _make_port_channel(entry: Entry) -> None:
    name = f"Port-Channel{entry.captures.get('id')}"
    if not entry.negative and entry.root.get("interface", name) is None:
        _make(entry, name)


def _allowed(old: Captures | None, new: Captures) -> Captures | None:
    """The VLANs that a trunk carries after one more line; None = all."""
    now = frozenset(vlans_of(old["vlans"])) if old else ALL_VLANS
    given = frozenset(vlans_of(new["vlans"]))
    match new.get("change"):
        case "add":
            now |= given
        case "remove":
            now -= given
        case "except":
            now = ALL_VLANS - given
        case _:
            now = given
    if now == ALL_VLANS:
        return None
    return {"vlans": folded(now) or "none"}


def _portfast(entry: Entry) -> Captures:
    """`edge` says what `portfast` alone means; the box does not print it."""
    kind = entry.captures.get("kind", "edge")
    return {"kind": "" if kind == "edge" else f" {kind}"}


def _warn(entry: Entry) -> str | None:
    return PORTFAST_WARNING if not entry.negative and not entry.captures.get("kind") else None


def _length(entry: Entry) -> Captures:
    given = entry.captures
    return {"length": f"{given['host']}/{given['mask']}" if "mask" in given else given.get("length", "dhcp")}


def _by_interface(node: Node) -> tuple[int | str, ...]:
    return interface_order(node.key[-1])


INTERFACE = block(
    "interface",
    "interface {<name:interfaces>|<type:interface_type> <numbers:word>}",
    key=("name",),
    show="interface {name}",
    enters="interface",
    expand=_each,
    before=(_exists,),
    sort=_by_interface,
    bang="between",
)


def _switched(name: str, head: str, values: str, **options: object) -> Rule:
    """A setting of a port that can switch."""
    return setting(name, head, values, before=(on(*SWITCHED),), applies=on_kind(*SWITCHED), **options)


_LINK = (
    slot("description", "description <text:rest>"),
    flag("shutdown", "shutdown", default=False),
    setting("load_interval", "load-interval", "<seconds:0-600> [seconds]", show="load-interval {seconds}"),
    setting("mtu", "mtu", "<bytes:68-9214>", default="mtu 1500", before=(on(*ROUTED),)),
    flag("link_status", "logging event link-status"),
    setting(
        "speed",
        "speed",
        "{auto|100full|1000full|2.5g|5g|10g|25g|1g|100half|10000full|forced {1000full|10000full|25gfull}}",
        default="speed auto",
        before=(on(*LINK),),
        applies=on_kind(*LINK),
    ),
)

_SWITCHPORT = (
    _switched("access_vlan", "switchport access vlan", "<vlan:1-4094>", default="switchport access vlan 1"),
    _switched(
        "native_vlan",
        "switchport trunk native vlan",
        "{<vlan:1-4094>|tag}",
        default="switchport trunk native vlan 1",
    ),
    _switched("phone_vlan", "switchport phone vlan", "<vlan:1-4094>"),
    _switched(
        "phone_trunk",
        "switchport phone trunk",
        "{tagged|untagged} [phone]",
        default="switchport phone trunk tagged",
    ),
    _switched("phone_cos", "switchport phone cos", "<cos:0-7>"),
    _switched(
        "allowed_vlans",
        "switchport trunk allowed vlan",
        "{<vlans:vlan_list>|<change:change> <vlans:vlans>}",
        show="switchport trunk allowed vlan {vlans}",
        default="switchport trunk allowed vlan all",
        merge=_allowed,
    ),
    _switched(
        "switchport_mode",
        "switchport mode",
        "{access|trunk|trunk phone|dot1q-tunnel|tap|tool}",
        default="switchport mode access",
    ),
    entry("trunk_group", "switchport trunk group <name:name>", before=(on(*SWITCHED),), sort=by_text),
    flag(
        "switchport",
        "switchport",
        no=("switchport",),
        default=True,
        before=(on(*SWITCHED),),
        applies=on_kind(*SWITCHED),
    ),
)

_ADDRESSES = (
    flag("autostate", "autostate", default=True, before=(on("Vlan"),), applies=on_kind("Vlan")),
    setting("vrf", "vrf", "[forwarding] <vrf:name>", show="vrf {vrf}", before=(on(*ROUTED),)),
    flag("proxy_arp", "ip proxy-arp", default=False, before=(on(*ROUTED),)),
    slot(
        "ip_address",
        "ip address {<length:length>|<host:address> <mask:mask>|dhcp}",
        show="ip address {length}",
        fill=_length,
        no=("ip address [{<length:length>|<host:address> <mask:mask>|dhcp}]",),
        matches=lambda entry, node: entry.captures["length"] in ("dhcp", node.captures["length"]),
        before=(on(*ROUTED),),
    ),
    entry(
        "ip_address_secondary",
        "ip address {<length:length>|<host:address> <mask:mask>} secondary",
        show="ip address {length} secondary",
        fill=_length,
        matches=lambda entry, node: entry.captures["length"] == node.captures["length"],
        before=(on(*ROUTED),),
        sort=by_text,
    ),
    setting("ip_address_virtual", "ip address virtual", "<length:length>", before=(on("Vlan"),)),
    entry("helper", "ip helper-address <host:host>", before=(on(*ROUTED),), sort=by_text),
    setting("ospf_cost", "ip ospf cost", "<cost:1-65535>"),
    setting("ospf_network", "ip ospf network", "{point-to-point|broadcast}"),
    setting("ospf_area", "ip ospf area", "<area:word>"),
)

_CHANNEL = (
    setting(
        "channel_group",
        "channel-group",
        "<id:1-2000> mode {active|passive|on}",
        before=(on("Ethernet"),),
        after=(_make_port_channel,),
    ),
    setting("lacp_timer", "lacp timer", "{fast|normal}", default="lacp timer normal", before=(on("Ethernet"),)),
    setting("mlag", "mlag", "<id:1-2000>", before=(on("Port-Channel"),)),
    slot(
        "ip_access_group",
        "ip access-group <name:name> <direction:direction>",
        key=("direction",),
        no=("ip access-group [<name:name>] <direction:direction>",),
        sort=by_text,
    ),
    flag("lldp_transmit", "lldp transmit", default=True, before=(on(*LINK),), applies=on_kind(*LINK)),
    flag("lldp_receive", "lldp receive", default=True, before=(on(*LINK),), applies=on_kind(*LINK)),
)

_SPANNING_TREE = (
    _switched(
        "portfast",
        "spanning-tree portfast",
        "[<kind:portfast>]",
        show="spanning-tree portfast{kind}",
        fill=_portfast,
        default="spanning-tree portfast auto",
        after=(_warn,),
    ),
    _switched("bpduguard", "spanning-tree bpduguard", "{enable|disable}"),
    _switched("bpdufilter", "spanning-tree bpdufilter", "{enable|disable}"),
    _switched("guard", "spanning-tree guard", "{root|loop|none}"),
    _switched("stp_cost", "spanning-tree cost", "<cost:1-200000000>"),
    _switched("stp_link_type", "spanning-tree link-type", "{point-to-point|shared}"),
)

MODE = Mode(
    "interface",
    "config-if",
    (
        *_LINK,
        *_SWITCHPORT,
        *_ADDRESSES,
        *_CHANNEL,
        *INTERFACE_POE,
        *INTERFACE_QOS,
        *_SPANNING_TREE,
        *INTERFACE_SERVICE_POLICY,
    ),
)
