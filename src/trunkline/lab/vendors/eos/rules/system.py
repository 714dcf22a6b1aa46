"""The box itself: name, names of others, time, logging, SNMP."""

from __future__ import annotations

from trunkline.lab.vendors.eos.rules.shared import by_text, grouped, setting
from trunkline.lab.vendors.grammar import Captures, Entry, entry, flag, slot


def _in_default_vrf(entry: Entry) -> Captures:
    return {"vrf": "default", **entry.captures}


def _ntp_server(captures: Captures) -> str:
    vrf = "" if captures["vrf"] == "default" else f"vrf {captures['vrf']} "
    return f"ntp server {vrf}{captures['server']} {captures['options']}".rstrip()


NAMES = grouped(
    "names",
    setting("hostname", "hostname", "<name:name>", default="hostname localhost"),
    entry("domain_source", "ip domain lookup [vrf <vrf:name>] source-interface <interface:interface>"),
    entry(
        "name_server",
        "ip name-server [vrf <vrf:name>] <server:host>",
        fill=_in_default_vrf,
        matches=lambda entry, node: entry.captures == node.captures,
        show="ip name-server vrf {vrf} {server}",
    ),
    slot(
        "domain",
        "{dns domain|ip domain-name} <domain:name>",
        no=("{dns domain|ip domain-name} [<_:rest>]",),
        show="dns domain {domain}",
    ),
)

CLOCK = (setting("timezone", "clock timezone", "<zone:word>", default="clock timezone UTC", bang="first"),)

LOGGING = grouped(
    "logging",
    flag("logging_repeat", "logging repeat-messages", default=False),
    setting("logging_buffered", "logging buffered", "[<size:10-2147483647>] [<level:level>]"),
    setting("logging_trap", "logging trap", "[<level:level>]"),
    setting("logging_console", "logging console", "[<level:level>]", default="logging console errors"),
    setting("logging_monitor", "logging monitor", "[<level:level>]", default="logging monitor errors"),
    setting("logging_synchronous", "logging synchronous", "[level <level:level>]"),
    entry("logging_host", "logging [vrf <vrf:name>] host <host:host> [<options:rest>]", sort=by_text),
    setting("logging_format_time", "logging format timestamp", "<format:rest>"),
    setting("logging_format_host", "logging format hostname", "{fqdn|ipv4}"),
    flag("logging_sequence", "logging format sequence-numbers", default=False),
    setting("logging_facility", "logging facility", "<facility:name>"),
    entry("logging_source", "logging [vrf <vrf:name>] source-interface <interface:interface>"),
)
LOGGING_LEVELS = grouped(
    "logging_levels", slot("logging_level", "logging level <facility:name> <level:level>", key=("facility",))
)

SNMP = grouped(
    "snmp",
    entry("snmp_acl", "snmp-server ipv4 access-list <acl:name> [vrf <vrf:name>]"),
    setting("snmp_engine", "snmp-server engineID local", "<engine:word>", show="snmp-server engineID local {engine}"),
    setting("snmp_contact", "snmp-server contact", "<contact:rest>"),
    setting("snmp_location", "snmp-server location", "<location:rest>"),
    entry("snmp_interface", "snmp-server [vrf <vrf:name>] local-interface <interface:interface>"),
    slot("snmp_view", "snmp-server view <view:name> <tree:name> {included|excluded}", key=("view", "tree")),
    slot("snmp_community", "snmp-server community <community:word> [<options:rest>]", key=("community",)),
    slot("snmp_group", "snmp-server group <name:name> <options:rest>", key=("name",)),
    slot("snmp_user", "snmp-server user <user:name> <name:name> <options:rest>", key=("user",)),
    slot("snmp_host", "snmp-server host <host:host> <options:rest>", key=("host",)),
    flag("snmp_traps", "snmp-server enable traps", no=("snmp-server enable traps",), default=False),
    entry("snmp_trap", "snmp-server enable traps <trap:name>"),
    flag(
        "snmp_vrf",
        "snmp-server vrf <vrf:name>",
        key=("vrf",),
        no=("snmp-server vrf <vrf:name>",),
        default=lambda captures: captures.get("vrf") == "default",
        show="snmp-server vrf {vrf}",
    ),
)

NTP = grouped(
    "ntp",
    slot("ntp_key", "ntp authentication-key <id:1-65535> <type:name> <key:rest>", key=("id",)),
    setting("ntp_trusted", "ntp trusted-key", "<keys:word>"),
    flag("ntp_authenticate", "ntp authenticate", no=("ntp authenticate",), default=False),
    setting("ntp_interface", "ntp local-interface", "[vrf <vrf:name>] <interface:interface>"),
    slot(
        "ntp_server",
        "ntp server [vrf <vrf:name>] <server:host> [<options:rest>]",
        key=("vrf", "server"),
        fill=lambda entry: {"vrf": "default", "options": "", **entry.captures},
        show=_ntp_server,
        no=("ntp server [vrf <vrf:name>] <server:host> [<_:rest>]",),
        matches=lambda entry, node: (
            entry.captures["server"] == node.captures["server"] and entry.captures["vrf"] == node.captures["vrf"]
        ),
    ),
)
