"""Leaving an ssh session: the line is given back, and no question of the box is answered by the way."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from trunkline.devices.errors import UnknownQuestion
from trunkline.devices.platforms.ios_xe.connection import Connection
from trunkline.devices.registry import platform

from .fake_channel import FakeChannel
from .test_entering import target


@dataclass
class FakeNapalm:
    """NAPALM's object and netmiko's in one, around a channel."""

    remote_conn: FakeChannel
    done: list[str] = field(default_factory=list)

    @property
    def device(self) -> FakeNapalm:
        return self

    def open(self) -> None: ...

    def establish_connection(self) -> None: ...

    def paramiko_cleanup(self) -> None:
        self.done.append("hung up")

    def close(self) -> None:
        self.done.append("closed")


def connection(answer: bytes) -> tuple[Connection, FakeNapalm]:
    napalm = FakeNapalm(FakeChannel(lambda line: [answer]))
    made = Connection(target(), platform("ios_xe"), napalm)
    made.terminal.clock = napalm.remote_conn.clock
    made.terminal.greet(10)
    return made, napalm


def test_the_session_is_left_with_exit() -> None:
    made, napalm = connection(b"")
    made.close()
    assert napalm.remote_conn.typed == ["exit"]
    assert napalm.done == ["hung up", "closed"]


def test_configuration_mode_is_left_first() -> None:
    made, napalm = connection(b"configure terminal\r\nr1(config)#")
    made.terminal.ask("configure terminal", 10)
    made.close()
    assert napalm.remote_conn.typed[1:] == ["end\nexit"]


def test_n46_to_a_box_that_waits_for_an_answer_nothing_is_said() -> None:
    made, napalm = connection(b"reload\r\nProceed with reload? [confirm]")
    with pytest.raises(UnknownQuestion):
        made.terminal.ask("reload", 10)
    made.close()
    assert napalm.remote_conn.typed == ["reload"]
    assert napalm.done == ["hung up", "closed"]
