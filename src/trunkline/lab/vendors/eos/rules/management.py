"""How people and machines get in: users, AAA, banners, the API, SSH, SNMP, logging, time, names."""

from __future__ import annotations

import base64
import hashlib

from trunkline.lab.vendors.eos.rules.shared import (
    Heredoc,
    by_key,
    by_text,
    grouped,
    printed_default,
    setting,
    shown_text,
    unless_empty,
)
from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Rule, block, entry, flag, slot, text
from trunkline.lab.vendors.tree import Node

HASHES = ("0", "5", "sha512", "*")


def _hashed(entry: Entry) -> Captures:
    """A password in clear is kept as a salted hash; the salt comes out of the name, so that a test can repeat it."""
    words = entry.captures["options"].split()
    if "secret" in words[:-1]:
        at = words.index("secret") + 1
        clear = words[at + 1] if words[at] == "0" and len(words) > at + 1 else words[at]
        if words[at] not in HASHES or words[at] == "0":
            words[at:] = ["sha512", sha512(clear, entry.captures["name"])]
    return {**entry.captures, "options": " ".join(words)}


def sha512(clear: str, salt_of: str) -> str:
    """A password hash of the shape that EOS prints. It is no crypt(3) hash: nobody logs in with it.

    >>> len(sha512("secret", "ops"))
    106
    """
    salt = hashlib.sha256(salt_of.encode()).hexdigest()[:16]
    digest = hashlib.sha512((salt + clear).encode()).digest()
    return f"$6${salt}${base64.b64encode(digest, altchars=b'./').decode().rstrip('=')}"


def _admin_is_built_in(entry: Entry) -> None:
    """The user admin is there by default; taking it away is what prints."""
    if entry.negative and entry.captures["name"] == "admin":
        rank = entry.machine.grammar.top.rank["username"]
        shown = "no username admin"
        entry.block.put(Node(("username", "admin"), entry.rule, {"name": "admin"}, shown, rank, negative=True))


def _user(name: str, pattern: str, **options: object) -> Rule:
    """A line about a user; all lines of one user stand together."""
    return slot(name, pattern, key=("name",), group="users", sort=_by_user, bang="first", **options)


def _by_user(node: Node) -> tuple[int | str, ...]:
    return (node.captures["name"], node.key[0])


USERS = (
    _user(
        "username",
        "username <name:name> <options:rest>",
        no=("username <name:name> [<_:rest>]",),
        fill=_hashed,
        show="username {name} {options}",
        after=(_admin_is_built_in,),
    ),
    _user("username_key", "username <name:name> ssh-key <key:rest>", no=("username <name:name> ssh-key",)),
)
AAA_ROOT = (
    slot("aaa_root", "aaa root {secret <secret:rest>|nopassword}", store="aaa_root", no=(), bang="first"),
    flag("aaa_no_root", "aaa root", store="aaa_root", bang="first", after=(printed_default("no aaa root"),)),
)


def _method(kind: str, *lists: str) -> tuple[Rule, ...]:
    return tuple(
        setting(f"aaa_{kind}_{which.replace(' ', '_')}", f"aaa {kind} {which}", "<methods:rest>") for which in lists
    )


AAA = grouped(
    "aaa",
    *_method("authentication", "login default", "login console", "enable default", "dot1x default"),
    *_method("authentication", "policy on-success", "policy on-failure", "policy lockout"),
    *_method("authorization", "policy local default-role", "exec default"),
    flag("aaa_serial", "aaa authorization serial-console", default=False),
    *_method("authorization", "commands all default", "commands 15 default", "commands 0-15 default"),
    *_method("accounting", "exec console", "commands all console", "exec default", "system default"),
    *_method("accounting", "dot1x default", "commands all default"),
)
AAA_GROUP = block(
    "aaa_group",
    "aaa group server {radius|tacacs+} <name:name>",
    key=("name",),
    enters="aaa_group",
    sort=by_text,
    bang="between",
)
RADIUS = grouped(
    "radius",
    setting("radius_key", "radius-server key", "<key:rest>"),
    setting("radius_timeout", "radius-server timeout", "<seconds:1-1000>", default="radius-server timeout 5"),
    slot("radius_host", "radius-server host <host:host> [<options:rest>]", key=("host",)),
)
TACACS = grouped(
    "tacacs",
    setting("tacacs_key", "tacacs-server key", "<key:rest>"),
    setting("tacacs_timeout", "tacacs-server timeout", "<seconds:1-1000>", default="tacacs-server timeout 5"),
    slot("tacacs_host", "tacacs-server host <host:host> [<options:rest>]", key=("host",)),
)


