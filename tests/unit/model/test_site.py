"""A valid site: typed values, shorthands expanded, every field with its place."""

from __future__ import annotations

import pickle
from ipaddress import IPv4Address, IPv4Interface, IPv4Network

import pytest
from pydantic import ValidationError

from tests.unit.model.written import WrittenEstate
from trunkline.model.fields import InterfaceRef, PortRange
from trunkline.model.policy import Policy
from trunkline.model.port_uses import expand
from trunkline.model.site import Site
from trunkline.units import Port


@pytest.fixture
def leeds(written: WrittenEstate) -> Site:
    return written.load().sites["leeds"]


@pytest.fixture
def policy(written: WrittenEstate) -> Policy:
    return written.load().policy


def test_values_are_typed_with_their_units(leeds: Site, policy: Policy) -> None:
    fibre = leeds.wan[0]
    assert (fibre.down, fibre.up) == (100_000, 20_000)
    assert fibre.interface == InterfaceRef("edge1", "GigabitEthernet0/0/0")
    assert fibre.address == IPv4Interface("203.0.113.2/30")
    assert leeds.wan[1].address == "dhcp"
    assert leeds.devices["sw1"].poe_budget == 600_000
    assert leeds.networks["voice"].prefix == IPv4Network("10.20.20.0/24")
    assert leeds.sbc is not None
    assert leeds.sbc.rtp == PortRange(Port(20000), Port(23999))
    assert leeds.sbc.rtp.size == 4000
    assert policy.classes["voice"].dscp == 46
    assert policy.voice.ptime == 20
    assert policy.security.ban_time == 3600


def test_router_has_the_first_address_unless_the_file_says_otherwise(written: WrittenEstate) -> None:
    written.change("prefix: 10.20.10.0/24}", "prefix: 10.20.10.0/24, gateway: 10.20.10.254}")
    networks = written.load().sites["leeds"].networks
    assert networks["voice"].router == IPv4Address("10.20.20.1")
    assert networks["data"].router == IPv4Address("10.20.10.254")


def test_ports_are_expanded_one_by_one(leeds: Site) -> None:
    uses = {use.interface: (use.use, use.peer) for use in leeds.ports["sw1"]}
    assert len(uses) == 23
    assert uses["Ethernet1"] == uses["Ethernet20"] == ("desk", None)
    assert uses["Ethernet21"] == ("sbc", "sbc1")
    assert uses["Ethernet22"] == ("sbc", "sbc2")
    assert uses["Ethernet24"] == ("uplink", "edge1")


def test_range_may_end_a_longer_name() -> None:
    assert expand("GigabitEthernet0/1/0-2") == tuple(f"GigabitEthernet0/1/{number}" for number in range(3))


def test_priority_follows_from_the_mark_unless_written(policy: Policy) -> None:
    assert policy.classes["voice"].cos == 5
    assert policy.classes["business"].cos == 2
    assert policy.classes["rest"].cos == 0


def test_field_tells_its_place(leeds: Site) -> None:
    assert str(leeds.position("phones", 3, "mac")).endswith("sites/leeds.yml:48:73")
    assert str(leeds.position("ports", "sw1", "Ethernet1-20")).endswith("sites/leeds.yml:40:19")


def test_field_that_is_not_written_has_the_place_around_it(leeds: Site) -> None:
    assert leeds.position("phones", 3, "language") == leeds.position("phones", 3)
    assert str(leeds.position("narrow")).endswith("sites/leeds.yml:2:1")


def test_site_that_no_file_describes_still_tells_where_it_would_stand(leeds: Site) -> None:
    built = leeds.model_copy()
    built._positions = None
    assert str(built.position("phones")) == "sites/leeds.yml:1:1"


def test_site_cannot_be_changed(leeds: Site) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        leeds.name = "York"  # type: ignore[misc]


def test_site_travels_to_another_process_with_its_places(leeds: Site) -> None:
    again = pickle.loads(pickle.dumps(leeds))
    assert again == leeds
    assert again.position("sbc", "rtp") == leeds.position("sbc", "rtp")


def test_offered_traffic_is_calls_times_hours(leeds: Site) -> None:
    assert leeds.people.erlangs == 42 * 180 / 3600


def test_box_is_called_by_site_and_device(leeds: Site) -> None:
    assert leeds.host("edge1") == "leeds-edge1"


def test_narrowing_holds_at_the_site_only(written: WrittenEstate) -> None:
    text = written.read()
    written.write("sites/leeds.yml", text + "narrow: {voice: {blocking: 0.001}, fraud: {international_per_day: 5}}\n")
    estate = written.load()
    narrowed = estate.policy.narrowed_by(estate.sites["leeds"].narrow)
    assert (narrowed.voice.blocking, narrowed.fraud.international_per_day) == (0.001, 5)
    assert narrowed.voice.codecs == estate.policy.voice.codecs
    assert estate.policy.voice.blocking == 0.01


def test_dial_plan_of_another_country_takes_its_place(written: WrittenEstate) -> None:
    written.change("country: GB", "country: FR")
    plan = (
        'narrow: {dial_plan: {country: FR, outside_prefix: "0", emergency: ["15", "17", "18", "112"], internal: 2xx}}'
    )
    written.write("sites/leeds.yml", written.read() + plan + "\n")
    estate = written.load()
    narrowed = estate.policy.narrowed_by(estate.sites["leeds"].narrow)
    assert narrowed.dial_plan.emergency == ("15", "17", "18", "112")


def test_plain_words_keep_their_meaning(written: WrittenEstate) -> None:
    """YAML 1.1 would read NO as false and 22:10:00 as a number."""
    written.change("name: Leeds, Park Row", "name: NO")
    written.change('mac: "80:5e:c0:00:02:02"', "mac: 80:50:00:00:02:02")
    leeds = written.load().sites["leeds"]
    assert leeds.name == "NO"
    assert leeds.phones[1].mac == "80:50:00:00:02:02"


def test_mac_is_kept_in_one_spelling(written: WrittenEstate) -> None:
    written.change('"80:5e:c0:00:02:02"', "805E.C000.0202")
    assert written.load().sites["leeds"].phones[1].mac == "80:5e:c0:00:02:02"
