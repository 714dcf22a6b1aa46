"""The virtual ios_xe in memory: what it prints, rewrites, hides, orders and refuses."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trunkline.lab.vendors.ios_xe
from trunkline.lab.vendors.ios_xe import Box
from trunkline.lab.vendors.ios_xe.passwords import matches_type_9

STATES = Path(trunkline.lab.vendors.ios_xe.__file__).parent / "states"
FACTORY = Box("leeds-edge1", (STATES / "factory.cfg").read_text())
CUSTOMER = Box("leeds-edge1", (STATES / "customer.cfg").read_text())

WAN_POLICY = """\
class-map match-any SIGNAL
match ip dscp cs3
class-map match-any VOICE
match ip dscp ef
policy-map WAN-QUEUING
class VOICE
priority percent 30
class SIGNAL
bandwidth remaining percent 10
class class-default
bandwidth remaining percent 90
policy-map WAN-QOS
class class-default
shape average 2000000
service-policy WAN-QUEUING
""".splitlines()


@pytest.fixture
def box() -> Box:
    return FACTORY.copy()


def typed(box: Box, *lines: str) -> None:
    """Type lines that the box must take."""
    refusals = box.configure(list(lines))
    assert refusals == [], refusals


def refused(box: Box, *lines: str) -> str:
    """Type lines of which the box refuses exactly the last; return its words."""
    typed(box, *lines[:-1])
    context = box.machine.typist()
    for line in lines[:-1]:
        context.type(line)
    unchanged = box.machine.lines()
    answer = context.type(lines[-1])
    assert not answer.accepted, f"{lines[-1]!r} was taken"
    assert box.machine.lines() == unchanged
    return answer.text


def shown(box: Box, start: str) -> list[str]:
    """Return a line of the running configuration with what stands below it."""
    lines = box.machine.lines()
    at = lines.index(start)
    body = [lines[at]]
    for line in lines[at + 1 :]:
        if not line.startswith(" "):
            break
        body.append(line)
    return body


# printing


@pytest.mark.parametrize("state", ["factory", "customer"])
def test_start_configuration_is_printed_as_it_was_read(state: str) -> None:
    text = (STATES / f"{state}.cfg").read_text()
    assert Box("x", text).body() == text


def test_customer_has_more_than_300_foreign_lines_and_sip_inspection_on() -> None:
    lines = [line for line in CUSTOMER.machine.lines() if line.strip() not in ("", "!")]
    assert len(lines) > 400
    assert not any("ip nat service sip" in line for line in lines)
    assert any("ip nat inside source" in line for line in lines)


def test_qos_prints_with_the_blanks_that_the_box_has(box: Box) -> None:
    typed(box, *WAN_POLICY, "interface GigabitEthernet0/0/0", "bandwidth 5000", "service-policy output WAN-QOS")
    assert shown(box, "class-map match-any VOICE") == ["class-map match-any VOICE", " match ip dscp ef "]
    assert shown(box, "policy-map WAN-QUEUING") == [
        "policy-map WAN-QUEUING",
        " class VOICE",
        "  priority percent 30",
        " class SIGNAL",
        "  bandwidth remaining percent 10 ",
        " class class-default",
        "  bandwidth remaining percent 90 ",
    ]
    assert shown(box, "policy-map WAN-QOS") == [
        "policy-map WAN-QOS",
        " class class-default",
        "  shape average 2000000",
        "   service-policy WAN-QUEUING",
    ]
    assert shown(box, "interface GigabitEthernet0/0/0") == [
        "interface GigabitEthernet0/0/0",
        " bandwidth 5000",
        " no ip address",
        " negotiation auto",
        " service-policy output WAN-QOS",
    ]


REWRITES = [
    # typed, printed
    (["int gi0/0/0", "desc uplink  two blanks"], " description uplink  two blanks"),
    (["interface GigabitEthernet 0/0/1", "ip addr 192.0.2.1 255.255.255.0"], " ip address 192.0.2.1 255.255.255.0"),
    (["class-map match-any X", "match ip dscp 46"], " match ip dscp ef "),
    (["class-map match-any X", "match dscp 34 36 38"], " match dscp af41  af42  af43 "),
    (["class-map match-any X", "match ip dscp 0"], " match ip dscp default "),
    (["class-map match-any X", "match dscp 45"], " match dscp 45 "),
    (["class-map match-any X", "match cos 5"], " match cos  5 "),
    (["class-map match-any X", "match ip precedence critical"], " match ip precedence 5 "),
    (["class-map match-any X", "match not dscp ef"], " match not dscp ef "),
    (["class-map X"], "class-map match-all X"),
    (["policy-map P", "class class-default", "set dscp 46"], "  set dscp ef"),
    (["policy-map P", "class class-default", "set ip dscp 0"], "  set ip dscp default"),
    (["policy-map P", "class class-default", "queue-limit 64"], "  queue-limit 64 packets"),
    (["policy-map P", "class class-default", "bandwidth percent 10"], "  bandwidth percent 10 "),
    (["policy-map P", "class class-default", "police 128000"], "  police cir 128000"),
    (
        ["policy-map P", "class class-default", "police cir 128000 conform-action transmit exceed-action drop"],
        "  police cir 128000 conform-action transmit  exceed-action drop ",
    ),
    (
        ["policy-map P", "class class-default", "police cir 128000", "exceed-action set-dscp-transmit 8"],
        "   exceed-action set-dscp-transmit cs1",
    ),
    (["ip access-list extended A", "permit udp any any eq 161"], " 10 permit udp any any eq snmp"),
    (["ip access-list extended A", "permit tcp any any eq 161"], " 10 permit tcp any any eq 161"),
    (["ip access-list extended A", "permit tcp any any eq 80"], " 10 permit tcp any any eq www"),
    (["ip access-list extended A", "permit tcp any any eq 22"], " 10 permit tcp any any eq 22"),
    (["ip access-list extended A", "permit udp any any eq 4500"], " 10 permit udp any any eq non500-isakmp"),
    (["ip access-list extended A", "permit udp any any range 500 514"], " 10 permit udp any any range 500 514"),
    (["ip access-list extended A", "permit udp any any range tftp snmp"], " 10 permit udp any any range 69 161"),
    (["ip access-list extended A", "deny ip any any log"], " 10 deny   ip any any log"),
    (["ip access-list extended A", "permit 17 any any"], " 10 permit udp any any"),
    (
        ["ip access-list extended A", "permit ip 10.1.2.3 0.0.0.255 10.0.0.1 0.0.0.0"],
        " 10 permit ip 10.1.2.0 0.0.0.255 host 10.0.0.1",
    ),
    (["ip access-list extended A", "permit ip any any dscp 46"], " 10 permit ip any any dscp ef"),
    (["ip access-list standard S", "permit host 10.0.0.1"], " 10 permit 10.0.0.1"),
    (["ip access-list standard S", "permit 10.0.0.1 0.0.0.0"], " 10 permit 10.0.0.1"),
    (["ip access-list standard S", "deny 10.1.1.1 0.0.255.255 log"], " 10 deny   10.1.0.0 0.0.255.255 log"),
    (["ip route 0.0.0.0 0.0.0.0 192.0.2.1 track 1 10"], "ip route 0.0.0.0 0.0.0.0 192.0.2.1 10 track 1"),
    (["ip route 10.0.0.0 255.0.0.0 gi0/0/0 192.0.2.1"], "ip route 10.0.0.0 255.0.0.0 GigabitEthernet0/0/0 192.0.2.1"),
    (["track 1 ip sla 1"], "track 1 ip sla 1 state"),
    (["track 1 ip sla 1 reachability", "delay up 30 down 10"], " delay down 10 up 30"),
    (["route-map R"], "route-map R permit 10"),
    (["logging 192.0.2.9"], "logging host 192.0.2.9"),
    (["logging host 192.0.2.9 transport udp port 5514"], "logging host 192.0.2.9 transport udp port 5514"),
    (["logging host 192.0.2.9 transport udp port 514"], "logging host 192.0.2.9"),
    (["logging trap 5"], "logging trap notifications"),
    (["interface gi0/1/1", "spanning-tree portfast edge"], " spanning-tree portfast"),
    (["interface gi0/1/1", "spanning-tree portfast trunk"], " spanning-tree portfast trunk"),
    (
        ["interface gi0/1/1", "switchport trunk allowed vlan 30,10,11,12,20"],
        " switchport trunk allowed vlan 10-12,20,30",
    ),
    (["vlan 20", "vlan 30", "vlan 10"], "vlan 10,20,30 "),
    (["ip domain-name example.net"], "ip domain name example.net"),
    (["ip access-list extended A", "10 permit ip any any", "5 remark first"], " 5 remark first"),
    (["access-list 10 permit 10.1.0.0 0.0.255.255"], " 10 permit 10.1.0.0 0.0.255.255"),
    (["access-list 110 permit udp any any eq 53"], " 10 permit udp any any eq domain"),
    (["banner motd #Hello#"], "banner motd ^CHello^C"),
    (["snmp-server community one"], "snmp-server community one RO"),
]


@pytest.mark.parametrize(("lines", "printed"), REWRITES, ids=[p.strip() for _, p in REWRITES])
def test_line_is_rewritten_as_the_box_does(box: Box, lines: list[str], printed: str) -> None:
    typed(box, *lines)
    assert printed in box.machine.lines()


HIDDEN = [
    ["interface gi0/0/0", "no shutdown"],
    ["interface gi0/0/0", "load-interval 300"],
    ["interface gi0/0/0", "ip redirects"],
    ["interface gi0/0/0", "lldp transmit"],
    ["interface gi0/1/1", "switchport access vlan 1"],
    ["interface gi0/1/1", "switchport trunk allowed vlan all"],
    ["interface gi0/1/1", "switchport trunk native vlan 1"],
    ["interface gi0/1/1", "power inline auto"],
    ["interface gi0/1/1", "power inline auto max 30000"],
    ["interface gi0/1/1", "power inline port priority low"],
    ["interface gi0/1/1", "no ip dhcp snooping trust"],
    ["ip nat translation udp-timeout 300"],
    ["ip nat service sip udp port 5060"],
    ["logging trap informational"],
    ["ip ssh version 2"],
    ["cdp run"],
    ["no lldp run"],
    ["ip domain lookup"],
    ["line con 0", "exec-timeout 10 0"],
    ["file prompt alert"],
    ["snmp-server user mon MONITOR v3 auth sha Canary priv aes 128 Canary"],
]


@pytest.mark.parametrize("lines", HIDDEN, ids=[lines[-1] for lines in HIDDEN])
def test_default_is_not_printed(box: Box, lines: list[str]) -> None:
    before = box.machine.lines()
    typed(box, *lines)
    assert box.machine.lines() == before


def test_defaults_are_printed_when_all_is_asked_for(box: Box) -> None:
    body = box.body(full=True)
    assert " switchport access vlan 1\n" in body
    assert " no shutdown\n" in body
    assert " power inline port priority low\n" in body
    assert "ip nat service sip" not in box.body()


def test_sip_inspection_is_off_only_by_two_lines(box: Box) -> None:
    typed(box, "ip nat translation tcp-timeout 7200", "no ip nat service sip tcp port 5060")
    typed(box, "no ip nat service sip udp port 5060", "ip nat service sip udp port 5070")
    typed(box, "ip nat inside source list A interface GigabitEthernet0/0/0 overload")
    assert [line for line in box.machine.lines() if line.startswith(("ip nat", "no ip nat"))] == [
        "ip nat translation tcp-timeout 7200",
        "no ip nat service sip udp port 5060",
        "ip nat service sip udp port 5070",
        "no ip nat service sip tcp port 5060",
        "ip nat inside source list A interface GigabitEthernet0/0/0 overload",
    ]
    typed(box, "ip nat service sip udp port 5060", "no ip nat service sip udp port 5070")
    assert "no ip nat service sip udp port 5060" not in box.machine.lines()


def test_explicit_flags_print_both_ways(box: Box) -> None:
    typed(box, "no ip http server")
    assert "no ip http server" in box.machine.lines()
    typed(box, "ip http server")
    assert "ip http server" in box.machine.lines()


def test_interface_lines_print_in_the_box_s_order(box: Box) -> None:
    typed(
        box,
        "interface GigabitEthernet0/1/1",
        "spanning-tree bpduguard enable",
        "power inline port priority high",
        "spanning-tree portfast",
        "switchport voice vlan 20",
        "switchport mode access",
        "switchport access vlan 10",
        "description desk",
        "ip dhcp snooping limit rate 100",
    )
    assert shown(box, "interface GigabitEthernet0/1/1") == [
        "interface GigabitEthernet0/1/1",
        " description desk",
        " switchport access vlan 10",
        " switchport mode access",
        " switchport voice vlan 20",
        " power inline port priority high",
        " spanning-tree portfast",
        " spanning-tree bpduguard enable",
        " ip dhcp snooping limit rate 100",
    ]


def test_class_default_stands_last_and_classes_keep_their_order(box: Box) -> None:
    typed(
        box, *WAN_POLICY[:4], "policy-map P", "class class-default", "class SIGNAL", "class VOICE insert-before SIGNAL"
    )
    assert shown(box, "policy-map P")[1:] == [" class VOICE", " class SIGNAL", " class class-default"]


def test_actions_keep_the_order_in_which_they_were_entered(box: Box) -> None:
    typed(box, *WAN_POLICY[:4], "policy-map P", "class VOICE", "set cos 5", "priority percent 10")
    assert shown(box, "policy-map P")[2:] == ["  set cos 5", "  priority percent 10"]


def test_policing_has_lines_of_its_own(box: Box) -> None:
    typed(box, "policy-map P", "class class-default", "police cir 128000 bc 8000", "conform-action transmit")
    assert shown(box, "policy-map P")[2:] == ["  police cir 128000 bc 8000", "   conform-action transmit "]


def test_terminal_lines_print_as_0_4_and_5_15(box: Box) -> None:
    typed(box, "line vty 0 15", "transport input ssh", "exec-timeout 5 0")
    lines = box.machine.lines()
    at = lines.index("line vty 0 4")
    assert [line for line in lines[at:] if line.startswith("line")] == ["line vty 0 4", "line vty 5 15"]
    typed(box, "line vty 2", "exec-timeout 1 0")
    assert [line for line in box.machine.lines() if line.startswith("line vty")] == [
        "line vty 0 1",
        "line vty 2",
        "line vty 3 4",
        "line vty 5 15",
    ]
    typed(box, "no line vty 5 15")
    assert "line vty 5 15" not in box.machine.lines()


def test_vlans_with_a_name_are_blocks_and_the_others_one_list(box: Box) -> None:
    typed(box, "vlan 10,20,30", "vlan 20", "name VOICE")
    lines = box.machine.lines()
    at = lines.index("vlan 10")
    assert lines[at : at + 6] == ["vlan 10", "!", "vlan 20", " name VOICE", "!", "vlan 30"]
    typed(box, "no vlan 10,30")
    assert [line for line in box.machine.lines() if line.startswith("vlan ")][1:] == ["vlan 20"]


def test_allowed_vlans_are_a_set_and_long_lists_wrap(box: Box) -> None:
    port = "interface GigabitEthernet0/1/0"
    typed(box, port, "switchport trunk allowed vlan 10,20", "switchport trunk allowed vlan add 30-32")
    assert shown(box, port)[1:] == [" switchport trunk allowed vlan 10,20,30-32"]
    typed(box, port, "switchport trunk allowed vlan remove 20,31")
    assert shown(box, port)[1:] == [" switchport trunk allowed vlan 10,30,32"]
    typed(box, port, "switchport trunk allowed vlan " + ",".join(str(n) for n in range(2, 80, 2)))
    wrapped = shown(box, port)[1:]
    assert len(wrapped) > 1
    assert all(line.startswith(" switchport trunk allowed vlan add ") for line in wrapped[1:])
    typed(box, port, "switchport trunk allowed vlan none")
    assert shown(box, port)[1:] == [" switchport trunk allowed vlan none"]
    typed(box, port, "no switchport trunk allowed vlan")
    assert shown(box, port) == [port]


def test_access_list_numbers_can_be_chosen_removed_and_renewed(box: Box) -> None:
    typed(box, "ip access-list extended A", "permit udp any any eq 5060", "permit ip any any", "15 remark media")
    typed(box, "ip access-list extended A", "no 10", "no permit ip any any", "deny ip any any")
    assert shown(box, "ip access-list extended A")[1:] == [" 15 remark media", " 20 deny   ip any any"]
    typed(box, "ip access-list resequence A 100 5")
    assert shown(box, "ip access-list extended A")[1:] == [" 100 remark media", " 105 deny   ip any any"]


def test_entry_that_is_there_under_its_number_may_be_typed_again(box: Box) -> None:
    typed(box, "ip access-list extended A", "10 permit udp any any eq 5060", "10 permit udp any any eq 5060")
    assert len(shown(box, "ip access-list extended A")) == 2


def test_value_overwrites_in_place(box: Box) -> None:
    typed(box, "interface gi0/1/1", "switchport voice vlan 20", "switchport voice vlan 30")
    assert shown(box, "interface GigabitEthernet0/1/1")[1:] == [" switchport voice vlan 30"]
    typed(box, *WAN_POLICY, "policy-map WAN-QUEUING", "class VOICE", "priority percent 33")
    assert "  priority percent 33" in box.machine.lines()
    assert "  priority percent 30" not in box.machine.lines()


def test_global_line_leaves_the_sub_mode(box: Box) -> None:
    hand = box.machine.typist()
    hand.type("interface GigabitEthernet0/0/0")
    assert hand.mode == "config-if"
    assert hand.type("hostname other").accepted
    assert hand.mode == "config"
    hand.type("policy-map P")
    hand.type("class class-default")
    assert hand.mode == "config-pmap-c"
    assert hand.type("description of the policy").accepted
    assert hand.mode == "config-pmap"


def test_range_of_interfaces_takes_each_line(box: Box) -> None:
    typed(box, "interface range GigabitEthernet0/1/2 - 4", "switchport access vlan 10")
    for number in (2, 3, 4):
        assert shown(box, f"interface GigabitEthernet0/1/{number}")[1:] == [" switchport access vlan 10"]


def test_secret_in_clear_is_stored_as_type_9(box: Box) -> None:
    typed(box, "username ops privilege 15 secret Canary-7f3a9")
    line = next(line for line in box.machine.lines() if line.startswith("username ops"))
    head, stored = line.rsplit(" ", 1)
    assert head == "username ops privilege 15 secret 9"
    assert matches_type_9("Canary-7f3a9", stored)
    assert not matches_type_9("other", stored)
    typed(box, f"username ops2 secret 9 {stored}")
    assert f"username ops2 secret 9 {stored}" in box.machine.lines()


def test_lines_of_one_user_add_up(box: Box) -> None:
    typed(box, "username ops secret 5 $1$abcd$0123456789", "username ops privilege 15")
    assert "username ops privilege 15 secret 5 $1$abcd$0123456789" in box.machine.lines()


def test_probe_schedule_and_track(box: Box) -> None:
    typed(
        box,
        "ip sla 1",
        "icmp-echo 203.0.113.9 source-interface GigabitEthernet0/0/0",
        "frequency 5",
        "threshold 1000",
        "timeout 1500",
        "ip sla schedule 1 start-time now life forever",
        "track 1 ip sla 1 reachability",
        "delay down 10 up 30",
    )
    assert shown(box, "ip sla 1") == [
        "ip sla 1",
        " icmp-echo 203.0.113.9 source-interface GigabitEthernet0/0/0",
        " threshold 1000",
        " timeout 1500",
        " frequency 5",
    ]
    assert "ip sla schedule 1 life forever start-time now" in box.machine.lines()
    typed(box, "no ip sla 1")
    assert not any(line.startswith("ip sla") for line in box.machine.lines())


def test_zone_firewall_prints_in_its_order(box: Box) -> None:
    typed(
        box,
        "ip access-list extended MEDIA",
        "permit udp any any range 20000 23999",
        "parameter-map type inspect PM",
        "udp idle-time 120",
        "no application-inspect sip",
        "class-map type inspect match-any MEDIA",
        "match access-group name MEDIA",
        "policy-map type inspect IN",
        "class class-default",
        "drop log",
        "class type inspect MEDIA",
        "inspect PM",
        "zone security INSIDE",
        "zone security OUTSIDE",
        "zone-pair security IN source OUTSIDE destination INSIDE",
        "service-policy type inspect IN",
        "zone-pair security SELF source OUTSIDE destination self",
        "interface GigabitEthernet0/0/0",
        "zone-member security OUTSIDE",
    )
    assert shown(box, "parameter-map type inspect PM")[1:] == [" no application-inspect sip", " udp idle-time 120"]
    assert shown(box, "policy-map type inspect IN")[1:] == [
        " class type inspect MEDIA",
        "  inspect PM",
        " class class-default",
        "  drop log",
    ]
    starts = ("parameter-map type", "class-map type", "policy-map type", "zone ", "zone-pair ", "interface ")
    order = [line.split()[0] for line in box.machine.lines() if line.startswith(starts)]
    assert list(dict.fromkeys(order)) == ["parameter-map", "class-map", "policy-map", "zone", "zone-pair", "interface"]


def test_banner_keeps_every_character(box: Box) -> None:
    typed(box, "banner motd ^", "Branch 7", "", "# not a comment", "! nor this", "^")
    assert "banner motd ^C\nBranch 7\n\n# not a comment\n! nor this\n^C\n" in box.body()
    again = Box("x", box.running())
    assert again.body().split("version", 1)[1] == box.body().split("version", 1)[1]


def test_unknown_lines_of_the_start_file_stay_where_they_are() -> None:
    text = "hostname r1\nrouter eigrp BRANCH\n address-family ipv4\n  topology base\n exit-af-interface\n"
    text += "interface GigabitEthernet0/0/0\n description x\n ip vrf receive X\n shutdown\nend\n"
    box = Box("x", text)
    body = box.body()
    assert "router eigrp BRANCH\n address-family ipv4\n  topology base\n exit-af-interface\n" in body
    assert " description x\n ip vrf receive X\n" in body
    assert " shutdown\n" in body
    assert Box("x", box.running()).machine.lines() == box.machine.lines()


# refusals

INVALID = "% Invalid input detected at '^' marker.\n"
REFUSALS = [
    (["bogus"], f"^\n{INVALID}"),
    (["interface GigabitEthernet0/9/9"], f"          ^\n{INVALID}"),
    (["interface GigabitEthernet0/0/0", "swichport mode access"], f"^\n{INVALID}"),
    (["interface GigabitEthernet0/0/0", "switchport access vlan 10"], f"^\n{INVALID}"),
    (["interface GigabitEthernet0/1/0", "switchport voice vlan 4095"], f"                      ^\n{INVALID}"),
    (["interface GigabitEthernet0/1/0", "switchport voice vlan"], "% Incomplete command.\n"),
    (["ip"], "% Incomplete command.\n"),
    (["interface GigabitEthernet0/0/0", "s"], '% Ambiguous command:  "s"\n'),
    (["interface GigabitEthernet0/0/0", "description Büro"], f"             ^\n{INVALID}"),
    (["interface GigabitEthernet0/1/0", "no switchport"], f"   ^\n{INVALID}"),
    (["interface GigabitEthernet0/1/0.10"], f"          ^\n{INVALID}"),
    (["interface range GigabitEthernet0/1/0 - 9"], f"{' ' * 39}^\n{INVALID}"),
    (["interface Serial0/1/0"], f"          ^\n{INVALID}"),
    (["crypto key generate rsa modulus 1024"], f"                                ^\n{INVALID}"),
    (["ip inspect name X sip"], f"   ^\n{INVALID}"),
    (
        ["interface GigabitEthernet0/0/0", "switchport voice vlan 20"],
        "Command rejected: GigabitEthernet0/0/0 is a routed port.",
    ),
    (["interface GigabitEthernet0/0/0", "service-policy output NONE"], "% policy map NONE not configured"),
    (["policy-map P", "class NONE"], "% class map NONE not configured"),
    (["policy-map P", "class class-default", "service-policy NONE"], "% policy map NONE not configured"),
    (["policy-map P", "class class-default", "shape average 2m"], f"              ^\n{INVALID}"),
    ([*WAN_POLICY, "no class-map VOICE"], "% Class-map VOICE is being used"),
    ([*WAN_POLICY, "no policy-map WAN-QUEUING"], "% Policy-map WAN-QUEUING is being used"),
    (
        [*WAN_POLICY, "interface gi0/0/0", "service-policy output WAN-QOS", "no policy-map WAN-QOS"],
        "% Policy-map WAN-QOS is being used",
    ),
    (
        [*WAN_POLICY, "interface gi0/1/0", "service-policy output WAN-QOS"],
        "% Queuing actions are not supported on interface GigabitEthernet0/1/0: policy map WAN-QOS",
    ),
    (
        [*WAN_POLICY, "interface gi0/0/0", "service-policy input WAN-QOS"],
        "% Queuing actions are not supported in the input direction: policy map WAN-QOS",
    ),
    (
        [*WAN_POLICY, "interface gi0/0/0.10", "service-policy output WAN-QUEUING"],
        "CBWFQ : Not supported on subinterfaces",
    ),
    (
        [*WAN_POLICY, "policy-map B", "interface gi0/0/0", "service-policy output WAN-QOS", "service-policy output B"],
        "Policy map WAN-QOS is already attached",
    ),
    (
        [*WAN_POLICY, "policy-map WAN-QUEUING", "class SIGNAL", "bandwidth remaining percent 11"],
        "Sum total of class bandwidths exceeds 100 percent",
    ),
    (
        [*WAN_POLICY, "policy-map WAN-QUEUING", "class SIGNAL", "bandwidth percent 5"],
        "All classes with bandwidth should have consistent units",
    ),
    (
        [*WAN_POLICY, "policy-map WAN-QUEUING", "class SIGNAL", "priority percent 5"],
        "Cannot configure bandwidth and priority in the same class",
    ),
    (
        [*WAN_POLICY, "policy-map P", "class VOICE", "priority percent 60", "class SIGNAL", "priority percent 41"],
        "Sum total of class bandwidths exceeds 100 percent",
    ),
    (
        [*WAN_POLICY, "policy-map WAN-QUEUING", "class VOICE", "service-policy WAN-QOS"],
        "% Policy map WAN-QOS cannot be a child of policy map WAN-QUEUING: recursion",
    ),
    (["ip access-list extended A", "10 permit ip any any", "10 deny ip any any"], "% Duplicate sequence number"),
    (
        ["ip access-list extended A", "10 permit ip any any", "20 permit ip any any"],
        "% Duplicate permit statement ignored",
    ),
    (["ip access-list extended A", "permit udp any any equal 5060"], f"                   ^\n{INVALID}"),
    (["ip access-list extended A", "permit udp any"], "% Incomplete command.\n"),
    (
        ["ip access-list standard A", "ip access-list extended A"],
        "% A named standard IP access list with this name already exists",
    ),
    (["access-list 110 permit udp any any eq bogus"], f"{' ' * 38}^\n{INVALID}"),
    (["access-list 250 permit any"], f"            ^\n{INVALID}"),
    (["control-plane", "service-policy input NONE"], "% policy map NONE not configured"),
    (["ip route 10.0.0.1 255.255.255.0 192.0.2.1"], "%Inconsistent address and mask"),
    (["no ip route 10.0.0.0 255.255.255.0 192.0.2.1"], "%No matching route to delete"),
    (["no route-map NONE"], "% Could not find route-map NONE"),
    (
        [
            "interface Vlan10",
            "ip address 10.0.0.1 255.255.255.0",
            "interface Vlan20",
            "ip address 10.0.0.2 255.255.255.0",
        ],
        "% 10.0.0.0 overlaps with Vlan10",
    ),
    (["interface Vlan10", "ip address 10.0.0.0 255.255.255.0"], "Bad mask /24 for address 10.0.0.0"),
    (
        ["ip sla 1", "icmp-echo 192.0.2.1", "ip sla schedule 1 life forever start-time now", "ip sla 1"],
        "Entry already running and cannot be modified\n\t(only can delete (no) and start over)\n"
        "\t(check to see if the probe has finished exiting)\n",
    ),
    (["ip sla schedule 9 start-time now"], "%Entry not configured"),
    (["ip sla 1", "frequency 10"], f"^\n{INVALID}"),
    (
        ["ip sla 1", "icmp-echo 192.0.2.1", "frequency 4"],
        "%Illegal Value: Cannot set Frequency to be less than Timeout",
    ),
    (
        ["track 1 ip sla 1 reachability", "track 1 interface GigabitEthernet0/0/0 line-protocol"],
        "Cannot change tracked object 1 - delete old config first",
    ),
    (["zone-pair security P source A destination B"], "% Zone A does not exist"),
    (["interface GigabitEthernet0/0/0", "zone-member security NONE"], "% Zone NONE does not exist"),
    (
        ["zone security A", "interface GigabitEthernet0/0/0", "zone-member security A", "exit", "no zone security A"],
        "% Zone A is being used",
    ),
    (["no interface GigabitEthernet0/0/0"], "% Removal of physical interfaces is not permitted"),
    (["no vlan 1"], "%Default VLAN 1 may not be deleted."),
    (["no line vty 0 4"], "% Can't delete last 5 VTY lines"),
    (["no ip nat inside source list A interface gi0/0/0 overload"], "%Dynamic mapping not found\n"),
    (
        ["username ops secret 5 $1$a$b", "username ops password x"],
        "ERROR: Can not have both a user password and a user secret.\nPlease choose one or the other.",
    ),
    (["class-map match-any X", "match dscp 1 2 3 4 5 6 7 9 11"], "% Maximum of 8 values allowed"),
    (["class-map match-any class-default"], "% class-default is a well-known class and is not configurable"),
    (["policy-map type inspect P", "class type inspect NONE"], "% class map NONE not configured"),
]


@pytest.mark.parametrize(
    ("lines", "words"), REFUSALS, ids=[f"{lines[-1]}-{n}" for n, (lines, _) in enumerate(REFUSALS)]
)
def test_line_is_refused_in_the_box_s_words(box: Box, lines: list[str], words: str) -> None:
    assert refused(box, *lines) == words


def test_caret_counts_the_prompt(box: Box) -> None:
    box.console("configure terminal")
    box.console("interface Vlan10")
    answer = box.console("switchport voice clan 20").split("\n")[0]
    assert answer.index("^") == len("Router(config-if)#switchport voice ")


def test_removing_what_is_not_there_is_silent(box: Box) -> None:
    before = box.machine.lines()
    typed(
        box,
        "interface gi0/0/0",
        "no description",
        "no ip address",
        "no cdp run",
    )
    typed(box, "cdp run")
    assert box.machine.lines() == before


def test_fault_refuses_chosen_lines(box: Box) -> None:
    box.faults.set("refuse_line", {"match": "^ntp", "answer": "% nothing doing"})
    assert box.configure(["ntp server 192.0.2.1"]) == ["% nothing doing"]
    assert box.writes == 0


def test_start_file_of_another_chassis_brings_its_own_ports() -> None:
    box = Box("x", "hostname sw\ninterface GigabitEthernet1/0/5\n switchport access vlan 10\nend\n")
    assert box.configure(["interface gi1/0/5", "switchport voice vlan 20", "interface gi1/0/6"])[0].endswith(INVALID)
    assert " switchport voice vlan 20" in box.machine.lines()
    assert not any("GigabitEthernet0/0/0" in line for line in box.machine.lines())
    typed(box, "interface gi1/0/5", "no switchport", "ip address 192.0.2.1 255.255.255.0")


def test_translation_rule_in_use_is_asked_about(box: Box) -> None:
    box = CUSTOMER.copy()
    rule = "ip nat inside source list NAT-SRC interface GigabitEthernet0/0/0 overload"
    box.console("configure terminal")
    box.console(f"no {rule}")
    assert "%Dynamic mapping in use, cannot remove" in box.console("")
    assert rule in box.machine.lines()
    box.console(f"no {rule}")
    box.console("yes")
    assert rule not in box.machine.lines()
    box.console(rule)
    box.console(f"no {rule} forced")
    assert rule not in box.machine.lines()


# counters, clock, files


def test_accepted_lines_are_counted_and_kept(box: Box) -> None:
    box.configure(["interface gi0/0/0", "!", "description x", "bogus", "exit", "end"])
    assert box.entered == ["interface gi0/0/0", "description x"]
    assert box.writes == 2
    box.console("write memory")
    assert box.saves == 1
    assert " description x\n" in box.startup()


def test_timer_takes_the_change_back(box: Box) -> None:
    before = box.machine.lines()
    box.console("configure terminal revert timer 1")
    box.console("hostname other")
    box.console("end")
    assert box.pending
    assert "Timer value: 1 min" in box.console("show archive config rollback timer")
    box.clock.advance(59)
    assert box.hostname == "other"
    box.clock.advance(2)
    assert not box.pending
    assert box.machine.lines() == before


def test_timer_needs_an_archive_path(box: Box) -> None:
    typed(box, "no archive", "archive")
    assert "%Please turn config archive on" in box.console("configure terminal revert timer 1")
    assert box.console("show archive") == " Archive feature not enabled"


def test_copies_are_independent_and_cheap(box: Box) -> None:
    twin = box.copy()
    typed(twin, "hostname twin")
    assert box.hostname == "Router"
    assert twin.hostname == "twin"


def test_reload_forgets_a_pending_change(box: Box) -> None:
    box.console("configure terminal revert timer 1")
    box.console("hostname other")
    box.reload()
    assert not box.pending
    box.clock.advance(120)
    assert box.hostname == "Router"


def test_archive_keeps_only_so_many_copies(box: Box) -> None:
    typed(box, "archive", "maximum 3", "write-memory")
    for _ in range(5):
        box.console("write memory")
    assert len(box.archive_files()) == 3
    assert "There are currently 3 archive configurations saved." in box.console("show archive")


def test_old_numbered_lists_go_with_one_line(box: Box) -> None:
    typed(box, "access-list 10 permit any", "access-list 10 remark all")
    assert shown(box, "ip access-list standard 10")[1:] == [" 10 permit any", " 20 remark all"]
    typed(box, "no access-list 10")
    assert "ip access-list standard 10" not in box.machine.lines()


def test_reload_comes_back_with_what_was_saved(tmp_path: Path) -> None:
    text = (STATES / "factory.cfg").read_text()
    box = Box("x", text, state=tmp_path)
    typed(box, "hostname saved")
    box.save("ops")
    typed(box, "hostname lost")
    again = Box("x", text, state=tmp_path)
    assert again.hostname == "saved"
    box.console("reload")
    box.console("no")
    box.console("")
    assert box.hostname == "saved"


def test_header_tells_who_changed_and_saved(box: Box) -> None:
    typed(box, "hostname x")
    box.save("ops")
    lines = box.running().split("\n")
    assert lines[0] == "Building configuration..."
    assert lines[2].startswith("Current configuration : ")
    assert lines[4].startswith("! Last configuration change at ")
    assert lines[5].startswith("! NVRAM config last updated at ")
    assert lines[5].endswith("by ops")


def test_making_and_configuring_a_box_is_quick() -> None:
    text = CUSTOMER.running()

    def seconds() -> float:
        start = time.perf_counter()
        box = Box("x", text)
        box.configure([f"ntp server 192.0.2.{n}" for n in range(100)])
        return time.perf_counter() - start

    assert min(seconds() for _ in range(10)) < 0.05


# any order of lines: what is printed is read back to the same

LINES = [
    *WAN_POLICY,
    *(line for lines, _ in REWRITES for line in lines if not line.startswith("banner")),
    *(line for lines in HIDDEN for line in lines),
    *(line for lines, _ in REFUSALS for line in lines),
]
NEGATED = [f"no {line}" for line in LINES if not line.startswith("no ")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES + NEGATED), max_size=40))
def test_running_configuration_is_read_back_to_itself(lines: list[str]) -> None:
    box = CUSTOMER.copy()
    box.configure(lines)
    assert Box("x", box.running()).machine.lines() == box.machine.lines()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES + NEGATED), max_size=30))
def test_replace_by_a_saved_configuration_brings_it_back(lines: list[str]) -> None:
    box = CUSTOMER.copy()
    before = box.machine.lines()
    box.console("file prompt quiet")
    box.console("copy running-config flash:before.cfg")
    box.console("")
    box.configure(lines)
    answer = box.console("configure replace flash:before.cfg force")
    assert "Rollback Done" in answer, answer
    assert box.machine.lines() == before
