"""The shortest ordered commands that take the owned statements of a box to the intended ones, and the way back.

A pure function of two texts and one table: no clock, no I/O.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from trunkline.change.block import added, edit_block, removed
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
from trunkline.change.tree import Node, Path, Tree, parse
from trunkline.devices.statements import Table

Object = tuple[str, str]


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


@dataclass(frozen=True)
class _Step:
    """One unit's part of the work, done in one piece; the steps are put in order by the objects they touch."""

    unit: Unit
    verb: Verb
    commands: tuple[Command, ...]
    result: Node | None
    needs: frozenset[Object] = frozenset()
    frees: frozenset[Object] = frozenset()
    makes: frozenset[Object] = frozenset()
    drops: frozenset[Object] = frozenset()
    swaps: frozenset[Object] = frozenset()


def remediate(
    table: Table, running: str, sections: Mapping[str, str], rules: Rules, *, only: Sequence[str] = ()
) -> Remediation:
    """Compare the running text with the sections' intended texts.

    `only` names the sections to look at (all that are given, if empty). Raises OwnershipError where a rendered
    line is unknown to the table, said twice, or not the section's own.
    """
    trees = {section: parse_intended(table, section, text) for section, text in sections.items()}
    intended = intended_units(trees, rules)
    tree = parse(table, running)
    before = running_units(tree, rules, intended, only or tuple(sections))
    after = {path: unit for path, unit in intended.units.items() if not only or unit.section in only}
    return remediate_units(tree.root, before, with_others_members(after, before, rules))


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
    steps = _in_order(_steps(root, before, after))
    if not steps:
        return Remediation((), (), ())
    changed = _apply(root, steps)
    results = {step.unit.path: replace(step.unit, node=step.result) for step in steps if step.result is not None}
    touched = {step.unit.path for step in steps}
    now = {path: unit for path, unit in before.items() if path not in touched} | results
    back = _in_order(_steps(changed, now, before))
    return Remediation(
        tuple(change for step in steps for change in _described(step, before)),
        tuple(command for step in steps for command in step.commands),
        tuple(command for step in back for command in step.commands),
    )


def _described(step: _Step, before: Mapping[Path, Unit]) -> Iterator[StatementChange]:
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


def _steps(root: Node, before: Mapping[Path, Unit], after: Mapping[Path, Unit]) -> list[_Step]:
    differing = {
        path: (before[path], unit)
        for path, unit in after.items()
        if path in before and not before[path].node.same(unit.node)
    }
    rebuilt = _rebuilt(before, after, differing)
    steps: list[_Step] = []
    for path, unit in after.items():
        old = before.get(path)
        if old is None or path in rebuilt:
            steps.append(_add_step(unit))
        elif path in differing:
            steps.append(_edit_step(root, old, unit))
    gone = [unit for path, unit in before.items() if path not in after or path in rebuilt]
    steps += [_remove_step(unit) for unit in reversed(gone)]
    return steps


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
    lost = {item for path in rebuilt for item in _defined(before[path].node)}
    while lost:
        hanging = {
            path
            for path, unit in before.items()
            if path in after and path not in rebuilt and lost & _referred(unit.node)
        }
        rebuilt |= hanging
        lost = {item for path in hanging for item in _defined(before[path].node)}
    return rebuilt


def _add_step(unit: Unit) -> _Step:
    commands = _commands(unit, "add", added(unit.node))
    return _Step(unit, "add", commands, unit.node, needs=_referred(unit.node), makes=_defined(unit.node))


def _remove_step(unit: Unit) -> _Step:
    return _Step(
        unit,
        "remove",
        _commands(unit, "remove", [removed(unit.node)]),
        None,
        frees=_referred(unit.node),
        drops=_defined(unit.node),
    )


def _edit_step(root: Node, old: Unit, new: Unit) -> _Step:
    edit = edit_block(old.node, new.node)
    referred_before, referred_after = _referred(old.node), _referred(new.node)
    step = _Step(
        new,
        "change",
        _commands(new, "change", edit.lines),
        edit.result,
        needs=referred_after,
        frees=referred_before - referred_after,
        makes=_defined(new.node),
    )
    if edit.moves and (swapped := _stand_in(root, old, new)):
        return replace(step, commands=swapped, result=new.node, swaps=_defined(new.node))
    return step


