"""Interfaces: ports of the chassis, VLAN interfaces, loopbacks, tunnels, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Interface

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, Rule, block, entry, flag, slot
from trunkline.lab.vendors.ios_xe.hooks import (
    interface_name,
    physical_routed,
    policy_of,
    queues,
    routed,
    routed_only,
    switch_port,
    switch_port_only,
)
from trunkline.lab.vendors.ios_xe.interface_names import (
    CHASSIS,
    MODEMS,
    SWITCH_INTERFACES,
    interface,
    is_physical,
    is_switch_port,
)
from trunkline.lab.vendors.ios_xe.kinds import fold_vlans, unfold_vlans
from trunkline.lab.vendors.tree import Node

_ORDER = ("Loopback", "Tunnel", "Port-channel", "GigabitEthernet", "Cellular", "BDI", "Vlan", "Dialer", "Null")
_WRAP = 60  # characters of a VLAN list on one line, before it goes on with `add`


def _position(node: Node) -> tuple[int | str, ...]:
    name = interface_name(node)
    kind = re.match(r"[A-Za-z-]+", name)
    numbers = tuple(int(number) for number in re.findall(r"\d+", name))
    place = _ORDER.index(kind.group()) if kind and kind.group() in _ORDER else len(_ORDER)
    return (place, *numbers)


def _named(captures: Captures) -> Sequence[Captures]:
    """Give one block, whether typed as `GigabitEthernet0/0/0` or as `GigabitEthernet 0/0/0`, or a range of them."""
    if "range" in captures:
        return [{"name": each} for each in _range(captures["range"]) or ["?"]]
    typed = captures.get("name") or f"{captures['type']}{captures['number']}"
    return [{"name": interface(typed) or typed}]


def _range(text: str) -> list[str]:
    names: list[str] = []
    for part in re.sub(r"\s*-\s*", "-", text).split(","):
        found = re.fullmatch(r"\s*([A-Za-z-]+?)\s*((?:\d+/)*)(\d+)(?:-(?:(?:\d+/)*)(\d+))?\s*", part)
        if found is None:
            return []
        last = int(found[4] or found[3])
        for number in range(int(found[3]), last + 1):
            name = interface(f"{found[1]}{found[2]}{number}")
            if name is None:
                return []
            names.append(name)
    return names


def _exists(line: Entry) -> str | None:
    """Refuse a port that the chassis does not have; what the start file names is there."""
    name = line.captures["name"]
    port = name.partition(".")[0]
    if interface(name) is None:
        return line.misfit(2)
    if is_physical(name) and port not in CHASSIS + MODEMS and line.root.get("interface", port) is None:
        return line.misfit(len(line.line.split()) - 1 - int(line.negative))
    if "." in name and is_switch_port(port):
        return line.misfit(len(line.line.split()) - 1 - int(line.negative))
    if line.negative and is_physical(name) and "." not in name:
        return "% Removal of physical interfaces is not permitted"
    return None


def _stays_layer_2(line: Entry) -> str | None:
    """The ports of the router's built-in switch have no layer 3."""
    if not is_switch_port(interface_name(line.block)):
        return line.misfit(0)
    return line.misfit(0) if line.negative and interface_name(line.block) in SWITCH_INTERFACES else None


def _merge_allowed(old: Captures | None, new: Captures) -> Captures | None:
    vlans = unfold_vlans(new.get("vlans", ""))
    present = unfold_vlans(old["vlans"]) if old is not None else set(range(1, 4095))
    match new.get("how", ""):
        case "all":
            return None
        case "none":
            return {"vlans": ""}
        case "add":
            found = present | vlans
        case "remove":
            found = present - vlans
        case "except":
            found = set(range(1, 4095)) - vlans
        case _:
            found = vlans
    return None if found == set(range(1, 4095)) else {"vlans": fold_vlans(found)}


def _show_allowed(captures: Captures) -> str:
    if not captures["vlans"]:
        return "switchport trunk allowed vlan none"
    lines: list[str] = []
    line = ""
    for part in captures["vlans"].split(","):
        if line and len(line) + len(part) + 1 > _WRAP:
            lines.append(line)
            line = part
        else:
            line = f"{line},{part}" if line else part
    lines.append(line)
    head = "switchport trunk allowed vlan "
    return "\n".join([head + lines[0], *(f"{head}add {each}" for each in lines[1:])])


def _voice_vlan(line: Entry) -> str | None:
    if not switch_port(line.block):
        return f"Command rejected: {interface_name(line.block)} is a routed port."
    return None


def _attach(line: Entry) -> str | None:
    """Refuse a policy where this box cannot queue, or where another one is attached in that direction."""
    name, direction = line.captures["policy"], line.captures["direction"]
    present = line.block.value("service_policy", "policy", direction)
    if present is not None and present != name:
        return f"Policy map {present} is already attached"
    policy = policy_of(line.root, name)
    if policy is None or not queues(line.root, policy):
        return None
    port = interface_name(line.block)
    if direction == "input":
        return f"% Queuing actions are not supported in the input direction: policy map {name}"
    if port in SWITCH_INTERFACES or port.startswith("Vlan"):
        return f"% Queuing actions are not supported on interface {port}: policy map {name}"
    shaped = all(each.get("shape") for each in policy.all("class"))
    if ("." in port or port.startswith("Tunnel")) and not shaped:
        return "CBWFQ : Not supported on subinterfaces"
    return None


