"""Estates for tests, written as people write them: a pair in Leeds, a hosted site in York, with changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from trunkline.intent import Figure
from trunkline.model.estate import Estate, load_estate

POLICY = """
classes:
  voice:      {dscp: ef, pcp: 5, queue: strict}
  signalling: {dscp: cs3, pcp: 3, share: 2%}
  business:   {dscp: af21, share: 40%}
  bulk:       {dscp: cs1, share: 5%, cap_on_backup: 1M}
  rest:       {dscp: cs0, share: rest}
voice: {blocking: 0.01, codecs: [g722, pcma], ptime: 20 ms, srtp: required, transcode: never, mos_min: 4.0}
dial_plan: {country: GB, outside_prefix: "9", emergency: ["999", "112"], internal: "2xx"}
classes_of_service: {desk: [internal, emergency, local, national, mobile]}
providers: {zen: {name: Zen Example}, vode: {name: Vode Example}}
trunks:
  zen_sip: {provider: zen, servers: [sip.zen.example], addresses: [198.51.100.0/26], transport: tls, media: srtp,
            auth: "vault:zen_sip", caller_id: p_asserted_identity, numbers: e164, calls: 30}
  backup_sip: {provider: vode, servers: [203.0.113.40], transport: udp, media: rtp, auth: address, caller_id: from,
               numbers: national}
fraud: {international_per_day: 20, new_country: hold, night: deny}
security: {tls_min: "1.2", ban_after: 5, ban_time: 1 h, trusted: [10.20.99.0/24]}
change: {approvals: {none: 0, low: 1, medium: 1, high: 2, outage: 2}, windows: ["Mon-Thu 20:00-23:00"], freeze: []}
management: {user: trunkline, password: "vault:device_password"}
sites_may_narrow: [voice.blocking, voice.codecs, security.trusted]
"""

LEEDS = """
site: leeds
name: Leeds
call_control: pair
timezone: Europe/London
country: GB
area_code: "113"
emergency: {address: "1 Park Row, Leeds LS1 5HN", callback: "+441134960100"}
people: {busy_hour_calls: 42, mean_call_s: 180}
networks:
  voice: {vlan: 20, prefix: 10.20.20.0/24, dhcp: [10.20.20.100, 10.20.20.250]}
  data:  {vlan: 10, prefix: 10.20.10.0/24}
  sbc:   {vlan: 30, prefix: 10.20.30.0/28}
  mgmt:  {vlan: 99, prefix: 10.20.99.0/27}
wan:
  - {name: fibre, provider: zen, interface: "edge1:GigabitEthernet0/0/0", down: 100M, up: 20M,
     address: 203.0.113.2/30, gateway: 203.0.113.1}
  - {name: lte, provider: vode, interface: "edge1:Cellular0/1/0", down: 20M, up: 5M, address: dhcp,
     encapsulation: ip}
devices:
  edge1: {role: router, platform: ios_xe, model: C1111-8P, address: 10.20.99.1}
  sw1:   {role: access_switch, platform: eos, model: CCS-720XP-24ZY4, address: 10.20.99.2, poe_budget: 600W}
  sbc1:  {role: sbc, platform: debian, address: 10.20.30.2, ups: main}
  sbc2:  {role: sbc, platform: debian, address: 10.20.30.3, ups: main}
sbc: {virtual_address: 10.20.30.4, public: 203.0.113.2, rtp: 20000-23999}
ports:
  edge1: {GigabitEthernet0/1/0: {downlink: sw1}}
  sw1: {Ethernet1-2: desk, Ethernet21-22: {sbc: [sbc1, sbc2]}, Ethernet24: {uplink: edge1}}
phones:
  - {extension: "201", person: Ada Okafor, model: yealink_t54w, mac: "80:5e:c0:00:02:01", port: "sw1:Ethernet1"}
  - {extension: "202", person: Ben Whitaker, model: poly_vvx250, mac: "64:16:7f:00:02:02", port: "sw1:Ethernet2"}
trunks: [zen_sip, backup_sip]
"""

YORK = """
site: york
name: York
call_control: hosted
timezone: Europe/London
country: GB
area_code: "1904"
emergency: {address: "1 Micklegate, York YO1 6JH", callback: "+441904960100"}
people: {busy_hour_calls: 12, mean_call_s: 180}
networks:
  voice: {vlan: 20, prefix: 10.30.20.0/24, dhcp: [10.30.20.100, 10.30.20.200]}
  data:  {vlan: 10, prefix: 10.30.10.0/24}
  mgmt:  {vlan: 99, prefix: 10.30.99.0/27}
wan:
  - {name: dsl, provider: zen, interface: "edge1:GigabitEthernet0/0/0", down: 50M, up: 10M,
     address: 192.0.2.2/30, gateway: 192.0.2.1}
devices:
  edge1: {role: router, platform: ios_xe, model: C1111-8P, address: 10.30.99.1, poe_budget: 50W}
hosted: {provider: zen, servers: [198.51.100.70], signalling: [5060, 5061], media: [198.51.100.128/25],
         rtp: 16384-32767}
ports: {edge1: {GigabitEthernet0/1/0-1: desk}}
phones:
  - {extension: "201", person: Cy Ames, model: yealink_t31p, mac: "80:5e:c0:00:03:01",
     port: "edge1:GigabitEthernet0/1/0"}
"""

Changes = Mapping[str, object]


def estate(folder: Path, site: str = LEEDS, *, policy: Changes | None = None, **changes: object) -> Estate:
    """Write an estate with one site and load it; `changes` replace parts of the site, mappings key by key."""
    (folder / "sites").mkdir(parents=True, exist_ok=True)
    written = _changed(yaml.safe_load(site), changes)
    assert isinstance(written, dict)
    (folder / "policy.yml").write_text(yaml.safe_dump(_changed(yaml.safe_load(POLICY), policy or {}), sort_keys=False))
    (folder / "sites" / f"{written['site']}.yml").write_text(yaml.safe_dump(written, sort_keys=False))
    return load_estate(folder)


def named(figures: Sequence[Figure], name: str) -> Figure:
    """The figure of that name."""
    return next(figure for figure in figures if figure.name == name)


def _changed(old: object, new: object) -> object:
    if not (isinstance(old, dict) and isinstance(new, Mapping)):
        return new
    merged = {name: _changed(value, new[name]) if name in new else value for name, value in old.items()}
    return {**merged, **{name: value for name, value in new.items() if name not in old}}
