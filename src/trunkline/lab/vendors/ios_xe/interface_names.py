"""Names of interfaces: what may be typed, how it is written out, which ports a chassis has."""

from __future__ import annotations

import re

# A C1111-8P: two WAN ports, a built-in switch of eight, a bay for a modem.
ROUTED_INTERFACES = ("GigabitEthernet0/0/0", "GigabitEthernet0/0/1")
SWITCH_INTERFACES = tuple(f"GigabitEthernet0/1/{number}" for number in range(8))
MODEMS = ("Cellular0/1/0", "Cellular0/2/0")
CHASSIS = ROUTED_INTERFACES + SWITCH_INTERFACES

_NAME = re.compile(r"([a-z][a-z-]*)(\d+(?:/\d+){0,3})(\.\d+)?", re.IGNORECASE)
# Interfaces that exist as soon as somebody names them, with the numbers that they can have.
_LOGICAL = {
    "BDI": range(1, 4097),
    "Dialer": range(256),
    "Loopback": range(2147483648),
    "Null": range(1),
    "Port-channel": range(1, 129),
    "Tunnel": range(2147483648),
    "Virtual-Template": range(1, 4096),
    "VirtualPortGroup": range(32),
    "Vlan": range(1, 4095),
    "nve": range(1, 2),
}
_PHYSICAL = (
    "AppGigabitEthernet",
    "Cellular",
    "Ethernet",
    "FastEthernet",
    "FiveGigabitEthernet",
    "FortyGigabitEthernet",
    "GigabitEthernet",
    "HundredGigE",
    "Serial",
    "TenGigabitEthernet",
    "TwentyFiveGigE",
    "TwoGigabitEthernet",
    "Wlan-GigabitEthernet",
)
_TYPES = (*_LOGICAL, *_PHYSICAL)


def interface_type(word: str) -> str | None:
    """Return the full name of an interface type, e.g. `GigabitEthernet` for `gi`."""
    fitting = [name for name in _TYPES if name.lower().startswith(word.lower())]
    return fitting[0] if len(fitting) == 1 else None


def interface(word: str) -> str | None:
    """Return the full name of an interface, e.g. `Vlan10` for `vl10`; None if it is no such name."""
    found = _NAME.fullmatch(word)
    name = None if found is None else interface_type(found[1])
    if found is None or name is None:
        return None
    if name in _LOGICAL and (found[3] or not found[2].isdigit() or int(found[2]) not in _LOGICAL[name]):
        return None
    return f"{name}{found[2]}{found[3] or ''}"


def interface_number(word: str) -> str | None:
    """Return the number part of an interface when it is typed apart from its type."""
    return word if re.fullmatch(r"\d+(/\d+)*(\.\d+)?", word) else None


def is_physical(name: str) -> bool:
    """Say whether an interface is a port of a chassis, or a part of one."""
    return name.startswith(_PHYSICAL)


def is_switch_port(name: str) -> bool:
    """Say whether a port belongs to a switch: the router's built-in one, or a Catalyst's front (slot/0/port)."""
    return name in SWITCH_INTERFACES or re.fullmatch(r"\D+[1-9]\d*/\d+/\d+", name) is not None
