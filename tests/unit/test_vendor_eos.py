"""The virtual switch in memory: what it rewrites, hides, refuses and keeps."""

from __future__ import annotations

import time
from importlib import resources

import pytest

from trunkline.lab.vendors.eos import Box

STATES = resources.files("trunkline.lab.vendors.eos") / "states"
FACTORY = (STATES / "factory.cfg").read_text()
CUSTOMER = (STATES / "customer.cfg").read_text()


@pytest.fixture
def box() -> Box:
    return Box("leeds-sw1", FACTORY)


def block(box: Box, head: str) -> list[str]:
    """The lines of one block of the running configuration, with its head."""
    lines = box.running().splitlines()
    start = lines.index(head)
    end = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith(" "))
    return [line.strip() for line in lines[start:end]]


def typed(box: Box, *lines: str) -> list[str]:
    refusals = box.configure(list(lines))
    assert refusals == []
    return box.running().splitlines()


@pytest.mark.parametrize("config", [FACTORY, CUSTOMER], ids=["factory", "customer"])
def test_running_configuration_is_a_fixpoint(config: str) -> None:
    assert Box("leeds-sw1", config).running() == config


def test_customer_state_has_hundreds_of_foreign_lines() -> None:
    bare = set(FACTORY.splitlines())
    assert len([line for line in CUSTOMER.splitlines() if line not in bare and line.strip() != "!"]) > 300


def test_typing_its_own_configuration_into_a_clean_session_changes_nothing() -> None:
    box = Box("leeds-sw1", CUSTOMER)
    box.console("configure session again")
    box.console("rollback clean-config")
    for line in CUSTOMER.splitlines():
        answer = box.console(line)
        assert not answer.startswith("% "), f"{line}: {answer}"
    assert box.console("show session-config named again diffs") == ""


def test_box_with_a_hundred_lines_is_quick() -> None:
    Box("warm", CUSTOMER)
    lines = [
        f"interface Ethernet{n}\nswitchport phone vlan 20\npoe priority high\nqos trust dscp" for n in range(1, 25)
    ]
    best = 1.0
    for _ in range(3):
        start = time.perf_counter()
        box = Box("leeds-sw1", CUSTOMER)
        assert box.configure("\n".join(lines).splitlines()) == []
        best = min(best, time.perf_counter() - start)
    assert best < 0.05


def test_copy_is_independent_and_cheap() -> None:
    box = Box("leeds-sw1", CUSTOMER)
    start = time.perf_counter()
    twin = box.copy()
    assert time.perf_counter() - start < 0.01
    typed(twin, "no vlan 40", "interface Ethernet24", "description other", "no router bgp 65107")
    assert box.running() == CUSTOMER
    assert box.writes == 0


