"""The configuration as a tree of nodes: look up, put, remove, copy, print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from trunkline.lab.vendors.grammar import Captures, CompiledMode, Grammar, Rule, RuleKind

Key = tuple[str, ...]


class Node:
    """One statement: its rule, the captured values, the printed text and, for a block, what is in it.

    A node without a rule is a line of the start file that the grammar does not know; `text` is verbatim then,
    with the lines below it. `rank` is its place in the printing order of its parent.
    """

    __slots__ = ("captures", "children", "key", "negative", "rank", "rule", "text")

    def __init__(
        self,
        key: Key,
        rule: Rule | None,
        captures: Captures,
        text: str,
        rank: int,
        *,
        negative: bool = False,
        children: dict[Key, Node] | None = None,
    ) -> None:
        self.key = key
        self.rule = rule
        self.captures = captures
        self.text = text
        self.rank = rank
        self.negative = negative
        self.children: dict[Key, Node] = {} if children is None else children

    def copy(self) -> Node:
        """Return a copy that shares nothing that can change."""
        children = {key: child.copy() for key, child in self.children.items()} if self.children else {}
        return Node(
            self.key,
            self.rule,
            self.captures,
            self.text,
            self.rank,
            negative=self.negative,
            children=children,
        )

    def get(self, place: str, *key: str) -> Node | None:
        """Return the child at a place, e.g. `root.get("interface", "Vlan10")`; None if there is none."""
        return self.children.get((place, *key))

    def value(self, place: str, capture: str, *key: str) -> str | None:
        """Return one captured value of a child; None if there is no such child."""
        child = self.get(place, *key)
        return None if child is None else child.captures.get(capture)

    def all(self, place: str) -> list[Node]:
        """Return the children at a place, in order of entry."""
        return [child for key, child in self.children.items() if key[0] == place]

    def put(self, node: Node, before: Key | None = None) -> None:
        """Put a child in; one with the same key is replaced where it stands."""
        if before is None or node.key in self.children or before not in self.children:
            self.children[node.key] = node
            return
        items = list(self.children.items())
        at = [key for key, _ in items].index(before)
        self.children = dict([*items[:at], (node.key, node), *items[at:]])

    def remove(self, key: Key) -> None:
        """Take a child out, if it is there."""
        self.children.pop(key, None)

    def walk(self) -> Iterator[tuple[Node, Node]]:
        """Yield every (parent, node) below this node."""
        for child in self.children.values():
            yield self, child
            yield from child.walk()


def root_node() -> Node:
    """Return an empty configuration."""
    return Node((), None, {}, "", 0)


def users_of(root: Node, kind: str, name: str) -> list[tuple[Node, Node]]:
    """Return every (parent, node) that refers to an object."""
    found: list[tuple[Node, Node]] = []
    blocks = [root]
    while blocks:  # a loop, for it runs at every removal of an object
        parent = blocks.pop()
        for node in parent.children.values():
            if node.rule is not None and node.rule.refers and _refers(node, kind, name):
                found.append((parent, node))
            if node.children:
                blocks.append(node)
    return found


def _refers(node: Node, kind: str, name: str) -> bool:
    assert node.rule is not None
    return any(ref.kind == kind and node.captures.get(ref.capture) == name for ref in node.rule.refers)


def text_of(rule: Rule, captures: Captures, typed: str) -> str:
    """Return how a statement prints, without indentation."""
    if rule.show is None:
        return typed
    return rule.show.format(**captures) if isinstance(rule.show, str) else rule.show(captures)


def print_lines(grammar: Grammar, root: Node, *, full: bool = False) -> list[str]:
    """Return the lines of a configuration in the box's order; `full` adds the hidden defaults."""
    return _Printer(grammar, full).children(root, grammar.top, 0)


