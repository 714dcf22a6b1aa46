"""Traffic mathematics against published tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.model.traffic import (
    CallOnLink,
    Codec,
    Encapsulation,
    MediaProtocol,
    erlang_b,
    lines_for,
    voice_rate,
    widest,
)
from trunkline.units import Milliseconds

calm = settings(deadline=None)  # builds run on busy machines


# Rows of the usual Erlang B table at 1 %: the traffic that so many lines carry, rounded down.
@pytest.mark.parametrize(
    ("lines", "erlangs"), [(1, 0.0101), (5, 1.36), (10, 4.46), (20, 12.0), (50, 37.9), (100, 84.0)]
)
def test_lines_agree_with_the_erlang_table_at_one_percent(lines: int, erlangs: float) -> None:
    assert lines_for(erlangs, 0.01) == lines
    assert lines_for(erlangs * 1.02, 0.01) > lines


def test_blocking_of_one_line_is_its_share_of_the_time() -> None:
    assert erlang_b(1.0, 1) == 0.5


def test_no_traffic_needs_no_line() -> None:
    assert lines_for(0, 0.01) == 0


def test_large_groups_neither_overflow_nor_cancel() -> None:
    assert 0 < erlang_b(5_000, 5_100) < 0.02


@calm
@given(st.floats(0.01, 500), st.floats(0.0001, 0.5))
def test_lines_are_the_fewest_that_do(erlangs: float, blocking: float) -> None:
    lines = lines_for(erlangs, blocking)
    assert erlang_b(erlangs, lines) <= blocking
    assert erlang_b(erlangs, lines - 1) > blocking


# Cisco, "Voice Over IP - Per Call Bandwidth Consumption": G.711 and G.729 at 20 ms over Ethernet.
@pytest.mark.parametrize(("codec", "kbps"), [("pcma", 87.2), ("g729", 31.2)])
def test_call_over_ethernet_takes_what_vendors_tables_say(codec: Codec, kbps: float) -> None:
    assert float(CallOnLink(codec, Milliseconds(20), "rtp", "ethernet").bits_per_second) / 1_000 == kbps


@pytest.mark.parametrize(
    ("media", "encapsulation", "bits"),
    [
        ("rtp", "ip", 80_000),  # 160 + 40 bytes
        ("srtp", "ip", 84_000),  # and a tag of 10
        ("rtp", "vlan", 88_800),  # 160 + 40 + 22
        ("rtp", "pppoe", 90_400),  # 160 + 40 + 26
        ("srtp", "pppoe_vlan", 96_000),  # 160 + 40 + 10 + 30
    ],
)
def test_every_header_is_counted(media: MediaProtocol, encapsulation: Encapsulation, bits: int) -> None:
    assert CallOnLink("pcma", Milliseconds(20), media, encapsulation).bits_per_second == bits


def test_longer_packets_carry_fewer_headers() -> None:
    rates = [CallOnLink("pcma", Milliseconds(ms), "rtp", "ethernet").bits_per_second for ms in (10, 20, 30, 60)]
    assert rates == sorted(rates, reverse=True)


def test_rate_of_many_calls_is_rounded_once() -> None:
    call = CallOnLink("pcma", Milliseconds(30), "rtp", "ethernet")  # 79,466.6... bit/s
    assert voice_rate(call, 3) == 239
    assert voice_rate(call, 0) == 0


def test_link_is_planned_for_the_widest_codec() -> None:
    assert widest(("g729", "opus", "pcma")) == "pcma"
