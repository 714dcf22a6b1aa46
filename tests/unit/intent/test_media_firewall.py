"""What a router's lines let in: the list is asked as the router would ask it, packet by packet."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from tests.unit.intent.estates import LEEDS, YORK, estate
from trunkline.intent import CapabilityError, build_intents
from trunkline.intent.access_list import AccessList, Endpoint, Entry
from trunkline.intent.sections.media_firewall import MediaFirewallIntent

ZEN = "198.51.100.5"
VODE = "203.0.113.40"
STRANGER = "192.0.2.66"
PUBLIC = "203.0.113.2"


@dataclass(frozen=True)
class Packet:
    protocol: str
    source: str
    source_port: int = 0
    destination: str = PUBLIC
    port: int = 0
    flag: str | None = None


def lists_of(folder: Path, site: str = LEEDS, **changes: object) -> dict[str, AccessList]:
    loaded = estate(folder, site, **changes)
    (only,) = loaded.sites.values()
    intent = build_intents(only, loaded.policy)["edge1"].sections["media_firewall"]
    assert isinstance(intent, MediaFirewallIntent)
    return {link.access_list.name.removeprefix("TRUNKLINE-WAN-").lower(): link.access_list for link in intent.links}


def passes(filtered_by: AccessList, packet: Packet) -> bool:
    """The first entry that matches decides; implicit deny."""
    return next((entry.action == "permit" for entry in filtered_by.entries if matches(entry, packet)), False)


def matches(entry: Entry, packet: Packet) -> bool:
    return (
        entry.remark is None
        and entry.protocol in ("ip", packet.protocol)
        and inside(entry.source, packet.source, packet.source_port)
        and inside(entry.destination, packet.destination, packet.port)
        and entry.flag in (None, "log", packet.flag)
    )


def inside(end: Endpoint, address: str, port: int) -> bool:
    within = end.prefix is None or IPv4Address(address) in end.prefix
    return within and (end.ports is None or end.ports.first <= port <= end.ports.last)


@pytest.mark.parametrize("line", ["fibre", "lte"])
def test_calls_from_the_trunks_pass_on_every_line(tmp_path: Path, line: str) -> None:
    asked = lists_of(tmp_path)[line]
    assert passes(asked, Packet("tcp", ZEN, 34567, port=5061))
    assert passes(asked, Packet("udp", VODE, 5060, port=5060))
    assert passes(asked, Packet("udp", ZEN, 40002, port=20000))
    assert passes(asked, Packet("udp", VODE, 40002, port=23999))


@pytest.mark.parametrize("port", [19999, 24000])
def test_exactly_one_range_of_media_ports_is_open(tmp_path: Path, port: int) -> None:
    assert not passes(lists_of(tmp_path)["fibre"], Packet("udp", ZEN, 40002, port=port))


@pytest.mark.parametrize(
    "packet",
    [
        Packet("udp", STRANGER, 5060, port=5060),
        Packet("tcp", STRANGER, 34567, port=5061),
        Packet("udp", STRANGER, 40002, port=20000),
        Packet("tcp", STRANGER, 34567, port=22),
        Packet("udp", STRANGER, 34567, port=161),
        Packet("udp", STRANGER, 123, port=161),
        Packet("icmp", STRANGER, flag="echo"),
    ],
)
def test_strangers_do_not_pass(tmp_path: Path, packet: Packet) -> None:
    assert not passes(lists_of(tmp_path)["fibre"], packet)


@pytest.mark.parametrize("forged", [53, 123, 443, 4500])
@pytest.mark.parametrize("line", ["fibre", "lte"])
def test_a_forged_source_port_does_not_reach_the_sbcs(tmp_path: Path, forged: int, line: str) -> None:
    asked = lists_of(tmp_path)[line]
    assert not passes(asked, Packet("udp", STRANGER, forged, port=20000))
    assert not passes(asked, Packet("udp", STRANGER, forged, port=5060))


@pytest.mark.parametrize(
    "packet",
    [
        Packet("tcp", STRANGER, 443, port=51000, flag="established"),
        Packet("udp", STRANGER, 53, port=51000),
        Packet("udp", STRANGER, 123, port=123),
        Packet("udp", STRANGER, 443, port=51000),
        Packet("icmp", STRANGER, flag="echo-reply"),
        Packet("icmp", STRANGER, flag="unreachable"),
        Packet("esp", STRANGER),
        Packet("udp", STRANGER, 4500, port=4500),
    ],
)
def test_answers_to_what_the_branch_asked_pass(tmp_path: Path, packet: Packet) -> None:
    assert passes(lists_of(tmp_path)["fibre"], packet)


def test_a_line_that_gets_its_address_by_dhcp_keeps_getting_it(tmp_path: Path) -> None:
    offer = Packet("udp", STRANGER, 67, "255.255.255.255", 68)
    asked = lists_of(tmp_path)
    assert passes(asked["lte"], offer)
    assert not passes(asked["fibre"], offer)


def test_nobody_outside_has_an_address_of_ours(tmp_path: Path) -> None:
    asked = lists_of(tmp_path)["fibre"]
    assert not passes(asked, Packet("tcp", "10.20.20.7", 443, port=51000, flag="established"))


def test_trusted_networks_elsewhere_manage_the_router_and_those_inside_do_not_come_from_outside(tmp_path: Path) -> None:
    trusted = {"security": {"trusted": ["10.20.99.0/24", "192.0.2.128/28"]}}
    asked = lists_of(tmp_path, policy=trusted)["fibre"]
    assert passes(asked, Packet("tcp", "192.0.2.130", 34567, port=22))
    assert passes(asked, Packet("icmp", "192.0.2.130", flag="echo"))
    assert not passes(asked, Packet("tcp", "10.20.99.9", 34567, port=22))
    assert not passes(asked, Packet("tcp", "10.20.99.200", 34567, port=22))


def test_a_site_that_narrows_who_is_trusted_lets_in_only_those(tmp_path: Path) -> None:
    trusted = {"security": {"trusted": ["192.0.2.128/30", "192.0.2.132/30"]}}
    narrow = {"security": {"trusted": ["192.0.2.128/30"]}}
    asked = lists_of(tmp_path, policy=trusted, narrow=narrow)["fibre"]
    assert passes(asked, Packet("tcp", "192.0.2.130", 34567, port=22))
    assert not passes(asked, Packet("tcp", "192.0.2.135", 34567, port=22))


def test_calls_go_to_the_pair_s_address_and_management_to_the_router_s(tmp_path: Path) -> None:
    wan = [
        {"name": "fibre", "provider": "zen", "interface": "edge1:GigabitEthernet0/0/0", "down": "100M", "up": "20M"}
        | {"address": "203.0.113.10/29", "gateway": "203.0.113.9"}
    ]
    trusted = {"security": {"trusted": ["192.0.2.128/28"]}}
    pair = {"public": "203.0.113.11"}
    asked = lists_of(tmp_path, policy=trusted, wan=wan, sbc=pair)["fibre"]
    assert passes(asked, Packet("udp", ZEN, 40002, "203.0.113.11", 20000))
    assert passes(asked, Packet("tcp", "192.0.2.130", 34567, "203.0.113.10", 22))
    assert not passes(asked, Packet("udp", ZEN, 40002, "203.0.113.10", 20000))
    assert not passes(asked, Packet("tcp", "192.0.2.130", 34567, "203.0.113.11", 22))


def test_a_hosted_site_opens_to_its_provider_s_ports_and_nobody_reaches_phones(tmp_path: Path) -> None:
    asked = lists_of(tmp_path, YORK)["dsl"]
    ours = "192.0.2.2"
    assert passes(asked, Packet("udp", "198.51.100.130", 16384, ours, 11780))
    assert passes(asked, Packet("udp", "198.51.100.70", 5060, ours, 1026))
    assert not passes(asked, Packet("udp", "198.51.100.130", 16382, ours, 11780))
    assert not passes(asked, Packet("udp", STRANGER, 16384, ours, 11780))
    assert not passes(asked, Packet("tcp", "198.51.100.70", 5061, ours, 1026))
    assert passes(asked, Packet("tcp", "198.51.100.70", 5061, ours, 1026, "established"))


def test_a_hosted_provider_known_by_name_signals_from_its_media_prefixes(tmp_path: Path) -> None:
    asked = lists_of(tmp_path, YORK, hosted={"servers": ["sip.zen.example"]})["dsl"]
    assert passes(asked, Packet("udp", "198.51.100.130", 5060, "192.0.2.2", 1026))


def test_a_trunk_known_by_name_only_is_refused_once_with_its_line(tmp_path: Path) -> None:
    policy = {"trunks": {"zen_sip": {"addresses": []}}}
    with pytest.raises(CapabilityError) as refused:
        lists_of(tmp_path, policy=policy)
    (problem,) = refused.value.problems
    assert problem.what.startswith("the trunk names its server sip.zen.example, and a router's access list needs")
    lines = (tmp_path / "sites" / "leeds.yml").read_text().splitlines()
    assert lines[problem.line - 1].strip() == "- zen_sip"


def test_entries_are_numbered_as_the_box_numbers_them(tmp_path: Path) -> None:
    entries = lists_of(tmp_path)["fibre"].entries
    assert [entry.sequence for entry in entries] == [10 * (at + 1) for at in range(len(entries))]
