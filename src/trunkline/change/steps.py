"""Steps of a remediation, put in order by the objects that they make, need, free and drop."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter

from trunkline.change.commands import Command, Verb
from trunkline.change.ownership import Unit
from trunkline.change.tree import Node, Path

Object = tuple[str, str]


@dataclass(frozen=True)
class Step:
    """One unit's part of the work, done in one piece; `result` is what stands there afterwards.

    `needs`: objects that must be complete before. `frees`: objects that it used and does not use any more.
    `makes`: objects that it makes or completes. `drops`: objects that it takes away once nobody uses them.
    `clears`: names that must be free before they are made again.
    """

    unit: Unit
    verb: Verb
    commands: tuple[Command, ...]
    result: Node | None
    needs: frozenset[Object] = frozenset()
    frees: frozenset[Object] = frozenset()
    makes: frozenset[Object] = frozenset()
    drops: frozenset[Object] = frozenset()
    clears: frozenset[Object] = frozenset()
    told: bool = True


def commands_of(unit: Unit, verb: Verb, lines: Iterable[tuple[str, ...]]) -> tuple[Command, ...]:
    """Lines inside a unit's own modes, as commands."""
    return tuple(Command(unit.section, verb, (*unit.context, *line)) for line in lines)


def referred(node: Node) -> frozenset[Object]:
    """The objects that a statement and all inside it use."""
    return frozenset(
        (kind, part.captures[capture])
        for part in node.walk()
        if not part.negated
        for kind, capture in part.definition.row.refers.items()
        if capture in part.captures
    )


def defined(node: Node) -> frozenset[Object]:
    """The object that a statement makes, if it makes one."""
    kind = node.definition.row.defines
    return frozenset({(kind, str(node.key[1]))} if kind else ())


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Create → attach → detach → delete; among equals the order of the intended text, what only goes last of all."""
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
    ordered: list[Step] = []
    ready: list[tuple[bool, int]] = []
    while graph.is_active():
        for number in graph.get_ready():
            heapq.heappush(ready, (number not in early, number))
        _, number = heapq.heappop(ready)
        ordered.append(steps[number])
        graph.done(number)
    return ordered


def _predecessors(steps: Sequence[Step]) -> Mapping[int, set[int]]:
    makers, freers, clearers = _index(steps, "makes"), _index(steps, "frees"), _index(steps, "clears")
    removers: dict[Path, int] = {
        step.unit.path: number for number, step in enumerate(steps) if step.result is None and step.clears == step.drops
    }
    before: dict[int, set[int]] = {}
    for number, step in enumerate(steps):
        first = {
            *(maker for item in step.needs for maker in makers[item]),
            *(freer for item in step.drops for freer in freers[item]),
            *(clearer for item in step.makes for clearer in clearers[item]),
        }
        if step.result is not None and step.unit.path in removers:
            first.add(removers[step.unit.path])
        before[number] = first - {number}
    return before


def _index(steps: Sequence[Step], attribute: str) -> Mapping[Object, list[int]]:
    index: dict[Object, list[int]] = defaultdict(list)
    for number, step in enumerate(steps):
        for item in getattr(step, attribute):
            index[item].append(number)
    return index
