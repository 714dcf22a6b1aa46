"""Errors travel between processes and keep what they know."""

from __future__ import annotations

import pickle

import pytest

from trunkline.devices.errors import (
    DeviceError,
    HostKeyChanged,
    LineRefused,
    NoCommonAlgorithm,
    PreflightFailed,
    one_line,
    restores_itself,
)
from trunkline.units import Seconds

ERRORS = [
    DeviceError("r1", "is not connected"),
    LineRefused("r1", 3, "shutdown", "% Invalid input", "the box was put back and reads as before"),
    HostKeyChanged("r1", "leeds", "ssh host key", "ssh-ed25519 SHA256:a", "ssh-ed25519 SHA256:b"),
    NoCommonAlgorithm("r1", "cipher", ("aes128-cbc",), ("aes128-ctr",)),
    PreflightFailed("r1", ["the archive is off; type `archive`"]),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_from_another_process_as_it_was(error: DeviceError) -> None:
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)


def test_what_became_of_the_box_stands_at_the_end() -> None:
    lost = LineRefused("r1", 3, "  shutdown", "   ^\n% Invalid input\n").then("the box was put back")
    assert str(lost) == "r1: the box refuses line 3, `shutdown`: % Invalid input; the box was put back"


def test_n24_both_fingerprints_and_the_command_are_told() -> None:
    text = str(ERRORS[2])
    assert "recorded is ssh-ed25519 SHA256:a, it shows ssh-ed25519 SHA256:b" in text
    assert "`trunkline trust leeds --replace r1`" in text


def test_an_answer_of_several_lines_becomes_one() -> None:
    assert one_line("    ^\n% Invalid input\n\nsecond\n") == "% Invalid input / second"


@pytest.mark.parametrize(("timer", "said"), [(120, "2 min"), (90, "90 s")])
def test_the_timer_is_told_in_minutes_where_it_has_whole_ones(timer: int, said: str) -> None:
    assert restores_itself(Seconds(timer)) == f"the box restores itself within {said} by its own timer"
