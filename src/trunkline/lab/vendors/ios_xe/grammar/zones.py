"""The zone-based firewall: parameter maps, inspecting class-maps and policies, zones, zone pairs."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, block, entry, flag, slot

_BUILT_IN_ZONES = ("self", "default")


def _zones_exist(line: Entry) -> str | None:
    if line.negative:
        return None
    for end in ("source", "destination"):
        name = line.captures.get(end)
        if name is not None and name not in _BUILT_IN_ZONES and not line.root.get("zone", name):
            return f"% Zone {name} does not exist"
    if "source" not in line.captures and not line.root.get("zone_pair", line.captures["name"]):
        return f"% Zone-pair {line.captures['name']} not configured"
    return None


def _known_class(line: Entry) -> str | None:
    name = line.captures["name"]
    if line.negative or name == "class-default" or line.root.get("inspect_class_map", name):
        return None
    return f"% class map {name} not configured"


def _show_class(captures: Captures) -> str:
    name = captures["name"]
    return "class class-default" if name == "class-default" else f"class type inspect {name}"


PARAMETER_MAP = block(
    "parameter_map",
    "parameter-map type inspect <name:name>",
    key=("name",),
    enters="parameter_map",
    bang="last",
    defines="parameter_map",
    in_use="% Parameter-map {name} is being used",
)
PARAMETER_MAP_GLOBAL = block(
    "parameter_map_global", "parameter-map type inspect-global", enters="parameter_map", bang="last"
)
INSPECT_CLASS_MAP = block(
    "inspect_class_map",
    "class-map type inspect [<how:match_how>] <name:name>",
    key=("name",),
    no=("class-map type inspect [<_how:match_how>] <name:name>",),
    show=lambda captures: f"class-map type inspect {captures.get('how', 'match-all')} {captures['name']}",
    enters="inspect_class_map",
    bang="last",
    defines="inspect_class_map",
    in_use="% Class-map {name} is being used",
)
INSPECT_POLICY_MAP = block(
    "inspect_policy_map",
    "policy-map type inspect <name:name>",
    key=("name",),
    enters="inspect_policy_map",
    bang="last",
    defines="inspect_policy_map",
    in_use="% Policy-map {name} is being used",
)
ZONE = block(
    "zone",
    "zone security <name:name>",
    key=("name",),
    enters="zone",
    bang="last",
    defines="zone",
    in_use="% Zone {name} is being used",
)
ZONE_PAIR = block(
    "zone_pair",
    "zone-pair security <name:name> [source <source:name> destination <destination:name>]",
    key=("name",),
    no=("zone-pair security <name:name> [<_:rest>]",),
    show="zone-pair security {name} source {source} destination {destination}",
    enters="zone_pair",
    bang="last",
    before=(_zones_exist,),
    refers=(Reference("zone", "source"), Reference("zone", "destination")),
)
MAPS = (PARAMETER_MAP, PARAMETER_MAP_GLOBAL)
CLASSES = (INSPECT_CLASS_MAP,)
POLICIES = (INSPECT_POLICY_MAP,)
ZONES = (ZONE, ZONE_PAIR)

MODES = (
    Mode(
        "parameter_map",
        "config-profile",
        (
            slot("alert", "alert {on|off}", default="alert on"),
            slot("audit_trail", "audit-trail {on|off}", default="audit-trail off"),
            flag(
                "application_inspect",
                "application-inspect <protocol:inspected>",
                key=("protocol",),
                show="application-inspect {protocol}",
                default=True,
            ),
            slot("log_dropped", "log dropped-packets [enable]"),
            slot("max_incomplete_low", "max-incomplete low <sessions:1-4294967295>"),
            slot("max_incomplete_high", "max-incomplete high <sessions:1-4294967295>"),
            slot(
                "udp_idle", "udp idle-time <seconds:1-2147483> [ageout-time <ageout:1-2147483>]",
                default="udp idle-time 30",
            ),
            slot("icmp_idle", "icmp idle-time <seconds:1-2147483>", default="icmp idle-time 10"),
            slot("dns_timeout", "dns-timeout <seconds:1-2147483>", default="dns-timeout 5"),
            slot("tcp_idle", "tcp idle-time <seconds:1-2147483>", default="tcp idle-time 3600"),
            slot("tcp_synwait", "tcp synwait-time <seconds:1-2147483>", default="tcp synwait-time 30"),
            slot("tcp_finwait", "tcp finwait-time <seconds:1-2147483>", default="tcp finwait-time 1"),
            slot("sessions_maximum", "sessions maximum <sessions:1-2147483647>"),
        ),
    ),
    Mode(
        "inspect_class_map",
        "config-cmap",
        (
            slot("description", "description <text:rest>"),
            entry(
                "match_access_group",
                "match access-group name <name:name>",
                group="match",
                refers=(Reference("access_list", "name"),),
            ),
            entry("match_access_number", "match access-group <number:1-2799>", group="match"),
            entry("match_protocol", "match protocol <protocol:name>", group="match"),
            entry(
                "match_class_map",
                "match class-map <name:name>",
                group="match",
                refers=(Reference("inspect_class_map", "name", "% class map {name} not configured"),),
            ),
        ),
    ),
    Mode(
        "inspect_policy_map",
        "config-pmap",
        (
            slot("description", "description <text:rest>"),
            block(
                "inspect_class",
                "class type inspect <name:name>",
                "class <name:class_default>",
                key=("name",),
                show=_show_class,
                fill=lambda line: {"before": "class-default", **line.captures},
                before=(_known_class,),
                before_key="before",
                enters="inspect_class",
                refers=(Reference("inspect_class_map", "name"),),
            ),
        ),
    ),
    Mode(
        "inspect_class",
        "config-pmap-c",
        (
            slot(
                "action",
                "inspect [<map:name>]",
                "pass [log]",
                "drop [log]",
                no=("inspect [<_:rest>]", "pass [log]", "drop [log]"),
                refers=(Reference("parameter_map", "map", "% Parameter-map {name} not configured"),),
            ),
        ),
    ),
    Mode("zone", "config-sec-zone", (slot("description", "description <text:rest>"),)),
    Mode(
        "zone_pair",
        "config-sec-zone-pair",
        (
            slot("description", "description <text:rest>"),
            slot(
                "inspect_policy",
                "service-policy type inspect <policy:name>",
                refers=(Reference("inspect_policy_map", "policy", "% policy map {name} not configured"),),
            ),
        ),
    ),
)  # fmt: skip
