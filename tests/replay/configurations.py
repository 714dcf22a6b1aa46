"""Random owned configurations, section by section, as the roles of each platform could print them and beyond."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

DSCP = ("ef", "cs3", "af21", "af41", "cs1", "default")
CLASSES = tuple(f"TRUNKLINE-{name}" for name in ("VOICE", "SIGNAL", "BUSINESS", "BULK", "VIDEO"))
CHILDREN = ("TRUNKLINE-QUEUES-A", "TRUNKLINE-QUEUES-B")
PARENTS = ("TRUNKLINE-WAN-A", "TRUNKLINE-WAN-B")
LISTS = ("TRUNKLINE-WAN-IN-A", "TRUNKLINE-WAN-IN-B")
RULES = (
    "permit udp host 198.51.100.5 any range 20000 23999",
    "permit udp 198.51.100.0 0.0.0.255 any eq 5060",
    "permit tcp any any established",
    "permit icmp any any echo-reply",
    "permit udp any eq ntp any",
    "deny   udp any any eq 5060",
    "permit tcp 192.0.2.0 0.0.0.255 host 203.0.113.2 eq 22",
    "deny   ip any any log",
)
REMARKS = ("remark media", "remark signalling", "remark the rest")
VLANS = (110, 120, 130, 140, 150)

Sections = dict[str, str]

# Every port that the strategies use, as a desk port: what a customer had there is taken over with it.
DESK_PORTS: dict[str, Sections] = {
    "ios_xe": {
        "voice_vlan": "".join(
            f"interface GigabitEthernet0/1/{number}\n switchport access vlan 110\n switchport mode access\n"
            " switchport voice vlan 120\n spanning-tree portfast\n spanning-tree bpduguard enable\n"
            for number in (1, 2, 3)
        )
    },
    "eos": {
        "voice_vlan": "".join(
            f"interface Ethernet{number}\n   switchport trunk native vlan 110\n   switchport phone vlan 120\n"
            "   switchport mode trunk phone\n   spanning-tree portfast\n   spanning-tree bpduguard enable\n"
            for number in (1, 2, 3)
        )
    },
}


@st.composite
def _class_maps(draw: st.DrawFn) -> dict[str, str]:
    chosen = draw(st.lists(st.sampled_from(CLASSES), unique=True, max_size=5))
    maps = {}
    for name in chosen:
        values = draw(st.lists(st.sampled_from(DSCP), unique=True, min_size=1, max_size=3))
        maps[name] = f"class-map match-any {name}\n" + "".join(f" match dscp {value}\n" for value in values)
    return maps


@st.composite
def _shares(draw: st.DrawFn, count: int) -> list[int]:
    """Percentages that sum to at most 100."""
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=count, max_size=count, unique=True)))
    return [high - low for low, high in zip([0, *cuts], cuts, strict=False)]


@st.composite
def _child_policy(draw: st.DrawFn, name: str, classes: Sequence[str]) -> str:
    used = draw(st.lists(st.sampled_from(classes), unique=True, max_size=len(classes))) if classes else []
    text = f"policy-map {name}\n"
    priorities = draw(_shares(len(used))) if used else []
    remaining = draw(_shares(len(used) + 1))
    for index, cls in enumerate(used):
        text += f" class {cls}\n"
        action = draw(st.sampled_from(("priority", "remaining", "mark")))
        if action == "priority":
            text += f"  priority percent {priorities[index]}\n"
        elif action == "remaining":
            text += f"  bandwidth remaining percent {remaining[index]}\n"
        else:
            text += f"  set dscp {draw(st.sampled_from(DSCP))}\n"
    if draw(st.booleans()) or not used:
        text += f" class class-default\n  bandwidth remaining percent {remaining[-1]}\n"
    return text


@st.composite
def ios_xe_qos(draw: st.DrawFn) -> str:
    """Class maps, child and parent policies, and where they are attached."""
    maps = draw(_class_maps())
    children = draw(st.lists(st.sampled_from(CHILDREN), unique=True))
    text = "".join(maps.values())
    text += "".join(draw(_child_policy(name, tuple(maps))) for name in children)
    parents = draw(st.lists(st.sampled_from(PARENTS), unique=True))
    for name in parents:
        text += f"policy-map {name}\n class class-default\n  shape average {draw(st.integers(1, 50))}000000\n"
        if children:
            text += f"   service-policy {draw(st.sampled_from(children))}\n"
    for number in (0, 1):
        policy = draw(st.sampled_from([*parents, None]))
        if policy:
            text += f"interface GigabitEthernet0/0/{number}\n service-policy output {policy}\n"
    return text


@st.composite
def _rules(draw: st.DrawFn, indent: str) -> str:
    rules = draw(st.lists(st.sampled_from(RULES), unique=True, min_size=1))
    for _ in range(draw(st.integers(0, 2))):
        rules.insert(draw(st.integers(0, len(rules) - 1)), draw(st.sampled_from(REMARKS)))
    return "".join(f"{indent}{10 * number} {rule}\n" for number, rule in enumerate(rules, start=1))


@st.composite
def ios_xe_media_firewall(draw: st.DrawFn) -> str:
    """Access lists and where they are attached."""
    lists = draw(st.lists(st.sampled_from(LISTS), unique=True))
    text = "".join(f"ip access-list extended {name}\n{draw(_rules(' '))}" for name in lists)
    for number in (0, 1):
        name = draw(st.sampled_from([*lists, None]))
        if name:
            text += f"interface GigabitEthernet0/0/{number}\n ip access-group {name} in\n"
    return text


@st.composite
def ios_xe_sip_alg(draw: st.DrawFn) -> str:
    """The two switches of the SIP ALG."""
    off = draw(st.sets(st.sampled_from(("tcp", "udp"))))
    return "".join(f"no ip nat service sip {protocol} port 5060\n" for protocol in sorted(off))


@st.composite
def ios_xe_ports(draw: st.DrawFn) -> Sections:
    """Desk ports with their power, and a trunk."""
    desk = draw(st.sets(st.sampled_from((1, 2, 3))))
    voice_vlan = poe = ""
    for number in sorted(desk):
        voice_vlan += f"interface GigabitEthernet0/1/{number}\n"
        voice_vlan += f" switchport access vlan {draw(st.sampled_from(VLANS))}\n switchport mode access\n"
        voice_vlan += f" switchport voice vlan {draw(st.sampled_from(VLANS))}\n spanning-tree portfast\n"
        if draw(st.booleans()):
            poe += f"interface GigabitEthernet0/1/{number}\n"
            poe += f" power inline auto max {draw(st.sampled_from((7000, 15400, 30000)))}\n"
            poe += " power inline port priority high\n" if draw(st.booleans()) else ""
    voice_vlan += f"interface GigabitEthernet0/1/0\n switchport trunk allowed vlan {draw(_vlans())}\n"
    return {"voice_vlan": voice_vlan + " switchport mode trunk\n", "poe": poe}


@st.composite
def _vlans(draw: st.DrawFn) -> str:
    return ",".join(map(str, sorted(draw(st.sets(st.sampled_from(VLANS), min_size=1)))))


@st.composite
def ios_xe_wan(draw: st.DrawFn) -> str:
    """Probe, track and default routes."""
    text = ""
    probed = draw(st.booleans())
    if probed:
        text += (
            f"ip sla 10\n icmp-echo 203.0.113.{draw(st.integers(9, 11))}\n frequency {draw(st.sampled_from((5, 10)))}\n"
        )
        text += "ip sla schedule 10 life forever start-time now\n"
        text += "track 10 ip sla 10 reachability\n"
        text += f" delay down {draw(st.sampled_from((10, 20)))} up 30\n"
    gateways = draw(st.lists(st.sampled_from(("203.0.113.1", "198.51.100.1", "192.0.2.1")), unique=True, min_size=1))
    for index, gateway in enumerate(gateways):
        track = " track 10" if probed and index == 0 else ""
        text += f"ip route 0.0.0.0 0.0.0.0 {gateway} {10 * (index + 1)}{track}\n"
    return text


@st.composite
def ios_xe(draw: st.DrawFn) -> Sections:
    """All sections of a router."""
    return {
        "qos": draw(ios_xe_qos()),
        "media_firewall": draw(ios_xe_media_firewall()),
        "sip_alg": draw(ios_xe_sip_alg()),
        "wan": draw(ios_xe_wan()),
        **draw(ios_xe_ports()),
    }


@st.composite
def eos_qos(draw: st.DrawFn) -> str:
    """Profiles with their queues, and the ports that use them."""
    text = ""
    profiles = draw(st.lists(st.sampled_from(("TRUNKLINE-LAN", "TRUNKLINE-UPLINK")), unique=True))
    for name in profiles:
        text += f"qos profile {name}\n   qos trust dscp\n"
        for queue in sorted(draw(st.sets(st.integers(1, 6), max_size=3))):
            text += f"   !\n   tx-queue {queue}\n"
            strict = draw(st.booleans())
            text += "      priority strict\n" if strict else ""
            if not strict or draw(st.booleans()):
                text += f"      bandwidth percent {draw(st.integers(5, 15))}\n"
        text += "!\n"
    for number in (1, 2, 3):
        profile = draw(st.sampled_from([*profiles, None]))
        if profile:
            text += f"interface Ethernet{number}\n   service-profile {profile}\n"
    return text


@st.composite
def eos_ports(draw: st.DrawFn) -> Sections:
    """VLANs, phone ports with their power, an uplink, snooping."""
    names = {110: "TRUNKLINE-DATA", 120: "TRUNKLINE-VOICE", 130: "TRUNKLINE-SBC"}
    voice_vlan = f"ip dhcp snooping\nip dhcp snooping bridging\nip dhcp snooping vlan {draw(_vlans())}\n"
    for vlan in sorted(draw(st.sets(st.sampled_from(sorted(names))))):
        voice_vlan += f"vlan {vlan}\n   name {names[vlan]}\n"
    poe = ""
    for number in sorted(draw(st.sets(st.sampled_from((1, 2, 3))))):
        voice_vlan += f"interface Ethernet{number}\n   switchport trunk native vlan {draw(st.sampled_from(VLANS))}\n"
        voice_vlan += f"   switchport phone vlan {draw(st.sampled_from(VLANS))}\n   switchport mode trunk phone\n"
        voice_vlan += "   spanning-tree portfast\n   spanning-tree bpduguard enable\n"
        if draw(st.booleans()):
            poe += f"interface Ethernet{number}\n   poe priority {draw(st.sampled_from(('critical', 'high')))}\n"
            poe += "   poe reboot action maintain\n" if draw(st.booleans()) else ""
            poe += f"   poe limit {draw(st.sampled_from(('7.00', '15.40', '30.00')))} watts\n"
    voice_vlan += f"interface Ethernet24\n   switchport trunk allowed vlan {draw(_vlans())}\n"
    return {"voice_vlan": voice_vlan + "   switchport mode trunk\n", "poe": poe}


@st.composite
def eos(draw: st.DrawFn) -> Sections:
    """All sections of a switch."""
    return {"qos": draw(eos_qos()), **draw(eos_ports())}
