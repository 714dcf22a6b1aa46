"""What the ports of a device are for: ranges such as `Ethernet1-20: desk`, one entry for each port."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from trunkline.model.mistakes import Mistake, Mistakes

Use = Literal["desk", "data", "unused", "uplink", "downlink", "sbc"]
_USES: tuple[Use, ...] = get_args(Use)
_WITH_PEER: tuple[Use, ...] = ("uplink", "downlink", "sbc")
_USES_IN_WORDS = "desk, data, unused, {uplink: device}, {downlink: device} or {sbc: [device, ...]}"
_MOST_PORTS = 1024

PORTS_SCHEMA: dict[str, object] = {
    "type": "object",
    "propertyNames": {"pattern": r"^[A-Za-z][^: ]*[0-9](-[0-9]+)?$"},
    "additionalProperties": {
        "oneOf": [
            {"enum": [use for use in _USES if use not in _WITH_PEER]},
            {
                "type": "object",
                "properties": {use: {"type": ["string", "array"], "items": {"type": "string"}} for use in _WITH_PEER},
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    },
    "examples": [{"Ethernet1-20": "desk", "Ethernet24": {"uplink": "edge1"}}],
}


@dataclass(frozen=True)
class PortUse:
    """What one port is for; `peer` is the device at the other end, `written` the key in the site's file."""

    interface: str
    use: Use
    peer: str | None
    written: str


def expand(interfaces: str) -> tuple[str, ...]:
    """Return the interfaces of a range, in order.

    >>> expand("Ethernet1-3")
    ('Ethernet1', 'Ethernet2', 'Ethernet3')
    >>> expand("GigabitEthernet0/1/6-7")
    ('GigabitEthernet0/1/6', 'GigabitEthernet0/1/7')
    """
    match = re.fullmatch(r"(?P<stem>[A-Za-z][^: ]*?)(?P<first>[0-9]+)(?:-(?P<last>[0-9]+))?", interfaces)
    if match is None:
        raise Mistake(f"{interfaces!r} is not a port or a range of ports", "write Ethernet1 or Ethernet1-20")
    first = int(match["first"])
    last = int(match["last"] or first)
    if last < first:
        raise Mistake(f"the range {interfaces} ends before it begins", f"write {match['stem']}{last}-{first}")
    if last - first >= _MOST_PORTS:
        raise Mistake(f"the range {interfaces} has more than {_MOST_PORTS} ports", "write a shorter one")
    return tuple(f"{match['stem']}{number}" for number in range(first, last + 1))


def _use_and_peers(written: object, count: int) -> tuple[Use, tuple[str | None, ...]]:
    for plain in _USES:
        if written == plain and plain not in _WITH_PEER:
            return plain, (None,) * count
    if written in _WITH_PEER:
        raise Mistake(f"what the port's {written} leads to is missing", f"write {{{written}: device}}")
    if not isinstance(written, Mapping) or len(written) != 1:
        raise Mistake("this is no use of a port", f"write {_USES_IN_WORDS}")
    ((use, peers),) = written.items()
    for known in _WITH_PEER:
        if use == known:
            return known, _peers(peers, known, count)
    raise Mistake(f"{use!r} is no use of a port that leads to a device", f"write {_USES_IN_WORDS}")


def _peers(written: object, use: Use, count: int) -> tuple[str | None, ...]:
    peers = [written] if isinstance(written, str) else written
    if not isinstance(peers, list | tuple) or not all(isinstance(peer, str) for peer in peers):
        raise Mistake(f"{use} leads to no device", f"write {{{use}: device}}")
    if len(peers) != count:
        raise Mistake(f"{count} ports lead to {len(peers)} devices", f"name one device for each port of the {use}")
    return tuple(str(peer) for peer in peers)


def read_port_uses(written: object) -> tuple[PortUse, ...]:
    """Read the ports of one device; every mistake in them is collected."""
    if not isinstance(written, Mapping):
        raise Mistake("the ports of a device are a mapping", f"write port: use, where use is {_USES_IN_WORDS}")
    uses: list[PortUse] = []
    mistakes: list[Mistake] = []
    written_at: dict[str, str] = {}
    for key, value in written.items():
        try:
            interfaces = expand(str(key))
            use, peers = _use_and_peers(value, len(interfaces))
        except Mistake as mistake:
            mistakes.append(Mistake(mistake.what, mistake.right, (str(key),)))
            continue
        for interface, peer in zip(interfaces, peers, strict=True):
            if interface in written_at:
                what = f"{interface} was declared before, in {written_at[interface]}"
                mistakes.append(Mistake(what, "name each port once", (str(key),)))
                break
            written_at[interface] = str(key)
            uses.append(PortUse(interface, use, peer, str(key)))
    if mistakes:
        raise Mistakes(mistakes)
    return tuple(uses)
