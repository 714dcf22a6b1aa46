"""What breaks when networks are run as code: one test a report, its id in the name."""

from __future__ import annotations

import string

import pytest

from tests.unit.change.conftest import plan, rules
from trunkline.change.banner import NoDelimiter
from trunkline.change.commands import Command, to_lines
from trunkline.change.ownership import OwnershipError, Rule, rules_of
from trunkline.change.tree import parse
from trunkline.devices.statements import load_table

ACL = {"statement": "access_list", "match": {"name": "RTP"}}


def test_n01_spelling_of_an_interface_is_no_difference(commands):
    running = "interface Vlan99\n ip address 192.0.2.5 255.255.255.0\n"
    intended = "interface vlan99\n ip address 192.0.2.5 255.255.255.0\n"
    assert commands("ios_xe", running, intended, "interface/ip_address") == []


def test_n01_unknown_abbreviation_is_refused_with_its_line():
    with pytest.raises(OwnershipError, match=r"rendered line 2 `ip addr 192\.0\.2\.5 255\.255\.255\.0`"):
        plan("ios_xe", "", "interface Vlan99\n ip addr 192.0.2.5 255.255.255.0\n", "interface/ip_address")


@pytest.mark.parametrize("mark", ["^", "#", "@"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r\r\n"])
def test_n06_banner_is_equal_with_any_delimiter_and_line_end(commands, mark, newline):
    running = newline.join(["banner motd ^C", "Branch 7", "", "^C", "hostname r1", ""])
    assert commands("ios_xe", running, f"banner motd {mark}\nBranch 7\n\n{mark}\n", "banner") == []


def test_n06_delimiter_is_chosen_outside_the_text(commands):
    lines = commands("ios_xe", "", "banner motd %\n^ # ! @ are no delimiters\n%\n", "banner")
    assert lines == ["banner motd ~\n^ # ! @ are no delimiters\n~"]


def test_n06_text_without_a_letter_to_spare_is_refused_in_words(commands):
    text = string.printable.replace("\n", "").replace("\r", "").replace("^", "")
    with pytest.raises(NoDelimiter, match="`banner motd` holds every letter"):
        commands("ios_xe", "", f"banner motd ^\n{text}\n^\n", "banner")


@pytest.mark.parametrize("text", ["new\n", "  GEOFF: EOF is no end here\n\n! nor this\n\n", ""])
def test_n06_eos_banner_ends_with_eof_on_a_line_of_its_own(commands, text):
    lines = commands("eos", "banner motd\nold\nEOF\n", f"banner motd\n{text}EOF\n", "banner")
    assert lines == [f"banner motd\n{text}EOF"]


def test_n06_blank_lines_at_the_end_of_a_banner_are_part_of_it(commands):
    lines = commands("ios_xe", "banner motd ^C\na\n^C\n", "banner motd @\na\n\n@\n", "banner")
    assert lines == ["banner motd @\na\n\n@"]


def test_n08_allowed_list_over_two_lines_is_one_set(commands):
    running = """\
        interface GigabitEthernet1/0/1
         switchport trunk allowed vlan 10,20,30
         switchport trunk allowed vlan add 40
        """
    intended = "interface GigabitEthernet1/0/1\n switchport trunk allowed vlan 10,20,30,40\n"
    assert commands("ios_xe", running, intended, "interface/switchport_trunk_allowed_vlan") == []


@pytest.mark.parametrize("platform", ["ios_xe", "eos"])
def test_n08_only_the_difference_is_sent_as_members(commands, platform):
    name = {"ios_xe": "GigabitEthernet1/0/1", "eos": "Ethernet1"}[platform]
    lines = commands(
        platform,
        f"interface {name}\n switchport trunk allowed vlan 10,20,30-32\n",
        f"interface {name}\n switchport trunk allowed vlan 10,20,31,40\n",
        "interface/switchport_trunk_allowed_vlan",
    )
    assert lines == [
        f"interface {name}",
        f"{' '}switchport trunk allowed vlan add 40",
        f"{' '}switchport trunk allowed vlan remove 30,32",
    ]


def test_n10_changed_remark_touches_no_permit(commands):
    lines = commands(
        "ios_xe",
        "ip access-list extended RTP\n 10 remark old\n 20 permit udp any any range 16384 32767\n",
        "ip access-list extended RTP\n 10 remark new\n 20 permit udp any any range 16384 32767\n",
        ACL,
    )
    assert lines == ["ip access-list extended RTP", " 11 remark new", " no 10"]


def test_n10_rules_are_compared_without_their_numbers(commands):
    running = "ip access-list extended RTP\n 5 permit udp any any eq 5060\n 7 deny   ip any any\n"
    intended = "ip access-list extended RTP\n 10 permit udp any any eq 5060\n 20 deny ip any any\n"
    assert commands("ios_xe", running, intended, ACL) == []


def test_n10_a_full_gap_is_renumbered_first(commands):
    running = "ip access-list extended RTP\n 1 permit udp any any eq 5060\n 2 deny ip any any\n"
    intended = """\
        ip access-list extended RTP
         10 permit udp any any eq 5060
         20 permit udp any any range 20000 23999
         30 deny ip any any
        """
    assert commands("ios_xe", running, intended, ACL) == [
        "ip access-list resequence RTP 10 10",
        "ip access-list extended RTP",
        " 15 permit udp any any range 20000 23999",
    ]


def test_n10_rules_that_move_are_replaced_behind_a_copy_that_is_attached(commands):
    def text(*ports: int) -> str:
        rules_text = "".join(f" {10 * n} permit udp any any eq {p}\n" for n, p in enumerate(ports, start=1))
        return f"ip access-list extended RTP\n{rules_text}interface Gi0/0/0\n ip access-group RTP in\n"

    lines = commands("ios_xe", text(1, 2), text(2, 1), ACL, "interface/ip_access_group")
    attached = [line.split()[2] for line in lines if line.startswith(" ip access-group")]
    assert attached == ["RTP-SWAP", "RTP"]
    assert lines.index("no ip access-list extended RTP") > lines.index(" ip access-group RTP-SWAP in")
    assert lines[-1] == "no ip access-list extended RTP-SWAP"


def test_n10_a_list_that_nobody_uses_is_renumbered_before_anything_else(commands):
    running = (
        "ip access-list extended RTP\n 1 permit udp any any eq 1\n 2 permit udp any any eq 2\n 3 deny ip any any\n"
    )
    intended = (
        "ip access-list extended RTP\n 10 permit udp any any eq 2\n 20 permit udp any any eq 1\n 30 deny ip any any\n"
    )
    assert commands("ios_xe", running, intended, ACL) == [
        "ip access-list resequence RTP 10 10",
        "ip access-list extended RTP",
        " no 20",
        " 5 permit udp any any eq 2",
    ]


def test_n12_hidden_default_is_no_command(commands):
    running = "interface GigabitEthernet1/0/1\n description phone\n"
    intended = "interface GigabitEthernet1/0/1\n no shutdown\n"
    assert commands("ios_xe", running, intended, {"statement": "interface/shutdown", "scope": "intended"}) == []


def test_n12_port_that_the_intent_does_not_name_is_never_opened(commands):
    running = "interface GigabitEthernet1/0/1\n shutdown\ninterface GigabitEthernet1/0/2\n shutdown\n"
    intended = "interface GigabitEthernet1/0/1\n no shutdown\n"
    assert commands("ios_xe", running, intended, {"statement": "interface/shutdown", "scope": "intended"}) == [
        "interface GigabitEthernet1/0/1",
        " no shutdown",
    ]


def test_n16_only_owned_objects_are_removed(commands):
    running = "vlan 10\n name data\nvlan 20\n name TRUNKLINE-VOICE\nvlan 30\n name cameras\n"
    rule = {"statement": "vlan", "holding": {"name": {"name": "TRUNKLINE-*"}}}
    assert commands("ios_xe", running, "", rule) == ["no vlan 20"]


def test_n16_vlans_of_others_stay_on_a_trunk_and_ours_join_them(commands, way_back):
    running = "interface Ethernet24\n   switchport trunk allowed vlan 10,40,50\n"
    intended = "interface Ethernet24\n   switchport trunk allowed vlan 10,20\n"
    owned = {"statement": "interface/switchport_trunk_allowed_vlan", "scope": "intended", "members": "ours"}
    assert commands("eos", running, intended, owned) == [
        "interface Ethernet24",
        " switchport trunk allowed vlan add 20",
    ]
    assert way_back("eos", running, intended, owned)[1:] == [" switchport trunk allowed vlan remove 20"]


def test_n29_order_of_classes_is_seen_and_mended_with_one_move(commands):
    running = """\
        policy-map WAN
         class VOICE
          priority percent 30
         class SIG
          bandwidth remaining percent 10
         class DATA
          bandwidth remaining percent 20
        """
    intended = """\
        policy-map WAN
         class SIG
          bandwidth remaining percent 10
         class VOICE
          priority percent 30
         class DATA
          bandwidth remaining percent 20
        """
    lines = commands("ios_xe", running, intended, "policy_map")
    assert [line for line in lines if "no class" in line] in ([" no class SIG"], [" no class VOICE"])
    assert sum("insert-before" in line for line in lines) == 1


def test_n30_create_before_use_and_delete_after(commands):
    def text(name: str) -> str:
        policy = f"policy-map {name}\n class class-default\n  shape average 1000000\n"
        return f"{policy}interface Gi0/0\n service-policy output {name}\n"

    lines = commands("ios_xe", text("OLD"), text("NEW"), "policy_map", "interface/service_policy")
    assert lines == [
        "policy-map NEW",
        " class class-default",
        "  shape average 1000000",
        "interface Gi0/0",
        " no service-policy output OLD",
        " service-policy output NEW",
        "no policy-map OLD",
    ]


def test_n30_an_access_list_is_swapped_without_a_moment_between(commands):
    def text(name: str) -> str:
        return f"ip access-list extended {name}\n 10 deny ip any any\ninterface Gi0/0\n ip access-group {name} in\n"

    assert commands("ios_xe", text("OLD"), text("NEW"), "access_list", "interface/ip_access_group") == [
        "ip access-list extended NEW",
        " 10 deny ip any any",
        "interface Gi0/0",
        " ip access-group NEW in",
        "no ip access-list extended OLD",
    ]


def test_n31_what_overwrites_is_overwritten(commands):
    running = "interface Gi1/0/1\n switchport voice vlan 20\n"
    intended = "interface Gi1/0/1\n switchport voice vlan 30\n"
    assert commands("ios_xe", running, intended, "interface/switchport_voice_vlan") == [
        "interface Gi1/0/1",
        " switchport voice vlan 30",
    ]


def test_n31_a_share_shrinks_before_another_grows(commands):
    def text(voice: int, data: int) -> str:
        return f"policy-map W\n class V\n  priority percent {voice}\n class D\n  bandwidth percent {data}\n"

    lines = commands("ios_xe", text(20, 80), text(50, 50), "policy_map")
    assert lines == ["policy-map W", " class D", "  bandwidth percent 50", " class V", "  priority percent 50"]


def test_n32_two_identities_of_one_statement_stay_apart(commands):
    running = "snmp-server community one RO 10\n"
    intended = "snmp-server community one RO 10\nsnmp-server community two RO 11\n"
    assert commands("ios_xe", running, intended, "snmp_community") == ["snmp-server community two RO 11"]


def test_n33_unknown_lines_are_foreign_and_the_next_are_still_read():
    text = """\
router eigrp X
 address-family ipv4 unicast autonomous-system 1
  af-interface default
  exit-af-interface
  exit-af-interface
interface GigabitEthernet0/0/1
 ip vrf receive X
 ip address 192.0.2.1 255.255.255.0
"""
    tree = parse(load_table("ios_xe"), text)
    assert [line.number for line in tree.unknown_lines()] == [1, 2, 3, 4, 5, 7]
    (interface,) = tree.root.children.values()
    assert [child.line for child in interface.children.values()] == ["ip address 192.0.2.1 255.255.255.0"]


@pytest.mark.parametrize(
    ("platform", "running", "intended", "owned"),
    [
        (
            "ios_xe",
            "policy-map W\n class class-default\n  shape average 25000000   \n",
            "policy-map W\n class class-default\n  shape average 25m\n",
            "policy_map",
        ),
        ("ios_xe", "class-map match-any V\n match dscp 46 \n", "class-map match-any V\n match dscp ef\n", "class_map"),
        (
            "ios_xe",
            "interface Vlan1\n ip address 2001:db8:0::1/64\n",
            "interface Vlan1\n ip address 2001:DB8::1/64\n",
            "interface/ip_address",
        ),
        (
            "eos",
            "interface Ethernet1\n   poe limit 15.40 watts\n",
            "interface Et1\n   poe limit 15.4 watts\n",
            "interface/poe_limit",
        ),
        (
            "eos",
            "ip access-list R\n   10 permit udp 10.0.0.0/24 any eq ssh\n",
            "ip access-list R\n   10 permit udp 10.0.0.0 0.0.0.255 any eq 22\n",
            "access_list",
        ),
        (
            "eos",
            "policy-map type quality-of-service P\n   class class-default\n",
            "policy-map type qos P\n",
            "policy_map",
        ),
    ],
)
def test_n36_equal_values_in_other_spellings_are_no_command(commands, platform, running, intended, owned):
    assert commands(platform, running, intended, owned) == []


def test_n50_doubled_rule_is_refused_with_both_lines():
    text = "ip access-list extended RTP\n 10 permit udp any any eq 5060\n 20 permit udp any any eq 5060\n"
    with pytest.raises(OwnershipError, match="rendered lines 2 and 3"):
        plan("ios_xe", "", text, ACL)


def test_n52_running_probe_is_unscheduled_rebuilt_and_scheduled(commands):
    def text(frequency: int) -> str:
        return (
            f"ip sla 10\n icmp-echo 192.0.2.1\n frequency {frequency}\nip sla schedule 10 life forever start-time now\n"
        )

    route = "ip route 0.0.0.0 0.0.0.0 192.0.2.1 10 track 1\n"
    lines = commands("ios_xe", text(10) + route, text(5) + route, "ip_sla", "ip_sla_schedule", "ip_route")
    assert lines == [
        "no ip sla schedule 10",
        "no ip sla 10",
        "ip sla 10",
        " icmp-echo 192.0.2.1",
        " frequency 5",
        "ip sla schedule 10 life forever start-time now",
    ]


def test_new_default_route_stands_before_the_old_one_goes(commands):
    running = "ip route 0.0.0.0 0.0.0.0 192.0.2.1\n"
    intended = "ip route 0.0.0.0 0.0.0.0 198.51.100.1 10 track 1\ntrack 1 ip sla 1 reachability\n"
    assert commands("ios_xe", running, intended, "ip_route", "track") == [
        "track 1 ip sla 1 reachability",
        "ip route 0.0.0.0 0.0.0.0 198.51.100.1 10 track 1",
        "no ip route 0.0.0.0 0.0.0.0 192.0.2.1",
    ]


def test_n53_ranges_are_compared_by_member(commands):
    running = "line vty 0 4\n transport input ssh\nline vty 5 15\n transport input ssh\nvlan 20,30\n"
    intended = "line vty 0 15\n transport input ssh\nvlan 20\nvlan 30\n"
    assert commands("ios_xe", running, intended, "line_vty/transport_input", "vlan") == []
    assert commands("ios_xe", running, intended.replace("vlan 30\n", ""), "line_vty/transport_input", "vlan") == [
        "no vlan 30"
    ]


def test_n54_composed_and_decomposed_letters_are_equal(commands):
    running = "interface Gi1/0/1\r\n description Bu\u0308ro\r\n"
    intended = "interface Gi1/0/1\n description B\u00fcro\n"
    assert commands("ios_xe", running, intended, "interface/description") == []


def test_second_plan_after_apply_is_empty_and_way_back_is_exact(commands, way_back):
    before = "policy-map A\n class X\n  priority percent 10\ninterface Gi0/0\n service-policy output A\n"
    after = "policy-map B\n class Y\n  priority percent 20\ninterface Gi0/0\n service-policy output B\n"
    owned = ("policy_map", "interface/service_policy")
    assert commands("ios_xe", after, after, *owned) == []
    assert way_back("ios_xe", before, after, *owned) == commands("ios_xe", after, before, *owned)


def test_lines_that_a_removed_block_takes_with_it_come_back(way_back):
    running = "class-map match-any V\n match dscp ef\n match vlan 7\n"
    remediation = plan("ios_xe", running, "", "class_map")
    assert to_lines(remediation.rollback) == ["class-map match-any V", " match dscp ef", " match vlan 7"]
    assert remediation.changes[0].foreign_lines == 1


def test_off_switch_that_stands_as_no_line_is_taken_back_by_the_plain_line(commands):
    running = "no ip nat service sip udp port 5060\n"
    assert commands("ios_xe", running, "", "nat_service_sip") == ["ip nat service sip udp port 5060"]
    assert commands("ios_xe", "", running, "nat_service_sip") == ["no ip nat service sip udp port 5060"]


def test_switch_that_is_off_by_default_elsewhere_is_taken_away_there(commands):
    running = "ip nat service sip udp port 5070\n"
    assert commands("ios_xe", running, "", "nat_service_sip") == ["no ip nat service sip udp port 5070"]


def test_a_mode_is_entered_again_only_when_another_came_between():
    typed = [
        ("policy-map P", "class A", "set dscp ef"),
        ("policy-map P", "class B", "set dscp cs3"),
        ("interface Vlan20", "no shutdown"),
        ("policy-map P", "no class C"),
    ]
    assert to_lines(Command("qos", "change", lines) for lines in typed) == [
        "policy-map P",
        " class A",
        "  set dscp ef",
        " class B",
        "  set dscp cs3",
        "interface Vlan20",
        " no shutdown",
        "policy-map P",
        " no class C",
    ]


def test_two_owners_of_one_statement_are_refused():
    one = Rule(statement="policy_map", match={"name": "TRUNKLINE-*"})
    other = Rule(statement="policy_map", match={"name": "TRUNKLINE-WAN*"})
    with pytest.raises(OwnershipError, match="roles qos and wan both own policy_map"):
        rules_of(load_table("ios_xe"), {"qos": [one], "wan": [other]})


def test_line_that_no_rule_covers_is_refused():
    with pytest.raises(OwnershipError, match=r"not in its owned\.yml"):
        plan("ios_xe", "", "policy-map X\n class class-default\n  shape average 1000000\n", "class_map")


def test_port_is_cleaned_only_where_the_sibling_shows_that_it_is_ours(commands):
    running = """\
        interface Ethernet1
           switchport trunk native vlan 10
           switchport phone vlan 20
        interface Ethernet2
           switchport trunk native vlan 40
        """
    owned = (
        "interface/switchport_phone_vlan",
        {"statement": "interface/switchport_trunk_native_vlan", "beside": "switchport_phone_vlan"},
    )
    assert commands("eos", running, "", *owned) == [
        "interface Ethernet1",
        " no switchport phone vlan",
        " no switchport trunk native vlan",
    ]


def test_rules_name_known_statements_only():
    with pytest.raises(OwnershipError, match="ios_xe knows no statement interface/magic"):
        rules("ios_xe", "interface/magic")


def test_range_ends_with_its_last_member(commands):
    running = "line vty 0 4\n transport input ssh\n"
    assert commands("ios_xe", running, "line vty 0 5\n transport input ssh\n", "line_vty/transport_input") == [
        "line vty 5",
        " transport input ssh",
    ]


def test_rules_without_numbers_count_in_tens_as_the_box_does(commands):
    running = "ip access-list extended RTP\n permit udp any any eq 5060\n permit udp any any eq 5061\n"
    intended = "ip access-list extended RTP\n 10 permit udp any any eq 5060\n"
    assert commands("ios_xe", running, intended, ACL) == ["ip access-list extended RTP", " no 20"]


def test_new_line_joins_a_block_that_stays(commands):
    running = "class-map match-any V\n match dscp ef\n"
    intended = "class-map match-any V\n match dscp ef\n match dscp cs5\n"
    assert commands("ios_xe", running, intended, "class_map") == ["class-map match-any V", " match dscp cs5"]


def test_removal_is_typed_in_its_own_mode():
    typed = [
        Command("qos", "change", ("policy-map P", "class A", "set dscp ef")),
        Command("qos", "remove", ("policy-map P", "no class B")),
    ]
    assert to_lines(typed) == ["policy-map P", " class A", "  set dscp ef", "policy-map P", " no class B"]


def test_list_that_others_use_as_well_is_swapped_under_them_too(commands):
    def text(*ports: int) -> str:
        lines = "".join(f" {10 * n} permit udp any any eq {p}\n" for n, p in enumerate(ports, start=1))
        return f"ip access-list extended RTP\n{lines}"

    foreign = "line vty 0\n access-class RTP in\n"
    lines = commands("ios_xe", text(1, 2) + foreign, text(2, 1), ACL)
    assert [line for line in lines if "access-class" in line] == [
        " access-class RTP-SWAP in",
        " access-class RTP in",
    ]
    assert lines.index("no ip access-list extended RTP") > lines.index(" access-class RTP-SWAP in")


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ({"match": {"name": "TRUNKLINE-A*"}}, {"match": {"name": "TRUNKLINE-B*"}}, False),
        ({"match": {"name": "TRUNKLINE-A"}}, {"match": {"name": "TRUNKLINE-*"}}, True),
        ({"match": {"name": "OTHER"}}, {"match": {"name": "TRUNKLINE-*"}}, False),
        ({}, {"match": {"name": "TRUNKLINE-*"}}, True),
    ],
)
def test_two_rules_meet_where_one_name_fits_both(one, other, meet):
    table = load_table("ios_xe")
    owned = {
        "qos": [Rule.model_validate({"statement": "policy_map", **one})],
        "wan": [Rule.model_validate({"statement": "policy_map", **other})],
    }
    if meet:
        with pytest.raises(OwnershipError, match="both own policy_map"):
            rules_of(table, owned)
    else:
        assert rules_of(table, owned).sections == ("qos", "wan")


