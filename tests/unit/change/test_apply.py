"""Apply, step by step, on a box in memory: what is said and kept when it ends early, wherever that is."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.unit.change.test_plan import RUNNING, plan, sections
from trunkline.change.apply import Applier, Outcome, State, exit_code
from trunkline.change.journal import Journal, Step, step
from trunkline.change.plan import Plan
from trunkline.devices.driver import Armed, Missing, Pending
from trunkline.devices.errors import ConnectionLost, restores_itself
from trunkline.devices.platform import Reading
from trunkline.devices.registry import platform
from trunkline.units import Seconds

AFTER = RUNNING.replace("10 permit udp any any eq 5060", "20 permit udp any any eq 5061").replace(
    "20 deny ip any any", "30 deny ip any any"
)
VERBS = ["__enter__", "preflight", "read", "stage", "commit_confirm", "confirm"]
HOST = "leeds-edge1"


@dataclass
class Box:
    """A box and its driver: `commit_confirm` brings `after`, whatever the lines are; verbs fail as they are told."""

    running: str = RUNNING
    after: str = AFTER
    notes: tuple[Missing, ...] = ()
    fails: dict[str, BaseException] = field(default_factory=dict)
    before: str | None = None
    staged: list[str] = field(default_factory=list)
    sent: int = 0

    def _verb(self, name: str) -> None:
        if error := self.fails.pop(name, None):
            raise error

    def __enter__(self) -> Box:
        self._verb("__enter__")
        return self

    def __exit__(self, *_: object) -> None:
        self.staged = []

    def read(self) -> Reading:
        self._verb("read" if self.before is None else "read_back")
        return platform("ios_xe").reading(self.running)

    def preflight(self) -> tuple[Missing, ...]:
        self._verb("preflight")
        return self.notes

    def stage(self, lines: list[str]) -> None:
        self._verb("stage")
        self.staged = lines

    def commit_confirm(self, timer: Seconds) -> Armed:
        self.before, self.running = self.running, self.after
        self.sent += len(self.staged)
        self._verb("commit_confirm")
        return Armed(timer)

    def confirm(self) -> None:
        self._verb("confirm")
        self.before = None

    def roll_back(self) -> None:
        self._verb("roll_back")
        assert self.before is not None
        self.running, self.before = self.before, None

    def discard(self) -> None:
        self.staged = []

    def pending(self) -> Pending | None:
        return Pending("user trunkline", ours=True) if self.before is not None else None


class Told:
    """An observer that remembers."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def step(self, host: str, text: str) -> None:
        self.steps.append(f"{host}: {text}")


Apply = Callable[..., list[Outcome]]


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / ".trunkline")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def apply(journal: Journal, told: Told) -> Apply:
    """Apply the plan of the router to a box; further hosts have the same plan and box."""

    def of(box: Box, *more: str) -> list[Outcome]:
        made = plan()
        boxes = {host: made.boxes[HOST].model_copy(update={"host": host}) for host in (HOST, *more)}
        whole: Plan = made.model_copy(update={"boxes": boxes}).sealed()
        applier = Applier(lambda _: box, lambda _: sections(), journal, told, Seconds(120))
        return list(applier.apply(whole))

    return of


def test_change_is_sent_proved_confirmed_and_journalled(apply: Apply, journal: Journal):
    box = Box()
    assert [(o.state, o.reason) for o in apply(box)] == [(State.changed, "")]
    assert [entry.step for entry in journal.entries(HOST)] == [
        Step.arming,
        Step.armed,
        Step.confirming,
        Step.confirmed,
    ]
    assert box.running == AFTER


@pytest.mark.parametrize("verb", [*VERBS, "read_back"])
def test_ctrl_c_in_any_step_leaves_a_state_for_every_box_and_code_130(apply: Apply, verb: str):
    box = Box(fails={verb: KeyboardInterrupt()})
    outcomes = apply(box, "leeds-sw9")
    assert exit_code(outcomes) == 130
    first, second = outcomes
    assert first.state in (State.untouched, State.restored)
    back = "; the box was put back and reads as before" if box.sent else ""
    assert first.reason == f"{HOST}: interrupted by you{back}"
    assert (second.state, second.reason) == (State.untouched, "not begun, because you interrupted the run")
    assert box.running == RUNNING


def test_second_ctrl_c_while_the_change_is_taken_back_is_said_too(apply: Apply, journal: Journal):
    box = Box(fails={"commit_confirm": KeyboardInterrupt(), "roll_back": KeyboardInterrupt()})
    (outcome,) = apply(box)
    assert outcome.state is State.unknown
    assert "interrupted by you; what was not confirmed is undone by the box itself within 120 s" in outcome.reason
    assert journal.unfinished(HOST) is not None