class TestRewrites:
    @pytest.mark.parametrize(
        ("line", "printed"),
        [
            ("policy-map type qos X", "policy-map type quality-of-service X"),
            ("policy-map X", "policy-map type quality-of-service X"),
            ("class-map match-any X", "class-map type qos match-any X"),
            ("class-map type quality-of-service match-any X", "class-map type qos match-any X"),
            ("qos profile X", "qos profile X "),
            ("qos map dscp ef cs3 40 to traffic-class 5", "qos map dscp 24 40 46 to traffic-class 5"),
            ("ip dhcp snooping vlan 20,10,11", "ip dhcp snooping vlan 10-11,20"),
            ("ip name-server 192.0.2.1", "ip name-server vrf default 192.0.2.1"),
            ("ip route 10.9.0.0 255.255.0.0 192.0.2.1", "ip route 10.9.0.0/16 192.0.2.1"),
            ("ip domain-name example.net", "dns domain example.net"),
            ("vlan 30,31,40", "vlan 30-31,40"),
            ("interface vl 7", "interface Vlan7"),
        ],
    )
    def test_global_line(self, box: Box, line: str, printed: str) -> None:
        assert printed in typed(box, line)

    @pytest.mark.parametrize(
        ("line", "printed"),
        [
            ("poe limit 15.4 watts fixed", "poe limit 15.40 watts fixed"),
            ("poe limit class 4", "poe limit 30.00 watts"),
            ("poe limit 7 watts", "poe limit 7.00 watts"),
            ("poe link down action power-off 10", "poe link down action power-off 10 seconds"),
            ("service-policy input MARK", "service-policy type qos input MARK"),
            ("service-policy type quality-of-service input MARK", "service-policy type qos input MARK"),
            ("shape rate 200000", "shape rate 200000 kbps"),
            ("shape rate 10 percent", "shape rate 10 percent"),
            ("spanning-tree portfast edge", "spanning-tree portfast"),
            ("switchport trunk allowed vlan 1-3,7,5,6", "switchport trunk allowed vlan 1-3,5-7"),
            ("switchport trunk allowed vlan none", "switchport trunk allowed vlan none"),
            ("switchport trunk allowed vlan except 100-4094", "switchport trunk allowed vlan 1-99"),
            ("switchport phone trunk tagged phone", "switchport phone trunk tagged phone"),
            ("switchport mode trunk phone", "switchport mode trunk phone"),
            ("qos dscp ef", "qos dscp 46"),
            ("ip address 10.1.2.3 255.255.255.0", "ip address 10.1.2.3/24"),
        ],
    )
    def test_interface_line(self, box: Box, line: str, printed: str) -> None:
        typed(box, "interface Ethernet1", line)
        assert block(box, "interface Ethernet1") == ["interface Ethernet1", printed]

    def test_ranges_and_short_names_stand_for_each_port(self, box: Box) -> None:
        typed(box, "interface Et1-2,4", "description desk", "interface Ethernet 3", "description printer")
        for port, text in ((1, "desk"), (2, "desk"), (3, "printer"), (4, "desk")):
            assert block(box, f"interface Ethernet{port}") == [f"interface Ethernet{port}", f"description {text}"]

    def test_trunk_list_is_changed_by_add_and_remove(self, box: Box) -> None:
        typed(box, "interface Ethernet24", "switchport trunk allowed vlan 10,20")
        typed(
            box,
            "interface Ethernet24",
            "switchport trunk allowed vlan add 40,41",
            "switchport trunk allowed vlan remove 10",
        )
        assert block(box, "interface Ethernet24")[1:] == ["switchport trunk allowed vlan 20,40-41"]
        typed(box, "interface Ethernet24", "no switchport trunk allowed vlan")
        assert block(box, "interface Ethernet24")[1:] == []

    def test_lines_of_a_port_print_in_the_order_of_the_box(self, box: Box) -> None:
        typed(
            box,
            "interface Ethernet1",
            "service-policy input MARK",
            "spanning-tree bpduguard enable",
            "spanning-tree portfast",
            "service-profile VOICE-LAN",
            "poe limit 15.4 watts fixed",
            "poe priority critical",
            "switchport mode trunk phone",
            "switchport phone trunk tagged phone",
            "switchport phone vlan 20",
            "switchport trunk native vlan 10",
            "description desk",
        )
        assert block(box, "interface Ethernet1") == [
            "interface Ethernet1",
            "description desk",
            "switchport trunk native vlan 10",
            "switchport phone vlan 20",
            "switchport phone trunk tagged phone",
            "switchport mode trunk phone",
            "poe priority critical",
            "poe limit 15.40 watts fixed",
            "service-profile VOICE-LAN",
            "spanning-tree portfast",
            "spanning-tree bpduguard enable",
            "service-policy type qos input MARK",
        ]


