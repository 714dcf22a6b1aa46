"""The lines of a plan by section: what a reader of any report wants to see together."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline.change.commands import to_lines
from trunkline.change.plan import BoxPlan, PlannedCommand


def section_lines(box: BoxPlan, section: str) -> list[str]:
    """The commands of one section of a box, in the order in which they are sent."""
    return _of(box.commands, section)


def section_way_back(box: BoxPlan, section: str) -> list[str]:
    """The commands that undo one section of a box."""
    return _of(box.rollback, section)


def _of(commands: Sequence[PlannedCommand], section: str) -> list[str]:
    return to_lines(command.command() for command in commands if command.section == section)


def counted(number: int, what: str) -> str:
    """`1 line`, `2 lines`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def summary(boxes: Sequence[BoxPlan]) -> str:
    """How much a plan changes, in one sentence."""
    changed = [box for box in boxes if box.commands]
    if not changed:
        return f"{counted(len(boxes), 'box')}: nothing to change".replace("boxs", "boxes")
    lines = sum(len(box.lines()) for box in changed)
    removals = sum(change.verb == "remove" for box in changed for s in box.sections.values() for change in s.changes)
    worst = max(box.risk for box in changed)
    return (
        f"{len(changed)} of {len(boxes)} {'box' if len(boxes) == 1 else 'boxes'} to change, "
        f"{counted(lines, 'line')}, {counted(removals, 'removal')}, risk {worst.name}"
    )
