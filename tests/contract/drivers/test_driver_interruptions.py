"""The connection breaks, the box falls silent, our own process dies: nothing half-done is left unsaid."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from trunkline.devices.errors import ConnectionLost, DeviceError, Interrupted, NoAnswer, NotRestored, TimerExpired
from trunkline.devices.platforms.ios_xe import driver
from trunkline.devices.platforms.ios_xe.entering import enter_lines
from trunkline.devices.registry import connect
from trunkline.devices.target import Target
from trunkline.devices.terminal import Terminal
from trunkline.units import Seconds

from .bench import LINES, Bench

TIMER = Seconds(120)


def commit(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(LINES[bench.target.platform])
        box.commit_confirm(TIMER)


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_a_connection_lost_between_lines_is_told_with_the_timer(router: Bench, lines: int) -> None:
    before = router.running()
    router.control.drop_after_lines(router.name, lines)
    with pytest.raises(ConnectionLost, match="the box restores itself within 2 min by its own timer"):
        commit(router)
    assert router.state().pending
    router.control.clear(router.name)
    after = router.control.advance(router.name, TIMER + 1)
    assert router.running() == before
    assert not after.pending


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_a_connection_lost_while_the_session_is_filled_changes_nothing(switch: Bench, lines: int) -> None:
    before = switch.running()
    switch.control.drop_after_lines(switch.name, lines)
    with pytest.raises(ConnectionLost, match="nothing had been changed"):
        commit(switch)
    assert switch.running() == before
    assert not switch.state().pending


def test_after_a_lost_connection_the_next_one_takes_the_change_back(router: Bench) -> None:
    with router.connect() as box:
        before = box.read()
        router.control.drop_after_lines(router.name, 2)
        box.stage(LINES["ios_xe"])
        with pytest.raises(ConnectionLost):
            box.commit_confirm(TIMER)
        router.control.clear(router.name)
        box.roll_back()
        assert box.read().sha256 == before.sha256


@pytest.mark.parametrize("lines", [0, 2])
def test_a_silent_router_is_given_up_and_put_back_over_a_new_session(router: Bench, lines: int) -> None:
    bench = router.with_answer_timeout(1)
    before = bench.running()
    bench.control.hang_after_lines(bench.name, lines)
    with pytest.raises(Interrupted) as caught:
        commit(bench)
    assert isinstance(caught.value, NoAnswer)
    assert "put back" in str(caught.value) or "restores itself within 2 min" in str(caught.value)
    bench.control.clear(bench.name)
    bench.control.advance(bench.name, TIMER + 1)
    assert bench.running() == before


def test_a_silent_switch_is_given_up_and_nothing_has_changed(switch: Bench) -> None:
    bench = switch.with_answer_timeout(1)
    before = bench.running()
    bench.control.hang_after_lines(bench.name, 2)
    with pytest.raises(NoAnswer, match=r"no answer to `end` within 4 s; nothing had been changed"):
        commit(bench)
    bench.control.clear(bench.name)
    assert bench.running() == before


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_interrupted_commit_can_be_taken_back_at_once(router: Bench) -> None:
    with router.connect() as box:
        before = box.read()
        router.control.hang_after_lines(router.name, 2)
        box.stage(LINES["ios_xe"])
        old = signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, 1)
        try:
            with pytest.raises(KeyboardInterrupt):
                box.commit_confirm(TIMER)
        finally:
            signal.signal(signal.SIGALRM, old)
        router.control.clear(router.name)
        box.roll_back()
        assert box.read().sha256 == before.sha256


def _die_after_commit(target: Target, lines: tuple[str, ...]) -> None:
    with connect(target) as box:
        box.stage(lines)
        box.commit_confirm(TIMER)
        os.kill(os.getpid(), signal.SIGKILL)


def _die_after_staging(target: Target, lines: tuple[str, ...]) -> None:
    with connect(target) as box:
        box.stage(lines)
        os.kill(os.getpid(), signal.SIGKILL)


def _killed(bench: Bench, how: object) -> None:
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=how, args=(bench.target, LINES[bench.target.platform]))  # type: ignore[arg-type]
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def test_n13_a_killed_run_is_undone_by_the_box_itself(bench: Bench) -> None:
    before = bench.running()
    _killed(bench, _die_after_commit)
    assert bench.state().pending
    after = bench.control.advance(bench.name, TIMER + 30)
    assert bench.running() == before
    assert not after.pending


def test_n45_a_killed_run_leaves_no_session(bench: Bench) -> None:
    _killed(bench, _die_after_commit)
    time.sleep(0.5)
    assert bench.state().sessions == 0


def test_a_killed_run_is_taken_back_by_the_next_one(bench: Bench) -> None:
    with bench.connect() as box:
        before = box.read()
    _killed(bench, _die_after_commit)
    with bench.connect() as box:
        pending = box.pending()
        assert pending is not None
        assert pending.ours
        box.roll_back()
        assert box.read().sha256 == before.sha256


def _commit(target: Target, lines: tuple[str, ...]) -> None:
    with connect(target) as box:
        box.stage(lines)
        box.commit_confirm(TIMER)


def test_n13_a_run_that_is_killed_between_two_lines_is_undone_by_the_box_itself(router: Bench) -> None:
    before = router.running()
    router.control.hang_after_lines(router.name, 2)
    process = multiprocessing.get_context("spawn").Process(target=_commit, args=(router.target, LINES["ios_xe"]))
    process.start()
    for _ in range(200):
        if "description first" in router.state().running:
            break
        time.sleep(0.05)
    process.kill()
    process.join(10)
    assert router.state().pending
    assert router.running() != before
    router.control.advance(router.name, TIMER + 1)
    assert router.running() == before


def test_n13_a_timer_that_runs_out_while_lines_are_sent_is_told(router: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*arguments: object, **options: object) -> None:
        enter_lines(*arguments, **options)  # type: ignore[arg-type]
        router.control.advance(router.name, TIMER + 1)

    before = router.running()
    monkeypatch.setattr(driver, "enter_lines", late)
    with pytest.raises(TimerExpired, match="ran out before all lines were in, the box is back"):
        commit(router)
    assert router.running() == before


def test_n13_lines_that_went_in_after_the_timer_are_told(router: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*arguments: object, **options: object) -> None:
        router.control.advance(router.name, TIMER + 1)
        terminal = arguments[1]
        assert isinstance(terminal, Terminal)
        terminal.ask("configure terminal", 10)  # the virtual box has left configuration mode at the revert
        enter_lines(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(driver, "enter_lines", late)
    with pytest.raises(NotRestored, match="the timer ran out while lines were being sent; from line"):
        commit(router)


def test_n17_six_killed_runs_do_not_stop_the_seventh(switch: Bench) -> None:
    for _ in range(6):
        _killed(switch, _die_after_staging)
    with switch.connect() as box:
        notes = [str(each) for each in box.preflight() if not each.stops]
        assert any("an earlier run has left trunkline-" in note for note in notes)
        box.stage(LINES["eos"])
        box.commit_confirm(TIMER)
        box.confirm()
    assert "description second" in switch.state().startup


def test_an_error_crosses_processes(bench: Bench) -> None:
    error: DeviceError = ConnectionLost(bench.name, "end")
    queue = multiprocessing.get_context("spawn").SimpleQueue()
    queue.put(error)
    assert str(queue.get()) == str(error)
