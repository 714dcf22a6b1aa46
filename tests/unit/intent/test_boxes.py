"""What the boxes of a site get, and that it is plain data."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from tests.unit.intent.estates import YORK, estate
from trunkline.intent import CapabilityError, build_intents, explain
from trunkline.intent.plain import plain
from trunkline.intent.registry import section_derivations


def test_every_network_box_has_the_sections_that_concern_it(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    boxes = build_intents(loaded.sites["leeds"], loaded.policy)
    assert {name: list(box.sections) for name, box in boxes.items()} == {
        "edge1": ["media_firewall", "qos", "sip_alg", "voice_vlan"],
        "sw1": ["poe", "qos", "sip_alg", "voice_vlan"],
    }
    assert boxes["edge1"].host == "leeds-edge1"


def test_a_box_knows_its_place_in_the_site_file(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    position = build_intents(loaded.sites["leeds"], loaded.policy)["sw1"].position
    assert Path(position.file).read_text().splitlines()[position.line - 1].strip() in ("sw1:", "role: access_switch")


def test_sip_is_left_alone_on_the_port_that_nat_looks_into(tmp_path: Path) -> None:
    loaded = estate(tmp_path, YORK)
    box = build_intents(loaded.sites["york"], loaded.policy)["edge1"]
    assert plain(box.sections["sip_alg"])["services"] == [
        {"protocol": "tcp", "port": 5060},
        {"protocol": "udp", "port": 5060},
    ]


def test_what_boxes_cannot_do_is_said_all_at_once(tmp_path: Path) -> None:
    loaded = estate(
        tmp_path,
        ports={"edge1": {"GigabitEthernet0/0/1": {"downlink": "sw1"}}, "sw1": {"Ethernet99": "desk"}},
        policy={"trunks": {"zen_sip": {"addresses": []}}},
    )
    with pytest.raises(CapabilityError) as refused:
        build_intents(loaded.sites["leeds"], loaded.policy)
    assert [problem.field for problem in sorted(refused.value.problems, key=lambda problem: problem.field)] == [
        "ports.edge1.GigabitEthernet0/0/1",
        "ports.sw1.Ethernet99",
        "trunks.zen_sip",
    ]


def test_intents_do_not_change(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    box = build_intents(loaded.sites["leeds"], loaded.policy)["sw1"]
    with pytest.raises(FrozenInstanceError):
        box.sections["qos"].profile = "other"  # type: ignore[attr-defined]


def test_intents_are_the_same_each_time(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    site = loaded.sites["leeds"]
    assert build_intents(site, loaded.policy) == build_intents(site, loaded.policy)


def test_every_section_is_plain_data_for_host_variables(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    for box in build_intents(loaded.sites["leeds"], loaded.policy).values():
        for intent in box.sections.values():
            assert json.loads(json.dumps(plain(intent))) == plain(intent)


def test_sections_are_found_in_their_folder() -> None:
    assert list(section_derivations()) == ["media_firewall", "poe", "qos", "sip_alg", "voice_vlan"]


def test_a_section_that_a_box_has_not_explains_nothing(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    assert explain(loaded.sites["leeds"], loaded.policy, "sw1", "media_firewall") == ()