class TestHiddenDefaults:
    @pytest.mark.parametrize(
        "line",
        [
            "no shutdown",
            "switchport",
            "switchport access vlan 1",
            "switchport mode access",
            "switchport trunk native vlan 1",
            "switchport trunk allowed vlan all",
            "switchport phone trunk tagged",
            "poe priority low",
            "poe reboot action power-off",
            "poe shutdown action maintain",
            "poe link down action power-off",
            "poe link down action power-off 5 seconds",
            "no poe disabled",
            "no poe negotiation lldp",
            "lldp transmit",
            "lldp receive",
            "qos trust cos",
            "mtu 1500",
        ],
    )
    def test_is_taken_and_not_printed(self, box: Box, line: str) -> None:
        typed(box, "interface Ethernet1", line)
        assert box.running() == FACTORY

    @pytest.mark.parametrize("line", ["shutdown", "no lldp transmit", "no switchport", "poe disabled", "no qos trust"])
    def test_the_opposite_is_printed_until_default_takes_it_back(self, box: Box, line: str) -> None:
        typed(box, "interface Ethernet1", line)
        assert block(box, "interface Ethernet1")[1:] == [line]
        typed(box, "interface Ethernet1", f"default {line.removeprefix('no ')}")
        assert box.running() == FACTORY

    def test_all_prints_them(self, box: Box) -> None:
        text = box.console("show running-config all")
        for line in ("   no shutdown", "   switchport", "   poe reboot action power-off", "   lldp transmit"):
            assert line in text.splitlines()

    def test_trust_of_dscp_prints_on_a_switched_port(self, box: Box) -> None:
        typed(box, "interface Ethernet1", "qos trust dscp")
        assert block(box, "interface Ethernet1")[1:] == ["qos trust dscp"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("lines", "words"),
        [
            (("bogus",), "% Invalid input (at token 0: 'bogus')"),
            (("interface Ethernet99",), "% Invalid input (at token 1: 'Ethernet99')"),
            (("interface Ethernet1", "switchport bogus"), "% Invalid input (at token 1: 'bogus')"),
            (("interface Ethernet1", "no switchport phone bogus"), "% Invalid input (at token 3: 'bogus')"),
            (("interface Ethernet1", "switchport access vlan 4095"), "% Invalid input (at token 3: '4095')"),
            (("interface Ethernet1", "switchport access vlan"), "% Incomplete command"),
            (("interface Ethernet1", "qos trust"), "% Incomplete command"),
            (("interface Ethernet1", "sp"), "% Ambiguous command"),
            (("interface Vlan10", "switchport access vlan 10"), "% Invalid input (at token 0: 'switchport')"),
            (
                ("interface Ethernet25", "poe disabled"),
                "% Unavailable command (not supported on this hardware platform)",
            ),
            (("interface Ethernet1", "poe limit 75 watts"), "% Invalid input (at token 2: '75')"),
            (
                ("interface Ethernet1", "service-policy type qos output X"),
                "% Unavailable command (not supported on this hardware platform)",
            ),
            (
                ("interface Ethernet1", "uc-tx-queue 5"),
                "% Unavailable command (not supported on this hardware platform)",
            ),
            (("no interface Ethernet1",), "% Invalid input (at token 2: 'Ethernet1')"),
            (("ip access-list X", "permit udp any any eq 70000"), "% Invalid input (at token 5: '70000')"),
            (("ip access-list X", "10 permit udp any"), "% Incomplete command"),
            (("ip access-list X", "permit bogus any any"), "% Invalid input (at token 1: 'bogus')"),
            (
                ("ip access-list X", "10 permit ip any any", "10 deny ip any any"),
                "% Error: Duplicate sequence number",
            ),
        ],
    )
    def test_in_the_words_of_the_box(self, box: Box, lines: tuple[str, ...], words: str) -> None:
        assert box.configure(list(lines)) == [words]

    @pytest.mark.parametrize(
        "line",
        [
            "ip nat service sip udp port 5060",
            "no ip nat service sip udp port 5060",
            "ip inspect name X sip",
            "security alg sip disable",
            "no ip nat service all-algs",
        ],
    )
    def test_there_is_no_sip_alg_to_configure(self, box: Box, line: str) -> None:
        (words,) = box.configure([line])
        assert words.startswith("% Invalid input")
        assert box.running() == FACTORY

    def test_a_refused_line_is_not_counted(self, box: Box) -> None:
        box.configure(["hostname sw9", "bogus"])
        assert box.entered == ["hostname sw9"]

    def test_fault_refuses_with_its_own_words(self, box: Box) -> None:
        box.faults.set("refuse_line", {"match": "^service-profile", "answer": "% Feature is busy"})
        assert box.configure(["interface Ethernet1", "service-profile X"]) == ["% Feature is busy"]


