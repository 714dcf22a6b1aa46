"""Keys of a site's file: unknown, missing, doubled: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "unknown key with a near one": (
        "poe_budget: 600W",
        "poe_bugdet: 600W",
        [
            "sites/leeds.yml:30:92: devices.sw1.poe_bugdet: is not a known key; did you mean poe_budget?",
        ],
    ),
    "unknown key with no near one": (
        'area_code: "113"',
        'area_code: "113"\ncolour: red',
        [
            (
                "sites/leeds.yml:9:1: colour: is not a known key; known keys: area_code, call_control, country, "
                "devices, emergency, groups, hosted, language, name, narrow, networks, people, phones, ports, "
                "sbc, site, timezone, trunks, wan"
            ),
        ],
    ),
    "missing key": (
        'callback: "+441134960100"',
        'callback_: "+441134960100"',
        [
            (
                "sites/leeds.yml:9:12: emergency.callback: is missing; write callback: +441134960100 (Whom the "
                "emergency services call back)"
            ),
            "sites/leeds.yml:9:51: emergency.callback_: is not a known key; did you mean callback?",
        ],
    ),
    "missing section": (
        "people: {busy_hour_calls: 42, mean_call_s: 180}\n",
        "",
        [
            "sites/leeds.yml:2:1: people: is missing; write people: {busy_hour_calls: ..., mean_call_s: ...}",
        ],
    ),
    "doubled key": (
        'area_code: "113"',
        'area_code: "113"\narea_code: "114"',
        [
            "sites/leeds.yml:9:1: area_code: is written twice, first in line 8; keep one of them",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
