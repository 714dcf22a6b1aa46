"""Do exactly what a plan says, one box at a time, under the box's own timer; prove it, then keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from trunkline.change.journal import Journal, JournalNotWritten, Locked, Step, step
from trunkline.change.plan import BoxPlan, Plan, Sections, section_sha256
from trunkline.change.tree import parse
from trunkline.devices.driver import Driver
from trunkline.devices.errors import PUT_BACK, Interrupted, NotRestored, NotSaved, PendingCommit, PreflightFailed
from trunkline.devices.platform import Reading
from trunkline.errors import TrunklineError
from trunkline.units import Seconds

DEFAULT_TIMER = Seconds(300)
_BY_HAND = "{host}: interrupted by you"


class StalePlan(TrunklineError):
    """The box is not any more what the plan was made from."""


class NotAsPlanned(TrunklineError):
    """The box reads back as something else than the plan says; the change was taken back."""


class State(StrEnum):
    """What became of a box."""

    untouched = "untouched"
    unchanged = "unchanged"
    changed = "changed"
    unsaved = "changed, not saved"
    restored = "restored"
    unknown = "unknown"


@dataclass(frozen=True)
class Outcome:
    """What became of a box, and why in one sentence."""

    host: str
    state: State
    reason: str = ""
    interrupted: bool = False


class Observer(Protocol):
    """Whoever wants to see how far an apply is."""

    def step(self, host: str, text: str) -> None:
        """One step of one box begins."""


@dataclass(frozen=True)
class Applier:
    """How to reach, lock and prove the boxes of a plan."""

    connect: Callable[[str], Driver]
    sections: Callable[[BoxPlan], Sections]
    journal: Journal
    observer: Observer
    timer: Seconds = DEFAULT_TIMER

    def apply(self, plan: Plan) -> Iterator[Outcome]:
        """Apply a plan box by box; the first failure leaves the boxes after it untouched.

        Yields what became of each box, as it becomes known.
        """
        stopped_by = ""
        for box in plan.boxes.values():
            if stopped_by:
                yield Outcome(box.host, State.untouched, f"not begun, because {stopped_by}")
                continue
            if not box.commands:
                yield Outcome(box.host, State.unchanged)
                continue
            outcome = self.apply_box(plan.id, box)
            yield outcome
            if outcome.state not in (State.changed, State.unchanged):
                stopped_by = "you interrupted the run" if outcome.interrupted else f"{box.host} failed"

    def apply_box(self, plan_id: str, box: BoxPlan) -> Outcome:
        """Apply one box's part and say what became of it; raises nothing that a box or a person can cause."""
        try:
            with self.journal.locked(box.host):
                return self._locked(plan_id, box)
        except Locked as error:
            return Outcome(box.host, State.untouched, str(error))
        except TrunklineError as error:
            return self._cut_short(box.host, str(error))
        except KeyboardInterrupt:
            return self._cut_short(box.host, _BY_HAND.format(host=box.host), interrupted=True)

    def _cut_short(self, host: str, reason: str, *, interrupted: bool = False) -> Outcome:
        """What is known of a box on which no transaction came to its end, by its journal."""
        try:
            unfinished = self.journal.unfinished(host)
        except TrunklineError as error:
            return Outcome(host, State.unknown, f"{reason}; {error}", interrupted)
        if unfinished is None:
            return Outcome(host, State.untouched, reason, interrupted)
        return Outcome(host, State.unknown, f"{reason}; {_comes_back(unfinished.timer_s)}", interrupted)

    def _locked(self, plan_id: str, box: BoxPlan) -> Outcome:
        self.observer.step(box.host, "connecting")
        with self.connect(box.host) as driver:
            recovered = self._recover(box.host, driver)
            self._require_ready(box.host, driver)
            sections = self.sections(box)
            self.observer.step(box.host, "reading")
            reading = driver.read()
            _refuse_stale(box, sections, reading)
            if not box.commands:
                return Outcome(box.host, State.unchanged, recovered)
            outcome = self._transaction(plan_id, box, driver, sections, reading)
            return replace(outcome, reason="; ".join(filter(None, (outcome.reason, recovered))))

    def _require_ready(self, host: str, driver: Driver) -> None:
        """Raise PreflightFailed where something is missing; tell what a person should know beside."""
        found = driver.preflight()
        if missing := [str(item) for item in found if item.stops]:
            raise PreflightFailed(host, missing)
        for item in found:
            self.observer.step(host, str(item))

    def _transaction(self, plan_id: str, box: BoxPlan, driver: Driver, sections: Sections, before: Reading) -> Outcome:
        def write(at: Step, note: str = "") -> None:
            self.journal.write(box.host, step(plan_id, at, before.sha256, int(self.timer), note))

        def ended(state: State, at: Step, reason: str = "", *, by_hand: bool = False) -> Outcome:
            """What became of the box is known by now: a journal that takes no more is told, and changes nothing."""
            try:
                write(at, reason)
            except JournalNotWritten as error:
                reason = "; ".join(filter(None, (reason, str(error))))
            return Outcome(box.host, state, reason, by_hand)

        lines = box.lines()
        sent = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        write(Step.arming)
        try:
            self.observer.step(box.host, f"sending {sent} under a timer of {self.timer} s")
            driver.stage(lines)
            armed = driver.commit_confirm(self.timer)
            write(Step.armed, armed.said)
            self.observer.step(box.host, "reading back")
            _prove(box, sections, before, driver.read())
            write(Step.confirming)
            self.observer.step(box.host, "confirming and saving")
            driver.confirm()
        except NotSaved as error:
            return ended(State.unsaved, Step.confirmed, str(error))
        except (TrunklineError, KeyboardInterrupt) as error:
            by_hand = isinstance(error, KeyboardInterrupt)
            reason = _BY_HAND.format(host=box.host) if by_hand else str(error)
            undone = self._take_back(box.host, driver, before)
            if undone is not None:
                if isinstance(error, Interrupted) and undone:
                    reason = str(error.then(undone))
                elif undone:
                    reason = f"{reason}; {undone}"
                return ended(State.restored, Step.restored, reason, by_hand=by_hand)
            return Outcome(box.host, State.unknown, f"{reason}; {_comes_back(int(self.timer))}", by_hand)
        return ended(State.changed, Step.confirmed)

    def _take_back(self, host: str, driver: Driver, before: Reading) -> str | None:
        """Undo what waits for its confirmation, and prove by reading that the box is as before; None if it is not.

        Returns what was done, in words; empty if there was nothing to undo.
        """
        try:
            self.observer.step(host, "taking the change back")
            pending = driver.pending()
            ours = bool(pending and pending.ours)
            if ours:
                driver.roll_back()
            else:
                driver.discard()
            as_before = driver.read().sha256 == before.sha256
        except (TrunklineError, KeyboardInterrupt):
            return None
        if not as_before:
            return None
        return PUT_BACK if ours else ""

    def _recover(self, host: str, driver: Driver) -> str:
        """Finish what an earlier run left: its pending commit is taken back, and the journal says what became of it."""
        unfinished = self.journal.unfinished(host)
        pending = driver.pending()
        if unfinished is None:
            if pending:
                raise PendingCommit(host, pending.owner)
            return ""
        if pending and not pending.ours:
            raise PendingCommit(host, pending.owner)
        if pending:
            self.observer.step(host, "taking back what an interrupted run left pending")
            driver.roll_back()
        now = driver.read().sha256
        kept = now != unfinished.before
        note = "an earlier run was interrupted; " + (
            "the box is not what it was before that run" if kept else "the box is as it was before it"
        )
        at = Step.confirmed if kept and unfinished.step is Step.confirming else Step.unknown if kept else Step.restored
        self.journal.write(host, step(unfinished.plan, at, unfinished.before, unfinished.timer_s, note))
        if at is Step.unknown and pending:
            raise NotRestored(host, "its configuration is not the one from before the interrupted run")
        return note