class TestAccessLists:
    def lines(self, box: Box) -> list[str]:
        return block(box, "ip access-list RTP")[1:]

    def test_numbers_names_and_prefixes(self, box: Box) -> None:
        typed(
            box,
            "ip access-list RTP",
            "remark media",
            "permit udp 10.20.30.4/32 any range 20000 23999",
            "permit tcp 10.20.30.0 0.0.0.15 any eq 443 22",
            "permit udp any any eq 5060 dscp 46",
            "25 deny udp any host 10.1.1.1 eq 53",
            "deny ip 0.0.0.0/0 any log",
        )
        assert self.lines(box) == [
            "10 remark media",
            "20 permit udp host 10.20.30.4 any range 20000 23999",
            "25 deny udp any host 10.1.1.1 eq domain",
            "30 permit tcp 10.20.30.0/28 any eq https ssh",
            "40 permit udp any any eq 5060 dscp ef",
            "50 deny ip any any log",
        ]

    def test_the_same_rule_again_changes_nothing(self, box: Box) -> None:
        typed(box, "ip access-list RTP", "permit udp any any eq 5060", "permit udp any any eq 5060")
        assert self.lines(box) == ["10 permit udp any any eq 5060"]

    def test_removal_by_number_and_by_rule(self, box: Box) -> None:
        typed(box, "ip access-list RTP", "permit ip any any", "permit udp any any", "permit tcp any any")
        typed(box, "ip access-list RTP", "no 10", "no permit tcp any any")
        assert self.lines(box) == ["20 permit udp any any"]

    def test_resequence(self, box: Box) -> None:
        typed(box, "ip access-list RTP", "3 permit ip any any", "5 permit udp any any", "resequence 100 5")
        assert self.lines(box) == ["100 permit ip any any", "105 permit udp any any"]

    def test_counters_print_first(self, box: Box) -> None:
        typed(box, "ip access-list RTP", "permit ip any any", "counters per-entry")
        assert self.lines(box) == ["counters per-entry", "10 permit ip any any"]

    def test_interface_has_one_list_per_direction(self, box: Box) -> None:
        typed(box, "interface Ethernet1", "ip access-group A in", "ip access-group B in", "ip access-group C out")
        assert block(box, "interface Ethernet1")[1:] == ["ip access-group B in", "ip access-group C out"]
        typed(box, "interface Ethernet1", "no ip access-group B in")
        assert block(box, "interface Ethernet1")[1:] == ["ip access-group C out"]


class TestQualityOfService:
    def test_policy_has_the_default_class_last(self, box: Box) -> None:
        typed(
            box, "policy-map MARK", "class VOICE", "set traffic-class 5", "set dscp ef", "class SIGNAL", "set dscp cs3"
        )
        assert block(box, "policy-map type quality-of-service MARK")[1:] == [
            "class VOICE",
            "set dscp 46",
            "set traffic-class 5",
            "!",
            "class SIGNAL",
            "set dscp 24",
            "!",
            "class class-default",
        ]

    def test_class_is_inserted_before_another(self, box: Box) -> None:
        typed(box, "policy-map MARK", "class B", "set cos 1", "class A insert-before B", "set cos 2")
        assert [line for line in block(box, "policy-map type quality-of-service MARK") if line.startswith("class")] == [
            "class A",
            "class B",
            "class class-default",
        ]

    def test_second_match_replaces_the_first(self, box: Box) -> None:
        typed(box, "class-map match-any VOICE", "match ip access-group A", "match vlan 20")
        assert block(box, "class-map type qos match-any VOICE")[1:] == ["match vlan 20"]

    def test_profile_prints_settings_then_queues(self, box: Box) -> None:
        typed(
            box,
            "qos profile VOICE-LAN",
            "tx-queue 5",
            "bandwidth percent 30",
            "priority strict",
            "tx-queue 2",
            "no priority",
            "qos trust dscp",
        )
        assert block(box, "qos profile VOICE-LAN ")[1:] == [
            "qos trust dscp",
            "!",
            "tx-queue 2",
            "no priority",
            "!",
            "tx-queue 5",
            "priority strict",
            "bandwidth percent 30",
        ]

    def test_maps_are_folded_per_target_and_taken_away_one_by_one(self, box: Box) -> None:
        typed(
            box,
            "qos map dscp 46 to traffic-class 5",
            "qos map dscp 40 to traffic-class 5",
            "qos map dscp 8 to traffic-class 0",
        )
        typed(box, "no qos map dscp 40")
        maps = [line for line in box.running().splitlines() if line.startswith("qos map")]
        assert maps == ["qos map dscp 8 to traffic-class 0", "qos map dscp 46 to traffic-class 5"]

    def test_policy_in_use_can_be_deleted_and_the_binding_stays(self, box: Box) -> None:
        typed(box, "policy-map MARK", "class VOICE", "interface Ethernet1", "service-policy input MARK")
        typed(box, "no policy-map MARK")
        assert block(box, "interface Ethernet1")[1:] == ["service-policy type qos input MARK"]


