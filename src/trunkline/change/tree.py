"""Parse a box's configuration text into statements of the platform's table; what it does not know is foreign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from trunkline.change import banner
from trunkline.devices.statements import Definition, Match, Table
from trunkline.devices.value_types import Value, normal_text, print_number_set

Key = tuple[Value, ...]
Path = tuple[Key, ...]

_SEQUENCE_STEP = 10


@dataclass(frozen=True)
class ForeignLine:
    """A line that the table does not know: kept, counted, never touched."""

    number: int
    text: str


@dataclass(eq=False, slots=True)
class Node:
    """One statement of a configuration: its meaning, the text that said it, and what stands inside it."""

    definition: Definition
    key: Key
    value: tuple[Value, ...]
    captures: Mapping[str, str]
    line: str
    number: int
    negated: bool = False
    children: dict[Key, Node] = field(default_factory=dict)
    defaults: dict[Key, Node] = field(default_factory=dict)
    foreign: list[ForeignLine] = field(default_factory=list)

    def same(self, other: Node) -> bool:
        """Whether both say the same: value, children, and order where order matters."""
        if self.value != other.value or self.negated != other.negated:
            return False
        if self.children.keys() != other.children.keys():
            return False
        if (order := self.definition.row.order) and self.ordered(order.of) != other.ordered(order.of):
            return False
        return all(child.same(other.children[key]) for key, child in self.children.items())

    def ordered(self, names: tuple[str, ...]) -> list[Key]:
        """The keys of the children named, in their order; the class that is always last left out."""
        last = self.definition.row.order.last if self.definition.row.order else ""
        return [key for key in self.children if key[0] in names and not (last and key[-1] == last)]

    def walk(self) -> Iterator[Node]:
        """This node and all below it."""
        yield self
        for child in self.children.values():
            yield from child.walk()

    @property
    def numbers(self) -> range:
        """The numbers of the lines that say this statement itself: one, but for a text of several lines."""
        until = self.definition.row.text_until
        return range(self.number, self.number + (banner.length(until, self.line) if until else 1))

    @property
    def foreign_count(self) -> int:
        """Lines inside that the table does not know."""
        return len(self.foreign) + sum(child.foreign_count for child in self.children.values())


_NO_CHILDREN: dict[Key, Node] = {}
_NO_LINES: list[ForeignLine] = []


@dataclass(frozen=True)
class Duplicate:
    """The same statement said twice with two values, or the same rule twice."""

    first: Node
    second: Node


@dataclass(eq=False)
class Tree:
    """A parsed configuration."""

    root: Node
    duplicates: list[Duplicate] = field(default_factory=list)

    def unknown_lines(self) -> Iterator[ForeignLine]:
        """Every line that the table does not know, in the order of the text."""
        found = [line for node in self.root.walk() for line in node.foreign]
        return iter(sorted(found, key=lambda line: line.number))


@dataclass
class _Open:
    """A line whose deeper lines are still to come; node is None where the line is foreign."""

    indent: int
    node: Node | None
    targets: list[Node]
    mode: _Open | None = None

    def opener(self) -> _Open:
        """The nearest line around, itself included, that opens a mode: deeper lines are typed there."""
        return self if self.mode is None else self.mode


def parse(table: Table, text: str) -> Tree:
    """Parse `text` (CR, LF and CR/LF alike) into statements of the platform."""
    root = Node(table.root, (), (), {}, "", 0)
    tree = Tree(root)
    stack = [_Open(-1, root, [root])]
    lines = re.split(r"\r\r\n|\r\n|\n|\r", text)
    position = 0
    while position < len(lines):
        raw = lines[position]
        position += 1
        line = raw.strip()
        if not line or line[0] == "!":
            continue
        indent = len(raw) - len(raw.lstrip())
        if indent == 0 and any(pattern.fullmatch(line) for pattern in table.ignored):
            continue
        while stack[-1].indent >= indent:
            stack.pop()
        number = position
        if line.startswith("banner ") and (whole := banner.joined(table, line, raw, lines, position)):
            line, position = whole
        _take(tree, stack, line, indent, number)
    _settle(root)
    return tree


def _take(tree: Tree, stack: list[_Open], line: str, indent: int, number: int) -> None:
    above = stack[-1]
    if above.node is None:
        above.targets[0].foreign.append(ForeignLine(number, line))
        return
    opener = above.opener()
    assert opener.node is not None
    match = _match(opener.node.definition, line)
    if match is None:
        opener.targets[0].foreign.append(ForeignLine(number, line))
        stack.append(_Open(indent, None, opener.targets))
        return
    if match.definition.row.expand or len(opener.targets) > 1:
        targets = [_insert(tree, target, node) for target in opener.targets for node in _nodes(match, line, number)]
    else:
        targets = [_insert(tree, opener.targets[0], _node(match, line, number))]
    stack.append(_Open(indent, targets[0], targets, None if match.definition.row.mode else opener))


def _match(definition: Definition, line: str) -> Match | None:
    if "\n" in line:
        kind, text = banner.parts(line)
        captures = {"kind": kind, "text": text}
        return Match(definition.children["banner"], captures, ("banner", kind), (normal_text(text),), negated=False)
    return definition.read(line)


def _node(match: Match, line: str, number: int) -> Node:
    definition, key, value, captures, negated = match.definition, match.key, match.value, match.captures, match.negated
    if definition.row.mode:
        return Node(definition, key, value, captures, line, number, negated)
    # Nothing is ever put inside a line that opens no mode: such lines, the most of a text, share one empty inside.
    return Node(definition, key, value, captures, line, number, negated, _NO_CHILDREN, _NO_CHILDREN, _NO_LINES)


def _nodes(match: Match, line: str, number: int) -> Iterator[Node]:
    """The nodes of one line: a range such as `vlan 10,20` or `line vty 0 4` is one node per member."""
    row = match.definition.row
    if not row.expand:
        yield _node(match, line, number)
        return
    first, *last = row.expand
    members: Value = match.key[1 + row.key.index(first)] if isinstance(row.key, tuple) else None
    if last:
        until = match.captures.get(last[0], match.captures[first])
        members = frozenset(range(int(match.captures[first]), int(until) + 1))
    assert isinstance(members, frozenset)
    for member in sorted(members):
        captures = {name: text for name, text in match.captures.items() if name not in row.expand}
        captures[first] = str(member)
        value = tuple(
            value for name, value in zip(match.definition.valued, match.value, strict=True) if name not in row.expand
        )
        text = match.definition.patterns[0].format(captures)
        yield Node(match.definition, (match.definition.name, member), value, captures, text, number, match.negated)


def _insert(tree: Tree, parent: Node, node: Node) -> Node:
    """Put a node into its parent: a block that comes again continues, a set grows, a rule keeps its place."""
    row = node.definition.row
    present = parent.children.get(node.key)
    if _is_default(node):
        parent.defaults[node.key] = node
        return node
    if present is None:
        parent.children[node.key] = node
        return node
    if row.mode:
        return present
    if row.members and not node.negated:
        parent.children[node.key] = united(present, node)
        return parent.children[node.key]
    if node.key[0] == "remark":
        node.key = (*node.key, node.number)
        parent.children[node.key] = node
        return node
    tree.duplicates.append(Duplicate(present, node))
    parent.children[node.key] = node
    return node


def united(one: Node, other: Node) -> Node:
    """A statement whose value is a set, with the members of both."""
    row = one.definition.row
    assert row.members is not None
    members = _members(one) | _members(other)
    captures = {**one.captures, row.members.capture: print_number_set(members)}
    line = one.definition.patterns[0].format(captures)
    return replace(one, value=(members,), captures=captures, line=line)


def _members(node: Node) -> frozenset[int]:
    members = node.value[0]
    return members if isinstance(members, frozenset) else frozenset(range(1, 4095))


def _is_default(node: Node) -> bool:
    """Whether the line says what its absence says as well."""
    row = node.definition.row
    if row.default_on is not None and all(node.captures.get(name) == text for name, text in row.default_on.items()):
        return not node.negated
    if node.negated:
        return True
    return node.value in node.definition.defaults


def _settle(node: Node) -> None:
    """Drop what the box adds by itself, and number the rules of an unnumbered list as the box does."""
    for key, child in list(node.children.items()):
        if not child.definition.row.mode:
            continue
        _settle(child)
        implied = child.definition.row.implied
        if implied and not child.children and all(child.captures.get(k) == v for k, v in implied.items()):
            del node.children[key]
            node.defaults[key] = child
    order = node.definition.row.order
    if order and order.by == "sequence":
        _number(node, order.of)


def _number(node: Node, names: tuple[str, ...]) -> None:
    last = 0
    rules = [child for key, child in node.children.items() if key[0] in names]
    for rule in rules:
        if "sequence" not in rule.captures:
            rule.captures = {**rule.captures, "sequence": str(last + _SEQUENCE_STEP)}
        last = int(rule.captures["sequence"])
    ranked = sorted(rules, key=lambda rule: int(rule.captures["sequence"]))
    if ranked != rules:
        others = {key: child for key, child in node.children.items() if key[0] not in names}
        node.children = {**others, **{rule.key: rule for rule in ranked}}