def _detach(line: Entry) -> str | None:
    name = line.captures.get("policy")
    present = line.block.value("service_policy", "policy", line.captures["direction"])
    if present is None or (name is not None and name != present):
        return f"% Policy map {name or ''} is not attached".replace("  ", " ")
    return None


def _service_policy(line: Entry) -> str | None:
    return _detach(line) if line.negative else _attach(line)


def _overlap(line: Entry) -> str | None:
    """Refuse an address whose network another interface has."""
    if line.negative or "address" not in line.captures:
        return None
    own = IPv4Interface(f"{line.captures['address']}/{line.captures['mask']}")
    if int(own.network.prefixlen) < 31 and own.ip == own.network.network_address:
        return f"Bad mask /{own.network.prefixlen} for address {own.ip}"
    for other in line.root.all("interface"):
        found = other.get("ip_address")
        if other is line.block or found is None or "mask" not in found.captures:
            continue
        there = IPv4Interface(f"{found.captures['address']}/{found.captures['mask']}")
        if own.network.overlaps(there.network):
            return f"% {own.network.network_address} overlaps with {interface_name(other)}"
    return None


def _show_power(captures: Captures) -> str:
    """`max 30000` is what a port has by itself, so it is not printed."""
    limit = captures.get("limit", "30000")
    return f"power inline {captures['mode']}" + (f" max {limit}" if limit != "30000" else "")


def _show_portfast(captures: Captures) -> str:
    how = captures.get("how", "edge")
    return "spanning-tree portfast" + ("" if how == "edge" else f" {how}")


INTERFACE = block(
    "interface",
    "interface <name:interface>",
    "interface <type:iftype> <number:ifnumber>",
    "interface range <range:rest>",
    key=("name",),
    no=("interface <name:interface>", "interface <type:iftype> <number:ifnumber>"),
    show="interface {name}",
    expand=_named,
    before=(_exists,),
    enters="interface",
    sort=_position,
    bang="after",
    defines="interface",
)

