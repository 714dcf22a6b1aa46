"""The dialogue with a command line: prompts, echoes, questions, silence, broken connections."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import ConnectionLost, NoAnswer, UnknownQuestion
from trunkline.devices.registry import platform
from trunkline.devices.terminal import Terminal

from .fake_channel import FakeChannel


def terminal(*answers: bytes | None, greeting: bytes = b"\r\nr1#") -> tuple[Terminal, FakeChannel]:
    waiting = list(answers)
    channel = FakeChannel(lambda line: [waiting.pop(0)] if waiting else [None], greeting)
    box = Terminal("r1", channel, platform("ios_xe"), clock=channel.clock)
    box.greet(10)
    return box, channel


def test_an_answer_comes_without_echo_and_prompt() -> None:
    box, _ = terminal(b"show clock\r\n10:00:00 UTC\r\nr1#")
    assert box.ask("show clock", 10) == "10:00:00 UTC"
    assert box.mode == ""
    assert box.privileged


def test_an_answer_in_pieces_is_put_together() -> None:
    channel = FakeChannel(lambda line: [b"sho", b"w clock\r", b"\n10:00", b":00 UTC\r\nr", b"1#"])
    box = Terminal("r1", channel, platform("ios_xe"), clock=channel.clock)
    box.greet(10)
    assert box.ask("show clock", 10) == "10:00:00 UTC"


def test_the_mode_is_read_from_the_prompt() -> None:
    box, _ = terminal(b"interface A\r\nr1(config-if)#")
    assert box.ask("interface A", 10) == ""
    assert box.mode == "config-if"


def test_a_long_host_name_is_shortened_by_the_box_in_configuration_modes() -> None:
    box, _ = terminal(
        b"configure terminal\r\nnewcastle-upon-tyne-(config)#", greeting=b"\r\nnewcastle-upon-tyne-edge1#"
    )
    assert box.ask("configure terminal", 10) == ""
    assert box.mode == "config"


def test_a_message_of_the_box_before_the_echo_is_no_part_of_the_answer() -> None:
    box, _ = terminal(b"\r\n*Nov 4: %SYS-5-CONFIG_I: Configured from console\r\nshow clock\r\n10:00 UTC\r\nr1#")
    assert box.ask("show clock", 10) == "10:00 UTC"


def test_a_prompt_of_another_box_in_the_text_does_not_end_the_answer() -> None:
    channel = FakeChannel(lambda line: [b"show banner\r\nother#", b"\r\nr1#"])
    box = Terminal("r1", channel, platform("ios_xe"), clock=channel.clock)
    box.greet(10)
    assert box.ask("show banner", 10) == "other#"


def test_a_host_name_that_somebody_has_changed_meanwhile_is_learnt() -> None:
    box, channel = terminal(b"show clock\r\n10:00 UTC\r\nother#", b"show clock\r\n10:01 UTC\r\nother#")
    assert box.ask("show clock", 10) == "10:00 UTC"
    waited = channel.now
    assert box.ask("show clock", 10) == "10:01 UTC"
    assert channel.now == waited


def test_user_mode_is_noticed() -> None:
    box, _ = terminal(greeting=b"\r\nr1>")
    assert not box.privileged


def test_n54_bytes_that_are_no_utf8_arrive_as_they_are() -> None:
    box, _ = terminal(b"show x\r\nB\xfcro\r\nr1#")
    assert box.ask("show x", 10).encode("utf-8", "surrogateescape") == b"B\xfcro"


def test_n46_a_question_of_the_table_is_answered() -> None:
    question = b"Dynamic mapping in use, do you want to delete all entries? [no]: "
    box, channel = terminal(b"no ip nat x\r\n\r\n" + question, b"yes\r\nr1(config)#")
    box.ask("no ip nat x", 10)
    assert channel.typed == ["no ip nat x", "yes"]
    assert not box.broken


def test_n46_an_answered_question_is_not_answered_again_when_the_box_goes_on_slowly() -> None:
    question = b"Dynamic mapping in use, do you want to delete all entries? [no]: "
    answers = {"no ip nat x": [b"no ip nat x\r\n" + question], "yes": [b"yes\r\nDele", b"ting\r\nr1(config)#"]}
    channel = FakeChannel(answers.__getitem__)
    box = Terminal("r1", channel, platform("ios_xe"), clock=channel.clock)
    box.greet(10)
    box.ask("no ip nat x", 10)
    assert channel.typed == ["no ip nat x", "yes"]


def test_n46_an_unknown_question_is_given_up_within_five_seconds_and_not_answered() -> None:
    box, channel = terminal(b"reload\r\nProceed with reload? [confirm]")
    with pytest.raises(UnknownQuestion, match=r"r1: the box asks 'Proceed with reload\? \[confirm\]' after `reload`"):
        box.ask("reload", 60)
    assert channel.now <= 5.0
    assert channel.typed == ["reload"]
    assert box.broken


def test_n46_a_question_at_the_login_is_given_up_and_not_answered() -> None:
    channel = FakeChannel(lambda line: [], greeting=b"\x1b[2J\x1b[1;1HPress any key to continue")
    box = Terminal("r1", channel, platform("ios_xe"), clock=channel.clock)
    with pytest.raises(UnknownQuestion, match=r"Press any key to continue.* at login; nothing was answered"):
        box.greet(10)
    assert channel.typed == []
    assert channel.now <= 5.0


def test_a_silent_box_is_waited_for_as_long_as_said_and_no_longer() -> None:
    box, channel = terminal(b"write memory\r\n")
    with pytest.raises(NoAnswer, match="no answer to `write memory` within 30 s"):
        box.ask("write memory", 30)
    assert channel.now == pytest.approx(30, abs=0.1)
    assert box.broken


def test_a_box_that_hangs_in_its_echo_is_silent_not_asking() -> None:
    box, _ = terminal(b"write mem")
    with pytest.raises(NoAnswer):
        box.ask("write memory", 10)


def test_a_closed_connection_is_told_with_the_line_after_which_it_broke() -> None:
    box, _ = terminal(b"")
    with pytest.raises(ConnectionLost, match="r1: the connection broke after `interface A`"):
        box.ask("interface A", 10)
    assert box.broken
