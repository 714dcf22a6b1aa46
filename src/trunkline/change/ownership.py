"""Which statements belong to which section: `roles/<role>/owned.yml`, and the one owner of each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path as FilePath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML

from trunkline.change.tree import Node, Path, Tree, united
from trunkline.devices.statements import Table
from trunkline.devices.value_types import Value
from trunkline.errors import TrunklineError


class OwnershipError(TrunklineError):
    """Two sections own one statement, or a section renders a statement that it does not own."""


class Rule(BaseModel):
    """One row of `owned.yml`: a statement, and where it is ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statement: str
    match: Mapping[str, str] = Field(default_factory=dict)
    beside: str = ""
    holding: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    scope: Literal["box", "intended"] = "box"
    members: Literal["all", "ours"] = "all"

    def covers(self, node: Node, parent: Node, said: frozenset[Value]) -> bool:
        """Whether the rule's conditions hold for this statement of a running configuration.

        `said` names the statements that our text puts into the same block.
        """
        if not _matches(self.match, node):
            return False
        beside = self.beside
        if beside and beside not in said and not any(key[0] == beside for key in parent.children):
            return False
        return all(
            any(child.key[0] == name and _matches(wanted, child) for child in node.children.values())
            for name, wanted in self.holding.items()
        )


def _matches(wanted: Mapping[str, str], node: Node) -> bool:
    return all(fnmatchcase(node.captures.get(name, ""), glob) for name, glob in wanted.items())


@dataclass(frozen=True)
class Rules:
    """The rules of all sections for one platform, by statement."""

    platform: str
    by_statement: Mapping[str, tuple[tuple[str, Rule], ...]]
    within: frozenset[str]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections that own something on this platform."""
        return tuple(dict.fromkeys(section for rules in self.by_statement.values() for section, _ in rules))

    def owner(self, node: Node, parent: Node, said: frozenset[Value]) -> str | None:
        """The section that owns this running statement, wherever our text is silent about it."""
        for section, rule in self.by_statement.get(node.definition.path, ()):
            if rule.scope == "box" and rule.covers(node, parent, said):
                return section
        return None

    def keeps_members(self, section: str, node: Node) -> bool:
        """Whether members of a set that our text does not name are others' and stay."""
        return any(
            owner == section and rule.members == "ours"
            for owner, rule in self.by_statement.get(node.definition.path, ())
        )

    def allows(self, section: str, node: Node) -> bool:
        """Whether the section may render this statement."""
        return any(
            owner == section and _matches(rule.match, node)
            for owner, rule in self.by_statement.get(node.definition.path, ())
        )


@dataclass(frozen=True)
class Unit:
    """The smallest thing that is owned as a whole: a line, or a block with all that is in it."""

    section: str
    path: Path
    node: Node
    context: tuple[str, ...]
    taken_over: bool = False


@dataclass(frozen=True)
class Intended:
    """What our sections say of one box: the units, and the statements that are to be at their default."""

    units: Mapping[Path, Unit]
    defaults: Mapping[Path, str] = field(default_factory=dict)


_RULES_FILE = TypeAdapter(dict[str, tuple[Rule, ...]])


@cache
def load_rules(table: Table, roles: FilePath) -> Rules:
    """Load every role's `owned.yml` for the table's platform.

    Raises OwnershipError for a rule that names no statement, or two roles that own the same one.
    """
    owned: dict[str, Sequence[Rule]] = {}
    for path in sorted(roles.glob("*/owned.yml")):
        try:
            file = _RULES_FILE.validate_python(YAML(typ="safe", pure=True).load(path.read_text()) or {})
        except ValidationError as error:
            raise OwnershipError(f"{path}: {error}") from None
        owned[path.parent.name] = file.get(table.platform, ())
    return rules_of(table, owned)


def rules_of(table: Table, owned: Mapping[str, Sequence[Rule]]) -> Rules:
    """The rules of several sections, each statement with one owner."""
    found: dict[str, list[tuple[str, Rule]]] = defaultdict(list)
    for section, rules in owned.items():
        for rule in rules:
            _check(rule, table, section)
            for other_section, other in found[rule.statement]:
                if other_section != section and _overlap(rule, other):
                    raise OwnershipError(
                        f"roles {other_section} and {section} both own {rule.statement} on {table.platform}; "
                        "a statement has one owner: narrow one of the two rules with `match`"
                    )
            found[rule.statement].append((section, rule))
    within = frozenset(
        statement.rsplit("/", depth)[0] for statement in found for depth in range(1, statement.count("/") + 1)
    )
    return Rules(table.platform, {name: tuple(rules) for name, rules in found.items()}, within)


