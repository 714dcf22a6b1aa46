"""The whole grammar: every global line in the order in which EOS 4.32 prints it.

The order is that of `show running-config` of EOS 4.32.2F as published, completed by what AVD took over from it.
"""

from __future__ import annotations

from trunkline.lab.vendors.eos.kinds import KINDS
from trunkline.lab.vendors.eos.rules import access_lists, interfaces, management, poe, qos, routing, switching, system
from trunkline.lab.vendors.eos.words import WORDING
from trunkline.lab.vendors.grammar import Grammar, Mode

GLOBAL = Mode(
    "global",
    "config",
    (
        *management.AAA_ROOT,
        *management.USERS,
        management.API,
        *switching.SNOOPING,
        *switching.LLDP,
        *system.LOGGING,
        *system.LOGGING_LEVELS,
        *system.NAMES,
        poe.POE,
        qos.PROFILE,
        *system.SNMP,
        *switching.SPANNING_TREE,
        *system.CLOCK,
        switching.VLAN,
        routing.VRF,
        management.BANNER,
        management.CONSOLE,
        *management.RADIUS,
        *management.TACACS,
        management.AAA_GROUP,
        *management.AAA,
        interfaces.INTERFACE,
        routing.MONITOR,
        access_lists.ACCESS_LIST,
        *routing.ROUTING,
        *routing.STATIC,
        *system.NTP,
        *qos.GLOBAL_QOS,
        qos.CLASS_MAP,
        qos.POLICY_MAP,
        routing.BGP,
        routing.OSPF,
        management.SSH,
        management.TELNET,
    ),
)

GRAMMAR = Grammar(
    modes=(
        GLOBAL,
        interfaces.MODE,
        access_lists.MODE,
        poe.MODE,
        *qos.MODES,
        *switching.MODES,
        *management.MODES,
        *routing.MODES,
    ),
    kinds=KINDS,
    wording=WORDING,
    indent="   ",
    keeps_bangs=True,
)
