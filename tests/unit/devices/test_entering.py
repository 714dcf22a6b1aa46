"""Entering lines on IOS XE: one at a time, each in its mode, none after a refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from trunkline.devices.errors import LineRefused, TimerTooShort
from trunkline.devices.lines import staged_lines
from trunkline.devices.platforms.ios_xe.entering import enter_lines
from trunkline.devices.registry import platform
from trunkline.devices.target import Target
from trunkline.devices.terminal import Terminal

from .fake_channel import FakeChannel

# Which line opens which mode below which; `shape` opens none although its child is indented.
MODES = {
    ("config", "policy-map"): "config-pmap",
    ("config-pmap", "class"): "config-pmap-c",
    ("config", "interface"): "config-if",
    ("config-if", "interface"): "config-if",
}
PARENT = {"config-pmap-c": "config-pmap", "config-pmap": "config", "config-if": "config", "config": ""}


class Router:
    """A command line that knows modes, and refuses what stands in `refused`."""

    def __init__(self, *refused: str) -> None:
        self.mode = "config"
        self.refused = refused
        self.where: list[tuple[str, str]] = []

    def answer(self, line: str) -> list[bytes | None]:
        self.where.append((self.mode, line))
        answer = ""
        if line in self.refused:
            answer = "                ^\r\n% Invalid input detected at '^' marker.\r\n\r\n"
        elif line == "exit":
            self.mode = PARENT[self.mode]
        else:
            self.mode = MODES.get((self.mode, line.split(maxsplit=1)[0]), self.mode)
        return [f"{line}\r\n{answer}r1({self.mode})#".encode()]


def target(password: str = "Canary-7f3a9") -> Target:
    return Target(
        host="leeds-edge1",
        site="leeds",
        platform="ios_xe",
        address="192.0.2.1",
        port=22,
        user="trunkline",
        password=SecretStr(password),
        known_hosts=Path("known_hosts"),
        known_certificates=Path("known_certificates.yml"),
    )


def enter(router: Router, *lines: str) -> FakeChannel:
    channel = FakeChannel(router.answer, greeting=b"\r\nr1(config)#")
    terminal = Terminal("leeds-edge1", channel, platform("ios_xe"), clock=channel.clock)
    terminal.greet(10)
    enter_lines(target(), terminal, staged_lines(lines), within=60)
    return channel


def test_a_line_is_typed_in_the_mode_of_its_siblings() -> None:
    router = Router()
    enter(
        router,
        "policy-map P",
        " class VOICE",
        "  priority percent 30",
        " class SIGNAL",
        "  bandwidth remaining percent 10",
        "interface Vlan20",
        " service-policy output P",
        "lldp run",
    )
    assert ("config-pmap", "class SIGNAL") in router.where
    assert ("config", "interface Vlan20") in router.where
    assert router.where[-1] == ("config", "lldp run")


def test_an_indented_line_below_one_that_opens_no_mode_costs_no_exit_too_many() -> None:
    router = Router()
    lines = ("policy-map W", " class class-default", "  shape average 20000000", "   service-policy P")
    channel = enter(router, *lines, "interface Vlan20")
    assert router.where[-1] == ("config", "interface Vlan20")
    assert channel.typed.count("exit") == 2


def test_a_childless_block_is_left_before_the_next_line() -> None:
    router = Router()
    enter(router, "policy-map P", "lldp run")
    assert router.where[-1] == ("config", "lldp run")


LINES = ("interface Vlan20", " mtu 1500", " description desk", "lldp run", "interface Vlan30", " shutdown")


@pytest.mark.parametrize("k", range(1, len(LINES) + 1))
def test_n02_nothing_is_sent_after_the_refused_line(k: int) -> None:
    router = Router(LINES[k - 1].strip())
    with pytest.raises(LineRefused) as caught:
        enter(router, *LINES)
    assert router.where[-1][1] == LINES[k - 1].strip()
    assert caught.value.number == k
    assert caught.value.command == LINES[k - 1].strip()
    assert caught.value.answer.endswith("% Invalid input detected at '^' marker.")
    assert f"leeds-edge1: the box refuses line {k}, `{LINES[k - 1].strip()}`: % Invalid input" in str(caught.value)


def test_n13_no_line_is_typed_when_the_guard_may_run_out() -> None:
    router = Router()

    def slow(line: str) -> list[bytes | None]:
        channel.now += 25
        return router.answer(line)

    channel = FakeChannel(slow, greeting=b"\r\nr1(config)#")
    terminal = Terminal("leeds-edge1", channel, platform("ios_xe"), clock=channel.clock)
    terminal.greet(10)
    with pytest.raises(TimerTooShort, match="only 3 of 6 lines were in when half of the revert timer had passed"):
        enter_lines(target(), terminal, staged_lines(LINES), within=60)
    assert channel.typed == [line.strip() for line in LINES[:3]]


def test_n22_the_password_is_in_no_message() -> None:
    line = "snmp-server user u g v3 auth sha Canary-7f3a9"
    with pytest.raises(LineRefused) as caught:
        enter(Router(line), line)
    assert "Canary" not in str(caught.value) + repr(caught.value) + caught.value.command
    assert "Canary" not in repr(target())