class TestGroupChange:
    def test_lines_reach_the_configuration_when_the_mode_is_left(self, box: Box) -> None:
        for line in ("configure terminal", "ip access-list RTP", "permit udp any any"):
            assert box.console(line) == ""
        assert "ip access-list RTP" not in box.running()
        assert "10 permit udp any any" in box.console("show pending")
        box.console("exit")
        assert "10 permit udp any any" in box.running()

    def test_abort_discards(self, box: Box) -> None:
        typed(box, "policy-map MARK", "class VOICE", "set dscp ef")
        before = box.running()
        for line in ("configure terminal", "policy-map MARK", "no class VOICE", "abort", "end"):
            box.console(line)
        assert box.running() == before

    def test_abort_inside_a_session_leaves_only_the_mode(self, box: Box) -> None:
        for line in ("configure session t", "hostname sw9", "ip access-list RTP", "permit ip any any", "abort", "end"):
            assert box.console(line) == ""
        diff = box.console("show session-config named t diffs")
        assert "+hostname sw9" in diff.splitlines()
        assert "RTP" not in diff
        assert box.sessions == 1

    def test_a_global_line_leaves_and_saves(self, box: Box) -> None:
        typed(box, "class-map match-any VOICE", "match ip access-group A", "hostname sw9")
        assert block(box, "class-map type qos match-any VOICE")[1:] == ["match ip access-group A"]


class TestForeignLines:
    def test_are_kept_verbatim(self) -> None:
        box = Box("leeds-sw1", CUSTOMER)
        typed(box, "interface Ethernet16", "switchport phone vlan 20")
        lines = block(box, "interface Ethernet16")
        assert "dot1x mac based authentication" in lines
        assert "storm-control broadcast level 1" in lines

    def test_can_be_taken_away_and_typed_again(self) -> None:
        box = Box("leeds-sw1", CUSTOMER)
        typed(box, "no event-handler UPLINK-DOWN", "interface Ethernet16", "no dot1x reauthentication")
        assert "event-handler" not in box.running()
        typed(
            box,
            "event-handler UPLINK-DOWN",
            "trigger on-intf Ethernet24 operstatus",
            "action bash logger -t UPLINK uplink changed",
            "delay 5",
            "interface Ethernet16",
            "dot1x reauthentication",
        )
        assert box.running() == CUSTOMER

    def test_that_nobody_knows_are_refused_at_run_time(self, box: Box) -> None:
        assert box.configure(["event-handler OTHER"]) == ["% Invalid input (at token 0: 'event-handler')"]

    def test_protocol_blocks_are_kept_as_typed(self, box: Box) -> None:
        typed(
            box,
            "router bgp 65001",
            "router-id 10.0.0.1",
            "no bgp default ipv4-unicast",
            "neighbor 10.0.0.2 remote-as 65002",
            "address-family ipv4",
            "neighbor 10.0.0.2 activate",
            "router ospf 1",
            "passive-interface default",
            "no passive-interface Ethernet28",
        )
        assert block(box, "router bgp 65001")[1:] == [
            "router-id 10.0.0.1",
            "no bgp default ipv4-unicast",
            "neighbor 10.0.0.2 remote-as 65002",
            "!",
            "address-family ipv4",
            "neighbor 10.0.0.2 activate",
        ]
        assert block(box, "router ospf 1")[1:] == ["passive-interface default", "no passive-interface Ethernet28"]


