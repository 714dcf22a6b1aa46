"""A commit under the box's own timer: armed, confirmed, rolled back, forgotten."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import (
    BaseChanged,
    CommandRefused,
    NothingPending,
    NothingStaged,
    NotSaved,
    PendingCommit,
    TimerOutOfRange,
)
from trunkline.units import Seconds

from .bench import LINES, Bench

TIMER = Seconds(120)


def lines(bench: Bench) -> tuple[str, ...]:
    return LINES[bench.target.platform]


def carries(text: str) -> bool:
    return " description first" in text and " description second" in text


def test_staging_and_discarding_changes_nothing(bench: Bench) -> None:
    before = bench.state()
    with bench.connect() as box:
        box.stage(lines(bench))
        box.discard()
    after = bench.state()
    assert (after.running, after.pending, after.sessions) == (before.running, False, 0)


def test_the_difference_is_told_before_the_commit(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        added = {line[1:].strip() for line in box.diff().splitlines() if line.startswith("+")}
    assert {line.strip() for line in lines(bench)} - added <= {"interface Ethernet12", "interface Ethernet13"}


def test_a_committed_change_runs_and_waits(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
        pending = box.pending()
        assert carries(box.read().text)
    assert pending is not None
    assert pending.ours
    assert bench.state().pending
    assert not carries(bench.state().startup)


def test_a_confirmed_change_stays_and_is_saved(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
        box.confirm()
        assert box.pending() is None
    state = bench.control.advance(bench.name, TIMER + 30)
    assert carries(state.running)
    assert carries(state.startup)
    assert not state.pending


def test_n13_an_unconfirmed_change_comes_back_by_itself(bench: Bench) -> None:
    with bench.connect() as box:
        before = box.read()
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
    assert not carries(bench.control.advance(bench.name, TIMER + 30).running)
    with bench.connect() as box:
        assert box.read().sha256 == before.sha256


def test_n13_closing_the_session_does_not_cancel_the_timer(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
    state = bench.control.advance(bench.name, TIMER - 60)
    assert carries(state.running)
    assert state.pending


def test_n13_another_session_confirms_what_an_earlier_one_committed(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
    with bench.connect() as box:
        box.confirm()
    assert carries(bench.control.advance(bench.name, TIMER + 30).startup)


def test_confirming_after_the_timer_is_told(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
        bench.control.advance(bench.name, TIMER + 30)
        with pytest.raises(NothingPending, match="its timer has expired and the box is back"):
            box.confirm()


def test_a_pending_change_is_rolled_back(bench: Bench) -> None:
    with bench.connect() as box:
        before = box.read()
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
        box.roll_back()
        assert box.read().sha256 == before.sha256
        assert box.pending() is None
    assert not bench.state().pending


def test_another_session_rolls_back_what_an_earlier_one_committed(bench: Bench) -> None:
    with bench.connect() as box:
        before = box.read()
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
    with bench.connect() as box:
        box.roll_back()
        assert box.read().sha256 == before.sha256


def test_there_is_nothing_to_roll_back_or_confirm_without_a_commit(bench: Bench) -> None:
    with bench.connect() as box:
        with pytest.raises(NothingPending):
            box.roll_back()
        with pytest.raises(NothingPending):
            box.confirm()
        with pytest.raises(NothingStaged):
            box.commit_confirm(TIMER)


@pytest.mark.parametrize("timer", [1, 100_000])
def test_an_impossible_timer_is_refused_before_anything_is_sent(bench: Bench, timer: int) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        with pytest.raises(TimerOutOfRange):
            box.commit_confirm(Seconds(timer))
    assert not carries(bench.state().running)


def test_a_timer_of_half_minutes_is_rounded_up_and_said(router: Bench) -> None:
    with router.connect() as box:
        box.stage(lines(router))
        armed = box.commit_confirm(Seconds(90))
        box.roll_back()
    assert armed.timer == 120
    assert armed.said == "the box counts whole minutes: 90 s became 2 min"


def test_n60_a_change_by_somebody_else_since_the_reading_is_refused(bench: Bench) -> None:
    with bench.connect() as box:
        box.read()
        box.stage(lines(bench))
        bench.console("configure terminal", "hostname other")
        with pytest.raises(BaseChanged, match="has changed since it was read") as caught:
            box.commit_confirm(TIMER)
    if bench.target.platform == "ios_xe":  # EOS does not say who
        assert "(the box says: Last configuration change at " in str(caught.value)
        assert " by console)" in str(caught.value)
    assert not carries(bench.state().running)
    assert not bench.state().pending


def test_a_full_flash_is_told_as_not_saved_in_the_words_of_the_box(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
        bench.control.full_flash(bench.name)
        with pytest.raises(NotSaved, match="confirmed and running, but not saved, a reload would lose it") as caught:
            box.confirm()
    assert "space" in caught.value.why
    state = bench.control.advance(bench.name, TIMER + 30)
    assert carries(state.running)
    assert not carries(state.startup)


def test_a_full_flash_before_the_commit_changes_nothing(bench: Bench) -> None:
    before = bench.running()
    bench.control.full_flash(bench.name)
    with bench.connect() as box:
        box.stage(lines(bench))
        with pytest.raises(CommandRefused, match=r"[Ss]pace.*nothing had been changed"):
            box.commit_confirm(TIMER)
    assert bench.running() == before
    assert not bench.state().pending


def test_a_second_commit_on_a_pending_one_is_refused(bench: Bench) -> None:
    with bench.connect() as box:
        box.stage(lines(bench))
        box.commit_confirm(TIMER)
        with bench.connect() as second:
            second.stage(lines(bench))
            with pytest.raises(PendingCommit):
                second.commit_confirm(TIMER)
        box.confirm()
