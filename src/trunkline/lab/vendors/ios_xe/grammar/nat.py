"""Address translation, and the application gateways that come with it (SIP is on unless a line says no)."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Captures, Reference, Rule, entry, flag, slot

ALG_DEFAULT_PORTS = {("sip", "udp", "5060"), ("sip", "tcp", "5060")}


def _on_by_default(captures: Captures) -> bool:
    return ("sip", captures["protocol"], captures["port"]) in ALG_DEFAULT_PORTS


def _timeout(name: str, default: int) -> Rule:
    line = f"ip nat translation {name}"
    return slot(line, f"{line} <seconds:0-4294967>", default=f"{line} {default}")


RULES = (
    _timeout("timeout", 86400),
    _timeout("tcp-timeout", 86400),
    _timeout("udp-timeout", 300),
    _timeout("dns-timeout", 60),
    _timeout("icmp-timeout", 60),
    slot("nat_max_entries", "ip nat translation max-entries <entries:1-2147483647>"),
    flag("nat_all_algs", "ip nat service all-algs", default=True),
    flag(
        "nat_sip",
        "ip nat service sip <protocol:tcp_udp> port <port:1-65535>",
        key=("protocol", "port"),
        show="ip nat service sip {protocol} port {port}",
        default=_on_by_default,
        sort=lambda node: (node.captures["protocol"] != "udp", int(node.captures["port"])),
    ),
    entry(
        "nat_pool",
        "ip nat pool <name:name> <first:ipv4> <last:ipv4> netmask <mask:mask>",
        "ip nat pool <name:name> <first:ipv4> <last:ipv4> prefix-length <length:1-32>",
        key=("name",),
        no=("ip nat pool <name:name> [<_:rest>]",),
    ),
    entry(
        "nat_dynamic",
        "ip nat inside source list <list:name> {interface <interface:interface>|pool <pool:name>} [overload]",
        "ip nat inside source route-map <map:name> {interface <interface:interface>|pool <pool:name>} [overload]",
        no=(
            "ip nat inside source list <list:name> {interface <interface:interface>|pool <pool:name>}"
            " [overload] [forced]",
            "ip nat inside source route-map <map:name> {interface <interface:interface>|pool <pool:name>}"
            " [overload] [forced]",
        ),
        group="nat",
        refers=(Reference("access_list", "list"), Reference("route_map", "map")),
        missing="%Dynamic mapping not found\n",
    ),
    entry(
        "nat_static",
        "ip nat inside source static <local:ipv4> {<global:ipv4>|interface <interface:interface>}"
        " [route-map <map:name>] [extendable]",
        "ip nat inside source static <protocol:tcp_udp> <local:ipv4> <local_port:1-65535>"
        " {<global:ipv4>|interface <interface:interface>} <global_port:1-65535>"
        " [route-map <map:name>] [extendable]",
        group="nat",
        missing="%Static entry not found\n",
    ),
)
