"""Units as people write them (`20M`, `15.4W`, `20 ms`, `ef`), typed inside and printed back."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NewType

from trunkline.errors import TrunklineError

Kbps = NewType("Kbps", int)
Milliwatts = NewType("Milliwatts", int)
Milliseconds = NewType("Milliseconds", int)
Seconds = NewType("Seconds", int)
Percent = NewType("Percent", int)
Dscp = NewType("Dscp", int)
Vlan = NewType("Vlan", int)
Port = NewType("Port", int)

# Names of code points: RFC 2474 §4.2.2 (cs0-cs7), RFC 2597 §6 (af11-af43), RFC 3246 §2.7 (ef),
# RFC 5865 §2.3 (va, voice-admit), RFC 8622 §2 (le).
DSCP_NAMES: dict[str, Dscp] = {
    **{f"cs{selector}": Dscp(selector * 8) for selector in range(8)},
    **{f"af{group}{drop}": Dscp(group * 8 + drop * 2) for group in range(1, 5) for drop in range(1, 4)},
    "ef": Dscp(46),
    "va": Dscp(44),
    "le": Dscp(1),
}
_NAME_OF_DSCP = {number: name for name, number in DSCP_NAMES.items()}

_NUMBER_AND_UNIT = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)\s*(?P<unit>[A-Za-z%/]*)")

_RATE_UNITS = {"k": 1, "M": 1_000, "G": 1_000_000, "kbit/s": 1, "Mbit/s": 1_000, "Gbit/s": 1_000_000}
_POWER_UNITS = {"mW": 1, "W": 1_000, "kW": 1_000_000}
_MILLISECOND_UNITS = {"ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_MAX_VLAN = 4094  # IEEE 802.1Q-2022 table 9-2: 0 is the priority tag, 4095 is reserved
_MAX_PORT = 65535


class NotAUnit(TrunklineError, ValueError):
    """A value that is not in the unit it should be in; `what` is wrong and `right` would be right."""

    def __init__(self, what: str, right: str) -> None:
        self.what = what
        self.right = right
        super().__init__(f"{what}; {right}")


def _in_smallest_unit(text: str, units: dict[str, int], kind: str, examples: str) -> int:
    match = _NUMBER_AND_UNIT.fullmatch(text.strip())
    if match is None:
        raise NotAUnit(f"{text!r} is not a {kind}", f"write {examples}")
    unit = match["unit"]
    if not unit:
        raise NotAUnit(f"the unit of {text!r} is missing", f"write {examples}")
    if unit not in units:
        known = ", ".join(units)
        raise NotAUnit(f"{unit!r} is not a unit of {kind}", f"write {examples} (units: {known})")
    amount = Decimal(match["number"]) * units[unit]
    if amount != amount.to_integral_value():
        raise NotAUnit(f"{text!r} is finer than {next(iter(units))}", f"write {examples}")
    return int(amount)


def parse_rate(text: str) -> Kbps:
    """Read a bit rate.

    >>> parse_rate("20M"), parse_rate("64k"), parse_rate("1.5 Mbit/s")
    (20000, 64, 1500)
    """
    rate = _in_smallest_unit(text, _RATE_UNITS, "rate", "20M or 512k")
    if rate == 0:
        raise NotAUnit(f"a rate of {text!r} carries nothing", "write 20M or 512k")
    return Kbps(rate)


def parse_power(text: str) -> Milliwatts:
    """Read a power.

    >>> parse_power("15.4W"), parse_power("600 W")
    (15400, 600000)
    """
    return Milliwatts(_in_smallest_unit(text, _POWER_UNITS, "power", "600W or 15.4W"))


def parse_duration(text: str) -> Milliseconds:
    """Read a span of time to the millisecond.

    >>> parse_duration("20 ms"), parse_duration("1 h")
    (20, 3600000)
    """
    return Milliseconds(_in_smallest_unit(text, _MILLISECOND_UNITS, "duration", "20 ms or 1 h"))


def parse_seconds(text: str) -> Seconds:
    """Read a span of time to the second.

    >>> parse_seconds("1 h"), parse_seconds("90 s")
    (3600, 90)
    """
    milliseconds = parse_duration(text)
    if milliseconds % 1_000:
        raise NotAUnit(f"{text!r} is finer than a second", "write 30 s or 1 h")
    return Seconds(milliseconds // 1_000)


def parse_share(text: str) -> Percent:
    """Read a share of a link.

    >>> parse_share("40%")
    40
    """
    share = _in_smallest_unit(text, {"%": 1}, "share", "40%")
    if not 1 <= share <= 100:
        raise NotAUnit(f"a share of {text!r} is not between 1% and 100%", "write 40%")
    return Percent(share)


def parse_dscp(text: str) -> Dscp:
    """Read a code point by name or number.

    >>> parse_dscp("ef"), parse_dscp("46"), parse_dscp("cs3")
    (46, 46, 24)
    """
    named = DSCP_NAMES.get(text.strip().lower())
    if named is not None:
        return named
    if text.strip().isascii() and text.strip().isdigit() and int(text) <= 63:
        return Dscp(int(text))
    raise NotAUnit(f"{text!r} is not a DSCP", "write a name (ef, cs3, af21) or a number from 0 to 63")


def parse_vlan(number: int) -> Vlan:
    """Check a VLAN number."""
    if not 1 <= number <= _MAX_VLAN:
        raise NotAUnit(f"{number} is not a VLAN", f"write a number from 1 to {_MAX_VLAN}")
    return Vlan(number)


def parse_port(number: int) -> Port:
    """Check a UDP or TCP port."""
    if not 1 <= number <= _MAX_PORT:
        raise NotAUnit(f"{number} is not a port", f"write a number from 1 to {_MAX_PORT}")
    return Port(number)


def _in_largest_unit(amount: int, units: tuple[tuple[str, int], ...]) -> str:
    for unit, size in units:
        if amount and amount % size == 0:
            return f"{amount // size}{unit}"
    return f"{amount}{units[-1][0]}"


def format_rate(rate: Kbps) -> str:
    """Print a rate as a person writes it.

    >>> format_rate(Kbps(20_000)), format_rate(Kbps(1_500))
    ('20M', '1500k')
    """
    return _in_largest_unit(rate, (("G", 1_000_000), ("M", 1_000), ("k", 1)))


def format_power(power: Milliwatts) -> str:
    """Print a power in watts.

    >>> format_power(Milliwatts(15_400)), format_power(Milliwatts(600_000))
    ('15.4W', '600W')
    """
    return f"{(Decimal(power) / 1_000).normalize():f}W"


def format_duration(duration: Milliseconds) -> str:
    """Print a span of time in its largest whole unit.

    >>> format_duration(Milliseconds(20)), format_duration(Milliseconds(3_600_000))
    ('20 ms', '1 h')
    """
    return _in_largest_unit(duration, ((" h", 3_600_000), (" min", 60_000), (" s", 1_000), (" ms", 1)))


def format_seconds(seconds: Seconds) -> str:
    """Print a span of time in its largest whole unit.

    >>> format_seconds(Seconds(90))
    '90 s'
    """
    return format_duration(Milliseconds(seconds * 1_000))


def format_share(share: Percent) -> str:
    """Print a share of a link.

    >>> format_share(Percent(40))
    '40%'
    """
    return f"{share}%"


def format_dscp(dscp: Dscp) -> str:
    """Print a code point by its name, or its number where it has none.

    >>> format_dscp(Dscp(46)), format_dscp(Dscp(63))
    ('ef', '63')
    """
    return _NAME_OF_DSCP.get(dscp, str(dscp))
