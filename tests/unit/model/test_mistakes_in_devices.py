"""Boxes and call control: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "unknown platform": (
        "platform: eos",
        "platform: eoss",
        [
            "sites/leeds.yml:30:42: devices.sw1.platform: 'eoss' is not a known platform; did you mean eos?",
        ],
    ),
    "unknown model": (
        "CCS-720XP-24ZY4",
        "CCS-720XP-24ZY",
        [
            (
                "sites/leeds.yml:30:54: devices.sw1.model: 'CCS-720XP-24ZY' is not a known model; did you mean "
                "CCS-720XP-24ZY4?"
            ),
        ],
    ),
    "missing model": (
        "model: CCS-720XP-24ZY4, ",
        "",
        [
            "sites/leeds.yml:30:10: devices.sw1: model is missing; write what its label says, model: C1111-8P",
        ],
    ),
    "switch on debian": (
        "role: access_switch, platform: eos",
        "role: access_switch, platform: debian",
        [
            (
                "sites/leeds.yml:30:42: devices.sw1.platform: debian is no platform of a router or switch; write "
                "one of eos, ios_xe"
            ),
        ],
    ),
    "SBC on eos": (
        "sbc2:  {role: sbc, platform: debian",
        "sbc2:  {role: sbc, platform: eos",
        [
            "sites/leeds.yml:32:32: devices.sbc2.platform: an SBC does not run on eos; write platform: debian",
        ],
    ),
    "one SBC only": (
        "  sbc2:  {role: sbc, platform: debian, address: 10.20.30.3, ups: main}\n",
        "",
        [
            ("sites/leeds.yml:29:3: devices: a pair is two devices with role sbc, here are 1: sbc1; declare two"),
            (
                "sites/leeds.yml:40:20: ports.sw1.Ethernet21-22: Ethernet22 leads to sbc2, which is no device; "
                "did you mean sbc1?"
            ),
        ],
    ),
    "doubled hosted server": (
        "trunks: [zen_sip, backup_sip]",
        (
            "trunks: [zen_sip, backup_sip]\n"
            "hosted: {provider: zen, servers: [a.example, a.example], signalling: [5061], media: "
            "[192.0.2.0/24, 192.0.2.0/24], rtp: 16384-32767}"
        ),
        [
            ("sites/leeds.yml:58:9: hosted: a site with a pair is not hosted; keep one: this, or call_control: pair"),
            (
                "sites/leeds.yml:58:46: hosted.servers[2]: a.example is named already, in line 58 column 35; name "
                "it once"
            ),
            (
                "sites/leeds.yml:58:100: hosted.media[2]: 192.0.2.0/24 is named already, in line 58 column 86; "
                "name it once"
            ),
        ],
    ),
    "no pair section": (
        "sbc: {virtual_address: 10.20.30.4, public: 203.0.113.2, rtp: 20000-23999}\n",
        "",
        [
            (
                "sites/leeds.yml:4:15: call_control: a pair needs the section sbc; write sbc: {virtual_address: "
                "..., public: ..., rtp: 20000-23999}"
            ),
        ],
    ),
    "pair without trunks": (
        "trunks: [zen_sip, backup_sip]\n",
        "",
        [
            "sites/leeds.yml:4:15: call_control: a pair without a trunk reaches nobody; write trunks: [...]",
        ],
    ),
    "hosted without its section": (
        "call_control: pair",
        "call_control: hosted",
        [
            (
                "sites/leeds.yml:4:15: call_control: a hosted site needs the section hosted; write hosted: "
                "{provider, servers, signalling, media, rtp}, as the provider tells them"
            ),
            (
                "sites/leeds.yml:31:17: devices.sbc1.role: a hosted site has no SBC; leave the device out, or "
                "write call_control: pair"
            ),
            (
                "sites/leeds.yml:32:17: devices.sbc2.role: a hosted site has no SBC; leave the device out, or "
                "write call_control: pair"
            ),
            "sites/leeds.yml:34:6: sbc: a hosted site has no pair; keep one: this, or call_control: hosted",
            "sites/leeds.yml:57:9: trunks: a hosted site has no trunks, its provider has; leave them out",
        ],
    ),
    "hybrid": (
        "call_control: pair",
        "call_control: hybrid",
        [
            (
                "sites/leeds.yml:4:15: call_control: hybrid is not built yet; write pair (calls here) or hosted "
                "(calls at a provider)"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
