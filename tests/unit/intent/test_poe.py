"""What phones may draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.intent.estates import LEEDS, YORK, estate, named
from trunkline.intent import BoxIntent, CapabilityError, build_intents
from trunkline.intent.sections.poe import PoeIntent, PoweredPort


def box(folder: Path, device: str, site: str = LEEDS, **changes: object) -> BoxIntent:
    loaded = estate(folder, site, **changes)
    (only,) = loaded.sites.values()
    return build_intents(only, loaded.policy)[device]


def poe_of(folder: Path, device: str, site: str = LEEDS, **changes: object) -> PoeIntent:
    intent = box(folder, device, site, **changes).sections["poe"]
    assert isinstance(intent, PoeIntent)
    return intent


def test_each_phone_gets_the_limit_of_its_class(tmp_path: Path) -> None:
    # A T54W is class 3, a VVX 250 class 2 (IEEE 802.3: 15.4 W, 7 W).
    assert poe_of(tmp_path, "sw1").ports == (PoweredPort("Ethernet1", 15_400), PoweredPort("Ethernet2", 7_000))


def test_phones_are_added_up_against_the_budget(tmp_path: Path) -> None:
    figures = poe_of(tmp_path, "sw1").figures
    assert named(figures, "all phones").value == pytest.approx(22.4)
    assert named(figures, "left of the budget").filled == "600 W - 22.4 W"
    assert named(figures, "left of the budget").value == pytest.approx(577.6)


def test_a_phone_with_its_own_supply_takes_nothing(tmp_path: Path) -> None:
    phones = [
        {"extension": "201", "person": "Fax", "model": "grandstream_ht801", "mac": "00:0b:82:00:02:01"}
        | {"port": "sw1:Ethernet1"}
    ]
    assert "poe" not in box(tmp_path, "sw1", phones=phones).sections


def test_a_box_without_phones_has_no_poe_section(tmp_path: Path) -> None:
    assert "poe" not in box(tmp_path, "edge1").sections


def test_a_router_feeds_phones_on_its_own_ports(tmp_path: Path) -> None:
    assert poe_of(tmp_path, "edge1", YORK).ports == (PoweredPort("GigabitEthernet0/1/0", 7_000),)


def test_a_phone_on_a_port_without_power_is_refused_with_its_line(tmp_path: Path) -> None:
    phones = [
        {"extension": "201", "person": "Ada Okafor", "model": "yealink_t54w", "mac": "80:5e:c0:00:02:01"}
        | {"port": "sw1:Ethernet25"}
    ]
    with pytest.raises(CapabilityError) as refused:
        poe_of(tmp_path, "sw1", phones=phones, ports={"sw1": {"Ethernet25": "desk"}})
    (problem,) = refused.value.problems
    assert problem.what == "Ethernet25 of a CCS-720XP-24ZY4 feeds no phone, and a yealink_t54w needs power"
    lines = (tmp_path / "sites" / "leeds.yml").read_text().splitlines()
    assert lines[problem.line - 1].strip() == "port: sw1:Ethernet25"
