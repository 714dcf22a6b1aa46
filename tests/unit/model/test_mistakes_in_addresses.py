"""Prefixes, gateways, DHCP ranges and addresses: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "bad address": (
        "address: 10.20.99.2,",
        "address: 10.20.99.256,",
        [
            (
                "sites/leeds.yml:30:80: devices.sw1.address: '10.20.99.256' is not an IPv4 address; write one "
                "such as 10.20.20.1"
            ),
        ],
    ),
    "prefix without length": (
        "prefix: 10.20.10.0/24",
        "prefix: 10.20.10.0",
        [
            (
                "sites/leeds.yml:14:29: networks.data.prefix: the prefix length of '10.20.10.0' is missing; write "
                "one such as 10.20.20.0/24"
            ),
        ],
    ),
    "host bits in a prefix": (
        "prefix: 10.20.10.0/24",
        "prefix: 10.20.10.1/24",
        [
            (
                "sites/leeds.yml:14:29: networks.data.prefix: '10.20.10.1/24' is an address inside a prefix; "
                "write 10.20.10.0/24"
            ),
        ],
    ),
    "overlapping prefixes": (
        "prefix: 10.20.10.0/24",
        "prefix: 10.20.0.0/19",
        [
            (
                "sites/leeds.yml:14:29: networks.data.prefix: 10.20.0.0/19 overlaps 10.20.20.0/24 of voice; give "
                "each network a prefix of its own"
            ),
            (
                "sites/leeds.yml:15:29: networks.sbc.prefix: 10.20.30.0/28 overlaps 10.20.0.0/19 of data; give "
                "each network a prefix of its own"
            ),
        ],
    ),
    "doubled VLAN": (
        "vlan: 10,",
        "vlan: 20,",
        [
            (
                "sites/leeds.yml:14:17: networks.data.vlan: voice has VLAN 20 already; give each network a VLAN "
                "of its own"
            ),
        ],
    ),
    "VLAN out of range": (
        "vlan: 10,",
        "vlan: 4095,",
        [
            "sites/leeds.yml:14:17: networks.data.vlan: 4095 is not a VLAN; write a number from 1 to 4094",
        ],
    ),
    "required network": (
        "  mgmt:  {vlan: 99",
        "  mgnt:  {vlan: 99",
        [
            ("sites/leeds.yml:13:3: networks: the network mgmt is missing; write mgmt: {vlan: ..., prefix: ...}"),
        ],
    ),
    "gateway outside network": (
        "prefix: 10.20.10.0/24}",
        "prefix: 10.20.10.0/24, gateway: 10.20.11.1}",
        [
            (
                "sites/leeds.yml:14:53: networks.data.gateway: 10.20.11.1 is outside 10.20.10.0/24; write an "
                "address such as 10.20.10.1"
            ),
        ],
    ),
    "DHCP outside prefix": (
        "10.20.20.250]",
        "10.20.21.250]",
        [
            (
                "sites/leeds.yml:13:50: networks.voice.dhcp: 10.20.21.250 is outside 10.20.20.0/24; keep both "
                "ends inside the prefix"
            ),
        ],
    ),
    "DHCP reversed": (
        "[10.20.20.100, 10.20.20.250]",
        "[10.20.20.250, 10.20.20.100]",
        [
            (
                "sites/leeds.yml:13:50: networks.voice.dhcp: the range ends before it begins; write "
                "[10.20.20.100, 10.20.20.250]"
            ),
        ],
    ),
    "DHCP covers gateway": (
        "[10.20.20.100, 10.20.20.250]",
        "[10.20.20.1, 10.20.20.250]",
        [
            (
                "sites/leeds.yml:13:50: networks.voice.dhcp: covers 10.20.20.1 of the gateway; keep fixed "
                "addresses outside the range"
            ),
        ],
    ),
    "DHCP too small": (
        "[10.20.20.100, 10.20.20.250]",
        "[10.20.20.100, 10.20.20.102]",
        [
            (
                "sites/leeds.yml:13:50: networks.voice.dhcp: 3 addresses from 10.20.20.100 to 10.20.20.102 for 8 "
                "phones; make room for 8 or more"
            ),
        ],
    ),
    "DHCP covers a device": (
        "prefix: 10.20.99.0/27}",
        "prefix: 10.20.99.0/27, dhcp: [10.20.99.2, 10.20.99.9]}",
        [
            (
                "sites/leeds.yml:16:50: networks.mgmt.dhcp: covers 10.20.99.2 of sw1; keep fixed addresses "
                "outside the range"
            ),
        ],
    ),
    "device outside mgmt": (
        "address: 10.20.99.2,",
        "address: 10.20.98.2,",
        [
            (
                "sites/leeds.yml:30:80: devices.sw1.address: 10.20.98.2 is outside the mgmt network "
                "10.20.99.0/27; write an address inside it"
            ),
        ],
    ),
    "SBC outside sbc": (
        "address: 10.20.30.3,",
        "address: 10.20.99.3,",
        [
            (
                "sites/leeds.yml:32:49: devices.sbc2.address: 10.20.99.3 is outside the sbc network "
                "10.20.30.0/28; write an address inside it"
            ),
        ],
    ),
    "virtual address outside sbc": (
        "virtual_address: 10.20.30.4",
        "virtual_address: 10.20.31.4",
        [
            (
                "sites/leeds.yml:34:24: sbc.virtual_address: 10.20.31.4 is outside the sbc network 10.20.30.0/28; "
                "write an address inside it"
            ),
        ],
    ),
    "doubled address": (
        "address: 10.20.30.3,",
        "address: 10.20.30.2,",
        [
            (
                "sites/leeds.yml:32:49: devices.sbc2.address: 10.20.30.2 is the address of sbc1 already; give "
                "each box an address of its own"
            ),
        ],
    ),
    "virtual address of a box": (
        "virtual_address: 10.20.30.4",
        "virtual_address: 10.20.30.2",
        [
            (
                "sites/leeds.yml:34:24: sbc.virtual_address: 10.20.30.2 is the address of sbc1 already; give each "
                "box an address of its own"
            ),
        ],
    ),
    "switch on the gateway's address": (
        "address: 10.20.99.2,",
        "address: 10.20.99.1,",
        [
            (
                "sites/leeds.yml:30:80: devices.sw1.address: 10.20.99.1 is the address of edge1 already; give "
                "each box an address of its own"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
