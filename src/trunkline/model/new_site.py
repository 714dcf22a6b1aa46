"""A new site's file: commented, valid, with prefixes that no other site of the estate has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from math import ceil
from typing import Literal

from trunkline.errors import TrunklineError
from trunkline.model.known import emergency_numbers
from trunkline.model.policy import Policy

_POOL = IPv4Network("10.0.0.0/8")
_SITE_PREFIX_LENGTH = 20
_FIRST_BLOCK = IPv4Network("10.16.0.0/20")  # the lowest blocks of 10/8 are in use nearly everywhere
_DESK_PORTS = {"CCS-720XP-24ZY4": 20, "CCS-720XP-48ZC2": 44}
_POE_BUDGET = {"CCS-720XP-24ZY4": "600W", "CCS-720XP-48ZC2": "1050W"}
_ROUTER_LAN_PORTS = 8  # C1111-8P
_ADDRESSES_OF_VOICE = 1022  # a /22


class NoRoomError(TrunklineError):
    """The estate has no room for another site, or a site is larger than one router."""


@dataclass(frozen=True)
class HostedAnswers:
    """What the provider of a hosted telephone system tells."""

    servers: tuple[str, ...]
    media: tuple[str, ...]


@dataclass(frozen=True)
class SiteAnswers:
    """What a person knows of a site before it has a file."""

    site: str
    name: str
    call_control: Literal["pair", "hosted"]
    country: str
    timezone: str
    address: str
    callback: str
    phones: int
    provider: str
    down: str
    up: str
    wan_address: str
    gateway: str
    hosted: HostedAnswers | None = None


def free_block(used: Iterable[IPv4Network]) -> IPv4Network:
    """Return the lowest block for a site that no prefix in use touches."""
    taken = sorted((int(prefix.network_address), int(prefix.broadcast_address)) for prefix in used)
    size = 2 ** (32 - _SITE_PREFIX_LENGTH)
    start = int(_FIRST_BLOCK.network_address)
    for first, last in taken:
        if first >= start + size:
            break
        if last >= start:
            start = (last // size + 1) * size
    block = IPv4Network((start, _SITE_PREFIX_LENGTH))
    if not block.subnet_of(_POOL):
        raise NoRoomError(f"every /{_SITE_PREFIX_LENGTH} of {_POOL} from {_FIRST_BLOCK} on is in use")
    return block


def site_file(answers: SiteAnswers, policy: Policy, used: Iterable[IPv4Network]) -> str:
    """Return the text of a new site's file."""
    if answers.phones * 2 > _ADDRESSES_OF_VOICE:
        raise NoRoomError(f"{answers.phones} phones are more than one site's file is laid out for here")
    block = free_block(used)
    switches = tuple(_switches(answers.phones))
    parts = (
        _head(answers),
        _networks(answers, block),
        _wan(answers),
        _devices(answers, block, switches),
        _call_control(answers, block),
        _ports(answers, switches),
        _phones(policy),
        _trunks(answers, policy),
        _narrow(answers, policy),
    )
    return "\n".join(part for part in parts if part)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a YAML string


def _switches(phones: int) -> Iterator[str]:
    small, large = _DESK_PORTS
    if phones <= _DESK_PORTS[small]:
        yield small
        return
    count = ceil(phones / _DESK_PORTS[large])
    if count > _ROUTER_LAN_PORTS:
        raise NoRoomError(f"{phones} phones need {count} switches, the router has {_ROUTER_LAN_PORTS} ports")
    yield from [large] * count


def _head(answers: SiteAnswers) -> str:
    calls = max(2, answers.phones * 3)
    return f"""\
# One site. `trunkline validate {answers.site}` checks it; `trunkline schema site` tells editors every field.
site: {answers.site}
name: {_quoted(answers.name)}
call_control: {answers.call_control}
timezone: {answers.timezone}
country: {answers.country}
emergency: {{address: {_quoted(answers.address)}, callback: {_quoted(answers.callback)}}}
# A guess of three calls a phone; replace it by the busiest hour of your call records.
people: {{busy_hour_calls: {calls}, mean_call_s: 180}}
"""


def _networks(answers: SiteAnswers, block: IPv4Network) -> str:
    data, voice, rest = tuple(block.subnets(new_prefix=22))[:3]
    sbc = next(rest.subnets(new_prefix=28))
    mgmt = tuple(rest.subnets(new_prefix=24))[1]
    first = voice.network_address + 20
    last = voice.broadcast_address - 1
    pair = f"  sbc:   {{vlan: 30, prefix: {sbc}}}\n" if answers.call_control == "pair" else ""
    return f"""\
# {block} is this site's alone. The router has the first address of each; write gateway: where it does not.
networks:
  voice: {{vlan: 20, prefix: {voice}, dhcp: [{first}, {last}]}}
  data:  {{vlan: 10, prefix: {data}}}
{pair}  mgmt:  {{vlan: 99, prefix: {mgmt}}}
"""