INTERFACE_MODE = Mode(
    "interface",
    "config-if",
    (
        slot("description", "description <text:rest>"),
        flag("switchport", "switchport", default=True, applies=switch_port, before=(_stays_layer_2,)),
        slot(
            "switchport_access_vlan",
            "switchport access vlan <vlan:1-4094>",
            default="switchport access vlan 1",
            applies=switch_port,
            before=(switch_port_only,),
        ),
        slot(
            "switchport_trunk_native",
            "switchport trunk native vlan <vlan:1-4094>",
            default="switchport trunk native vlan 1",
            before=(switch_port_only,),
        ),
        slot(
            "switchport_trunk_allowed",
            "switchport trunk allowed vlan <vlans:vlans>",
            "switchport trunk allowed vlan <how:allowed_change> <vlans:vlans>",
            "switchport trunk allowed vlan <how:all_or_none>",
            no=("switchport trunk allowed vlan [<_:rest>]",),
            merge=_merge_allowed,
            show=_show_allowed,
            before=(switch_port_only,),
        ),
        slot(
            "switchport_mode",
            "switchport mode {access|trunk|dynamic auto|dynamic desirable}",
            no=("switchport mode [<_:rest>]",),
            before=(switch_port_only,),
        ),
        flag("switchport_nonegotiate", "switchport nonegotiate", default=False, before=(switch_port_only,)),
        slot("switchport_voice_vlan", "switchport voice vlan <vlan:1-4094>", before=(_voice_vlan,)),
        slot("bandwidth", "bandwidth <rate:1-10000000>"),
        slot("encapsulation", "encapsulation dot1Q <vlan:1-4094> [native]"),
        slot("vrf", "vrf forwarding <vrf:name>"),
        slot(
            "ip_address",
            "ip address <address:ipv4> <mask:mask>",
            "ip address dhcp",
            "ip address negotiated",
            "ip unnumbered <interface:interface>",
            no=(
                "ip address",
                "ip address dhcp",
                "ip address negotiated",
                "ip address <address:ipv4> <mask:mask>",
                "ip unnumbered [<_:rest>]",
            ),
            absent="no ip address",
            applies=routed,
            before=(routed_only, _overlap),
        ),
        entry(
            "ip_address_secondary",
            "ip address <address:ipv4> <mask:mask> secondary",
            key=("address",),
            before=(routed_only,),
        ),
        entry("ip_helper", "ip helper-address <address:ipv4>", before=(routed_only,)),
        flag("ip_redirects", "ip redirects", default=True, before=(routed_only,)),
        flag("ip_unreachables", "ip unreachables", default=True, before=(routed_only,)),
        flag("ip_proxy_arp", "ip proxy-arp", default=True, before=(routed_only,)),
        slot("ip_mtu", "ip mtu <bytes:68-9216>", before=(routed_only,)),
        slot(
            "ip_access_group",
            "ip access-group <name:name> <direction:direction>",
            key=("direction",),
            no=("ip access-group <name:name> <direction:direction>", "ip access-group <direction:direction>"),
            refers=(Reference("access_list", "name"),),
            sort=lambda node: (node.captures["direction"],),
        ),
        slot(
            "ip_nat",
            "ip nat <side:side>",
            no=("ip nat <side:side>",),
            before=(routed_only,),
        ),
        flag("ip_virtual_reassembly", "ip virtual-reassembly", default=False, before=(routed_only,)),
        slot(
            "zone_member",
            "zone-member security <zone:name>",
            no=("zone-member security [<_:rest>]",),
            refers=(Reference("zone", "zone", "% Zone {name} does not exist"),),
            before=(routed_only,),
        ),
        slot("adjust_mss", "ip tcp adjust-mss <bytes:500-1460>", before=(routed_only,)),
        slot("ip_policy", "ip policy route-map <map:name>", before=(routed_only,)),
        slot("tunnel_source", "tunnel source {<interface:interface>|<address:ipv4>}"),
        slot("tunnel_destination", "tunnel destination <address:host>"),
        slot("tunnel_mode", "tunnel mode <mode:rest>"),
        slot("keepalive", "keepalive <period:0-32767> [<retries:1-255>]"),
        slot("load_interval", "load-interval <seconds:30-600>", default="load-interval 300"),
        slot("dialer_pool", "dialer in-band", "dialer pool-member <pool:1-255>"),
        slot("dialer_watch", "dialer idle-timeout <seconds:0-2147483>"),
        flag("shutdown", "shutdown", default=False),
        slot("duplex", "duplex {auto|full|half}", default="duplex auto"),
        slot("speed", "speed {10|100|1000|auto}", default="speed auto"),
        flag("negotiation", "negotiation auto", default=None, applies=physical_routed),
        flag("cdp", "cdp enable", default=True),
        flag("lldp_transmit", "lldp transmit", default=True),
        flag("lldp_receive", "lldp receive", default=True),
        slot(
            "network_policy",
            "network-policy <profile:1-4294967295>",
            refers=(Reference("network_policy_profile", "profile", "% Network-policy profile {name} not found"),),
            before=(switch_port_only,),
        ),
        slot(
            "poe_mode",
            "power inline <mode:poe> [max <limit:4000-30000>]",
            no=("power inline [<_mode:poe> [<_:rest>]]",),
            show=_show_power,
            default="power inline auto",
            applies=switch_port,
            before=(switch_port_only,),
        ),
        slot(
            "poe_priority",
            "power inline port priority {low|high}",
            no=("power inline port priority [<_:rest>]",),
            default="power inline port priority low",
            applies=switch_port,
            before=(switch_port_only,),
        ),
        flag("poe_perpetual", "power inline port perpetual-poe-ha", default=False, before=(switch_port_only,)),
        flag("poe_fast", "power inline port poe-ha", default=False, before=(switch_port_only,)),
        flag("poe_two_event", "power inline port 2-event", default=False, before=(switch_port_only,)),
        slot(
            "storm_control",
            "storm-control <traffic:storm> level <level:rest>",
            key=("traffic",),
            before=(switch_port_only,),
        ),
        slot(
            "portfast",
            "spanning-tree portfast [<how:portfast>]",
            no=("spanning-tree portfast [<_:rest>]",),
            show=_show_portfast,
            before=(switch_port_only,),
        ),
        slot(
            "bpduguard",
            "spanning-tree bpduguard {enable|disable}",
            no=("spanning-tree bpduguard [<_:rest>]",),
            before=(switch_port_only,),
        ),
        slot("stp_guard", "spanning-tree guard {root|loop|none}", before=(switch_port_only,)),
        slot("ospf", "ip ospf <process:1-65535> area <area:host>", before=(routed_only,)),
        slot(
            "service_policy",
            "service-policy <direction:policy_direction> <policy:name>",
            key=("direction",),
            no=("service-policy <direction:policy_direction> [<policy:name>]",),
            sort=lambda node: (node.captures["direction"],),
            refers=(Reference("policy_map", "policy", "% policy map {name} not configured"),),
            before=(_service_policy,),
        ),
        flag("dhcp_snooping_trust", "ip dhcp snooping trust", default=False, before=(switch_port_only,)),
        slot(
            "dhcp_snooping_rate",
            "ip dhcp snooping limit rate <rate:1-2048>",
            no=("ip dhcp snooping limit rate [<_:rest>]",),
            before=(switch_port_only,),
        ),
        entry("ipv6_address", "ipv6 address <address:ipv6>", before=(routed_only,)),
        flag("ipv6_enable", "ipv6 enable", default=False, before=(routed_only,)),
    ),
)

RULES: tuple[Rule, ...] = (INTERFACE,)
MODES: tuple[Mode, ...] = (INTERFACE_MODE,)
