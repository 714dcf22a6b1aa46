"""What others have left on a box: their sessions stay, their pending commits are not touched."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import NoFreeSession, PendingCommit
from trunkline.units import Seconds

from .bench import LINES, Bench

TIMER = Seconds(120)


def leave_session(switch: Bench, name: str) -> None:
    switch.console(f"configure session {name}", "interface Ethernet14", "description theirs", "end")


def test_n17_our_leftovers_go_and_foreign_sessions_stay(switch: Bench) -> None:
    for name in ("trunkline-00000001", "trunkline-00000002", "napalm_123456", "work"):
        leave_session(switch, name)
    with switch.connect() as box:
        notes = "; ".join(str(each) for each in box.preflight() if not each.stops)
        box.stage(LINES["eos"])
        box.commit_confirm(TIMER)
        box.confirm()
    assert "an earlier run has left trunkline-00000001, trunkline-00000002" in notes
    assert "napalm_123456" in notes
    assert "work" in notes
    listed = "\n".join(switch.console("show configuration sessions"))
    assert "napalm_123456" in listed
    assert "work" in listed
    assert "theirs" not in switch.state().running


def test_n17_a_box_full_of_foreign_sessions_is_told_before_anything_is_sent(switch: Bench) -> None:
    for number in range(5):
        leave_session(switch, f"work-{number}")
    with switch.connect() as box:
        stops = [str(each) for each in box.preflight() if each.stops]
        assert any("no further session is free" in each and "work-4" in each for each in stops)
        with pytest.raises(NoFreeSession, match=r"work-0.*work-4"):
            box.stage(LINES["eos"])


def test_a_pending_commit_of_somebody_else_on_the_switch_is_named_and_left(switch: Bench) -> None:
    switch.console("configure session theirs", "interface Ethernet14", "description theirs", "commit timer 00:10:00")
    with switch.connect() as box:
        pending = box.pending()
        assert pending is not None
        assert not pending.ours
        assert any("theirs" in str(each) for each in box.preflight() if each.stops)
        box.stage(LINES["eos"])
        for verb in (lambda: box.commit_confirm(TIMER), box.confirm, box.roll_back):
            with pytest.raises(PendingCommit, match="session theirs"):
                verb()
    assert switch.state().pending


def test_a_pending_commit_of_somebody_else_on_the_router_is_named_and_left(router: Bench) -> None:
    router.console("configure terminal revert timer 10", "hostname theirs", "end")
    assert router.state().pending
    with router.connect() as box:
        pending = box.pending()
        assert pending is not None
        assert not pending.ours
        assert any("waits for its confirmation" in str(each) for each in box.preflight() if each.stops)
        box.stage(LINES["ios_xe"])
        for verb in (lambda: box.commit_confirm(TIMER), box.confirm, box.roll_back):
            with pytest.raises(PendingCommit):
                verb()
    assert router.state().pending
