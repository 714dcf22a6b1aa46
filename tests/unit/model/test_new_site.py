"""A new site's file is right, and has prefixes of its own."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Network
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.model.written import WrittenEstate
from trunkline.model.estate import Estate
from trunkline.model.new_site import HostedAnswers, NoRoomError, SiteAnswers, free_block, site_file

ANSWERS = SiteAnswers(
    site="york",
    name='York: "Foss" Islands',
    call_control="pair",
    country="GB",
    timezone="Europe/London",
    address="12 Foss Islands Road",
    callback="+441632960400",
    phones=8,
    provider="zen",
    down="100M",
    up="20M",
    wan_address="198.51.100.2/30",
    gateway="198.51.100.1",
)


def used(estate: Estate) -> list[IPv4Network]:
    return [network.prefix for site in estate.sites.values() for network in site.networks.values()]


@pytest.mark.parametrize("phones", [0, 1, 20, 21, 60, 352])
def test_site_with_a_pair_is_right(written: WrittenEstate, phones: int) -> None:
    estate = written.load()
    written.write("sites/york.yml", site_file(replace(ANSWERS, phones=phones), estate.policy, used(estate)))
    assert written.mistakes() == []
    york = written.load().sites["york"]
    assert york.name == 'York: "Foss" Islands'
    assert sum(use.use == "desk" for uses in york.ports.values() for use in uses) >= phones


def test_hosted_site_is_right(written: WrittenEstate) -> None:
    estate = written.load()
    answers = replace(
        ANSWERS,
        call_control="hosted",
        wan_address="dhcp",
        gateway="",
        hosted=HostedAnswers(("pbx.cumulus.example",), ("192.0.2.0/26", "192.0.2.64/26")),
    )
    written.write("sites/york.yml", site_file(answers, estate.policy, used(estate)))
    assert written.mistakes() == []


def test_site_in_another_country_has_its_emergency_numbers(written: WrittenEstate) -> None:
    estate = written.load()
    answers = replace(ANSWERS, country="DE", timezone="Europe/Berlin")
    written.write("sites/york.yml", site_file(answers, estate.policy, used(estate)))
    assert written.mistakes() == []
    loaded = written.load()
    plan = loaded.policy.narrowed_by(loaded.sites["york"].narrow).dial_plan
    assert plan.emergency == ("112", "110")


def test_second_site_gets_another_block(written: WrittenEstate) -> None:
    for number in range(3):
        estate = written.load()
        answers = replace(
            ANSWERS, site=f"york{number}", wan_address=f"198.51.100.{number * 4 + 2}/30",
            gateway=f"198.51.100.{number * 4 + 1}",
        )  # fmt: skip
        written.write(f"sites/york{number}.yml", site_file(answers, estate.policy, used(estate)))
    assert written.mistakes() == []
    prefixes = sorted(written.load().sites[f"york{number}"].networks["voice"].prefix for number in range(3))
    assert [str(prefix) for prefix in prefixes] == ["10.16.4.0/22", "10.16.20.0/22", "10.16.36.0/22"]


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            lambda octets, length: IPv4Network((int.from_bytes(octets), length), strict=False),
            st.tuples(st.just(10), st.integers(0, 40), st.integers(0, 255), st.integers(0, 255)).map(bytes),
            st.integers(12, 30),
        ),
        max_size=20,
    )
)
def test_free_block_touches_nothing_in_use(prefixes: list[IPv4Network]) -> None:
    block = free_block(prefixes)
    assert not any(block.overlaps(prefix) for prefix in prefixes)


def test_blocks_follow_one_another() -> None:
    blocks: list[IPv4Network] = []
    for _ in range(5):
        blocks.append(free_block(blocks))
    assert all(int(later.network_address) - int(earlier.network_address) == 4096 for earlier, later in pairwise(blocks))


def test_full_estate_is_told(written: WrittenEstate) -> None:
    with pytest.raises(NoRoomError, match=r"every /20 of 10\.0\.0\.0/8 from 10\.16\.0\.0/20 on is in use"):
        free_block([IPv4Network("10.0.0.0/8")])


def test_more_phones_than_a_router_has_switches_for(written: WrittenEstate) -> None:
    with pytest.raises(NoRoomError, match="400 phones need 10 switches, the router has 8 ports"):
        site_file(replace(ANSWERS, phones=400), written.load().policy, [])
