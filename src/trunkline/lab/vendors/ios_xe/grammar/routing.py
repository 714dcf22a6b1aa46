"""Static routes, probes, tracked objects, route-maps, prefix lists."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from trunkline.lab.vendors.grammar import (
    Captures,
    Entry,
    Mode,
    Reference,
    action,
    block,
    entry,
    flag,
    slot,
)
from trunkline.lab.vendors.tree import Node

RUNNING = (
    "Entry already running and cannot be modified\n"
    "\t(only can delete (no) and start over)\n"
    "\t(check to see if the probe has finished exiting)\n"
)
_ROUTE = "ip route <prefix:ipv4> <mask:mask>"
_VIA = "{<interface:interface> [<next_hop:ipv4>]|<next_hop:ipv4>|<dhcp:dhcp>}"


def _whole_network(line: Entry) -> str | None:
    address, mask = int(IPv4Address(line.captures["prefix"])), int(IPv4Address(line.captures["mask"]))
    return "%Inconsistent address and mask" if address & ~mask & 0xFFFFFFFF else None


def _via(captures: Captures) -> str:
    return " ".join(captures[name] for name in ("interface", "next_hop", "dhcp") if name in captures)


def _show_route(captures: Captures) -> str:
    options = [
        captures.get("distance", ""),
        f"tag {captures['tag']}" if "tag" in captures else "",
        f"name {captures['name']}" if "name" in captures else "",
        f"track {captures['track']}" if "track" in captures else "",
    ]
    head = f"ip route {captures['prefix']} {captures['mask']} {_via(captures)}"
    return " ".join([head, *filter(None, options)])


def _by_network(node: Node) -> tuple[int | str, ...]:
    network = IPv4Network(f"{node.captures['prefix']}/{node.captures['mask']}")
    return (int(network.network_address), network.prefixlen)


def _scheduled(line: Entry) -> str | None:
    """Refuse to enter a probe that runs."""
    running = not line.negative and line.root.get("ip_sla_schedule", line.captures["number"])
    return RUNNING if running else None


def _unschedule(line: Entry) -> str | None:
    if line.negative:
        line.root.remove(("ip_sla_schedule", line.captures["number"]))
    return None


def _schedulable(line: Entry) -> str | None:
    probe = line.root.get("ip_sla", line.captures["number"])
    if line.negative or (probe is not None and probe.get("operation")):
        return None
    return "%Entry not configured"


def _show_schedule(captures: Captures) -> str:
    parts = [f"ip sla schedule {captures['number']}"]
    parts += [f"{name} {captures[key]}" for name, key in (("life", "life"), ("start-time", "start")) if key in captures]
    return " ".join(parts)


def _needs_operation(line: Entry) -> str | None:
    return None if line.block.get("operation") else line.misfit(0)


def _same_operation(line: Entry) -> str | None:
    present = line.block.get("operation")
    if line.negative or present is None or present.text.split()[0] == line.line.split()[0]:
        return None
    return line.misfit(0)


def _number_of(block_node: Node, place: str, default: int) -> int:
    return int(block_node.value(place, "value") or default)


def _limits(line: Entry) -> str | None:
    """Refuse times that do not nest: threshold ≤ timeout ≤ frequency."""
    values = {
        "threshold": _number_of(line.block, "threshold", 5000),
        "timeout": _number_of(line.block, "timeout", 5000),
        "frequency": _number_of(line.block, "frequency", 60),
    }
    if line.negative:
        return None
    values[line.rule.name] = int(line.captures["value"])
    if values["timeout"] > 1000 * values["frequency"]:
        if line.rule.name == "frequency":
            return "%Illegal Value: Cannot set Frequency to be less than Timeout"
        return "%Illegal Value: Cannot set Timeout to be greater than Frequency"
    if line.rule.name == "threshold" and values["threshold"] > values["timeout"]:
        return "%Illegal Value: Cannot set Threshold to be greater than Timeout"
    return None


def _same_object(line: Entry) -> str | None:
    """Refuse to make a tracked object another one; `track N` alone enters what is there."""
    number = line.captures["number"]
    present = line.root.get("track", number)
    if line.negative:
        return None
    if present is None:
        return line.misfit(2) if len(line.line.split()) == 2 else None
    if len(line.line.split()) > 2 and present.text != _show_track(line.captures):
        return f"Cannot change tracked object {number} - delete old config first"
    return None


def _show_track(captures: Captures) -> str:
    number = captures["number"]
    if "probe" in captures:
        return f"track {number} ip sla {captures['probe']} {captures.get('what', 'state')}"
    if "interface" in captures:
        return f"track {number} interface {captures['interface']} {captures['what']}"
    return f"track {number} list boolean {captures['what']}"


def _show_delay(captures: Captures) -> str:
    return "delay " + " ".join(f"{end} {captures[end]}" for end in ("down", "up") if end in captures)


def _show_map(captures: Captures) -> str:
    return f"route-map {captures['name']} {captures['action']} {captures['sequence']}"


def _map_defaults(line: Entry) -> Captures:
    return {"action": "permit", "sequence": "10", **line.captures}


TRACK = (
    block(
        "track",
        "track <number:1-1000>",
        "track <number:1-1000> ip sla <probe:1-2147483647> [<what:sla_state>]",
        "track <number:1-1000> interface <interface:interface> <what:tracked>",
        "track <number:1-1000> list boolean <what:boolean>",
        key=("number",),
        no=("track <number:1-1000> [<_:rest>]",),
        show=_show_track,
        before=(_same_object,),
        refers=(Reference("ip_sla", "probe"),),
        enters="track",
        sort=lambda node: (int(node.captures["number"]),),
        bang="after",
        defines="track",
    ),
)
ROUTES = (
    entry(
        "ip_route",
        f"{_ROUTE} {_VIA} [<distance:1-255>] [tag <tag:1-4294967295>] [name <name:name>] [track <track:1-1000>]",
        f"{_ROUTE} {_VIA} track <track:1-1000> <distance:1-255>",
        key=("prefix", "mask", "via"),
        fill=lambda line: {**line.captures, "via": _via(line.captures)},
        no=(f"{_ROUTE} [{_VIA} [<_:rest>]]",),
        show=_show_route,
        before=(_whole_network,),
        sort=_by_network,
        refers=(Reference("track", "track"),),
        missing="%No matching route to delete",
    ),
)
PROBES = (
    block(
        "ip_sla",
        "ip sla <number:1-2147483647>",
        key=("number",),
        before=(_scheduled,),
        after=(_unschedule,),
        enters="ip_sla",
        group="ip_sla",
        sort=lambda node: (int(node.captures["number"]), node.key[0] == "ip_sla_schedule"),
        defines="ip_sla",
    ),
    entry(
        "ip_sla_schedule",
        "ip sla schedule <number:1-2147483647> [life <life:life>] [start-time <start:start_time>]",
        "ip sla schedule <number:1-2147483647> start-time <start:start_time> life <life:life>",
        key=("number",),
        no=("ip sla schedule <number:1-2147483647> [<_:rest>]",),
        show=_show_schedule,
        before=(_schedulable,),
        group="ip_sla",
        sort=lambda node: (int(node.captures["number"]), node.key[0] == "ip_sla_schedule"),
    ),
    flag("sla_reaction_alerts", "ip sla enable reaction-alerts", default=False),
    entry("sla_reaction", "ip sla reaction-configuration <number:1-2147483647> <rest:rest>"),
)
MAPS = (
    block(
        "route_map",
        "route-map <name:name> [<action:ace_permit> [<sequence:0-65535>]]",
        key=("name", "sequence"),
        no=("route-map <name:name> [<action:ace_permit> [<sequence:0-65535>]]",),
        fill=_map_defaults,
        show=_show_map,
        enters="route_map",
        sort=lambda node: (node.captures["name"], int(node.captures["sequence"])),
        bang="after",
        defines="route_map",
        missing="% Could not find route-map {name}",
    ),
    entry(
        "prefix_list",
        "ip prefix-list <name:name> seq <sequence:1-4294967294> <action:ace_permit> <match:rest>",
        key=("name", "sequence"),
        no=("ip prefix-list <name:name> [seq <sequence:1-4294967294> [<_:rest>]]",),
    ),
)
RULES_WITHOUT_PRINT = (action("ip_routing", "ip routing"), action("ip_classless", "ip classless"))

MODES = (
    Mode(
        "track",
        "config-track",
        (
            slot(
                "delay",
                "delay down <down:0-180> [up <up:0-180>]",
                "delay up <up:0-180> [down <down:0-180>]",
                no=("delay [<_:rest>]",),
                show=_show_delay,
            ),
            entry("object", "object <number:1-1000> [not]", key=("number",), no=("object <number:1-1000>",)),
            slot("default_state", "default-state {up|down}"),
        ),
    ),
    Mode(
        "ip_sla",
        "config-ip-sla",
        (
            slot(
                "operation",
                "icmp-echo <target:host> [source-interface <interface:interface>|source-ip <source:ipv4>]",
                "udp-jitter <target:host> <port:1-65535> [<options:rest>]",
                "tcp-connect <target:host> <port:1-65535> [<options:rest>]",
                "http get <url:rest>",
                no=(),
                before=(_same_operation,),
            ),
            slot("tos", "tos <value:0-255>", before=(_needs_operation,)),
            slot("vrf", "vrf <name:name>", before=(_needs_operation,)),
            slot("tag", "tag <text:rest>", before=(_needs_operation,)),
            slot("owner", "owner <text:rest>", before=(_needs_operation,)),
            slot(
                "threshold",
                "threshold <value:0-60000>",
                default="threshold 5000",
                before=(_needs_operation, _limits),
            ),
            slot("timeout", "timeout <value:0-604800000>", default="timeout 5000", before=(_needs_operation, _limits)),
            slot("frequency", "frequency <value:1-604800>", default="frequency 60", before=(_needs_operation, _limits)),
        ),
    ),
    Mode(
        "route_map",
        "config-route-map",
        (
            slot("description", "description <text:rest>"),
            slot(
                "match_address",
                "match ip address <lists:name>+",
                "match ip address prefix-list <prefixes:name>+",
                no=("match ip address [<_:rest>]",),
            ),
            slot("match_interface", "match interface <interface:interface>+"),
            slot("match_track", "match track <number:1-1000>"),
            slot("set_next_hop", "set ip next-hop <next_hop:ipv4>+"),
            slot(
                "set_verify",
                "set ip next-hop verify-availability <next_hop:ipv4> <order:1-65535> track <track:1-1000>",
            ),
            slot("set_interface", "set interface <interface:interface>+"),
            slot("set_dscp", "set ip dscp <value:dscp>"),
            slot("set_local_preference", "set local-preference <value:0-4294967295>"),
            slot("set_metric", "set metric <value:0-4294967295>"),
        ),
    ),
)  # fmt: skip
