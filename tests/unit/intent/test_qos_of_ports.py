"""QoS of a switch's ports."""

from __future__ import annotations

from pathlib import Path

from tests.unit.intent.estates import estate
from trunkline.intent import build_intents
from trunkline.intent.switch_queues import DscpMap, SwitchQosIntent


def qos_of(folder: Path, **changes: object) -> SwitchQosIntent:
    loaded = estate(folder, **changes)
    intent = build_intents(loaded.sites["leeds"], loaded.policy)["sw1"].sections["qos"]
    assert isinstance(intent, SwitchQosIntent)
    return intent


def test_ports_that_calls_pass_take_the_profile(tmp_path: Path) -> None:
    ports = {"sw1": {"Ethernet3": "data", "Ethernet4": "unused"}}
    assert qos_of(tmp_path, ports=ports).interfaces == (
        "Ethernet1",
        "Ethernet2",
        "Ethernet21",
        "Ethernet22",
        "Ethernet24",
    )


def test_voice_takes_the_queue_of_its_priority(tmp_path: Path) -> None:
    assert qos_of(tmp_path).voice_queue == 5


def test_a_code_point_that_the_box_maps_by_itself_needs_no_line(tmp_path: Path) -> None:
    assert qos_of(tmp_path).dscp_maps == ()


def test_a_priority_of_the_policy_that_differs_from_the_code_point_is_mapped(tmp_path: Path) -> None:
    policy = {"classes": {"signalling": {"dscp": "af31", "pcp": 4, "share": "2%"}}}
    assert qos_of(tmp_path, policy=policy).dscp_maps == (DscpMap(dscp=26, traffic_class=4),)


def test_priority_zero_is_best_effort_and_stands_above_background(tmp_path: Path) -> None:
    policy = {"classes": {"bulk": {"dscp": "af11", "pcp": 0, "share": "5%"}}}
    assert qos_of(tmp_path, policy=policy).dscp_maps == (DscpMap(dscp=10, traffic_class=1),)