class TestBoxItself:
    def test_default_interface_takes_every_setting_away(self) -> None:
        box = Box("leeds-sw1", CUSTOMER)
        typed(box, "default interface Ethernet16-17")
        assert block(box, "interface Ethernet16") == ["interface Ethernet16"]

    def test_default_of_another_block_takes_it_away(self, box: Box) -> None:
        typed(box, "vlan 20", "name VOICE", "policy-map MARK", "class VOICE")
        typed(box, "default vlan 20", "default policy-map MARK")
        assert box.running() == FACTORY

    def test_admin_is_there_until_it_is_removed(self, box: Box) -> None:
        assert "username admin" not in box.running()
        assert "no username admin" in typed(box, "no username admin")
        assert "no username admin" not in typed(box, "username admin privilege 15 nopassword")

    def test_clear_password_is_stored_as_a_hash(self, box: Box) -> None:
        lines = typed(box, "username ops privilege 15 role network-admin secret Canary-7f3a9")
        (line,) = [line for line in lines if line.startswith("username ops")]
        assert line.startswith("username ops privilege 15 role network-admin secret sha512 $6$")
        assert "Canary" not in box.running()

    def test_banner_keeps_every_character(self, box: Box) -> None:
        text = ["  ! not a comment", "^ # \\", "", "last"]
        for line in ("configure terminal", "banner login", *text, "EOF", "end"):
            box.console(line)
        lines = box.running().splitlines()
        start = lines.index("banner login")
        assert lines[start + 1 : start + 6] == [*text, "EOF"]
        assert Box("again", box.running()).running() == box.running()

    def test_comment_of_a_mode_prints_first_and_is_kept(self, box: Box) -> None:
        for line in (
            "configure terminal",
            "ip access-list RTP",
            "permit ip any any",
            "comment",
            "who: noc",
            "EOF",
            "end",
        ):
            box.console(line)
        assert block(box, "ip access-list RTP")[1:] == ["!! who: noc", "10 permit ip any any"]
        assert Box("again", box.running()).running() == box.running()

    def test_bigger_model_has_its_own_ports(self) -> None:
        big = Box("sw2", FACTORY.replace("CCS-720XP-24ZY4", "CCS-720XP-48ZC2"))
        typed(big, "interface Ethernet48", "poe priority high", "interface Ethernet53/1-4", "description spine")
        assert block(big, "interface Ethernet53/4")[1:] == ["description spine"]
        assert big.configure(["interface Ethernet49", "poe priority high"]) == [
            "% Unavailable command (not supported on this hardware platform)"
        ]
        assert big.configure(["interface Ethernet55/1"]) == ["% Invalid input (at token 1: 'Ethernet55/1')"]
        assert Box("again", big.running()).running() == big.running()

    def test_unknown_model_has_the_ports_of_its_configuration(self) -> None:
        other = Box("sw3", FACTORY.replace("CCS-720XP-24ZY4", "DCS-7050SX3"))
        typed(other, "interface Ethernet28", "description up")
        assert other.configure(["interface Ethernet29"]) == ["% Invalid input (at token 1: 'Ethernet29')"]

    def test_vlans_without_a_name_share_a_line(self, box: Box) -> None:
        typed(box, "vlan 10", "name DATA", "vlan 20,21", "vlan 30", "name MGMT", "vlan 40")
        vlans = [line for line in box.running().splitlines() if line.startswith("vlan")]
        assert vlans == ["vlan 10", "vlan 20-21,40", "vlan 30"]
        typed(box, "no vlan 20-40")
        assert [line for line in box.running().splitlines() if line.startswith("vlan")] == ["vlan 10"]

    def test_write_memory_and_startup(self, box: Box) -> None:
        typed(box, "hostname sw9")
        assert "hostname sw9" not in box.startup()
        assert box.console("write memory") == "Copy completed successfully."
        assert "hostname sw9" in box.startup()
        assert box.saves == 1

    def test_diff_of_saved_and_running(self, box: Box) -> None:
        assert box.console("diff startup-config running-config") == ""
        typed(box, "hostname sw9")
        assert "+hostname sw9" in box.console("diff startup-config running-config").splitlines()

    def test_full_flash_refuses_to_save(self, box: Box) -> None:
        box.faults.set("full_flash", {})
        answer = box.console("write memory")
        assert answer == "% Error copying system:/running-config to flash:/startup-config (No space left on device)"
        assert box.saves == 0

    def test_version_comes_from_the_header_of_the_start_configuration(self) -> None:
        old = Box("sw1", CUSTOMER.replace("EOS-4.32.2F)", "EOS-4.31.3M)"))
        assert "Software image version: 4.31.3M" in old.console("show version")
        assert old.running().splitlines()[1] == "! device: leeds-sw1 (CCS-720XP-24ZY4, EOS-4.31.3M)"

    def test_pipes(self, box: Box) -> None:
        assert box.console("show running-config | include aaa") == "no aaa root"
        assert box.console("show running-config | section management api").splitlines()[1] == "   no shutdown"
        assert '"hostname": "localhost"' in box.console("show hostname | json")

    def test_truncated_answer(self, box: Box) -> None:
        box.faults.set("truncate_config", {"n": 100})
        assert box.console("show running-config") == FACTORY[:100]