def _check(rule: Rule, table: Table, section: str) -> None:
    path = f"roles/{section}/owned.yml"
    definition = table.definitions.get(rule.statement)
    if definition is None:
        raise OwnershipError(f"{path}: {table.platform} knows no statement {rule.statement}")
    if definition.row.context:
        raise OwnershipError(f"{path}: {rule.statement} is shared by all; own the statements inside it")
    captures = {name for pattern in definition.patterns for name in pattern.types}
    if unknown := set(rule.match) - captures:
        raise OwnershipError(f"{path}: {rule.statement} has no capture {', '.join(sorted(unknown))}")


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether two rules can own the same statement: no capture keeps them apart."""
    if one.scope != other.scope and (one.beside or other.beside):
        return False
    if one.holding and other.holding and one.holding != other.holding:
        return False
    return not any(_disjoint(one.match[name], other.match[name]) for name in one.match.keys() & other.match.keys())


def _disjoint(one: str, other: str) -> bool:
    """Whether two globs share no text; globs other than `prefix*` are held against each other as text."""
    if "*" not in one:
        return not fnmatchcase(one, other)
    if "*" not in other:
        return not fnmatchcase(other, one)
    left, right = one.partition("*")[0], other.partition("*")[0]
    return not (left.startswith(right) or right.startswith(left))


def intended_units(trees: Mapping[str, Tree], rules: Rules) -> Intended:
    """Cut the sections' trees into units.

    Raises OwnershipError where a section says what it does not own, or two sections say the same statement.
    """
    units: dict[Path, Unit] = {}
    defaults: dict[Path, str] = {}
    for section, tree in trees.items():
        for path, node, parent, context in _leaves(tree.root):
            if node.key in parent.defaults:
                defaults[path] = section
                continue
            if not rules.allows(section, node):
                raise OwnershipError(
                    f"role {section}, {rules.platform}: `{node.line}` (rendered line {node.number}) is not "
                    f"in its owned.yml; add a rule for {node.definition.path}, or it could never be removed"
                )
            if path in units:
                raise OwnershipError(
                    f"{rules.platform}: roles {units[path].section} and {section} both say `{node.line}`"
                )
            units[path] = Unit(section, path, node, context)
    return Intended(units, defaults)


def with_others_members(wanted: Mapping[Path, Unit], running: Mapping[Path, Unit], rules: Rules) -> dict[Path, Unit]:
    """The intended units, each shared set with the members that others have put into it."""
    units = dict(wanted)
    for path, unit in wanted.items():
        present = running.get(path)
        if present and rules.keeps_members(unit.section, unit.node):
            units[path] = replace(unit, node=united(present.node, unit.node))
    return units


def running_units(tree: Tree, rules: Rules, intended: Intended, sections: Sequence[str]) -> dict[Path, Unit]:
    """The running statements that belong to `sections`: by rule, or because our text says the same statement."""
    claimed = {**intended.defaults, **{path: unit.section for path, unit in intended.units.items()}}
    inside: dict[Path, set[Value]] = defaultdict(set)
    for path in claimed:
        for depth in range(len(path)):
            inside[path[:depth]].add(path[depth][0])

    def owned(parent: Node, above: Path, context: tuple[str, ...]) -> Iterator[Unit]:
        said = frozenset(inside.get(above, ()))
        for key, node in parent.children.items():
            path = (*above, key)
            section = rules.owner(node, parent, said)
            if path in claimed and not node.definition.row.context:
                yield Unit(claimed[path], path, node, context, not rules.allows(claimed[path], node))
            elif section is not None:
                yield Unit(section, path, node, context)
            elif node.definition.row.mode and (path in inside or node.definition.path in rules.within):
                yield from owned(node, path, (*context, node.line))

    wanted = frozenset(sections)
    return {unit.path: unit for unit in owned(tree.root, (), ()) if unit.section in wanted}


def _leaves(root: Node) -> Iterator[tuple[Path, Node, Node, tuple[str, ...]]]:
    """Every unit of an intended text: blocks that are only context are passed through."""
    pending: list[tuple[Node, Path, tuple[str, ...]]] = [(root, (), ())]
    while pending:
        parent, above, context = pending.pop(0)
        for key, node in [*parent.children.items(), *parent.defaults.items()]:
            path = (*above, key)
            if node.definition.row.context:
                pending.append((node, path, (*context, node.line)))
            else:
                yield path, node, parent, context
