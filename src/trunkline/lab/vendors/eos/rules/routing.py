"""Routes, VRFs, routing protocols as blocks that are kept as typed, connectivity monitoring."""

from __future__ import annotations

from trunkline.lab.vendors.eos.kinds import network
from trunkline.lab.vendors.eos.rules.shared import by_key, by_text, grouped, printed_default, setting
from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Rule, block, entry, flag, slot
from trunkline.lab.vendors.tree import Node

# The first words of the lines that router modes take; what follows is kept as typed.
PROTOCOL_WORDS = (
    "{aggregate-address|area|auto-cost|bfd|bgp|default-information|default-metric|distance|dynamic|"
    "fast-convergence|graceful-restart|log-adjacency-changes|maximum-paths|max-lsa|max-metric|neighbor|network|"
    "passive-interface|point-to-point|rd|redistribute|route-target|router-id|summary-address|timers|tunnel|update}"
)


def _prefix(entry: Entry) -> Captures:
    given = dict(entry.captures)
    if "mask" in given:
        given["prefix"] = network(f"{given.pop('address')}/{given.pop('mask')}") or ""
    return given


def _route(captures: Captures) -> str:
    words = ["ip route"]
    for label, name in (("vrf ", "vrf"), ("", "prefix"), ("", "interface"), ("", "gateway"), ("", "options")):
        if captures.get(name):
            words.append(label + captures[name])
    return " ".join(words)


_ROUTE = (
    "ip route [vrf <vrf:name>] {<prefix:network>|<address:address> <mask:mask>}"
    " {<gateway:address>|<interface:interface> [<gateway:address>]|<interface:null>}"
)
STATIC = grouped(
    "static",
    entry(
        "route",
        f"{_ROUTE} [<options:rest>]",
        no=(f"{_ROUTE} [<options:rest>]", "ip route [vrf <vrf:name>] {<prefix:network>|<address:address> <mask:mask>}"),
        fill=_prefix,
        matches=lambda entry, node: entry.captures.items() <= node.captures.items(),
        show=_route,
    ),
)
ROUTING = grouped(
    "routing",
    flag("ip_routing", "ip routing", no=("ip routing",), after=(printed_default("no ip routing"),)),
    flag(
        "vrf_routing",
        "ip routing vrf <vrf:name>",
        key=("vrf",),
        no=("ip routing vrf <vrf:name>",),
        show="ip routing vrf {vrf}",
    ),
)
VRF = block("vrf_instance", "vrf instance <name:name>", key=("name",), enters="vrf", sort=by_key, bang="between")


def _with_negatives(entry: Entry) -> None:
    """Some lines are on by default in their block; what prints is that they are off."""
    line = entry.line.removeprefix("no ").strip()
    block, key = entry.block, ("line", f"no {line}")
    block.remove(key)
    on = (
        line == "bgp default ipv4-unicast"
        or (line.startswith("passive-interface ") and block.get("line", "passive-interface default") is not None)
        or (line.startswith("neighbor ") and line.endswith(" activate"))
    )
    if entry.negative and on:
        rank = entry.machine.grammar.compiled["protocol"].rank["line"]
        block.put(Node(key, entry.rule, {}, f"no {line}", rank, negative=True))


def _lines(name: str) -> Rule:
    return entry(name, f"{PROTOCOL_WORDS} [<options:rest>]", matches=_same_line, after=(_with_negatives,))


def _same_line(entry: Entry, node: Node) -> bool:
    """`no X` takes away X and what begins with it."""
    line = entry.line.removeprefix("no ").strip()
    return node.text == line or node.text.startswith(f"{line} ")


BGP = block("bgp", "router bgp <as:word>", key=("as",), enters="protocol", bang="between")
OSPF = block("ospf", "router ospf <id:1-65535> [vrf <vrf:name>]", key=("id",), enters="protocol", bang="between")

MONITOR = block("monitor", "monitor connectivity", enters="monitor", bang="between")
_HOST = (
    setting("description", "description", "<text:rest>"),
    slot("ip", "ip <address:address>", no=("ip [<address:address>]",)),
    setting("icmp_size", "icmp echo size", "<bytes:36-18192>"),
    setting("url", "url", "<url:word>"),
    setting("local", "local-interfaces", "<set:name> [address-only]"),
)
MODES = (
    Mode("vrf", "config-vrf", (setting("description", "description", "<text:rest>"), setting("rd", "rd", "<rd:word>"))),
    Mode(
        "protocol",
        "config-router",
        (
            _lines("line"),
            block("vlan", "vlan <id:word>", enters="family", bang="between"),
            block("family", "address-family <family:rest>", key=("family",), enters="family", bang="between"),
            block("vrf", "vrf <name:name>", key=("name",), enters="family", bang="between"),
        ),
    ),
    Mode("family", "config-router-af", (_lines("line"),)),
    Mode(
        "monitor",
        "config-mon-connectivity",
        (
            entry("set", "interface set <set:name> <interfaces:rest>", sort=by_text),
            setting("local", "local-interfaces", "<set:name> [address-only] [default]"),
            setting("interval", "interval", "<seconds:1-86400>", default="interval 10"),
            flag("shutdown", "shutdown", default=True),
            block("host", "host <name:name>", key=("name",), enters="monitor_host", sort=by_key, bang="between"),
        ),
    ),
    Mode("monitor_host", "config-mon-connectivity-host", _HOST),
)