def _refuse_stale(box: BoxPlan, sections: Sections, reading: Reading) -> None:
    units = sections.owned(parse(sections.table, reading.text))
    stale = [name for name, section in box.sections.items() if section_sha256(units, name) != section.running_sha256]
    if stale:
        said = f" (the box says: {reading.last_change})" if reading.last_change else ""
        raise StalePlan(
            f"{box.host}: {', '.join(stale)} changed on the box since the plan was made{said}; nothing was sent; "
            "make a new plan and have it reviewed"
        )


def _prove(box: BoxPlan, sections: Sections, before: Reading, after: Reading) -> None:
    """Refuse a box that is not what the plan says: its own sections, and every line that is not ours."""
    left = sections.box_plan(box.site, box.host, after.text)
    if left.commands:
        todo = "; ".join(line.strip() for line in left.lines())
        raise NotAsPlanned(f"{box.host}: reads back other than planned, still to do: {todo}")
    lost = _first_difference(sections.foreign(before.text), sections.foreign(after.text))
    if lost:
        raise NotAsPlanned(f"{box.host}: a line outside our sections changed as well: {lost}")


def _first_difference(before: Sequence[str], after: Sequence[str]) -> str:
    for was, now in zip(before, after, strict=False):
        if was != now:
            return f"`{was.strip()}` is now `{now.strip()}`"
    if len(before) != len(after):
        longer = before if len(before) > len(after) else after
        verb = "is gone" if longer is before else "is new"
        return f"`{longer[min(len(before), len(after))].strip()}` {verb}"
    return ""


def _comes_back(timer_s: int) -> str:
    return f"what was not confirmed is undone by the box itself within {timer_s} s; run again afterwards"


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """0 where every box is as planned, 130 where a person stopped it, else 1."""
    if any(outcome.interrupted for outcome in outcomes):
        return 130
    return 0 if all(outcome.state in (State.changed, State.unchanged) for outcome in outcomes) else 1