def _banner(captures: Captures) -> Heredoc:
    return Heredoc(f"banner {captures['kind']}", captures)


BANNER = text(
    "banner",
    "banner <kind:banner>",
    key=("kind",),
    no=("banner <kind:banner>",),
    collect=_banner,
    show=shown_text,
    sort=by_key,
    bang="between",
)

API = block("api", "management api http-commands", enters="api", present=unless_empty, bang="between")
CONSOLE = block("console", "management console", enters="console", present=unless_empty, bang="between")
SSH = block("ssh", "management ssh", enters="ssh", present=unless_empty, bang="between")
TELNET = block("telnet", "management telnet", enters="telnet", present=unless_empty, bang="between")


def _vrf(mode: str) -> Rule:
    return block("vrf", "vrf <vrf:name>", key=("vrf",), enters=mode, present=unless_empty, bang="between")


def _idle(default: str) -> Rule:
    return setting("idle", "idle-timeout", "<minutes:0-86400>", default=f"idle-timeout {default}")


MODES = (
    Mode("aaa_group", "config-sg", (entry("server", "server <server:rest>"),)),
    Mode(
        "api",
        "config-mgmt-api-http-cmds",
        (
            flag("https", "protocol https", no=("protocol https",), default=True),
            slot("https_port", "protocol https port <port:1-65535>", default="protocol https port 443"),
            flag("http", "protocol http", no=("protocol http",), default=False),
            slot("http_port", "protocol http port <port:1-65535>", default="protocol http port 80"),
            slot("ssl_profile", "protocol https ssl profile <profile:name>"),
            text(
                "certificate",
                "protocol https certificate",
                no=("protocol https certificate",),
                collect=lambda captures: Heredoc("protocol https certificate", captures, parts=2),
                show=shown_text,
            ),
            flag("default_services", "default-services", default=True),
            flag("shutdown", "shutdown", default=True),
            _vrf("api_vrf"),
        ),
    ),
    Mode(
        "api_vrf",
        "config-mgmt-api-http-cmds-vrf",
        (
            flag("shutdown", "shutdown", default=True),
            setting("access_group", "ip access-group", "<name:name> [in]", show="ip access-group {name}"),
        ),
    ),
    Mode("console", "config-mgmt-console", (_idle("0"),)),
    Mode("telnet", "config-mgmt-telnet", (_idle("0"), flag("shutdown", "shutdown", default=True))),
    Mode(
        "ssh",
        "config-mgmt-ssh",
        (
            entry("access_group", "ip access-group <name:name> [vrf <vrf:name>] in", sort=by_text),
            _idle("0"),
            setting("protocol", "authentication protocol", "<protocols:rest>"),
            setting("mode", "authentication mode", "<mode:rest>"),
            setting("cipher", "cipher", "<ciphers:rest>"),
            setting("key_exchange", "key-exchange", "<methods:rest>"),
            setting("mac", "mac", "<macs:rest>"),
            setting("hostkey", "hostkey server", "<keys:rest>"),
            setting("per_host", "connection per-host", "<count:1-20>"),
            setting("limit", "connection limit", "<count:1-100>", default="connection limit 50"),
            setting("empty", "authentication empty-passwords", "{auto|deny|permit}"),
            setting("alive", "client-alive interval", "<seconds:1-1000>"),
            setting("alive_count", "client-alive count-max", "<count:1-1000>"),
            flag("shutdown", "shutdown", default=False),
            setting("log_level", "log-level", "<level:name>", default="log-level info"),
            _vrf("ssh_vrf"),
        ),
    ),
    Mode("ssh_vrf", "config-mgmt-ssh-vrf", (flag("shutdown", "shutdown"),)),
)
