"""The grammar of IOS XE 17 on a C1111-8P: all modes, the global rules in the order in which the box prints them."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Grammar, Mode, Wording
from trunkline.lab.vendors.ios_xe import wording
from trunkline.lab.vendors.ios_xe.grammar import (
    acl,
    interfaces,
    lines,
    management,
    nat,
    qos,
    routing,
    system,
    vlans,
    zones,
)
from trunkline.lab.vendors.ios_xe.kinds import KINDS

GLOBAL = Mode(
    "global",
    "config",
    (
        *system.HEAD,
        *management.EARLY_LOGGING,
        *system.CREDENTIALS,
        *system.AAA,
        *system.NAMES,
        *vlans.SNOOPING,
        *system.LOGIN,
        *zones.MAPS,
        *system.CERTIFICATES,
        *system.LICENSE,
        *system.ARCHIVE,
        *vlans.SPANNING_TREE,
        *system.OBJECT_GROUPS,
        *system.USERS,
        *system.REDUNDANCY,
        *vlans.VTP,
        *vlans.VLANS,
        *routing.TRACK,
        *vlans.DISCOVERY,
        *zones.CLASSES,
        *qos.RULES[:1],
        *zones.POLICIES,
        *qos.RULES[1:],
        *zones.ZONES,
        *interfaces.RULES,
        *management.HTTP,
        *nat.RULES,
        *routing.ROUTES,
        *routing.RULES_WITHOUT_PRINT,
        *management.SSH,
        *acl.RULES,
        *routing.PROBES,
        *management.LOGGING,
        *routing.MAPS,
        *management.SNMP,
        *management.SERVERS,
        *system.CONTROL_PLANE,
        *system.BANNERS,
        *lines.RULES,
        *management.NTP,
        *management.WITHOUT_PRINT,
        *system.EVENTS,
        *system.FILES,
    ),
)

GRAMMAR = Grammar(
    modes=(
        GLOBAL,
        *acl.MODES,
        *interfaces.MODES,
        *lines.MODES,
        *management.MODES,
        *qos.MODES,
        *routing.MODES,
        *system.MODES,
        *vlans.MODES,
        *zones.MODES,
    ),
    kinds=KINDS,
    wording=Wording(wording.failure),
    keeps_bangs=True,
    ascii_only=True,
)