def _commands(unit: Unit, verb: Verb, lines: Iterable[tuple[str, ...]]) -> tuple[Command, ...]:
    return tuple(Command(unit.section, verb, (*unit.context, *line)) for line in lines)


def _stand_in(root: Node, old: Unit, new: Unit) -> tuple[Command, ...] | None:
    """Edit a list whose rules must move while a copy does its work, so that no packet meets a gap.

    None where nothing refers to the list, or a referrer cannot be overwritten in place.
    """
    template = old.node.definition.row.order.stand_in if old.node.definition.row.order else ""
    (kind, name), *_ = _defined(old.node)
    users = list(_users(root, kind, name, ()))
    if not template or not users or any(not _overwritable(node, kind) for node, _ in users):
        return None
    spare = f"{name}-SWAP"
    heading = old.node.definition.patterns[0].format({**new.node.captures, "name": spare})
    lines: list[tuple[str, ...]] = [(heading, *line[1:]) for line in added(new.node)]
    lines += [(*context, _renamed(node, kind, spare)) for node, context in users]
    lines += [removed(old.node), *added(new.node)]
    lines += [(*context, node.line) for node, context in users]
    lines.append((f"no {heading}",))
    return _commands(replace(new, context=()), "change", lines)


def _users(node: Node, kind: str, name: str, context: tuple[str, ...]) -> Iterable[tuple[Node, tuple[str, ...]]]:
    for child in node.children.values():
        if child.captures.get(child.definition.row.refers.get(kind, "")) == name:
            yield child, context
        yield from _users(child, kind, name, (*context, child.line))


def _overwritable(node: Node, kind: str) -> bool:
    return not node.definition.row.mode and node.definition.row.refers[kind] in node.definition.valued


def _renamed(node: Node, kind: str, name: str) -> str:
    capture = node.definition.row.refers[kind]
    return node.definition.patterns[0].format({**node.captures, capture: name})


def _referred(node: Node) -> frozenset[Object]:
    return frozenset(
        (kind, part.captures[capture])
        for part in node.walk()
        if not part.negated
        for kind, capture in part.definition.row.refers.items()
        if capture in part.captures
    )


def _defined(node: Node) -> frozenset[Object]:
    kind = node.definition.row.defines
    return frozenset({(kind, str(node.key[1]))} if kind else ())


def _in_order(steps: Sequence[_Step]) -> list[_Step]:
    """Create → attach → detach → delete; among equals the order of the intended text, what goes last of all."""
    before = _predecessors(steps)
    graph = TopologicalSorter(before)
    wanted = [number for number, step in enumerate(steps) if step.result is not None]
    early: set[int] = set()
    while wanted:
        number = wanted.pop()
        if number not in early:
            early.add(number)
            wanted += before[number]
    graph.prepare()
    ordered: list[_Step] = []
    ready: list[tuple[bool, int]] = []
    while graph.is_active():
        for number in graph.get_ready():
            heapq.heappush(ready, (number not in early, number))
        _, number = heapq.heappop(ready)
        ordered.append(steps[number])
        graph.done(number)
    return ordered


def _predecessors(steps: Sequence[_Step]) -> Mapping[int, set[int]]:
    """Which steps must be done before each step, by the objects that they make, need, free and drop."""
    makers, freers, droppers = _index(steps, "makes"), _index(steps, "frees"), _index(steps, "drops")
    swappers = _index(steps, "swaps")
    removers = {step.unit.path: number for number, step in enumerate(steps) if step.result is None}
    before: dict[int, set[int]] = {}
    for number, step in enumerate(steps):
        first = {
            *(maker for item in step.needs for maker in makers[item]),
            *(freer for item in step.drops for freer in freers[item]),
            *(swapper for item in step.frees for swapper in swappers[item]),
            *(dropper for item in step.makes for dropper in droppers[item]),
        }
        if step.result is not None and step.unit.path in removers:
            first.add(removers[step.unit.path])
        before[number] = first - {number}
    return before


def _index(steps: Sequence[_Step], attribute: str) -> Mapping[Object, list[int]]:
    index: dict[Object, list[int]] = defaultdict(list)
    for number, step in enumerate(steps):
        for item in getattr(step, attribute):
            index[item].append(number)
    return index


def _apply(root: Node, steps: Sequence[_Step]) -> Node:
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