@pytest.mark.parametrize("verb", [*VERBS, "read_back"])
def test_broken_connection_in_any_step_is_a_state_and_a_sentence(apply: Apply, verb: str):
    box = Box(fails={verb: ConnectionLost(HOST, "some line", restores_itself(Seconds(120)))})
    (outcome,) = apply(box)
    assert outcome.state in (State.untouched, State.restored)
    assert outcome.reason.startswith(f"{HOST}: the connection broke after `some line`")
    assert ("reads as before" in outcome.reason) == (box.sent > 0)
    assert box.sent == 0 or "restores itself" not in outcome.reason


def test_second_run_on_a_box_touches_nothing_and_claims_nothing_about_it(apply: Apply, journal: Journal):
    with journal.locked(HOST):
        journal.write(HOST, step("0" * 64, Step.arming, "0" * 64, 120))
        (outcome,) = apply(Box(fails={"__enter__": AssertionError("connected")}))
    assert outcome.state is State.untouched
    assert outcome.reason.endswith("works on this box; wait for it, or end it, and try again")


def test_n44_failing_canary_leaves_every_later_box_untouched_and_tells_each(apply: Apply):
    box = Box(fails={"commit_confirm": ConnectionLost(HOST, "some line")})
    later = [f"leeds-sw{number}" for number in range(9)]
    outcomes = apply(box, *later)
    assert [o.host for o in outcomes] == [HOST, *later]
    assert {(o.state, o.reason) for o in outcomes[1:]} == {(State.untouched, f"not begun, because {HOST} failed")}
    assert exit_code(outcomes) == 1


def test_box_that_reads_back_other_than_planned_is_taken_back(apply: Apply):
    box = Box(after=AFTER.replace("5061", "5062"))
    (outcome,) = apply(box)
    assert outcome.state is State.restored
    assert "reads back other than planned, still to do: " in outcome.reason
    assert box.running == RUNNING


def test_n16_line_outside_our_sections_that_changed_as_well_takes_the_change_back(apply: Apply):
    box = Box(after=AFTER.replace("to the provider", "somewhere"))
    (outcome,) = apply(box)
    assert outcome.state is State.restored
    assert "`description to the provider` is now `description somewhere`" in outcome.reason


def test_n17_what_a_person_should_know_before_is_told_and_stops_nothing(apply: Apply, told: Told):
    (outcome,) = apply(Box(notes=(Missing("somebody else has open: ops-1", "left alone", stops=False),)))
    assert outcome.state is State.changed
    assert f"{HOST}: somebody else has open: ops-1; left alone" in told.steps


def test_n13_run_after_a_killed_one_takes_back_what_waits_and_says_so(apply: Apply, journal: Journal):
    box = Box()
    with pytest.raises(SystemExit):
        apply(_killed_at(box, "read_back"))
    box.fails.clear()
    assert journal.unfinished(HOST) is not None
    (outcome,) = apply(box)
    assert outcome.state is State.changed
    assert outcome.reason == "an earlier run was interrupted; the box is as it was before it"
    assert box.running == AFTER


def _killed_at(box: Box, verb: str) -> Box:
    box.fails[verb] = SystemExit()
    return box


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_full_disk_under_the_journal_is_said_and_leaves_nothing_half_done(
    apply: Apply, monkeypatch: pytest.MonkeyPatch, at: int
):
    box = Box()
    written = 0

    def full(_: int) -> None:
        nonlocal written
        written += 1
        if written >= at:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (outcome,) = apply(box)
    assert "the journal cannot be written: no space left on device" in outcome.reason
    expected = {1: State.untouched, 2: State.restored, 3: State.restored, 4: State.changed}[at]
    assert outcome.state is expected
    assert box.running == (AFTER if expected is State.changed else RUNNING)
    assert box.before is None
    assert (box.sent == 0) == (at == 1)


def test_journal_that_cannot_be_made_stops_before_the_box_hears_anything(apply: Apply, tmp_path: Path):
    (tmp_path / ".trunkline").write_text("a file where a folder should be")
    box = Box(fails={"__enter__": AssertionError("connected")})
    (outcome,) = apply(box)
    assert outcome.state is State.untouched
    assert "the journal cannot be written" in outcome.reason


def test_line_of_the_journal_that_a_crash_cut_off_is_dropped_by_the_next(
    apply: Apply, journal: Journal, tmp_path: Path
):
    apply(Box())
    file = tmp_path / ".trunkline" / "journal" / f"{HOST}.jsonl"
    file.write_bytes(file.read_bytes() + b'{"time": "2026')
    assert apply(Box())[0].state is State.changed
    assert len(journal.entries(HOST)) == 8