def _wan(answers: SiteAnswers) -> str:
    gateway = f"\n    gateway: {answers.gateway}" if answers.gateway else ""
    return f"""\
# Lines to the outside, the main one first; a second one backs it up. encapsulation: pppoe, vlan, ip (mobile) ...
wan:
  - name: main
    provider: {answers.provider}
    interface: "edge1:GigabitEthernet0/0/0"
    down: {answers.down}
    up: {answers.up}
    address: {answers.wan_address}{gateway}
"""


def _devices(answers: SiteAnswers, block: IPv4Network, switches: tuple[str, ...]) -> str:
    rest = tuple(block.subnets(new_prefix=22))[2]
    mgmt = rest.network_address + 256
    lines = [f"  edge1: {{role: router, platform: ios_xe, model: C1111-8P, address: {mgmt + 1}}}"]
    for number, model in enumerate(switches, start=1):
        lines.append(
            f"  sw{number}:   {{role: access_switch, platform: eos, model: {model},"
            f" address: {mgmt + 1 + number}, poe_budget: {_POE_BUDGET[model]}}}"
        )
    if answers.call_control == "pair":
        lines += (
            f"  sbc{number}:  {{role: sbc, platform: debian, address: {rest.network_address + 1 + number}}}"
            for number in (1, 2)
        )
    return "# poe_budget: what the data sheet says for the power supplies that are in it.\ndevices:\n" + (
        "\n".join(lines) + "\n"
    )


def _call_control(answers: SiteAnswers, block: IPv4Network) -> str:
    if answers.hosted is not None:
        return f"""\
hosted:
  provider: {answers.provider}
  servers: [{", ".join(answers.hosted.servers)}]
  signalling: [5061]
  media: [{", ".join(answers.hosted.media)}]
  rtp: 16384-32767
"""
    virtual = tuple(block.subnets(new_prefix=22))[2].network_address + 4
    public = answers.wan_address.partition("/")[0]
    return f"""\
# public: what the outside sees of the pair. rtp: four ports for each call.
sbc: {{virtual_address: {virtual}, public: {public}, rtp: 20000-23999}}
"""


def _ports(answers: SiteAnswers, switches: tuple[str, ...]) -> str:
    peers = ", ".join(f"sw{number}" for number in range(1, len(switches) + 1))
    last = len(switches) - 1
    router = "GigabitEthernet0/1/0" if not last else f"GigabitEthernet0/1/0-{last}"
    lines = [f"  edge1:\n    {router}: {{downlink: [{peers}]}}"]
    for number, model in enumerate(switches, start=1):
        desks = _DESK_PORTS[model]
        lines.append(f"  sw{number}:\n    Ethernet1-{desks}: desk")
        if number == 1 and answers.call_control == "pair":
            lines.append(f"    Ethernet{desks + 1}-{desks + 2}: {{sbc: [sbc1, sbc2]}}")
        lines.append(f"    Ethernet{desks + 4}: {{uplink: edge1}}")
    return "# What each port is for: desk, data, unused, {uplink: device}, {downlink: device}, {sbc: device}.\n" + (
        "ports:\n" + "\n".join(lines) + "\n"
    )


def _phones(policy: Policy) -> str:
    services = ", ".join(sorted(policy.classes_of_service))
    return f"""\
# One line for each phone, such as
#  - {{extension: "201", person: Ada Okafor, model: yealink_t54w, mac: "80:5e:c0:00:02:01", port: "sw1:Ethernet1"}}
# class_of_service: {services} (desk where it is left out)
phones: []
# - {{extension: "600", name: Front desk, ring: all, members: ["201", "202"], timeout_s: 20, then: voicemail}}
groups: []
"""


def _trunks(answers: SiteAnswers, policy: Policy) -> str:
    if answers.call_control == "hosted":
        return ""
    own = [name for name, trunk in policy.trunks.items() if trunk.provider == answers.provider]
    chosen = own or list(policy.trunks)[:1]
    return f"# Of the policy, the preferred one first: {', '.join(policy.trunks)}.\ntrunks: [{', '.join(chosen)}]\n"


def _narrow(answers: SiteAnswers, policy: Policy) -> str:
    if answers.country == policy.dial_plan.country:
        return ""
    numbers = ", ".join(f'"{number}"' for number in emergency_numbers().get(answers.country, ("112",)))
    return f"""\
# Another country than the policy's: its own way to dial.
narrow:
  dial_plan: {{country: {answers.country}, outside_prefix: "0", emergency: [{numbers}], internal: "4xx"}}
"""
