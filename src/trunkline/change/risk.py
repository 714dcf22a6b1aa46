"""What a change puts at risk, in words, by the rules that stand with the statements."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from trunkline.change.commands import Verb
from trunkline.change.remediate import StatementChange
from trunkline.devices.statements import Definition, Table


class Risk(IntEnum):
    """How much a change can cost: nothing, a detail, one phone, many calls, the branch."""

    none = 0
    low = 1
    medium = 2
    high = 3
    outage = 4


_WITHOUT_RULE: dict[Verb, Risk] = {"add": Risk.low, "change": Risk.low, "remove": Risk.medium}


def weigh(table: Table, change: StatementChange) -> tuple[Risk, str]:
    """The risk of one change and why; an empty reason where there is nothing to say."""
    definition = table.definitions[change.statement]
    found: list[tuple[Risk, str]] = [(_WITHOUT_RULE[change.verb], "")]
    if definition.row.risk:
        rule = definition.row.risk
        level = {"add": rule.add, "change": rule.change, "remove": rule.remove}[change.verb]
        found = [(Risk[level], rule.why)]
    found += _inside(definition, change)
    if change.taken_over:
        found.append((Risk.medium, "replaces a line that was not ours"))
    if change.foreign_lines:
        found.append((Risk.high, f"takes {change.foreign_lines} line(s) with it that we do not know"))
    worst = max(level for level, _ in found)
    return worst, "; ".join(why for level, why in found if why and level >= min(worst, Risk.medium))


def _inside(definition: Definition, change: StatementChange) -> Iterable[tuple[Risk, str]]:
    """A whole block that goes takes its lines with it: the worst of them counts."""
    if change.verb != "remove" or not definition.row.mode:
        return
    for child in definition.children.values():
        if child.row.risk and any(child.match(line.strip()) for line in change.before.splitlines()[1:]):
            yield Risk[child.row.risk.remove], child.row.risk.why
