"""Reading: whole or not at all, without a trace on the box."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import NotRead

from .bench import Bench


def test_a_configuration_is_read_as_the_box_prints_it(bench: Bench) -> None:
    with bench.connect() as box:
        text = box.read().text
    printed = bench.state().running
    assert text.endswith("\nend\n")
    assert set(text.splitlines()) <= set(printed.splitlines())
    lost = set(printed.splitlines()) - set(text.splitlines())
    assert all(line.startswith(("Building", "Current", "! ")) or not line for line in lost)


def test_n05_two_readings_are_equal(bench: Bench) -> None:
    with bench.connect() as box:
        first = box.read()
        bench.control.advance(bench.name, 61)
        second = box.read()
    assert (first.text, first.sha256) == (second.text, second.sha256)


def test_n05_what_was_stripped_is_counted(bench: Bench) -> None:
    with bench.connect() as box:
        assert sum(box.read().stripped.values()) >= 1


@pytest.mark.parametrize("size", [0, 20, 400, 3000])
def test_n21_half_a_configuration_is_not_read(bench: Bench, size: int) -> None:
    bench.control.truncate_config(bench.name, size)
    with bench.connect() as box, pytest.raises(NotRead, match=r"was not read: .*end"):
        box.read()


def test_n48_looking_changes_nothing(bench: Bench) -> None:
    before = bench.state()
    with bench.connect() as box:
        box.read()
        box.preflight()
        box.pending()
    after = bench.state()
    assert (after.running, after.startup) == (before.running, before.startup)
    assert (after.writes, after.saves) == (before.writes, before.saves)
