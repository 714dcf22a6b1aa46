"""Power over Ethernet and media ports: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "PoE over budget": (
        "poe_budget: 600W",
        "poe_budget: 80W",
        [
            (
                "sites/leeds.yml:30:104: devices.sw1.poe_budget: 3 x 7W poly_vvx250 (class 2) + 1 x 7W "
                "yealink_t31p (class 2) + 4 x 15.4W yealink_t54w (class 3) = 89.6W are more than 80W; move phones "
                "to another switch, or write the budget that it really has"
            ),
        ],
    ),
    "PoE budget missing": (
        ", poe_budget: 600W",
        "",
        [
            (
                "sites/leeds.yml:30:10: devices.sw1: poe_budget is missing, and 8 phones are fed from here; write "
                "the budget of its data sheet, poe_budget: 600W"
            ),
        ],
    ),
    "RTP range odd": (
        "rtp: 20000-23999",
        "rtp: 20001-23999",
        [
            (
                "sites/leeds.yml:34:62: sbc.rtp: 20001-23999 begins at an odd port, RTP takes even ones; begin at "
                "an even port, 20000-23999"
            ),
        ],
    ),
    "RTP range ends even": (
        "rtp: 20000-23999",
        "rtp: 20000-23998",
        [
            (
                "sites/leeds.yml:34:62: sbc.rtp: 20000-23998 ends at an even port, its RTCP has none; end at an "
                "odd port, 20000-23999"
            ),
        ],
    ),
    "RTP range too small for the trunks": (
        "rtp: 20000-23999",
        "rtp: 20000-20099",
        [
            (
                "sites/leeds.yml:34:62: sbc.rtp: 20000-20099 has 100 ports, and the trunks carry 30 calls x 4 "
                "ports = 120; write a range of 120 ports or more"
            ),
        ],
    ),
    "RTP range too small for the busy hour": (
        "people: {busy_hour_calls: 42, mean_call_s: 180}",
        "people: {busy_hour_calls: 20000, mean_call_s: 180}",
        [
            (
                "sites/leeds.yml:23:9: wan[1].up: voice takes 93845 kbit/s of 20M: 1000 erlang at a blocking of "
                "0.01 are 1029 calls (Erlang B) x 91.2 kbit/s (g722, 20 ms, srtp, ethernet); a faster line, fewer "
                "calls or a narrower codec"
            ),
            (
                "sites/leeds.yml:26:73: wan[2].down: voice takes 86436 kbit/s of 20M: 1000 erlang at a blocking "
                "of 0.01 are 1029 calls (Erlang B) x 84 kbit/s (g722, 20 ms, srtp, ip); a faster line, fewer "
                "calls or a narrower codec"
            ),
            (
                "sites/leeds.yml:26:82: wan[2].up: voice takes 86436 kbit/s of 5M: 1000 erlang at a blocking of "
                "0.01 are 1029 calls (Erlang B) x 84 kbit/s (g722, 20 ms, srtp, ip); a faster line, fewer calls "
                "or a narrower codec"
            ),
            (
                "sites/leeds.yml:34:62: sbc.rtp: 20000-23999 has 4000 ports, and the busy hour has 1029 calls x 4 "
                "ports = 4116; write a range of 4116 ports or more"
            ),
        ],
    ),
    "RTP range in Linux's own": (
        "rtp: 20000-23999",
        "rtp: 30000-33999",
        [
            (
                "sites/leeds.yml:34:62: sbc.rtp: 30000-33999 overlaps 32768-60999, which Linux hands out itself; "
                "stay below, such as 20000-23999"
            ),
        ],
    ),
    "RTP range reversed": (
        "rtp: 20000-23999",
        "rtp: 23999-20000",
        [
            "sites/leeds.yml:34:62: sbc.rtp: the range 23999-20000 ends before it begins; write 20000-23999",
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
