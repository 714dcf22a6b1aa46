"""Units: read as people write them, refused where the unit is missing, printed back the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline import units
from trunkline.units import Kbps, Milliseconds, Milliwatts, NotAUnit

calm = settings(deadline=None)  # builds run on busy machines


@pytest.mark.parametrize(
    ("text", "rate"),
    [("20M", 20_000), ("512k", 512), ("1.5M", 1_500), ("1G", 1_000_000), ("2 Mbit/s", 2_000), (" 64k ", 64)],
)
def test_rate_is_read_in_kilobits(text: str, rate: int) -> None:
    assert units.parse_rate(text) == rate


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20", "the unit of '20' is missing; write 20M or 512k"),
        ("20m", "'m' is not a unit of rate; write 20M or 512k (units: k, M, G, kbit/s, Mbit/s, Gbit/s)"),
        ("0k", "a rate of '0k' carries nothing; write 20M or 512k"),
        ("1.5k", "'1.5k' is finer than k; write 20M or 512k"),
        ("-1M", "'-1M' is not a rate; write 20M or 512k"),
        ("20\u0666M", "'20\u0666M' is not a rate; write 20M or 512k"),
    ],
)
def test_rate_that_is_none_is_refused_with_an_example(text: str, said: str) -> None:
    with pytest.raises(NotAUnit) as refused:
        units.parse_rate(text)
    assert str(refused.value) == said


def test_power_keeps_tenths_of_a_watt() -> None:
    assert units.parse_power("15.4W") == 15_400
    assert units.format_power(Milliwatts(15_400)) == "15.4W"


@pytest.mark.parametrize(("text", "ms"), [("20 ms", 20), ("1 s", 1_000), ("2min", 120_000), ("1 h", 3_600_000)])
def test_duration_is_read_in_milliseconds(text: str, ms: int) -> None:
    assert units.parse_duration(text) == ms


def test_seconds_take_no_fraction() -> None:
    assert units.parse_seconds("1 h") == 3_600
    with pytest.raises(NotAUnit, match="finer than a second"):
        units.parse_seconds("20 ms")


@pytest.mark.parametrize(
    ("text", "dscp"), [("ef", 46), ("EF", 46), ("46", 46), ("cs3", 24), ("af21", 18), ("af43", 38), ("0", 0), ("le", 1)]
)
def test_dscp_is_read_by_name_and_number(text: str, dscp: int) -> None:
    assert units.parse_dscp(text) == dscp


@pytest.mark.parametrize("text", ["64", "af51", "", "ef0", "-1"])
def test_dscp_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotAUnit, match="is not a DSCP"):
        units.parse_dscp(text)


@pytest.mark.parametrize("text", ["40", "0%", "101%", "2.5%"])
def test_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(NotAUnit):
        units.parse_share(text)


@pytest.mark.parametrize("number", [0, 4095, -1])
def test_vlan_outside_the_standard_is_refused(number: int) -> None:
    with pytest.raises(NotAUnit, match="is not a VLAN"):
        units.parse_vlan(number)


@calm
@given(st.integers(1, 10**9))
def test_printed_rate_reads_back_the_same(rate: int) -> None:
    assert units.parse_rate(units.format_rate(Kbps(rate))) == rate


@calm
@given(st.integers(0, 10**9))
def test_printed_power_reads_back_the_same(power: int) -> None:
    assert units.parse_power(units.format_power(Milliwatts(power))) == power


@calm
@given(st.integers(0, 10**10))
def test_printed_duration_reads_back_the_same(duration: int) -> None:
    assert units.parse_duration(units.format_duration(Milliseconds(duration))) == duration


@calm
@given(st.integers(0, 63))
def test_printed_dscp_reads_back_the_same(number: int) -> None:
    dscp = units.parse_dscp(str(number))
    assert units.parse_dscp(units.format_dscp(dscp)) == dscp


@calm
@given(st.text())
def test_no_text_is_more_than_refused(text: str) -> None:
    for parse in (units.parse_rate, units.parse_power, units.parse_duration, units.parse_share, units.parse_dscp):
        try:
            parse(text)
        except NotAUnit as refused:
            assert refused.what
            assert refused.right
