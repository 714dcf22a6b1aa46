"""Which VLANs the ports of a box carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.intent.estates import LEEDS, YORK, estate
from trunkline.intent import CapabilityError, build_intents
from trunkline.intent.sections.voice_vlan import DeskPort, ServerPort, TrunkPort, VoiceVlanIntent


def vlans_of(folder: Path, device: str, site: str = LEEDS, **changes: object) -> VoiceVlanIntent:
    loaded = estate(folder, site, **changes)
    (only,) = loaded.sites.values()
    intent = build_intents(only, loaded.policy)[device].sections["voice_vlan"]
    assert isinstance(intent, VoiceVlanIntent)
    return intent


def test_each_port_carries_what_its_use_needs(tmp_path: Path) -> None:
    intent = vlans_of(tmp_path, "sw1")
    assert intent.desk_ports == (DeskPort("Ethernet1", 10, 20), DeskPort("Ethernet2", 10, 20))
    assert intent.server_ports == (ServerPort("Ethernet21", 30), ServerPort("Ethernet22", 30))
    assert intent.trunk_ports == (TrunkPort("Ethernet24", (10, 20, 30, 99)),)


def test_the_vlan_by_which_the_box_is_reached_is_not_ours(tmp_path: Path) -> None:
    intent = vlans_of(tmp_path, "sw1")
    assert [(vlan.number, vlan.name) for vlan in intent.vlans] == [
        (10, "TRUNKLINE-DATA"),
        (20, "TRUNKLINE-VOICE"),
        (30, "TRUNKLINE-SBC"),
    ]


def test_dhcp_is_watched_in_the_voice_vlan_of_boxes_with_phones(tmp_path: Path) -> None:
    assert vlans_of(tmp_path, "sw1").snooped == (20,)
    assert vlans_of(tmp_path, "edge1").snooped == ()


def test_dhcp_is_not_watched_where_the_site_file_has_none(tmp_path: Path) -> None:
    voice = {"voice": {"vlan": 20, "prefix": "10.20.20.0/24", "dhcp": None}}
    assert vlans_of(tmp_path, "sw1", networks=voice).snooped == ()


def test_phones_on_a_router_s_own_ports_are_phones(tmp_path: Path) -> None:
    intent = vlans_of(tmp_path, "edge1", YORK)
    assert [port.interface for port in intent.desk_ports] == ["GigabitEthernet0/1/0", "GigabitEthernet0/1/1"]


def test_a_desk_on_a_routed_port_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(CapabilityError) as refused:
        vlans_of(tmp_path, "edge1", YORK, ports={"edge1": {"GigabitEthernet0/0/1": "desk"}})
    (problem,) = refused.value.problems
    assert problem.what == "GigabitEthernet0/0/1 of a C1111-8P is no switch port, and its use (desk) needs one"
    assert problem.right == "use one of GigabitEthernet0/1/0-7"
    lines = (tmp_path / "sites" / "york.yml").read_text().splitlines()
    assert lines[problem.line - 1].strip() == "GigabitEthernet0/0/1: desk"


def test_desk_ports_without_a_data_network_are_refused(tmp_path: Path) -> None:
    networks = {
        "voice": {"vlan": 20, "prefix": "10.20.20.0/24"},
        "sbc": {"vlan": 30, "prefix": "10.20.30.0/28"},
        "mgmt": {"vlan": 99, "prefix": "10.20.99.0/27"},
    }
    site = LEEDS.replace("  data:  {vlan: 10, prefix: 10.20.10.0/24}\n", "")
    with pytest.raises(CapabilityError, match="sw1 has desk ports, and the site has no network data for them"):
        vlans_of(tmp_path, "sw1", site, networks=networks)
