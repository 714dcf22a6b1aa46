"""Edit one owned statement where it stands: a line, or a block with ordered, budgeted and listed children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trunkline.change import banner
from trunkline.change.sequence import NumberedEdit, NumberedRule, edit_numbered, keep_in_order
from trunkline.change.tree import Key, Node
from trunkline.devices.statements import OrderRule
from trunkline.devices.value_types import print_number_set

Lines = tuple[str, ...]

# Ranks inside one block: what makes room, then what is new or other, then what goes.
_ROOM, _NEW, _GONE = 0, 1, 2


@dataclass(frozen=True)
class Edit:
    """How to edit a statement: ordered lines, each with the modes that lead to it, and the statement afterwards.

    `trim` are the rules that go, to be sent when nobody depends on them any more; `moves` tells that a rule which
    stays has to move, and is away for a moment.
    """

    lines: tuple[Lines, ...]
    result: Node
    trim: tuple[Lines, ...] = ()
    moves: bool = False


def added(node: Node) -> list[Lines]:
    """The lines that make this statement, its own first."""
    lines: list[Lines] = [(_entered(node),)]
    for child in node.children.values():
        lines += [(node.line, *line) for line in added(child)]
    lines += [(node.line, foreign.text) for foreign in node.foreign]
    return lines


def _entered(node: Node) -> str:
    """The line as it is typed: a rule with its number, a banner with a delimiter that is not in its text."""
    if "sequence" in node.captures:
        return _numbered(node, int(node.captures["sequence"]))
    if (until := node.definition.row.text_until) and "\n" in node.line:
        return banner.typed(node.line, until)
    return node.line


def _numbered(node: Node, number: int) -> str:
    pattern = next(p for p in node.definition.patterns if p.regex.fullmatch(node.line))
    return pattern.format({**node.captures, "sequence": str(number)})


def removed(node: Node) -> Lines:
    """The line that takes this statement away."""
    if node.negated:
        return (node.line.removeprefix("no ").lstrip(),)
    return (node.definition.removal(node.captures, node.line.partition("\n")[0].strip()),)


def edit_block(old: Node, new: Node) -> Edit:
    """Take a statement from one value to another under the same identity."""
    if not new.definition.row.mode:
        return Edit(tuple(_changed_line(old, new)), new)
    ranked = list(_edits(old, new))
    heading: list[Lines] = [(new.line,)] if old.value != new.value else []
    order = new.definition.row.order
    lines = (*heading, *(line for _, line in sorted(ranked, key=lambda item: item[0])))
    if order is None or order.by != "sequence":
        return Edit(lines, new)
    numbered = _edit_rules(old, new, order.of)
    result = _renumbered(new, numbered, order.of)
    gone = tuple((new.line, f"no {number}") for number in numbered.removed)
    come = tuple((new.line, _numbered(_rules(new, order.of)[index], number)) for index, number in numbered.inserted)
    lines = (*lines, *_renumbering(new, numbered, order))
    if numbered.moves:
        return Edit((*lines, *gone, *come), result, moves=True)
    return Edit((*lines, *come), result, gone)


def _changed_line(old: Node, new: Node) -> Iterator[Lines]:
    row = new.definition.row
    if row.members and isinstance(old.value[0], frozenset) and isinstance(new.value[0], frozenset):
        for template, members in (
            (row.members.add, new.value[0] - old.value[0]),
            (row.members.remove, old.value[0] - new.value[0]),
        ):
            if members:
                yield (template.replace(f"{{{row.members.capture}}}", print_number_set(members)),)
        return
    if row.change == "replace":
        yield removed(old)
    yield (_entered(new),)


def _edits(old: Node, new: Node) -> Iterator[tuple[int, Lines]]:
    order = new.definition.row.order
    numbered = order.of if order and order.by == "sequence" else ()
    moved: set[Key] = set()
    if order and order.by == "insert-before":
        stay = keep_in_order(old.ordered(order.of), new.ordered(order.of))
        moved = {key for key in old.ordered(order.of) if key not in stay and key in new.children}
    for key, child in old.children.items():
        if key[0] not in numbered and (key not in new.children or key in moved):
            yield _room_or_gone(child, key in moved), (new.line, *removed(child))
    late: list[tuple[int, Lines]] = []
    for key, child in new.children.items():
        if key[0] in numbered:
            continue
        present = old.children.get(key)
        if present is None or key in moved:
            if order and order.by == "insert-before" and key in new.ordered(order.of):
                continue
            late += [(_NEW, (new.line, *line)) for line in added(child)]
        elif not present.same(child):
            late += [(rank, (new.line, *line)) for rank, line in _child_edit(present, child)]
    if order and order.by == "insert-before":
        yield from _insertions(old, new, moved, order.of)
    yield from late


def _insertions(old: Node, new: Node, moved: set[Key], names: Sequence[str]) -> Iterator[tuple[int, Lines]]:
    """New and moved classes, last first, each before the one that follows it."""
    follower: Node | None = None
    for key in reversed(new.ordered(tuple(names))):
        child = new.children[key]
        if key not in old.children or key in moved:
            first, *rest = added(child)
            entry = f"{first[0]} insert-before {follower.key[-1]}" if follower else first[0]
            yield _NEW, (new.line, entry)
            yield from ((_NEW, (new.line, *line)) for line in rest)
        follower = child


def _child_edit(old: Node, new: Node) -> Iterator[tuple[int, Lines]]:
    row = new.definition.row
    if row.mode:
        for rank, line in _edits(old, new):
            yield rank, line
        return
    if any(old.captures.get(name) != new.captures.get(name) for name in row.clears_on):
        yield _ROOM, removed(old)
        yield _NEW, (_entered(new),)
        return
    rank = _ROOM if row.shrink_first and _budget(new) < _budget(old) else _NEW
    for line in _changed_line(old, new):
        yield rank, line


def _room_or_gone(node: Node, moved: bool) -> int:
    holds_budget = any(part.definition.row.shrink_first for part in node.walk())
    return _ROOM if moved or holds_budget else _GONE


def _budget(node: Node) -> int:
    text = node.captures.get(node.definition.row.shrink_first or "", "0")
    return int(text)


def _rules(node: Node, names: Sequence[str]) -> list[Node]:
    return [child for key, child in node.children.items() if key[0] in names]


def _edit_rules(old: Node, new: Node, names: Sequence[str]) -> NumberedEdit:
    def rules(node: Node) -> list[NumberedRule]:
        return [
            NumberedRule(
                identity=rule.key[:2] if rule.key[0] == "remark" else rule.key,
                number=int(rule.captures["sequence"]),
                pinned=rule.key[0] != "remark",
            )
            for rule in _rules(node, names)
        ]

    return edit_numbered(rules(old), rules(new))


def _renumbering(new: Node, edit: NumberedEdit, order: OrderRule) -> Iterator[Lines]:
    if edit.step is not None:
        yield tuple(order.resequence.format(**new.captures, start=edit.step, step=edit.step).split("\n"))


def _renumbered(node: Node, edit: NumberedEdit, names: Sequence[str]) -> Node:
    numbers = dict(zip((rule.key for rule in _rules(node, names)), edit.numbers, strict=True))
    children = {
        key: replace(child, captures={**child.captures, "sequence": str(numbers[key])}) if key in numbers else child
        for key, child in node.children.items()
    }
    return replace(node, children=children)
