"""Two sites of one estate do not share what can only be in one place."""

from __future__ import annotations

import re

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate


@pytest.fixture
def two(written: WrittenEstate) -> WrittenEstate:
    """Leeds, and York that differs from it wherever it has to."""
    york = written.read().replace("site: leeds", "site: york").replace("10.20.", "10.30.")
    york = york.replace("203.0.113.2", "203.0.113.6").replace("203.0.113.1\n", "203.0.113.5\n")
    written.write("sites/york.yml", re.sub(r"(..:..:..):00:02", r"\1:01:02", york))
    return written


def mistakes(written: WrittenEstate) -> list[str]:
    return [mistake.replace(f"{written.path}/", "") for mistake in written.mistakes()]


def test_two_unlike_sites_are_right(two: WrittenEstate) -> None:
    assert mistakes(two) == []


def test_prefixes_overlap(two: WrittenEstate) -> None:
    two.change("prefix: 10.30.10.0/24", "prefix: 10.20.0.0/22", "sites/york.yml")
    two.change("prefix: 10.20.10.0/24", "prefix: 10.20.2.0/24", LEEDS)
    assert mistakes(two) == [
        "sites/york.yml:14:29: networks.data.prefix: 10.20.0.0/22 overlaps 10.20.2.0/24 in sites/leeds.yml:14:29; "
        "give each site prefixes of its own"
    ]


def test_public_address_is_used_twice(two: WrittenEstate) -> None:
    two.change("address: 203.0.113.6/30\n    gateway: 203.0.113.5", "address: dhcp", "sites/york.yml")
    two.change("public: 203.0.113.6", "public: 203.0.113.2", "sites/york.yml")
    assert mistakes(two) == [
        "sites/york.yml:33:44: sbc.public: the public address 203.0.113.2 stands in sites/leeds.yml:24:14 too; "
        "it can be in one place only"
    ]


def test_phone_stands_in_two_sites(two: WrittenEstate) -> None:
    two.change("64:16:7f:01:02:05", "64:16:7f:00:02:05", "sites/york.yml")
    assert mistakes(two) == [
        "sites/york.yml:49:69: phones[5].mac: the MAC address 64:16:7f:00:02:05 stands in sites/leeds.yml:49:69 too; "
        "it can be in one place only"
    ]


def test_two_files_with_one_site(two: WrittenEstate) -> None:
    two.change("site: york", "site: leeds", "sites/york.yml")
    said = mistakes(two)
    assert "sites/york.yml:2:7: site: 'leeds' is not the name of the file; write site: york, or rename the file" in said
    assert (
        "sites/york.yml:2:7: site: the name of a site leeds stands in sites/leeds.yml:2:7 too; "
        "it can be in one place only" in said
    )


def test_two_boxes_would_have_one_host_name(two: WrittenEstate) -> None:
    york = two.read("sites/york.yml").replace("site: york", "site: leeds-sw1")
    (two.path / "sites" / "york.yml").rename(two.path / "sites" / "leeds-sw1.yml")
    two.write("sites/leeds-sw1.yml", re.sub(r"\bsbc1\b", "x", york))
    two.write("sites/leeds.yml", re.sub(r"\bsbc1\b", "sw1-x", two.read()))
    said = [mistake for mistake in mistakes(two) if "host name" in mistake]
    assert len(said) == 1
    assert "the host name leeds-sw1-x stands in" in said[0]


def test_site_named_like_a_role(two: WrittenEstate) -> None:
    two.write("sites/router.yml", two.read("sites/york.yml").replace("site: york", "site: router"))
    (two.path / "sites" / "york.yml").unlink()
    assert mistakes(two) == [
        "sites/router.yml:2:7: site: router is a group of hosts already, by role or platform; take another name"
    ]


def test_way_to_a_box_that_no_site_has(two: WrittenEstate) -> None:
    two.write("access.yml", "leeds-edge1: {host: 127.0.0.1, port: 2022}\nleeds-edg1: {host: 127.0.0.1}\n")
    assert mistakes(two) == ["access.yml:2:13: leeds-edg1: no site has this box; did you mean leeds-edge1?"]


def test_way_with_a_mistake(two: WrittenEstate) -> None:
    two.write("access.yml", "leeds-edge1: {host: 127.0.0.1, prt: 2022}\n")
    assert mistakes(two) == ["access.yml:1:32: leeds-edge1.prt: is not a known key; did you mean port?"]


def test_way_is_loaded_by_host(two: WrittenEstate) -> None:
    two.write("access.yml", "leeds-edge1: {host: 127.0.0.1, port: 2022}\nyork-sw1: {host: jump.example}\n")
    access = two.load().access
    assert (access["leeds-edge1"].host, access["leeds-edge1"].port) == ("127.0.0.1", 2022)
    assert access["york-sw1"].port is None
