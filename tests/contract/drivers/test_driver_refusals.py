"""A line that the box refuses: told in the box's words, nothing after it, the box as before."""

from __future__ import annotations

import re

import pytest

from trunkline.devices.errors import LineRefused
from trunkline.units import Seconds

from .bench import ANSWERS, LINES, PLATFORMS, Bench, Lab

TIMER = Seconds(120)
LEAVES = (2, 3, 5)
CASES = [(platform, number) for platform in PLATFORMS for number in LEAVES]


@pytest.mark.parametrize(("platform", "number"), CASES)
def test_n02_a_refused_line_leaves_the_box_as_before(lab: Lab, platform: str, number: int) -> None:
    bench = lab.bench(platform)
    line, answer = LINES[platform][number - 1].strip(), ANSWERS[platform]
    bench.control.refuse_line(bench.name, f"^ *{re.escape(line)}$", answer)
    before = bench.state()
    with bench.connect() as box:
        first = box.read()
        with pytest.raises(LineRefused) as caught:
            box.stage(LINES[platform])
            box.commit_confirm(TIMER)
        assert box.read().sha256 == first.sha256
        assert box.pending() is None
    error = caught.value
    assert (error.number, error.command) == (number, line)
    assert answer in error.answer
    assert answer in str(error)
    assert error.aftermath in ("the box was put back and reads as before", "nothing had been changed")
    after = bench.state()
    entered = [each.strip() for each in after.entered[len(before.entered) :]]
    later = [each.strip() for each in LINES[platform][number:] if not each.startswith("interface")]
    assert not set(later) & set(entered)
    assert after.startup == before.startup
    assert not after.pending


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_line_that_the_box_itself_does_not_know_is_told_in_its_words(lab: Lab, platform: str) -> None:
    bench = lab.bench(platform)
    with bench.connect() as box:
        first = box.read()
        with pytest.raises(LineRefused, match=r"refuses line 2, `bogus words`: (% )?Invalid input"):
            box.stage([LINES[platform][0], "   bogus words", "   description never"])
            box.commit_confirm(TIMER)
        assert box.read().sha256 == first.sha256


def test_the_driver_goes_on_after_a_refusal(bench: Bench) -> None:
    lines = LINES[bench.target.platform]
    with bench.connect() as box:
        box.read()
        with pytest.raises(LineRefused):
            box.stage([lines[0], "   bogus words"])
            box.commit_confirm(TIMER)
        box.discard()
        box.stage(lines)
        box.commit_confirm(TIMER)
        box.confirm()
    assert "description second" in bench.state().startup
