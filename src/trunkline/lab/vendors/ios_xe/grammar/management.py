"""Management: HTTP, SSH, SCP, syslog, SNMP, TACACS, RADIUS, NTP."""

from __future__ import annotations

import hashlib

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, action, block, entry, flag, slot


def _show_host(captures: Captures) -> str:
    vrf = f" vrf {captures['vrf']}" if "vrf" in captures else ""
    port = f" port {captures['port']}" if captures.get("port", "514") != "514" else ""
    transport = f" transport {captures['transport']}{port}" if "transport" in captures and port else ""
    return f"logging host {captures['host']}{vrf}{transport}"


def _hide_user(line: Entry) -> Captures:
    """Keep of an SNMPv3 user what `show snmp user` tells, and never the keys."""
    keys = {name: hashlib.sha1(v.encode()).hexdigest() for name, v in line.captures.items() if name in ("auth", "priv")}
    return {**line.captures, **keys}


EARLY_LOGGING = (
    slot(
        "logging_buffered",
        "logging buffered [<size:4096-2147483647>] [<level:severity>]",
        no=("logging buffered [<_:rest>]",),
    ),
    flag("logging_console_off", "logging console", default=True),
    slot("logging_console", "logging console <level:severity>", no=()),
    slot("logging_monitor", "logging monitor <level:severity>", no=("logging monitor [<_:rest>]",)),
)
HTTP = (
    entry("forward_protocol", "ip forward-protocol nd", no=()),
    slot("tftp_source", "ip tftp source-interface <interface:interface>"),
    flag("http_server", "ip http server", default=None),
    slot("http_access_class", "ip http access-class ipv4 <name:name>", "ip http access-class <name:name>"),
    slot("http_authentication", "ip http authentication {local|aaa|enable}"),
    flag("http_secure_server", "ip http secure-server", default=None),
    slot("http_client_source", "ip http client source-interface <interface:interface>"),
)
SSH = (
    slot("ssh_bulk", "ip ssh bulk-mode <window:131072-1048576>", no=("ip ssh bulk-mode [<_:rest>]",)),
    slot("ssh_timeout", "ip ssh time-out <seconds:1-120>", default="ip ssh time-out 120"),
    slot("ssh_retries", "ip ssh authentication-retries <tries:0-5>", default="ip ssh authentication-retries 3"),
    slot("ssh_source", "ip ssh source-interface <interface:interface>"),
    slot("ssh_version", "ip ssh version <version:1-2>", default="ip ssh version 2"),
    slot("ssh_dh", "ip ssh dh min size {2048|4096}"),
    flag("scp_server", "ip scp server enable", default=False, bang="after"),
)
LOGGING = (
    slot("logging_trap", "logging trap <level:severity>", default="logging trap informational"),
    slot("logging_facility", "logging facility <facility:host>", default="logging facility local7"),
    slot("logging_source", "logging source-interface <interface:interface>"),
    slot("logging_origin", "logging origin-id <what:rest>"),
    entry(
        "logging_host",
        "logging [host] <host:ipv4> [vrf <vrf:name>] [transport <transport:tcp_udp> [port <port:1-65535>]]",
        key=("host",),
        bang="last",
        no=("logging [host] <host:ipv4> [<_:rest>]",),
        show=_show_host,
    ),
)
SNMP = (
    entry(
        "snmp_group",
        "snmp-server group <name:name> v3 <level:snmp_level> [read <read:name>] [write <write:name>]"
        " [access <access:name>]",
        key=("name", "level"),
        no=("snmp-server group <name:name> v3 <level:snmp_level> [<_:rest>]",),
        refers=(Reference("access_list", "access"),),
    ),
    entry(
        "snmp_view",
        "snmp-server view <name:name> <tree:host> {included|excluded}",
        no=("snmp-server view <name:name> [<tree:host> [<_:rest>]]",),
    ),
    entry(
        "snmp_community",
        "snmp-server community <name:word> [view <view:name>] [<access:snmp_access>] [<acl:name>]",
        key=("name",),
        no=("snmp-server community <name:word> [<_:rest>]",),
        show=lambda c: " ".join(
            [f"snmp-server community {c['name']}"]
            + ([f"view {c['view']}"] if "view" in c else [])
            + [c.get("access", "RO")]
            + ([c["acl"]] if "acl" in c else [])
        ),
    ),
    entry(
        "snmp_user",
        "snmp-server user <name:name> <group:name> v3 [auth <hash:snmp_hash> <auth:word>"
        " [priv {aes 128|aes 256|3des|des} <priv:word>]] [access <access:name>]",
        key=("name",),
        no=("snmp-server user <name:name> <group:name> v3 [<_:rest>]",),
        fill=_hide_user,
        show="",
    ),
    slot("snmp_trap_source", "snmp-server trap-source <interface:interface>"),
    slot("snmp_source", "snmp-server source-interface {traps|informs} <interface:interface>"),
    slot("snmp_location", "snmp-server location <text:rest>"),
    slot("snmp_contact", "snmp-server contact <text:rest>"),
    entry("snmp_traps", "snmp-server enable traps [<what:rest>]"),
    entry(
        "snmp_host",
        "snmp-server host <host:ipv4> version {1|2c|3 {auth|noauth|priv}} <user:name> [<traps:rest>]",
        key=("host", "user"),
        no=("snmp-server host <host:ipv4> [version {1|2c|3 {auth|noauth|priv}}] <user:name>",),
    ),
    entry("snmp_ifindex", "snmp-server ifmib ifindex persist", bang="after"),
)
SERVERS = (
    block("tacacs_server", "tacacs server <name:name>", key=("name",), enters="tacacs_server", bang="after"),
    block("radius_server", "radius server <name:name>", key=("name",), enters="radius_server", bang="after"),
    slot("tacacs_source", "ip tacacs source-interface <interface:interface>"),
    slot("radius_source", "ip radius source-interface <interface:interface>"),
)
NTP = (
    slot("ntp_period", "ntp clock-period <period:1-4294967295>", no=()),
    slot("ntp_source", "ntp source <interface:interface>"),
    flag("ntp_authenticate", "ntp authenticate", default=False),
    entry(
        "ntp_key",
        "ntp authentication-key <number:1-4294967295> md5 <value:word> [<type:0-4294967295>]",
        key=("number",),
        no=("ntp authentication-key <number:1-4294967295> [<_:rest>]",),
    ),
    entry("ntp_trusted", "ntp trusted-key <number:1-4294967295>"),
    flag("ntp_update", "ntp update-calendar", default=False),
    slot("ntp_access", "ntp access-group <kind:host> <name:name>", key=("kind",)),
    entry(
        "ntp_server",
        "ntp server [vrf <vrf:name>] <server:host> [key <number:1-4294967295>] [source <source:interface>] [prefer]",
        key=("server",),
        bang="last",
        no=("ntp server [vrf <vrf:name>] <server:host> [<_:rest>]",),
    ),
    entry("netconf_yang", "netconf-yang"),
    entry("restconf", "restconf"),
)
WITHOUT_PRINT = (action("clock_save", "clock save interval <hours:8-24>"),)

MODES = (
    Mode(
        "tacacs_server",
        "config-server-tacacs",
        (
            slot("address", "address ipv4 <address:ipv4>"),
            slot("key", "key [<type:0-7>] <value:rest>"),
            slot("timeout", "timeout <seconds:1-1000>"),
            flag("single_connection", "single-connection", default=False),
        ),
    ),
    Mode(
        "radius_server",
        "config-radius-server",
        (
            slot("address", "address ipv4 <address:ipv4> auth-port <auth:0-65535> acct-port <acct:0-65535>"),
            slot("timeout", "timeout <seconds:1-1000>"),
            slot("retransmit", "retransmit <tries:0-100>"),
            slot("key", "key [<type:0-7>] <value:rest>"),
        ),
    ),
)
