"""The box itself: version, services, platform, boot, host name, users, AAA, archive, banners, certificates."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, Rule, action, block, entry, flag, slot, text
from trunkline.lab.vendors.ios_xe.passwords import type_7, type_9
from trunkline.lab.vendors.ios_xe.texts import Banner, Certificate, show_banner, show_certificate

_FLAGS_ON = ("dhcp", "pad")


def _service(name: str) -> Rule:
    return flag(f"service {name}", f"service {name}", default=name in _FLAGS_ON, group="service")


def _hashed(line: Entry) -> Captures:
    """Store a secret typed in clear as type 9; one that came hashed stays."""
    captures = dict(line.captures)
    if "secret" in captures and captures.get("type", "0") == "0":
        captures |= {"type": "9", "secret": type_9(captures["secret"])}
    if "password" in captures and captures.get("type", "0") == "0" and _encrypts(line):
        captures |= {"type": "7", "password": type_7(captures["password"])}
    return captures


def _encrypts(line: Entry) -> bool:
    return line.root.get("service password-encryption") is not None


def _merge_user(old: Captures | None, new: Captures) -> Captures:
    """Lines of the same user add up; a secret takes the place of a password and the other way round."""
    kept = dict(old or {})
    if "secret" in new or "password" in new:
        for name in ("type", "secret", "password"):
            kept.pop(name, None)
    return {**kept, **new}


def _show_user(captures: Captures) -> str:
    parts = [f"username {captures['name']}"]
    if "privilege" in captures and captures["privilege"] != "1":
        parts.append(f"privilege {captures['privilege']}")
    for kind in ("secret", "password"):
        if kind in captures:
            parts.append(f"{kind} {captures.get('type', '0')} {captures[kind]}")
    return " ".join(parts)


def _show_enable(captures: Captures) -> str:
    kind = "secret" if "secret" in captures else "password"
    level = f"level {captures['level']} " if "level" in captures else ""
    stored = f"{captures['type']} " if "type" in captures else ""
    return f"enable {kind} {level}{stored}{captures[kind]}"


def _both_credentials(line: Entry) -> str | None:
    """Refuse a password for a user who has a secret."""
    if line.negative or "password" not in line.captures:
        return None
    present = line.root.get("username", line.captures["name"])
    if present is not None and "secret" in present.captures:
        return "ERROR: Can not have both a user password and a user secret.\nPlease choose one or the other."
    return None


def _generated(line: Entry) -> str:
    name = line.captures.get("label") or f"{line.root.value('hostname', 'name') or 'Router'}.local"
    bits = line.captures.get("bits", "2048")
    return (
        f"The name for the keys will be: {name}\n\n% The key modulus size is {bits} bits\n"
        f"% Generating {bits} bit RSA keys, keys will be non-exportable...\n[OK] (elapsed time was 1 seconds)\n"
    )


HEAD = (
    slot("version", "version <number:host>", no=()),
    slot("timestamps_debug", "service timestamps debug <format:rest>", no=("service timestamps debug",)),
    slot("timestamps_log", "service timestamps log <format:rest>", no=("service timestamps log",)),
    *(
        _service(name)
        for name in (
            "password-encryption",
            "sequence-numbers",
            "tcp-keepalives-in",
            "tcp-keepalives-out",
            "call-home",
            "internal",
            "pad",
            "dhcp",
            "unsupported-transceiver",
            "compress-config",
        )
    ),
    entry("platform", "platform <rest:rest>", group="platform", bang="last"),
    flag(
        "platform_flag",
        "platform punt-keepalive <what:rest>",
        key=("what",),
        default=False,
        show="platform punt-keepalive {what}",
        group="platform",
        bang="last",
    ),
    slot("hostname", "hostname <name:host>", bang="after"),
    entry("boot_start", "boot-start-marker", no=()),
    entry("boot_system", "boot system <image:rest>"),
    entry("boot_end", "boot-end-marker", no=(), bang="after"),
    block("vrf", "vrf definition <name:name>", key=("name",), enters="vrf", bang="after"),
)
CREDENTIALS = (
    slot(
        "enable_secret",
        "enable secret [level <level:1-15>] [<type:hash_type>] <secret:rest>",
        no=("enable secret [<_:rest>]",),
        fill=_hashed,
        show=_show_enable,
    ),
    slot(
        "enable_password",
        "enable password [level <level:1-15>] [<type:hash_or_7>] <password:rest>",
        no=("enable password [<_:rest>]",),
        fill=_hashed,
        show=_show_enable,
    ),
)
AAA = (
    flag("aaa_new_model", "aaa new-model", default=None, bang="after"),
    block(
        "aaa_group", "aaa group server {tacacs+|radius} <name:name>", key=("name",), enters="aaa_group", bang="after"
    ),
    slot("aaa_login", "aaa authentication login <list:name> <methods:rest>", key=("list",)),
    slot("aaa_enable", "aaa authentication enable default <methods:rest>"),
    slot("aaa_exec", "aaa authorization exec <list:name> <methods:rest>", key=("list",)),
    flag("aaa_console", "aaa authorization console", default=False),
    flag("aaa_config_commands", "aaa authorization config-commands", default=False),
    slot("aaa_commands", "aaa authorization commands <level:0-15> <list:name> <methods:rest>", key=("level", "list")),
    slot("aaa_acct_exec", "aaa accounting exec <list:name> <methods:rest>", key=("list",)),
    slot("aaa_acct_commands", "aaa accounting commands <level:0-15> <list:name> <methods:rest>", key=("level", "list")),
    slot("aaa_session_id", "aaa session-id {common|unique}"),
    slot(
        "clock_timezone",
        "clock timezone <zone:host> <hours:offset> [<minutes:0-59>]",
        show=lambda c: f"clock timezone {c['zone']} {c['hours']} {c.get('minutes', '0')}",
    ),
    slot("clock_summer_time", "clock summer-time <zone:host> <rule:rest>", bang="after"),
)
NAMES = (
    entry("ip_name_server", "ip name-server <servers:ipv4>+"),
    flag("ip_domain_lookup", "ip domain lookup", "ip domain-lookup", default=True, show="ip domain lookup"),
    slot("ip_domain_name", "ip domain name <name:host>", "ip domain-name <name:host>", show="ip domain name {name}"),
    flag("ip_cef", "ip cef", default=True),
    entry(
        "dhcp_excluded",
        "ip dhcp excluded-address <first:ipv4> [<last:ipv4>]",
    ),
    block("dhcp_pool", "ip dhcp pool <name:name>", key=("name",), enters="dhcp_pool", bang="after"),
)
LOGIN = (
    slot("login_block", "login block-for <seconds:1-65535> attempts <tries:1-65535> within <window:1-65535>"),
    slot("login_delay", "login delay <seconds:1-10>"),
    flag("login_success", "login on-success log", default=False),
    flag("login_failure", "login on-failure log", default=False),
    flag("ipv6_routing", "ipv6 unicast-routing", default=False),
    entry("subscriber_templating", "subscriber templating", no=()),
    entry("multilink", "multilink bundle-name authenticated", no=(), bang="after"),
)
CERTIFICATES = (
    block("trustpoint", "crypto pki trustpoint <name:name>", key=("name",), enters="trustpoint", bang="after"),
    block(
        "certificate_chain",
        "crypto pki certificate chain <name:name>",
        key=("name",),
        enters="certificate_chain",
        bang="after",
    ),
    action(
        "generate_rsa",
        "crypto key generate rsa [{general-keys|usage-keys}] [label <label:name>] [modulus <bits:2048-4096>]",
        after=(_generated,),
    ),
)
LICENSE = (
    entry("license", "license <rest:rest>"),
    entry("memory", "memory free low-watermark processor <kilobytes:1-4294967295>"),
    entry("diagnostic", "diagnostic bootup level {minimal|complete}", no=(), bang="after"),
)
ARCHIVE = (block("archive", "archive", enters="archive", bang="after"),)
OBJECT_GROUPS = (
    block("object_group", "object-group network <name:name>", key=("name",), enters="object_group", bang="after"),
)
USERS = (
    slot(
        "username",
        "username <name:host> [privilege <privilege:0-15>] secret [<type:hash_type>] <secret:rest>",
        "username <name:host> [privilege <privilege:0-15>] password [<type:hash_or_7>] <password:rest>",
        "username <name:host> [privilege <privilege:0-15>]",
        key=("name",),
        no=("username <name:host> [<_:rest>]",),
        fill=_hashed,
        merge=_merge_user,
        show=_show_user,
        before=(_both_credentials,),
        bang="last",
    ),
)
REDUNDANCY = (block("redundancy", "redundancy", no=(), enters="redundancy", bang="after"),)
CONTROL_PLANE = (block("control_plane", "control-plane", no=(), enters="control_plane", bang="after"),)
BANNERS = (
    text(
        "banner",
        "banner <which:banner> <first:rest>",
        key=("which",),
        no=("banner <which:banner> [<_:rest>]",),
        collect=Banner,
        show=show_banner,
        bang="last",
    ),
)
EVENTS = (block("applet", "event manager applet <name:name>", key=("name",), enters="applet", bang="after"),)
FILES = (slot("file_prompt", "file prompt {quiet|alert|noisy}", default="file prompt alert"),)


MODES = (
    Mode(
        "vrf",
        "config-vrf",
        (
            slot("description", "description <text:rest>"),
            slot("rd", "rd <value:host>"),
            block("address_family", "address-family <family:family>", key=("family",), enters="vrf_family"),
        ),
    ),
    Mode("vrf_family", "config-vrf-af", (slot("exit_family", "exit-address-family", no=()),)),
    Mode(
        "aaa_group",
        "config-sg",
        (
            entry("server_name", "server name <name:name>"),
            slot("source", "ip {tacacs|radius} source-interface <interface:interface>"),
            slot("vrf", "ip vrf forwarding <vrf:name>"),
        ),
    ),
    Mode(
        "dhcp_pool",
        "dhcp-config",
        (
            slot("vrf", "vrf <name:name>"),
            slot("network", "network <address:ipv4> <mask:mask>"),
            slot("host", "host <address:ipv4> <mask:mask>"),
            slot("client_identifier", "client-identifier <id:host>"),
            slot("hardware_address", "hardware-address <id:host>"),
            slot("bootfile", "bootfile <name:rest>"),
            slot("default_router", "default-router <routers:ipv4>+"),
            slot("domain_name", "domain-name <name:host>"),
            slot("dns_server", "dns-server <servers:ipv4>+"),
            entry("option", "option <code:0-254> <value:rest>", key=("code",), no=("option <code:0-254> [<_:rest>]",)),
            slot("lease", "lease <value:rest>"),
        ),
    ),
    Mode(
        "trustpoint",
        "ca-trustpoint",
        (
            slot("enrollment", "enrollment <how:rest>"),
            slot("serial_number", "serial-number <how:rest>"),
            slot("subject_name", "subject-name <name:rest>"),
            slot("revocation_check", "revocation-check <how:rest>"),
            slot("rsakeypair", "rsakeypair <name:name>"),
            slot("hash", "hash <name:name>"),
        ),
    ),
    Mode(
        "certificate_chain",
        "config-cert-chain",
        (
            text(
                "certificate",
                "certificate [<kind:certificate>] <serial:host>",
                key=("serial",),
                no=("certificate [<kind:certificate>] <serial:host>",),
                collect=Certificate,
                show=show_certificate,
            ),
        ),
    ),
    Mode(
        "archive",
        "config-archive",
        (
            block("log_config", "log config", enters="archive_log"),
            slot("path", "path <path:rest>"),
            slot("maximum", "maximum <files:1-14>"),
            flag("write_memory", "write-memory", default=False),
            slot("time_period", "time-period <minutes:1-525600>"),
        ),
    ),
    Mode(
        "archive_log",
        "config-archive-log-cfg",
        (
            flag("logging_enable", "logging enable", default=False),
            slot("logging_size", "logging size <entries:1-1000>", default="logging size 100"),
            slot("notify", "notify syslog contenttype {plaintext|xml}", no=("notify syslog [<_:rest>]",)),
            flag("hidekeys", "hidekeys", default=False),
        ),
    ),
    Mode(
        "object_group",
        "config-network-group",
        (
            slot("description", "description <text:rest>"),
            entry("host", "host <address:ipv4>"),
            entry("network", "<address:ipv4> <mask:ipv4>"),
            entry("group_object", "group-object <name:name>"),
        ),
    ),
    Mode("redundancy", "config-red", (slot("mode", "mode {none|sso}"),)),
    Mode("control_plane", "config-cp", (
            slot(
                "service_policy",
                "service-policy <direction:policy_direction> <policy:name>",
                key=("direction",),
                no=("service-policy <direction:policy_direction> [<policy:name>]",),
                refers=(Reference("policy_map", "policy", "% policy map {name} not configured"),),
            ),
        )),
    Mode(
        "applet",
        "config-applet",
        (
            slot("description", "description <text:rest>"),
            slot("event", "event <what:rest>"),
            entry(
                "action",
                "action <label:host> <what:rest>",
                key=("label",),
                no=("action <label:host> [<_:rest>]",),
                sort=lambda node: (node.captures["label"],),
            ),
        ),
    ),
)  # fmt: skip
