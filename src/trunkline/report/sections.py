"""The lines of a plan by section: what a reader of any report wants to see together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trunkline.change.commands import to_lines
from trunkline.change.plan import BoxPlan, PlannedCommand, SectionPlan
from trunkline.change.risk import Risk

_PLACES = 2


def section_lines(box: BoxPlan, section: str) -> list[str]:
    """The commands of one section of a box, in the order in which they are sent."""
    return _of(box.commands, section)


def section_way_back(box: BoxPlan, section: str) -> list[str]:
    """The commands that undo one section of a box."""
    return _of(box.rollback, section)


def _of(commands: Sequence[PlannedCommand], section: str) -> list[str]:
    return to_lines(command.command() for command in commands if command.section == section)


@dataclass(frozen=True)
class Reason:
    """Why some changes of a section carry a risk, and which they are."""

    risk: Risk
    why: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        first = ", ".join(f"`{place}`" for place in self.places[:_PLACES])
        more = len(self.places) - _PLACES
        return f"{self.risk.name}: {self.why}: {first}" + (f" and {more} more" if more > 0 else "")


def reasons(section: SectionPlan) -> list[Reason]:
    """The reasons of a section's risks, the worst first; what is of low risk needs none."""
    places: dict[tuple[Risk, str], list[str]] = {}
    for change in section.changes:
        if change.reason and Risk[change.risk] > Risk.low:
            line = (change.after or change.before).splitlines()[0].strip()
            places.setdefault((Risk[change.risk], change.reason), []).append(" > ".join((*change.where, line)))
    return [Reason(risk, why, tuple(found)) for (risk, why), found in sorted(places.items(), key=lambda i: -i[0][0])]


def counted(number: int, what: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def summary(boxes: Sequence[BoxPlan], not_read: int = 0) -> str:
    """How much a plan changes, in one sentence."""
    missed = f"; {boxes_counted(not_read)} not read" if not_read else ""
    return f"{_changes(boxes)}{missed}"


def boxes_counted(number: int) -> str:
    """`1 box`, `2 boxes`."""
    return f"{number} {'box' if number == 1 else 'boxes'}"


def _changes(boxes: Sequence[BoxPlan]) -> str:
    changed = [box for box in boxes if box.commands]
    if not changed:
        return f"{boxes_counted(len(boxes))}: nothing to change"
    lines = sum(len(box.lines()) for box in changed)
    removals = sum(change.verb == "remove" for box in changed for s in box.sections.values() for change in s.changes)
    worst = max(box.risk for box in changed)
    return (
        f"{len(changed)} of {boxes_counted(len(boxes))} to change, "
        f"{counted(lines, 'line')}, {counted(removals, 'removal')}, risk {worst.name}"
    )
