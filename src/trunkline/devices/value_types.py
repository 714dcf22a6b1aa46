"""Typed captures of configuration lines: how a value may be written, and which spellings are the same value."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

Value = Hashable


@dataclass(frozen=True)
class ValueType:
    """One kind of capture: `pattern` matches its spellings, `normal` maps a spelling to its typed value."""

    name: str
    pattern: str
    normal: Callable[[str], Value]


# RFC 2474, RFC 2597, RFC 3246, RFC 5865: code points that vendors print by name.
DSCP_NAMES: Mapping[str, int] = {
    "default": 0,
    "ef": 46,
    "va": 44,
    **{f"cs{n}": 8 * n for n in range(8)},
    **{f"af{c}{d}": 8 * c + 2 * d for c in range(1, 5) for d in range(1, 4)},
}

# Names that IOS and EOS print instead of a number (IANA service names registry).
PORT_NAMES: Mapping[str, int] = {
    "ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "tacacs": 49, "domain": 53, "bootps": 67,
    "bootpc": 68, "tftp": 69, "www": 80, "http": 80, "pop3": 110, "ntp": 123, "snmp": 161, "snmptrap": 162,
    "bgp": 179, "ldap": 389, "https": 443, "isakmp": 500, "cmd": 514, "syslog": 514, "non500-isakmp": 4500,
    "sip": 5060, "sips": 5061,
}  # fmt: skip

_RATE_FACTOR = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


def vlan_set(text: str) -> frozenset[int]:
    """The VLANs of `10,20-22`; `none` is the empty set."""
    return frozenset() if text == "none" else number_set(text)


def number_set(text: str) -> frozenset[int]:
    """The numbers of `10,20-22` or `10 20 22`."""
    members: set[int] = set()
    for part in re.split(r"[,\s]+", text.strip()):
        first, _, last = part.partition("-")
        members.update(range(int(first), int(last or first) + 1))
    return frozenset(members)


def print_number_set(members: frozenset[int]) -> str:
    """Numbers as vendors print them: ascending, runs of two or more joined by a hyphen."""
    runs: list[tuple[int, int]] = []
    for member in sorted(members):
        if runs and member == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], member)
        else:
            runs.append((member, member))
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in runs) or "none"


def _dscp(text: str) -> int:
    return DSCP_NAMES[text] if text in DSCP_NAMES else int(text)


def _dscp_set(text: str) -> frozenset[int]:
    return frozenset(_dscp(part) for part in text.split())


def _rate(text: str) -> int:
    number, unit = re.fullmatch(r"([\d.]+)([kmg]?)", text.lower()).groups()  # type: ignore[union-attr]
    return round(float(number) * _RATE_FACTOR[unit])


def _port(text: str) -> int:
    return PORT_NAMES[text] if text in PORT_NAMES else int(text)


def _port_match(text: str) -> Value:
    operator, *ports = text.split()
    numbers = [_port(port) for port in ports]
    if operator == "range":
        return (numbers[0], numbers[1])
    return (operator, *sorted(numbers))


def _address_match(text: str) -> Value:
    words = text.split()
    if words == ["any"]:
        return "0.0.0.0/0"
    if words[0] in ("object-group", "addrgroup"):
        return tuple(words)
    if words[0] == "host":
        return f"{words[1]}/32"
    if len(words) == 2:
        address, wildcard = (int(ipaddress.IPv4Address(word)) for word in words)
        return (
            (address & ~wildcard & 0xFFFFFFFF, wildcard)
            if wildcard & (wildcard + 1)
            else str(ipaddress.IPv4Network((address & ~wildcard & 0xFFFFFFFF, 32 - wildcard.bit_length())))
        )
    return str(ipaddress.IPv4Network(words[0], strict=False))


def _prefix(text: str) -> str:
    words = text.split()
    return str(ipaddress.ip_interface("/".join(words)))


def normal_text(text: str) -> str:
    """A text with its letters composed: what a person sees as equal is equal."""
    return unicodedata.normalize("NFC", text)


def _identity(text: str) -> str:
    return text


def _folded(text: str) -> str:
    return " ".join(text.split())


_DSCP = "|".join([*sorted(DSCP_NAMES, key=len, reverse=True), r"\d{1,2}"])
_PORT = r"[a-z\d-]+"
_IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"

TYPES: Mapping[str, ValueType] = {
    kind.name: kind
    for kind in (
        ValueType("word", r"\S+", _identity),
        ValueType("name", r"(?:\"[^\"]+\"|\S+)", lambda text: text.strip('"')),
        ValueType("text", r"\S.*?", normal_text),
        ValueType("words", r"\S.*?", _folded),
        ValueType("secret", r"\S+", _identity),
        ValueType("int", r"\d+", int),
        ValueType("decimal", r"\d+(?:\.\d+)?", float),
        ValueType("vlan", r"\d{1,4}", int),
        ValueType("vlan_set", r"none|\d[\d,-]*", vlan_set),
        ValueType("number_set", r"\d+(?:[-,\s]+\d+)*", number_set),
        ValueType("dscp", _DSCP, _dscp),
        ValueType("dscp_set", rf"(?:{_DSCP})(?:\s+(?:{_DSCP}))*", _dscp_set),
        ValueType("rate", r"\d+(?:\.\d+)?[kmgKMG]?", _rate),
        ValueType("percent", r"\d{1,3}", int),
        ValueType("port", _PORT, _port),
        ValueType(
            "port_match",
            rf"(?:eq|neq)\s+{_PORT}(?:\s+\d+)*|(?:gt|lt)\s+{_PORT}|range\s+{_PORT}\s+{_PORT}",
            _port_match,
        ),
        ValueType(
            "address_match",
            rf"any|host\s+{_IPV4}|{_IPV4}/\d+|{_IPV4}\s+{_IPV4}|(?:object-group|addrgroup)\s+\S+",
            _address_match,
        ),
        ValueType("ipv4", _IPV4, lambda text: str(ipaddress.IPv4Address(text))),
        ValueType("prefix", rf"{_IPV4}/\d+|{_IPV4}\s+{_IPV4}|[\da-fA-F:]+/\d+", _prefix),
    )
}


def choice(spellings: str) -> ValueType:
    """A capture that takes one of `a|b|c`."""
    return ValueType(spellings, "|".join(re.escape(word) for word in spellings.split("|")), _identity)


def interface_name(kinds: tuple[str, ...]) -> ValueType:
    """Interface names of a platform: any case, any unique abbreviation, with or without a blank."""

    def normal(text: str) -> str:
        letters, rest = re.fullmatch(r"([A-Za-z-]+)\s*(.*)", text).groups()  # type: ignore[union-attr]
        exact = [kind for kind in kinds if kind.lower() == letters.lower()]
        near = exact or [kind for kind in kinds if kind.lower().startswith(letters.lower())]
        return f"{near[0]}{rest}" if len(near) == 1 else text

    return ValueType("interface", r"[A-Za-z-]+\s*\d[\d/.:]*", normal)
