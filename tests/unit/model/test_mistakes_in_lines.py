"""Lines to the outside: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "WAN gateway outside": (
        "gateway: 203.0.113.1",
        "gateway: 203.0.113.9",
        [
            (
                "sites/leeds.yml:25:14: wan[1].gateway: 203.0.113.9 is outside 203.0.113.0/30; write the "
                "provider's address of that network"
            ),
        ],
    ),
    "WAN gateway missing": (
        "    gateway: 203.0.113.1\n",
        "",
        [
            (
                "sites/leeds.yml:24:14: wan[1].address: a fixed address needs its gateway; write gateway: "
                "203.0.113.1, or what the provider says"
            ),
        ],
    ),
    "WAN gateway is our own": (
        "gateway: 203.0.113.1",
        "gateway: 203.0.113.2",
        [
            (
                "sites/leeds.yml:25:14: wan[1].gateway: 203.0.113.2 is our own address on this line; write the "
                "provider's address"
            ),
        ],
    ),
    "WAN gateway with DHCP": (
        "address: dhcp,",
        "address: dhcp, gateway: 203.0.113.5,",
        [
            ("sites/leeds.yml:26:110: wan[2].gateway: DHCP tells the gateway; leave it out, or write a fixed address"),
        ],
    ),
    "WAN prefix inside the site": (
        "address: 203.0.113.2/30\n    gateway: 203.0.113.1",
        "address: 10.20.10.2/30\n    gateway: 10.20.10.1",
        [
            (
                "sites/leeds.yml:24:14: wan[1].address: 10.20.10.0/30 overlaps 10.20.10.0/24 of data; a line's "
                "prefix is none of the site's own"
            ),
        ],
    ),
    "WAN name doubled": (
        "name: lte",
        "name: fibre",
        [
            (
                "sites/leeds.yml:26:12: wan[2].name: the line in place 1 is called fibre already; give each line "
                "a name of its own"
            ),
        ],
    ),
    "WAN interface doubled": (
        "edge1:Cellular0/1/0",
        "edge1:GigabitEthernet0/0/0",
        [
            (
                "sites/leeds.yml:26:44: wan[2].interface: edge1:GigabitEthernet0/0/0 carries fibre already; give "
                "each line an interface of its own"
            ),
        ],
    ),
    "WAN on an unknown device": (
        "edge1:Cellular0/1/0",
        "edge2:Cellular0/1/0",
        [
            "sites/leeds.yml:26:44: wan[2].interface: there is no device edge2; write edge1:interface",
        ],
    ),
    "WAN on a switch": (
        "edge1:Cellular0/1/0",
        "sw1:Ethernet23",
        [
            "sites/leeds.yml:26:44: wan[2].interface: sw1 is no router; a line ends at a router",
        ],
    ),
    "WAN interface among the ports": (
        "edge1:Cellular0/1/0",
        "edge1:GigabitEthernet0/1/0",
        [
            (
                "sites/leeds.yml:38:27: ports.edge1.GigabitEthernet0/1/0: GigabitEthernet0/1/0 carries the line "
                "lte already; name each interface once"
            ),
        ],
    ),
    "lines with overlapping prefixes": (
        "address: dhcp, encapsulation",
        "address: 203.0.113.3/29, gateway: 203.0.113.4, encapsulation",
        [
            (
                "sites/leeds.yml:26:95: wan[2].address: 203.0.113.0/29 overlaps 203.0.113.0/30 of the line in "
                "place 1; each line has a prefix of its own"
            ),
        ],
    ),
    "undefined provider": (
        "provider: vode,",
        "provider: voda,",
        [
            "sites/leeds.yml:26:27: wan[2].provider: the policy has no provider voda; did you mean vode?",
        ],
    ),
    "voice over the line's rate": (
        "up: 5M",
        "up: 512k",
        [
            (
                "sites/leeds.yml:26:82: wan[2].up: voice takes 588 kbit/s of 512k: 2.1 erlang at a blocking of "
                "0.01 are 7 calls (Erlang B) x 84 kbit/s (g722, 20 ms, srtp, ip); a faster line, fewer calls or a "
                "narrower codec"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
