"""What a safe commit lacks is told with the command that brings it, before anything is sent."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import CommandRefused
from trunkline.units import Seconds

from .bench import LINES, Bench


def stops(bench: Bench) -> list[str]:
    with bench.connect() as box:
        return [str(each) for each in box.preflight() if each.stops]


def notes(bench: Bench) -> list[str]:
    with bench.connect() as box:
        return [str(each) for each in box.preflight() if not each.stops]


def test_a_healthy_box_lacks_nothing(bench: Bench) -> None:
    with bench.connect() as box:
        assert list(box.preflight()) == []


def test_n49_a_router_without_archive_is_told_how_to_switch_it_on(router: Bench) -> None:
    router.console("configure terminal", "no archive", "end", "write memory")
    assert stops(router) == [
        "the archive is off, and the revert timer needs it; type `archive`, then `path flash:trunkline`"
    ]


def test_n49_without_archive_nothing_is_sent(router: Bench) -> None:
    router.console("configure terminal", "no archive", "end", "write memory")
    writes = router.state().writes
    with router.connect() as box:
        box.stage(LINES["ios_xe"])
        with pytest.raises(
            CommandRefused, match=r"refuses `configure terminal revert timer 2`.*nothing had been changed"
        ):
            box.commit_confirm(Seconds(120))
    assert router.state().writes == writes


def test_n48_unsaved_changes_of_others_are_told_and_stop_nothing(bench: Bench) -> None:
    bench.console("configure terminal", "hostname other", "end")
    assert stops(bench) == []
    assert any("running and startup configuration differ" in note for note in notes(bench))


def test_n49_a_full_flash_is_told(bench: Bench) -> None:
    bench.control.full_flash(bench.name)
    assert any("bytes free" in each for each in stops(bench))