def test_blocks_told_apart_by_what_they_hold_have_two_owners():
    rows = {
        name: [Rule.model_validate({"statement": "vlan", "holding": {"name": {"name": f"TRUNKLINE-{name}"}}})]
        for name in ("VOICE", "SBC")
    }
    assert rules_of(load_table("eos"), rows).sections == ("VOICE", "SBC")


def two_lists(first: tuple[int, ...], second: tuple[int, ...], attached: str) -> str:
    """Lists A and B that permit these ports, and the list that each of two interfaces uses."""
    text = ""
    for name, ports in (("A", first), ("B", second)):
        rules_text = "".join(f" {10 * n} permit udp any any eq {p}\n" for n, p in enumerate(ports, start=1))
        text += f"ip access-list extended {name}\n{rules_text}"
    for number, name in enumerate(attached):
        text += f"interface Gi0/0/{number}\n ip access-group {name} in\n"
    return text


def test_rule_leaves_a_list_after_the_interface_that_still_needs_it(commands):
    running = two_lists((1, 2), (2,), "A")
    lines = commands("ios_xe", running, two_lists((1,), (2,), "B"), "access_list", "interface/ip_access_group")
    assert lines.index(" no 20") > lines.index(" ip access-group B in")


def test_two_lists_exchange_their_users_and_nobody_misses_a_rule(commands):
    running = two_lists((1, 2, 3), (3, 2, 1), "AB")
    intended = two_lists((2, 1, 3), (3, 1, 2), "BA")
    lines = commands("ios_xe", running, intended, "access_list", "interface/ip_access_group")
    attached = [line.split()[2] for line in lines if line.startswith(" ip access-group")]
    assert sorted(attached) == ["A", "A-SWAP", "B", "B-SWAP"]
    for name in "AB":
        gone = lines.index(f"no ip access-list extended {name}")
        assert all(gone > lines.index(f" ip access-group {spare}-SWAP in") for spare in "AB")


