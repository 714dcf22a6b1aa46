"""How EOS reads one word of a line: interface names and ranges, VLAN lists, prefixes, DSCP values, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network, IPv6Interface, NetmaskValueError

from trunkline.lab.vendors.syntax import Kind

INTERFACE_TYPES: Mapping[str, range] = {
    "Ethernet": range(1, 129),
    "Loopback": range(1001),
    "Management": range(1, 2),
    "Port-Channel": range(1, 2001),
    "Vlan": range(1, 4095),
    "Vxlan": range(1, 2),
}
PHYSICAL = ("Ethernet", "Management")

DSCP_NAMES: Mapping[str, int] = {
    "af11": 10, "af12": 12, "af13": 14, "af21": 18, "af22": 20, "af23": 22, "af31": 26, "af32": 28, "af33": 30,
    "af41": 34, "af42": 36, "af43": 38, "cs0": 0, "cs1": 8, "cs2": 16, "cs3": 24, "cs4": 32, "cs5": 40,
    "cs6": 48, "cs7": 56, "default": 0, "ef": 46,
}  # fmt: skip

_NAME = re.compile(r"([A-Za-z-]+?)(\d[\d,/-]*)")
_PART = re.compile(r"(\d+)(?:-(\d+))?")


def numbers(text: str, allowed: range) -> tuple[int, ...] | None:
    """The numbers of a list such as `1-4,7`, sorted, each once; None if it is no such list.

    >>> numbers("7,1-3,2", range(1, 10))
    (1, 2, 3, 7)
    """
    found: set[int] = set()
    for part in text.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        low, high = int(match[1]), int(match[2] or match[1])
        if low not in allowed or high not in allowed or high < low:
            return None
        found.update(range(low, high + 1))
    return tuple(sorted(found))


def folded(values: Iterable[int]) -> str:
    """Numbers as the box prints a list of them: runs of two or more folded.

    >>> folded([1, 2, 3, 7, 10, 11])
    '1-3,7,10-11'
    """
    runs: list[list[int]] = []
    for value in sorted(set(values)):
        if runs and runs[-1][1] == value - 1:
            runs[-1][1] = value
        else:
            runs.append([value, value])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def vlans_of(text: str) -> tuple[int, ...]:
    """The VLANs of a list that `vlans` has read; `all` and `none` are lists as well."""
    if text == "all":
        return tuple(range(1, 4095))
    if text == "none":
        return ()
    return numbers(text, range(1, 4095)) or ()


def interface_type(word: str) -> str | None:
    """The full name of an interface type from its beginning: `et` is Ethernet; two letters are enough."""
    fitting = [name for name in INTERFACE_TYPES if name.lower().startswith(word.lower())]
    return fitting[0] if len(fitting) == 1 and (len(word) > 1 or word.lower() in ("e", "m", "p", "l")) else None


def interfaces(word: str) -> str | None:
    """An interface name or range, written out: `et1-3` is `Ethernet1-3`.

    >>> interfaces("Et1-3"), interfaces("vlan99"), interfaces("po7"), interfaces("et53/1-2"), interfaces("Vlan0")
    ('Ethernet1-3', 'Vlan99', 'Port-Channel7', 'Ethernet53/1-2', None)
    """
    match = _NAME.fullmatch(word)
    kind = interface_type(match[1]) if match else None
    if match is None or kind is None:
        return None
    found = _positions(match[2], INTERFACE_TYPES[kind])
    return None if found is None else kind + ",".join(
        f"{port}{'/' if port else ''}{folded(numbers)}" for port, numbers in found.items()
    )  # fmt: skip


def _positions(text: str, allowed: range) -> dict[str, list[int]] | None:
    """The numbers of a list by the port that they are lanes of; "" for whole ports."""
    found: dict[str, list[int]] = {}
    for part in text.split(","):
        port, slash, last = part.rpartition("/")
        if slash and not (port.isdigit() and int(port) in allowed):
            return None
        each = numbers(last, range(1, 9) if slash else allowed)
        if each is None:
            return None
        found.setdefault(port, []).extend(each)
    return found


def interface(word: str) -> str | None:
    """One interface name, no range."""
    name = interfaces(word)
    return None if name is None or re.search(r"[,-]\d", name) else name


def members(name: str) -> tuple[str, ...]:
    """The single interfaces of a name or range that `interfaces` has read."""
    match = _NAME.fullmatch(name)
    assert match is not None
    found = _positions(match[2], INTERFACE_TYPES[match[1]]) or {}
    return tuple(
        f"{match[1]}{port}{'/' if port else ''}{each}" for port, all_ in found.items() for each in sorted(all_)
    )


def interface_order(name: str) -> tuple[int | str, ...]:
    """Where an interface stands in the running configuration: by type as EOS sorts them, then by number."""
    order = ("Port-Channel", "Ethernet", "Loopback", "Management", "Vlan", "Vxlan")
    match = _NAME.fullmatch(name)
    if match is None or match[1] not in order:
        return (len(order), 0, 0, name)
    number, _, lane = match[2].partition("/")
    return (order.index(match[1]), int(number), int(lane or 0), "")


def vlans(word: str) -> str | None:
    """A list of VLANs, folded."""
    found = numbers(word, range(1, 4095))
    return None if found is None else folded(found)


def address(word: str) -> str | None:
    """An IPv4 address."""
    try:
        return str(IPv4Address(word))
    except AddressValueError:
        return None


def address_with_length(word: str) -> str | None:
    """An address with the length of its prefix, host bits kept: what an interface gets."""
    try:
        return str(IPv4Interface(word)) if "/" in word else None
    except ValueError:
        return None


def network(word: str) -> str | None:
    """A prefix; host bits are zeroed."""
    try:
        return str(IPv4Network(word, strict=False)) if "/" in word else None
    except ValueError:
        return None


def network_of(first: str, mask: str) -> str | None:
    """The prefix of an address and a mask."""
    try:
        return str(IPv4Network(f"{first}/{mask}", strict=False))
    except (AddressValueError, NetmaskValueError, ValueError):
        return None


def mask_length(word: str) -> str | None:
    """A netmask as the length of a prefix."""
    try:
        return str(IPv4Network(f"0.0.0.0/{word}").prefixlen) if word.count(".") == 3 else None
    except ValueError:
        return None


def address6(word: str) -> str | None:
    """An IPv6 address, with or without a length."""
    try:
        return str(IPv6Interface(word)) if "/" in word else str(IPv6Interface(word).ip)
    except ValueError:
        return None


def dscp(word: str) -> str | None:
    """A DSCP value; names are stored as their numbers.

    >>> dscp("ef"), dscp("46"), dscp("64")
    ('46', '46', None)
    """
    if word.lower() in DSCP_NAMES:
        return str(DSCP_NAMES[word.lower()])
    return str(int(word)) if word.isascii() and word.isdigit() and int(word) < 64 else None


def watts(word: str) -> str | None:
    """Power in watts, printed with two decimals; a 720XP port gives 60 W at most.

    >>> watts("15.4"), watts("30"), watts("61")
    ('15.40', '30.00', None)
    """
    if re.fullmatch(r"\d{1,2}(\.\d{1,2})?", word) is None:
        return None
    return f"{float(word):.2f}" if 0 < float(word) <= 60 else None


def name(word: str) -> str | None:
    """The name of an object: no blank, no quote."""
    return word if re.fullmatch(r"[A-Za-z0-9_.:+/@{}-]+", word) else None


def host(word: str) -> str | None:
    """An address or the name of a host."""
    return word if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.:_-]*", word) else None


def choice(*words: str) -> Kind:
    """One of some words, abbreviated as long as it is unique."""

    def kind(word: str) -> str | None:
        fitting = [each for each in words if each.startswith(word.lower())]
        return word.lower() if word.lower() in words else fitting[0] if len(fitting) == 1 else None

    return kind


def vlan_list(word: str) -> str | None:
    """A list of VLANs, `all` or `none`."""
    return word.lower() if word.lower() in ("all", "none") else vlans(word)


LEVELS = ("emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging")
KINDS: Mapping[str, Kind] = {
    "address": address,
    "address6": address6,
    "banner": choice("login", "motd"),
    "change": choice("add", "remove", "except"),
    "detail": choice("detail"),
    "direction": choice("in", "out"),
    "dscp": dscp,
    "host": host,
    "interface": interface,
    "interface_type": interface_type,
    "interfaces": interfaces,
    "length": address_with_length,
    "level": choice(*LEVELS),
    "mask": mask_length,
    "name": name,
    "network": network,
    "null": choice("null0"),
    "portfast": choice("edge", "network", "normal", "auto"),
    "vlan_list": vlan_list,
    "vlans": vlans,
    "watts": watts,
}
