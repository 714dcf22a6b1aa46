"""All mistakes come at once, each at its own line, and none follows from another."""

from __future__ import annotations

from tests.unit.model.written import WrittenEstate


def places(written: WrittenEstate) -> list[str]:
    return [": ".join(mistake.split(": ")[:2]) for mistake in written.mistakes()]


def test_mistakes_of_every_kind_come_in_one_run(written: WrittenEstate) -> None:
    written.change('area_code: "113"', 'area_code: "113"\narea_code: "114"')
    written.change("prefix: 10.20.10.0/24", "prefix: 10.20.20.128/25")
    written.change("down: 100M", "down: 100")
    written.change("poe_budget: 600W", "poe_budget: 80W")
    written.change("rtp: 20000-23999", "rtp: 20001-23999")
    written.change('"64:16:7f:00:02:06"', '"64:16:7f:00:02:05"')
    written.change("trunks: [zen_sip", "trunks: [zen_spi")
    written.change("share: 40%", "share: 40", "policy.yml")
    assert places(written) == [
        "policy.yml:5:35: classes.business.share",
        "sites/leeds.yml:9:1: area_code",
        "sites/leeds.yml:15:29: networks.data.prefix",
        "sites/leeds.yml:23:11: wan[1].down",
        "sites/leeds.yml:31:104: devices.sw1.poe_budget",
        "sites/leeds.yml:35:62: sbc.rtp",
        "sites/leeds.yml:51:69: phones[6].mac",
        "sites/leeds.yml:58:10: trunks[1]",
    ]


def test_line_that_cannot_be_read_does_not_move_the_places_of_others(written: WrittenEstate) -> None:
    written.change('extension: "203"', "extension: 203")
    written.change('"64:16:7f:00:02:06"', '"64:16:7f:00:02:05"')
    assert places(written) == [
        "sites/leeds.yml:47:17: phones[3].extension",
        "sites/leeds.yml:50:69: phones[6].mac",
    ]


def test_member_is_not_undefined_because_its_phone_has_a_mistake(written: WrittenEstate) -> None:
    written.change(
        'extension: "202", person: Ben Whitaker, model: yealink_t54w', 'extension: "202", person: Ben Whitaker'
    )
    assert places(written) == ["sites/leeds.yml:46:5: phones[2].model"]


def test_misspelt_section_is_the_only_mistake(written: WrittenEstate) -> None:
    written.change("phones:\n", "phonse:\n")
    assert places(written) == ["sites/leeds.yml:44:1: phonse"]


def test_port_that_cannot_be_read_leaves_its_phones_alone(written: WrittenEstate) -> None:
    written.change("Ethernet1-20: desk", "Ethernet20-1: desk")
    assert places(written) == ["sites/leeds.yml:40:5: ports.sw1.Ethernet20-1"]


def test_trunk_with_a_mistake_is_not_undefined_at_the_sites(written: WrittenEstate) -> None:
    written.change("transport: tls", "transport: tsl", "policy.yml")
    assert places(written) == ["policy.yml:27:16: trunks.zen_sip.transport"]


def test_site_is_checked_even_where_the_policy_is_no_yaml(written: WrittenEstate) -> None:
    written.write("policy.yml", "classes: [\n")
    written.change("rtp: 20000-23999", "rtp: 20001-23999")
    assert places(written) == ["policy.yml:2:1: YAML", "sites/leeds.yml:34:62: sbc.rtp"]


def test_wrong_call_control_hides_nothing_and_adds_nothing(written: WrittenEstate) -> None:
    written.change("call_control: pair", "call_control: pear")
    written.change("rtp: 20000-23999", "rtp: 20001-23999")
    assert places(written) == ["sites/leeds.yml:4:15: call_control", "sites/leeds.yml:34:62: sbc.rtp"]


def test_mapping_where_a_list_belongs_is_one_mistake(written: WrittenEstate) -> None:
    written.change("wan:  # the first line is the main one, the others back it up\n", "wan:\n  other:\n")
    assert len(written.mistakes()) == 1
