"""What the box asks: answered from the table, or not at all."""

from __future__ import annotations

import time

import pytest

from trunkline.devices.errors import NotRead, UnknownQuestion
from trunkline.devices.platforms.ios_xe.connection import connect
from trunkline.devices.registry import platform
from trunkline.units import Seconds

from .bench import LINES, Bench

TIMER = Seconds(120)


def test_n46_the_question_before_a_user_is_removed_is_answered(router: Bench) -> None:
    with router.connect() as box:
        box.stage(["no username helpdesk", *LINES["ios_xe"]])
        box.commit_confirm(TIMER)
        box.confirm()
    assert "username helpdesk" not in router.state().startup
    assert "description second" in router.state().startup


def test_n46_an_unknown_question_ends_the_commit_unanswered_and_the_box_is_put_back(router: Bench) -> None:
    before = router.running()
    with router.connect() as box:
        box.stage([*LINES["ios_xe"], "do reload", "hostname never"])
        started = time.monotonic()
        with pytest.raises(UnknownQuestion) as caught:
            box.commit_confirm(TIMER)
        assert time.monotonic() - started < 8
        assert box.pending() is None
    assert "Save? [yes/no]:' after `do reload`; nothing was answered" in str(caught.value)
    assert caught.value.aftermath == "the box was put back and reads as before"
    assert router.running() == before


def test_n20_a_pager_that_is_on_is_neither_answered_nor_read(router: Bench) -> None:
    with router.connect() as box:
        box._terminal.ask("terminal length 24", 10)  # type: ignore[attr-defined]
        with pytest.raises(NotRead, match="--More--"):
            box.read()
        assert box.read().text.endswith("\nend\n")


def test_a_session_that_waits_for_an_answer_is_closed_without_a_word(router: Bench) -> None:
    before = router.running()
    connection = connect(router.target, platform("ios_xe"))
    with pytest.raises(UnknownQuestion):
        connection.terminal.ask("reload", 10)
    connection.close()
    time.sleep(0.5)
    assert router.state().sessions == 0
    assert router.running() == before