class _Printer:
    def __init__(self, grammar: Grammar, full: bool) -> None:
        self.grammar = grammar
        self.full = full

    def children(self, parent: Node, mode: CompiledMode, depth: int) -> list[str]:
        nodes = [*parent.children.values(), *self._implied(parent, mode)]
        nodes.sort(key=lambda node: node.rank)
        lines: list[str] = []
        for _, same in groupby(nodes, key=lambda node: node.rank):
            together = list(same)
            only = together[0].rule
            if len(together) == 1 and only is not None and not only.bang and only.present is None:
                lines += self._node(together[0], depth)  # nearly every node; spares the sorting
            else:
                self._group(together, lines, depth)
        return lines

    def _implied(self, parent: Node, mode: CompiledMode) -> Iterator[Node]:
        """Yield what prints although nobody typed it: absent values and, in full, defaults."""
        for rule in mode.printed_when_absent:
            shown = rule.absent or (str(rule.default) if self.full else "")
            there = (rule.place,) in parent.children
            if shown and not there and (rule.applies is None or rule.applies(parent)):
                yield Node((rule.place,), None, {}, shown, mode.rank[rule.name])
        for rule in mode.flags if self.full else ():
            state = rule.hidden_state({})
            if state is None or (rule.place,) in parent.children:
                continue
            if rule.applies is None or rule.applies(parent):
                shown = text_of(rule, {}, rule.patterns[0])
                yield Node((rule.place,), None, {}, shown if state else f"no {shown}", mode.rank[rule.name])

    def _group(self, nodes: list[Node], lines: list[str], depth: int) -> None:
        pad = self.grammar.indent * depth
        known = [node for node in nodes if node.rule is not None]
        unknown = sorted((node for node in nodes if node.rule is None), key=_start_order)
        first = known[0].rule if known else None
        if first is not None and first.present is not None:
            shown = [pad + line for line in first.present(known, lambda node: self._node(node, 0))]
            above = [f"{pad}!"] if shown and lines and first.bang in ("between", "first") else []
            lines += [*above, *shown, *([f"{pad}!"] if first.bang in ("after", "last") else [])]
            nodes = unknown
        elif first is not None and first.sort is not None:
            nodes = [*sorted(known, key=first.sort), *unknown]
        else:
            in_order = iter(unknown)
            nodes = [node if node.rule is not None else next(in_order) for node in nodes]
        for index, node in enumerate(nodes):
            bang = node.rule.bang if node.rule is not None else node.captures.get("bang", "")
            separated = not lines or lines[-1] == f"{pad}!"
            if not separated and (bang == "between" or (bang == "first" and index == 0)):
                lines.append(f"{pad}!")
            lines += self._node(node, depth)
            if bang == "after" or (bang == "last" and index == len(nodes) - 1):
                lines.append(f"{pad}!")

    def _node(self, node: Node, depth: int) -> list[str]:
        pad, rule = self.grammar.indent * depth, node.rule
        if "\n" not in node.text:
            lines = [pad + node.text] if node.text else []
        elif rule is not None and rule.kind is RuleKind.TEXT:
            head, _, rest = node.text.partition("\n")
            lines = [pad + head, *rest.split("\n")]
        else:
            lines = [pad + line for line in node.text.split("\n")]
        if rule is not None and rule.enters:
            lines += self.children(node, self.grammar.compiled[rule.enters], depth + 1)
        return lines


def _start_order(node: Node) -> tuple[bool, str]:
    """Order unknown lines as in the start file, also when one of them went and came back."""
    return ("order" not in node.captures, node.captures.get("order", ""))


def object_exists(grammar: Grammar, root: Node, kind: str, name: str) -> bool:
    """Say whether a global object of that kind and name is there."""
    return any((place, name) in root.children for place in grammar.objects.get(kind, ()))


def same(left: Sequence[str], right: Sequence[str]) -> bool:
    """Compare printed lines as a person would: blanks folded, `!` left out."""

    def plain(lines: Sequence[str]) -> list[str]:
        return [" ".join(line.split()) for line in lines if line.strip() not in ("", "!")]

    return plain(left) == plain(right)
