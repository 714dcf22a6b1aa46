"""Ports of boxes: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "port range reversed": (
        "Ethernet1-20: desk",
        "Ethernet20-1: desk",
        [
            (
                "sites/leeds.yml:40:5: ports.sw1.Ethernet20-1: the range Ethernet20-1 ends before it begins; "
                "write Ethernet1-20"
            ),
        ],
    ),
    "port that is none": (
        "Ethernet1-20: desk",
        "1-20: desk",
        [
            (
                "sites/leeds.yml:40:5: ports.sw1.1-20: '1-20' is not a port or a range of ports; write Ethernet1 "
                "or Ethernet1-20"
            ),
        ],
    ),
    "unknown use": (
        "Ethernet1-20: desk",
        "Ethernet1-20: dest",
        [
            (
                "sites/leeds.yml:40:5: ports.sw1.Ethernet1-20: this is no use of a port; write desk, data, "
                "unused, {uplink: device}, {downlink: device} or {sbc: [device, ...]}"
            ),
        ],
    ),
    "port declared twice": (
        "Ethernet24: {uplink: edge1}",
        "Ethernet20: {uplink: edge1}",
        [
            (
                "sites/leeds.yml:42:5: ports.sw1.Ethernet20: Ethernet20 was declared before, in Ethernet1-20; "
                "name each port once"
            ),
        ],
    ),
    "port ranges overlap": (
        "Ethernet21-22: {sbc: [sbc1, sbc2]}",
        "Ethernet20-21: {sbc: [sbc1, sbc2]}",
        [
            (
                "sites/leeds.yml:41:5: ports.sw1.Ethernet20-21: Ethernet20 was declared before, in Ethernet1-20; "
                "name each port once"
            ),
        ],
    ),
    "fewer peers than ports": (
        "Ethernet21-22: {sbc: [sbc1, sbc2]}",
        "Ethernet21-23: {sbc: [sbc1, sbc2]}",
        [
            (
                "sites/leeds.yml:41:5: ports.sw1.Ethernet21-23: 3 ports lead to 2 devices; name one device for "
                "each port of the sbc"
            ),
        ],
    ),
    "peer unknown": (
        "{uplink: edge1}",
        "{uplink: egde1}",
        [
            (
                "sites/leeds.yml:42:17: ports.sw1.Ethernet24: Ethernet24 leads to egde1, which is no device; did "
                "you mean edge1?"
            ),
        ],
    ),
    "peer itself": (
        "{uplink: edge1}",
        "{uplink: sw1}",
        [
            (
                "sites/leeds.yml:42:17: ports.sw1.Ethernet24: Ethernet24 leads to sw1 itself; name the device at "
                "the other end"
            ),
        ],
    ),
    "peer of the wrong role": (
        "{uplink: edge1}",
        "{uplink: sbc1}",
        [
            (
                "sites/leeds.yml:42:17: ports.sw1.Ethernet24: uplink leads to sbc1, whose role is sbc; write "
                "uplink or downlink to a router or switch, sbc to an SBC"
            ),
        ],
    ),
    "peer missing": (
        "Ethernet24: {uplink: edge1}",
        "Ethernet24: uplink",
        [
            (
                "sites/leeds.yml:42:5: ports.sw1.Ethernet24: what the port's uplink leads to is missing; write "
                "{uplink: device}"
            ),
        ],
    ),
    "ports of an undeclared device": (
        "  sw1:\n    Ethernet1-20: desk",
        "  sw2:\n    Ethernet1-20: desk",
        [
            (
                "sites/leeds.yml:30:10: devices.sw1: none of its ports is declared, phones on it: 8; write ports: "
                "sw1: {...: desk}"
            ),
            ("sites/leeds.yml:40:5: ports.sw2: there is no device sw2; declared devices: edge1, sbc1, sbc2, sw1"),
        ],
    ),
    "interface abbreviated": (
        "GigabitEthernet0/1/0: {",
        "Gi0/1/0: {",
        [
            (
                "sites/leeds.yml:38:14: ports.edge1.Gi0/1/0: Gi0/1/0 is not how ios_xe prints it; write "
                "GigabitEthernet0/1/0"
            ),
        ],
    ),
    "interface in small letters": (
        "Ethernet24: {",
        "ethernet24: {",
        [
            ("sites/leeds.yml:42:17: ports.sw1.ethernet24: ethernet24 is not how eos prints it; write Ethernet24"),
        ],
    ),
    "interface of another vendor": (
        "GigabitEthernet0/1/0: {",
        "ge-0/1/0: {",
        [
            (
                "sites/leeds.yml:38:15: ports.edge1.ge-0/1/0: ge-0/1/0 is no interface of ios_xe; its names begin "
                "with GigabitEthernet, TenGigabitEthernet, TwoGigabitEthernet, FiveGigabitEthernet, FastEthernet, "
                "Cellular, Serial, Dialer, Tunnel, Port-channel, Vlan"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
