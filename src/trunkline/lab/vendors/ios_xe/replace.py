"""`configure replace`: the commands that take the running configuration to a file, in passes until nothing differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.lab.vendors.grammar import RuleKind
from trunkline.lab.vendors.machine import Machine
from trunkline.lab.vendors.tree import Key, Node
from trunkline.lab.vendors.typist import Typist

PASSES = 5


@dataclass(frozen=True)
class Replaced:
    """How it went: passes taken, lines that the box would not take (empty = done)."""

    passes: int
    failed: tuple[str, ...]


def replace(machine: Machine, text: str) -> Replaced:
    """Bring the running configuration to a complete configuration; it may stop half way."""
    target = machine.load(text)
    failed = _foreign(machine.running, target)
    if failed:
        return Replaced(PASSES, failed)
    for number in range(1, PASSES + 1):
        if _settled(machine, target):
            return Replaced(max(1, number - 1), ())
        failed = _one_pass(machine, target, thorough=number > 1)
    if _settled(machine, target):
        return Replaced(PASSES, ())
    return Replaced(PASSES, failed or ("configuration",))


def _foreign(running: Node, target: Node) -> tuple[str, ...]:
    """Return the lines of the target that this box does not know and does not have."""
    known = {node.text for _, node in running.walk() if node.rule is None}
    return tuple(
        node.text.split("\n", 1)[0] for _, node in target.walk() if node.rule is None and node.text not in known
    )


def _settled(machine: Machine, target: Node) -> bool:
    if machine.lines() == machine.lines(target):
        return True
    _order(machine.running, target)
    return machine.lines() == machine.lines(target)


def _order(node: Node, target: Node) -> None:
    """Give children that are the same the order of the target."""
    if {key: child.text for key, child in node.children.items()} == {
        key: child.text for key, child in target.children.items()
    }:
        node.children = {key: node.children[key] for key in target.children}
    for key, child in node.children.items():
        if key in target.children:
            _order(child, target.children[key])


def _one_pass(machine: Machine, target: Node, *, thorough: bool) -> tuple[str, ...]:
    failed: list[str] = []
    _opaque(machine, machine.running, target)
    for lines in (*_removals(machine.running, target, (), thorough=thorough), *_additions(machine.running, target, ())):
        hand = Typist(machine, machine.running)
        for line in lines:
            if not hand.type(line).accepted:
                failed.append(line.strip())
                break
    return tuple(failed)


def _opaque(machine: Machine, node: Node, target: Node) -> None:
    """Lines that only the start file explains are moved as they are."""
    for key in [key for key, child in node.children.items() if child.rule is None and key not in target.children]:
        machine.wrote(f"no {node.children[key].text}")
        node.remove(key)
    for key, child in target.children.items():
        if child.rule is None and key not in node.children:
            machine.wrote(child.text)
            node.put(child.copy())
        elif key in node.children:
            _opaque(machine, node.children[key], child)


def _removals(node: Node, target: Node, context: tuple[str, ...], *, thorough: bool) -> Iterator[tuple[str, ...]]:
    for key, child in node.children.items():
        wanted = target.children.get(key)
        if child.rule is None:
            continue
        if wanted is None or (thorough and not _is_block(child) and wanted.text != child.text):
            yield (*context, _negated(child))
        elif _is_block(child):
            yield from _removals(child, wanted, (*context, child.text), thorough=thorough)


def _negated(node: Node) -> str:
    assert node.rule is not None
    if node.negative:
        return node.text.removeprefix("no ")
    if node.rule.kind is RuleKind.TEXT:
        return "no " + " ".join(_head(node))
    return "no " + node.text.strip().split("\n", 1)[0]


def _head(node: Node) -> list[str]:
    """Return the words of a banner or certificate that name it."""
    assert node.rule is not None
    return [node.rule.patterns[0].split()[0], *node.key[1:]]


def _additions(node: Node, target: Node, context: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, child in target.children.items():
        present = node.children.get(key)
        if child.rule is None:
            continue
        if _is_block(child):
            if present is None or present.text != child.text:
                yield (*context, child.text)
            yield from _additions(present or _empty(key, child), child, (*context, child.text))
        elif present is None or present.text != child.text:
            yield (*context, *child.text.split("\n"))


def _is_block(node: Node) -> bool:
    return node.rule is not None and node.rule.kind is RuleKind.BLOCK


def _empty(key: Key, like: Node) -> Node:
    return Node(key, like.rule, like.captures, like.text, like.rank)
