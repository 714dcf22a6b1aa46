"""Change an ordered list whose rules must move while a copy does its work, so that no packet meets a gap.

The copy is made complete; whoever is to use the list uses the copy; the list, unused now, is made anew; its users
come back to it; the copy goes. Two lists that exchange their users at the same time need no other order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from trunkline.change.block import added, removed
from trunkline.change.ownership import Unit
from trunkline.change.steps import Object, Step, commands_of, defined, referred
from trunkline.change.tree import Node, Path


@dataclass(frozen=True)
class Swap:
    """A list to be swapped, its copy, and the units that will use it."""

    old: Unit
    new: Unit
    spare: Unit
    users: tuple[Unit, ...]

    @property
    def name(self) -> Object:
        """The list."""
        (item,) = defined(self.new.node)
        return item


def swap_of(root: Node, old: Unit, new: Unit, before: Mapping[Path, Unit], after: Mapping[Path, Unit]) -> Swap | None:
    """How to swap a list under its users; None where nobody uses it now, or a user cannot change over in place."""
    order = new.node.definition.row.order
    (item,) = defined(new.node)
    foreign = [
        Unit(new.section, path, node, context)
        for path, node, context in _users(root, item, (), ())
        if not any(path[:depth] in before for depth in range(1, len(path) + 1))
    ]
    now = [unit for unit in before.values() if item in referred(unit.node)] + foreign
    then = [unit for unit in after.values() if item in referred(unit.node)] + foreign
    if not order or not order.stand_in or not now or not all(_overwritable(unit.node, item) for unit in (*now, *then)):
        return None
    name = f"{item[1]}-SWAP"
    captures = {**new.node.captures, "name": name}
    line = new.node.definition.patterns[0].format(captures)
    key = (new.node.key[0], name, *new.node.key[2:])
    node = replace(new.node, key=key, captures=captures, line=line)
    return Swap(old, new, Unit(new.section, (*new.path[:-1], key), node, new.context), tuple(then))


def swap_steps(swap: Swap, before: Mapping[Path, Unit], after: Mapping[Path, Unit]) -> Iterator[Step]:
    """The steps of a swap; they take the place of the steps of the list and of those who will use it.

    What is told of them is told once: the copy is not, nor are users that are not ours.
    """
    spare, new = swap.spare, swap.new
    spare_item = next(iter(defined(spare.node)))
    yield Step(spare, "add", commands_of(spare, "add", added(spare.node)), spare.node, makes=frozenset({spare_item}),
               told=False)  # fmt: skip
    for user in swap.users:
        present = before.get(user.path)
        left = present.node if present else user.node
        node = _using(user.node, swap.name, spare_item[1])
        changed_over = ("changed over", f"{user.path}")
        yield Step(
            user,
            "change",
            commands_of(user, "change", [(node.line,)]),
            node,
            needs=frozenset({spare_item}) | referred(node),
            frees=referred(left) - referred(node),
            makes=frozenset({changed_over}),
            told=False,
        )
        yield Step(
            user,
            "change",
            commands_of(user, "change", [(user.node.line,)]),
            user.node,
            needs=frozenset({swap.name, changed_over}),
            frees=frozenset({spare_item}),
            told=user.path in after and (present is None or not present.node.same(user.node)),
        )
    lines = [removed(swap.old.node), *added(new.node)]
    yield Step(new, "change", commands_of(new, "change", lines), new.node, makes=frozenset({swap.name}),
               drops=frozenset({swap.name}))  # fmt: skip
    yield Step(spare, "remove", commands_of(spare, "remove", [removed(spare.node)]), None,
               drops=frozenset({spare_item}), told=False)  # fmt: skip


def _users(
    node: Node, item: Object, above: Path, context: tuple[str, ...]
) -> Iterator[tuple[Path, Node, tuple[str, ...]]]:
    kind, name = item
    for key, child in node.children.items():
        if child.captures.get(child.definition.row.refers.get(kind, "")) == name:
            yield (*above, key), child, context
        yield from _users(child, item, (*above, key), (*context, child.line))


def _overwritable(node: Node, item: Object) -> bool:
    row = node.definition.row
    return not row.mode and row.change == "overwrite" and row.refers.get(item[0]) in node.definition.valued


def _using(node: Node, item: Object, name: str) -> Node:
    captures = {**node.captures, node.definition.row.refers[item[0]]: name}
    return replace(node, captures=captures, line=node.definition.patterns[0].format(captures))