def test_class_default_joins_a_policy_that_stands(commands):
    running = "policy-map W\n class V\n  priority percent 20\n"
    intended = running + " class class-default\n  bandwidth remaining percent 50\n"
    assert commands("ios_xe", running, intended, "policy_map") == [
        "policy-map W",
        " class class-default",
        "  bandwidth remaining percent 50",
    ]


def test_port_is_ours_from_the_run_that_makes_it_ours(commands):
    running = "interface Ethernet9\n   poe limit 30.00 watts\n"
    intended = "interface Ethernet9\n   switchport phone vlan 20\n"
    owned = ("interface/switchport_phone_vlan", {"statement": "interface/poe_limit", "beside": "switchport_phone_vlan"})
    assert commands("eos", running, intended, *owned) == [
        "interface Ethernet9",
        " switchport phone vlan 20",
        " no poe limit",
    ]


def test_interface_that_joins_a_list_while_it_is_swapped_is_told():
    running = two_lists((1, 2), (2,), "A")
    intended = two_lists((2, 1), (2,), "AA")
    remediation = plan("ios_xe", running, intended, "access_list", "interface/ip_access_group")
    told = [
        (change.where, change.before, change.after) for change in remediation.changes if "access-group" in change.after
    ]
    assert told == [(("interface Gi0/0/1",), "", "ip access-group A in")]
