"""The shortest ordered commands that take the owned statements of a box to the intended ones, and the way back.

A pure function of two texts and one table: no clock, no I/O.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trunkline.change.block import Edit, added, edit_block, removed
from trunkline.change.commands import Command, Verb
from trunkline.change.ownership import (
    OwnershipError,
    Rules,
    Unit,
    intended_units,
    running_units,
    with_others_members,
)
from trunkline.change.sequence import keep_in_order
from trunkline.change.steps import Step, commands_of, defined, in_order, referred
from trunkline.change.swap import swap_of, swap_steps
from trunkline.change.tree import Node, Path, Tree, parse
from trunkline.devices.statements import Table


@dataclass(frozen=True)
class StatementChange:
    """What happens to one owned statement, as deep as it differs: for the person who reads the plan.

    `number` is the line in the running text (0 where it is new), `foreign_lines` counts lines of others that go
    with a removed block, `taken_over` tells that the line was not ours before.
    """

    section: str
    verb: Verb
    statement: str
    where: tuple[str, ...]
    before: str
    after: str
    number: int
    captures: Mapping[str, str]
    taken_over: bool
    foreign_lines: int


@dataclass(frozen=True)
class Remediation:
    """Ordered commands for one box, what each means, and the ordered commands that undo them."""

    changes: tuple[StatementChange, ...]
    commands: tuple[Command, ...]
    rollback: tuple[Command, ...]

    def __bool__(self) -> bool:
        return bool(self.commands)


def remediate(table: Table, running: str, sections: Mapping[str, str], rules: Rules) -> Remediation:
    """Compare the running text with the sections' intended texts.

    Raises OwnershipError where a rendered line is unknown to the table, said twice, or not the section's own.
    """
    trees = {section: parse_intended(table, section, text) for section, text in sections.items()}
    intended = intended_units(trees, rules)
    tree = parse(table, running)
    before = running_units(tree, rules, intended, tuple(sections))
    return remediate_units(tree.root, before, with_others_members(intended.units, before, rules))


def parse_intended(table: Table, section: str, text: str) -> Tree:
    """Parse a rendered section; every line must be known and said once."""
    tree = parse(table, text)
    for line in tree.unknown_lines():
        raise OwnershipError(
            f"role {section}, {table.platform}: rendered line {line.number} `{line.text}` is not in the "
            f"platform's statement table; write it as the box prints it, or add it to statements.yml"
        )
    for duplicate in tree.duplicates:
        raise OwnershipError(
            f"role {section}, {table.platform}: rendered lines {duplicate.first.number} and "
            f"{duplicate.second.number} say the same statement: `{duplicate.second.line}`; keep one"
        )
    return tree


def remediate_units(root: Node, before: Mapping[Path, Unit], after: Mapping[Path, Unit]) -> Remediation:
    """Take the units `before`, as they stand under `root`, to the units `after`."""
    steps = in_order(_steps(root, before, after))
    if not steps:
        return Remediation((), (), ())
    changed = _apply(root, steps)
    now = dict(before)
    for step in steps:
        if step.result is None:
            now.pop(step.unit.path, None)
        else:
            now[step.unit.path] = replace(step.unit, node=step.result)
    back = in_order(_steps(changed, now, before))
    return Remediation(
        tuple(change for step in steps if step.told for change in _described(step, before)),
        tuple(command for step in steps for command in step.commands),
        tuple(command for step in back for command in step.commands),
    )


def _described(step: Step, before: Mapping[Path, Unit]) -> Iterator[StatementChange]:
    old = before.get(step.unit.path)
    for verb, was, now, where in _differences(old.node if old else None, step.result, step.unit.context):
        node = now or was
        assert node is not None
        yield StatementChange(
            section=step.unit.section,
            verb=verb,
            statement=node.definition.path,
            where=where,
            before="\n".join(_text(was)) if was else "",
            after="\n".join(_text(now)) if now else "",
            number=was.number if was else 0,
            captures=node.captures,
            taken_over=bool(old and old.taken_over),
            foreign_lines=was.foreign_count if was and now is None else 0,
        )


def _text(node: Node) -> Iterator[str]:
    for line in added(node):
        yield " " * (len(line) - 1) + line[-1]


def _differences(
    old: Node | None, new: Node | None, where: tuple[str, ...]
) -> Iterator[tuple[Verb, Node | None, Node | None, tuple[str, ...]]]:
    """What differs, as deep as it differs: a changed block is told by its lines."""
    if old is None or new is None:
        yield ("add" if old is None else "remove"), old, new, where
        return
    if old.value != new.value or not new.definition.row.mode:
        yield "change", old, new, where
        return
    inside = (*where, new.line)
    for key in [*new.children, *(key for key in old.children if key not in new.children)]:
        was, now = old.children.get(key), new.children.get(key)
        if was is None or now is None or not was.same(now):
            yield from _differences(was, now, inside)
    order = new.definition.row.order
    if order:
        both = [key for key in old.ordered(order.of) if key in new.children]
        moved = set(both) - keep_in_order(both, new.ordered(order.of))
        for key in new.ordered(order.of):
            if key in moved:
                yield "change", old.children[key], new.children[key], inside


def _steps(root: Node, before: Mapping[Path, Unit], after: Mapping[Path, Unit]) -> list[Step]:
    differing = {
        path: (before[path], unit)
        for path, unit in after.items()
        if path in before and not before[path].node.same(unit.node)
    }
    rebuilt = _rebuilt(before, after, differing)
    edits = {path: edit_block(old.node, new.node) for path, (old, new) in differing.items() if path not in rebuilt}
    swaps = {
        path: swap
        for path, edit in edits.items()
        if edit.moves and (swap := swap_of(root, *differing[path], before, after))
    }
    swapped = {path for swap in swaps.values() for path in (swap.new.path, *(user.path for user in swap.users))}
    steps: list[Step] = []
    for path, unit in after.items():
        if path in swaps:
            steps += swap_steps(swaps[path], before, after)
        elif path in swapped:
            continue
        elif path not in before or path in rebuilt:
            steps.append(_add_step(unit))
        elif path in edits:
            steps += _edit_steps(before[path], unit, edits[path])
    gone = [unit for path, unit in before.items() if path not in after or path in rebuilt]
    return steps + [_remove_step(unit) for unit in reversed(gone)]


def _rebuilt(
    before: Mapping[Path, Unit], after: Mapping[Path, Unit], differing: Mapping[Path, tuple[Unit, Unit]]
) -> set[Path]:
    """Units that cannot be edited where they stand, and all that hangs on them and stays."""
    rebuilt = {
        path
        for path, (old, new) in differing.items()
        if old.node.definition.row.rebuild
        or (old.node.definition.row.change == "replace" and old.node.value != new.node.value)
    }
    lost = {item for path in rebuilt for item in defined(before[path].node)}
    while lost:
        hanging = {
            path
            for path, unit in before.items()
            if path in after and path not in rebuilt and lost & referred(unit.node)
        }
        rebuilt |= hanging
        lost = {item for path in hanging for item in defined(before[path].node)}
    return rebuilt


def _add_step(unit: Unit) -> Step:
    commands = commands_of(unit, "add", added(unit.node))
    return Step(unit, "add", commands, unit.node, needs=referred(unit.node), makes=defined(unit.node))


def _remove_step(unit: Unit) -> Step:
    gone = defined(unit.node)
    commands = commands_of(unit, "remove", [removed(unit.node)])
    return Step(unit, "remove", commands, None, frees=referred(unit.node), drops=gone, clears=gone)


def _edit_steps(old: Unit, new: Unit, edit: Edit) -> Iterator[Step]:
    """Rules that go from a list go in a step of their own: not before those who leave the list have left it."""
    referred_before, referred_after = referred(old.node), referred(new.node)
    yield Step(
        new,
        "change",
        commands_of(new, "change", edit.lines),
        edit.result,
        needs=referred_after,
        frees=referred_before - referred_after,
        makes=defined(new.node),
    )
    if edit.trim:
        commands = commands_of(new, "change", edit.trim)
        item = defined(new.node)
        yield Step(new, "change", commands, edit.result, needs=item, drops=item, told=False)


def _apply(root: Node, steps: Sequence[Step]) -> Node:
    """The box's statements after the steps; what no step touches is shared with the statements before."""
    changed = replace(root, children=dict(root.children))
    fresh: dict[Path, Node] = {(): changed}
    for step in steps:
        parent = changed
        for depth, line in enumerate(step.unit.context, start=1):
            path = step.unit.path[:depth]
            if path not in fresh:
                present = parent.children.get(path[-1]) or _entered(parent, line)
                fresh[path] = parent.children[path[-1]] = replace(present, children=dict(present.children))
            parent = fresh[path]
        if step.result is None:
            parent.children.pop(step.unit.path[-1], None)
        else:
            parent.children[step.unit.path[-1]] = step.result
    return changed


def _entered(parent: Node, line: str) -> Node:
    match = parent.definition.read(line)
    assert match is not None
    return Node(match.definition, match.key, match.value, match.captures, line, 0, match.negated)
