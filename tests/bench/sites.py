"""Generated sites for benchmarks: a router and two 48-port switches each, and their boxes as they run today."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

from trunkline.change.planning import box_sections
from trunkline.intent import build_intents
from trunkline.lab import vendors
from trunkline.model.estate import load_estate

ROOT = Path(__file__).resolve().parents[2]

_SITE = """\
site: {name}
name: Branch {number}
call_control: pair
timezone: Europe/London
country: GB
area_code: "113"
emergency: {{address: "{number} Park Row, Leeds", callback: "+441134960100"}}
people: {{busy_hour_calls: {calls}, mean_call_s: 180}}
networks:
  voice: {{vlan: 20, prefix: 10.{high}.{low}.0/26, dhcp: [10.{high}.{low}.10, 10.{high}.{low}.60]}}
  data:  {{vlan: 10, prefix: 10.{high}.{low}.64/26}}
  sbc:   {{vlan: 30, prefix: 10.{high}.{low}.128/28}}
  mgmt:  {{vlan: 99, prefix: 10.{high}.{low}.160/27}}
wan:
  - {{name: fibre, provider: zen, interface: "edge1:GigabitEthernet0/0/0", down: 100M, up: 20M, address: dhcp}}
  - {{name: lte, provider: vode, interface: "edge1:Cellular0/1/0", down: 20M, up: 5M, address: dhcp, encapsulation: ip}}
devices:
  edge1: {{role: router, platform: ios_xe, model: C1111-8P, address: 10.{high}.{low}.161}}
  sw1: {{role: access_switch, platform: eos, model: CCS-720XP-48ZC2, address: 10.{high}.{low}.162, poe_budget: 1440W}}
  sw2: {{role: access_switch, platform: eos, model: CCS-720XP-48ZC2, address: 10.{high}.{low}.163, poe_budget: 1440W}}
  sbc1: {{role: sbc, platform: debian, address: 10.{high}.{low}.130}}
  sbc2: {{role: sbc, platform: debian, address: 10.{high}.{low}.131}}
sbc: {{virtual_address: 10.{high}.{low}.132, public: 198.18.{high}.{low}, rtp: 20000-23999}}
ports:
  edge1:
    GigabitEthernet0/1/0: {{downlink: sw1}}
    GigabitEthernet0/1/1: {{downlink: sw2}}
  sw1:
    Ethernet1-44: desk
    Ethernet45-46: {{sbc: [sbc1, sbc2]}}
    Ethernet48: {{uplink: edge1}}
  sw2:
    Ethernet1-46: desk
    Ethernet48: {{uplink: edge1}}
phones:
{phones}
trunks: [zen_sip, backup_sip]
"""


_SINCE_YESTERDAY = {"match dscp cs3": "match dscp cs4", "percent 40": "percent 30", "limit 15.40": "limit 7.00"}


def write_estate(folder: Path, sites: int) -> Path:
    """Write an estate of so many sites with the policy of the lab; return its folder."""
    estate = folder / "estate"
    (estate / "sites").mkdir(parents=True)
    shutil.copy(ROOT / "inventories" / "lab" / "policy.yml", estate)
    shutil.copy(ROOT / "inventories" / "lab" / "trunkline.yml", estate)
    for number in range(sites):
        high, low = 64 + number // 250, number % 250
        phones = "\n".join(
            f'  - {{extension: "{200 + port}", person: Desk {port}, model: yealink_t54w, '
            f'mac: "80:5e:c0:{high:02x}:{low:02x}:{port:02x}", port: "sw1:Ethernet{port}"}}'
            for port in range(1, 21)
        )
        text = _SITE.format(
            name=f"b{number:04}", number=number, calls=20 + number % 30, high=high, low=low, phones=phones
        )
        (estate / "sites" / f"b{number:04}.yml").write_text(text)
    return estate


def write_running(estate_path: Path, folder: Path) -> int:
    """Write what each box runs today: a customer's lines, our sections of yesterday, a few values different.

    `<host>.cfg` is today, `<host>.after` what it is to be, both as a virtual device prints them. Returns the number of
    boxes.
    """
    folder.mkdir()
    estate = load_estate(estate_path)
    customer = {platform: _customer(platform) for platform in ("ios_xe", "eos")}
    boxes = 0
    for site in estate.sites.values():
        for intent in build_intents(site, estate.policy).values():
            ours = [line for text in box_sections(intent).texts.values() for line in text.splitlines() if line != "!"]
            for suffix, lines in (("cfg", [_yesterday(line) for line in ours]), ("after", ours)):
                box = customer[intent.platform].copy()
                refused = box.configure(lines)
                assert not refused, (intent.host, refused)
                (folder / f"{intent.host}.{suffix}").write_text(box.running())
            boxes += 1
    return boxes


def _customer(platform: str) -> Any:
    text = (Path(vendors.__file__).parent / platform / "states" / "customer.cfg").read_text()
    return import_module(f"trunkline.lab.vendors.{platform}").Box("box", text.replace("24ZY4", "48ZC2"))


def _yesterday(line: str) -> str:
    for now, then in (
        ("match dscp cs3", "match dscp cs4"),
        ("percent 40", "percent 30"),
        ("limit 15.40", "limit 7.00"),
    ):
        line = line.replace(now, then)
    return line
