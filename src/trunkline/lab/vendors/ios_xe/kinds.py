"""Kinds of values on IOS XE lines: each returns the word as the box stores it, or None."""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from trunkline.lab.vendors.ios_xe.interface_names import interface, interface_number, interface_type
from trunkline.lab.vendors.syntax import Kind, number

# RFC 2474, RFC 2597, RFC 3246: code points that have a name in the CLI; others print as numbers.
DSCP_NAMES = {
    **{f"cs{n}": 8 * n for n in range(1, 8)},
    **{f"af{c}{d}": 8 * c + 2 * d for c in range(1, 5) for d in range(1, 4)},
    "ef": 46,
    "default": 0,
}
_DSCP_BY_NUMBER = {str(value): name for name, value in DSCP_NAMES.items()}
_PRECEDENCE = ("routine", "priority", "immediate", "flash", "flash-override", "critical", "internet", "network")


def ipv4(word: str) -> str | None:
    """Return an IPv4 address."""
    try:
        return str(IPv4Address(word))
    except AddressValueError:
        return None


def ipv6(word: str) -> str | None:
    """Return an IPv6 address, with its prefix length if it has one, in capitals as the box prints it."""
    address, slash, length = word.partition("/")
    try:
        return str(IPv6Address(address)).upper() + slash + length
    except AddressValueError:
        return None


def mask(word: str) -> str | None:
    """Return a netmask: ones, then zeros."""
    address = ipv4(word)
    if address is None:
        return None
    inverted = ~int(IPv4Address(address)) & 0xFFFFFFFF
    return address if inverted & (inverted + 1) == 0 else None


def dscp(word: str) -> str | None:
    """Return a code point by its name if it has one, else its number."""
    lower = word.lower()
    if lower in DSCP_NAMES:
        return lower
    plain = number(0, 63)(word)
    return None if plain is None else _DSCP_BY_NUMBER.get(plain, plain)


def precedence(word: str) -> str | None:
    """Return an IP precedence as a number."""
    if word.lower() in _PRECEDENCE:
        return str(_PRECEDENCE.index(word.lower()))
    return number(0, 7)(word)


def vlans(word: str) -> str | None:
    """Return a VLAN list: sorted, ranges folded."""
    if not re.fullmatch(r"\d+(-\d+)?(,\d+(-\d+)?)*", word):
        return None
    found: set[int] = set()
    for part in word.split(","):
        low, _, high = part.partition("-")
        found |= set(range(int(low), int(high or low) + 1))
    return fold_vlans(found) if found and min(found) >= 1 and max(found) <= 4094 else None


def fold_vlans(numbers: set[int]) -> str:
    """Print a set of VLANs as the box does: two neighbours with a comma, more with a dash.

    >>> fold_vlans({10, 20, 21, 30, 31, 32})
    '10,20,21,30-32'
    """
    runs: list[list[int]] = []
    for each in sorted(numbers):
        if runs and runs[-1][-1] == each - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ",".join(str(each) for each in run) for run in runs)


def unfold_vlans(text: str) -> set[int]:
    """Return the set that a printed list stands for."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        low, _, high = part.partition("-")
        found |= set(range(int(low), int(high or low) + 1))
    return found


def name(word: str) -> str | None:
    """Return the name of an object: at most 40 characters."""
    return word if len(word) <= 40 else None


def host(word: str) -> str | None:
    """Return an address or a host name."""
    return word if re.fullmatch(r"[A-Za-z0-9_.:-]+", word) else None


def one_of(*words: str) -> Kind:
    """Return the kind of a few keywords, which may be abbreviated."""

    def kind(word: str) -> str | None:
        lower = word.lower()
        if lower in words:
            return lower
        fitting = [each for each in words if each.startswith(lower)]
        return fitting[0] if len(fitting) == 1 else None

    return kind


SEVERITIES = (
    "emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging",
)  # fmt: skip


def severity(word: str) -> str | None:
    """Return the name of a syslog severity, also from its number or a unique abbreviation."""
    return one_of(*SEVERITIES)(SEVERITIES[int(word)] if word.isdigit() and int(word) < 8 else word)


def text_kind(pattern: str) -> Kind:
    """Return the kind of words that a regular expression describes."""
    compiled = re.compile(pattern)
    return lambda word: word if compiled.fullmatch(word) else None


KINDS: dict[str, Kind] = {
    "ace_action": one_of("permit", "deny", "remark"),
    "ace_permit": one_of("permit", "deny"),
    "banner": one_of("exec", "incoming", "login", "motd"),
    "boolean": one_of("and", "or"),
    "certificate": one_of("self-signed", "ca"),
    "class_default": one_of("class-default"),
    "dhcp": one_of("dhcp"),
    "family": one_of("ipv4", "ipv6"),
    "hash_or_7": text_kind("[07]"),
    "hash_type": text_kind("[05689]"),
    "inspected": one_of("all", "dns", "ftp", "h323", "http", "msrpc", "rtsp", "sip", "skinny", "sunrpc", "tftp"),
    "life": text_kind(r"forever|\d+"),
    "sla_state": one_of("reachability", "state"),
    "snmp_access": lambda word: word.upper() if word.lower() in ("ro", "rw") else None,
    "snmp_hash": one_of("md5", "sha"),
    "snmp_level": one_of("auth", "noauth", "priv"),
    "start_time": text_kind(r"now|pending|\d\d:\d\d(:\d\d)?"),
    "tcp_udp": one_of("tcp", "udp"),
    "tracked": one_of("line-protocol"),
    "all_or_none": one_of("all", "none"),
    "allowed_change": one_of("add", "remove", "except"),
    "direction": one_of("in", "out"),
    "dscp": dscp,
    "host": host,
    "ifnumber": interface_number,
    "iftype": interface_type,
    "interface": interface,
    "ipv4": ipv4,
    "ipv6": ipv6,
    "mask": mask,
    "match_how": one_of("match-any", "match-all"),
    "name": name,
    "police_action": one_of("transmit", "drop"),
    "poe": one_of("auto", "never", "static"),
    "policy_direction": one_of("input", "output"),
    "portfast": one_of("disable", "edge", "trunk"),
    "precedence": precedence,
    "queue_unit": one_of("packets", "bytes", "ms", "us"),
    "remaining": one_of("percent", "ratio"),
    "share": one_of("percent"),
    "offset": text_kind(r"-?\d{1,2}"),
    "severity": severity,
    "side": one_of("inside", "outside"),
    "storm": one_of("broadcast", "multicast", "unicast"),
    "vlans": vlans,
}
