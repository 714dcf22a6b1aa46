"""Staged lines: contexts, indentation, what cannot be typed."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import CannotBeTyped
from trunkline.devices.lines import refuse_keys, staged_lines, with_exits


def sent(*lines: str) -> list[str]:
    return [text for _, text in with_exits(staged_lines(lines))]


def test_lines_keep_the_number_that_they_were_staged_under() -> None:
    lines = staged_lines(["! heading", "interface A", "!", "", "   mtu 1500"])
    assert [(line.number, line.text, line.indent) for line in lines] == [
        (2, "interface A", 0),
        (5, "mtu 1500", 3),
    ]


def test_each_sub_mode_is_left_before_a_line_that_stands_outside() -> None:
    assert sent("qos profile P", "   tx-queue 5", "      priority strict", "   qos trust dscp", "poe") == [
        "qos profile P",
        "tx-queue 5",
        "priority strict",
        "exit",
        "qos trust dscp",
        "exit",
        "poe",
    ]


def test_two_levels_are_left_at_once() -> None:
    assert sent("a", " b", "  c", "d") == ["a", "b", "c", "exit", "exit", "d"]


def test_a_line_without_children_opens_nothing_that_has_to_be_left() -> None:
    assert sent("vlan 20", "lldp run", "interface A", " mtu 1500") == ["vlan 20", "lldp run", "interface A", "mtu 1500"]


def test_exits_have_no_number() -> None:
    numbers = [line.number if line else None for line, _ in with_exits(staged_lines(["a", " b", "c"]))]
    assert numbers == [1, 2, None, 3]


@pytest.mark.parametrize(
    ("text", "why"), [("who?", "help"), ("a\tb", "completes"), ("a\x03b", "0x03"), ("a\x7fb", "0x7f")]
)
def test_a_line_with_an_editing_key_is_refused_before_anything_is_sent(text: str, why: str) -> None:
    with pytest.raises(CannotBeTyped, match=f"r1: line 2 cannot be typed, .*{why}.*nothing was sent"):
        refuse_keys("r1", staged_lines(["interface A", f" description {text}"]))
