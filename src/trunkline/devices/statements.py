"""A platform's table of statements: what a line means, as data in `platforms/<platform>/statements.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from trunkline.devices.value_types import TYPES, Value, ValueType, choice, interface_name
from trunkline.errors import TrunklineError

PLATFORMS = Path(__file__).parent / "platforms"
_CACHE_LIMIT = 200_000


class TableError(TrunklineError):
    """A statement table says something impossible; names the platform and the statement."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SetRule(_Frozen):
    """The statement's value is a set of numbers, edited by members (`… add 40`, `… remove 40`)."""

    capture: str
    add: str
    remove: str


class OrderRule(_Frozen):
    """Order among the children named in `of` is part of the value of the block."""

    of: tuple[str, ...]
    by: Literal["sequence", "insert-before"]
    resequence: str = ""
    stand_in: str = ""
    last: str = ""


class RiskRule(_Frozen):
    """What a change of the statement puts at risk: level by verb, and the reason in words."""

    add: str = "low"
    change: str = "low"
    remove: str = "medium"
    why: str


class StatementRow(_Frozen):
    """One row of `statements.yml`."""

    line: str
    also: tuple[str, ...] = ()
    key: tuple[str, ...] | Literal["all"] = ()
    mode: bool = False
    context: bool = False
    default: tuple[str, ...] | str = ()
    default_on: Mapping[str, str] | None = None
    implied: Mapping[str, str] | None = None
    remove: str | None = None
    change: Literal["overwrite", "replace"] = "overwrite"
    rebuild: bool = False
    clears_on: tuple[str, ...] = ()
    members: SetRule | None = None
    expand: tuple[str, ...] = ()
    order: OrderRule | None = None
    defines: str | None = None
    refers: Mapping[str, str] = Field(default_factory=dict)
    shrink_first: str | None = None
    text_until: str | None = None
    risk: RiskRule | None = None
    statements: Mapping[str, StatementRow] = Field(default_factory=dict)


class TableFile(_Frozen):
    """The whole of `statements.yml`."""

    indent: int
    interfaces: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    statements: Mapping[str, StatementRow]


@dataclass(frozen=True)
class Pattern:
    """One spelling of a line: literal words, `{capture:type}` and `[optional parts]`."""

    source: str
    parts: tuple[tuple[tuple[str, ...], bool], ...]
    types: Mapping[str, ValueType]
    regex: re.Pattern[str]

    def format(self, captures: Mapping[str, str]) -> str:
        """Write the line with these captures; optional parts only where all their captures are known."""
        words: list[str] = []
        for part, optional in self.parts:
            names = [word[1:-1] for word in part if word.startswith("{")]
            if optional and not all(name in captures for name in names):
                continue
            words += [captures[word[1:-1]] if word.startswith("{") else word for word in part]
        return " ".join(words)


def compile_pattern(source: str, types: Mapping[str, ValueType]) -> Pattern:
    """Compile `[{sequence:int}] permit {protocol:word}` to a regular expression with named groups."""
    used: dict[str, ValueType] = {}
    parts: list[tuple[tuple[str, ...], bool]] = []
    regexes: list[tuple[str, bool]] = []
    for optional_text, plain in re.findall(r"\[([^\]]*)\]|((?:\{[^}]*\}|[^\s\[\]{}])+)", source):
        words, expressions = [], []
        for name, kind, literal in re.findall(r"\{(\w+):([^}]+)\}|((?:[^\s{}])+)", optional_text or plain):
            if literal:
                words.append(literal)
                expressions.append(re.escape(literal))
                continue
            used[name] = types[kind] if kind in types else choice(kind)
            words.append(f"{{{name}}}")
            expressions.append(f"(?P<{name}>{used[name].pattern})".replace(r"\ ", r"\s+"))
        parts.append((tuple(words), bool(optional_text)))
        regexes.append((r"\s+".join(expressions), bool(optional_text)))
    text, started = "", False
    for expression, optional in regexes:
        if not optional:
            text += rf"\s+{expression}" if started else expression
            started = True
        else:
            text += rf"(?:\s+{expression})?" if started else rf"(?:{expression}\s+)?"
    return Pattern(source, tuple(parts), used, re.compile(text))


@dataclass(frozen=True)
class Match:
    """What one line says: its statement, its captures as written, its identity and its typed value."""

    definition: Definition
    captures: Mapping[str, str]
    key: tuple[Value, ...]
    value: tuple[Value, ...]
    negated: bool


@dataclass(frozen=True, eq=False)
class Definition:
    """A row of the table, compiled, with its children."""

    name: str
    path: str
    row: StatementRow = field(repr=False)
    patterns: tuple[Pattern, ...] = field(repr=False)
    removals: tuple[re.Pattern[str], ...] = field(repr=False)
    children: Mapping[str, Definition] = field(repr=False)
    parent: Definition | None = field(repr=False)
    _matches: dict[str, Match | None] = field(default_factory=dict, repr=False)

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """The captures that make it the same statement with another value."""
        if self.row.key == "all":
            return tuple(name for name in self.patterns[0].types if name != "sequence")
        return self.row.key

    @cached_property
    def valued(self) -> tuple[str, ...]:
        """The captures that are its value."""
        names = dict.fromkeys(name for pattern in self.patterns for name in pattern.types)
        return tuple(name for name in names if name not in self.identity and name != "sequence")

    @cached_property
    def defaults(self) -> frozenset[tuple[Value, ...]]:
        """The values that the box has, and hides, where the line is absent; empty where absence is absence."""
        rows = (self.row.default,) if isinstance(self.row.default, str) else self.row.default
        return frozenset(self._default(row) for row in rows)

    def _default(self, line: str) -> tuple[Value, ...]:
        for pattern in self.patterns:
            if found := pattern.regex.fullmatch(line):
                captures = {name: text for name, text in found.groupdict().items() if text is not None}
                return self._typed(pattern, captures, self.valued)
        raise TableError(f"{self.path}: its default does not match its own line: {line}")

    @cached_property
    def _by_first_word(self) -> Mapping[str, Sequence[Definition]]:
        index: dict[str, list[Definition]] = {}
        for child in self.children.values():
            for pattern in child.patterns:
                first = next((part[0] for part, optional in pattern.parts if not optional), "{")
                words = [first]
                if first.startswith("{") or pattern.parts[0][1]:
                    words = ["{"]
                for word in words:
                    if child not in index.setdefault(word, []):
                        index[word].append(child)
        return index

    def _typed(self, pattern: Pattern, captures: Mapping[str, str], names: Sequence[str]) -> tuple[Value, ...]:
        return tuple(
            pattern.types[name].normal(captures[name]) if name in captures and name in pattern.types else None
            for name in names
        )

    def read(self, line: str) -> Match | None:
        """What a line inside this block says; None if the table does not know it."""
        try:
            return self._matches[line]
        except KeyError:
            if len(self._matches) > _CACHE_LIMIT:
                self._matches.clear()
            found = self._matches[line] = self._read(line)
            return found

    def _read(self, line: str) -> Match | None:
        negated = line.startswith("no ")
        text = line[3:].lstrip() if negated else line
        first = text.split(maxsplit=1)[0] if text else ""
        candidates = [*self._by_first_word.get(first, ()), *self._by_first_word.get("{", ())]
        for child in candidates:
            if negated and child.row.expand:
                continue
            if match := child.match(text, negated=negated):
                return match
        if negated:
            for child in self.children.values():
                for removal in child.removals:
                    if found := removal.fullmatch(line):
                        return child.matched(child.patterns[0], found, negated=True)
        return None

    def match(self, text: str, *, negated: bool = False) -> Match | None:
        """Match one line (without its `no`) against the spellings of this statement."""
        for pattern in self.patterns:
            if found := pattern.regex.fullmatch(text):
                return self.matched(pattern, found, negated=negated)
        return None

    def matched(self, pattern: Pattern, found: re.Match[str], *, negated: bool) -> Match:
        """Type the captures of a spelling that matched."""
        captures = {name: text for name, text in found.groupdict().items() if text is not None}
        key = (self.name, *self._typed(pattern, captures, self.identity))
        return Match(self, captures, key, self._typed(pattern, captures, self.valued), negated)

    def removal(self, captures: Mapping[str, str], line: str) -> str:
        """The command that takes the statement away."""
        if self.row.remove is not None:
            return _fill(self.row.remove, captures)
        return f"no {line}"

    def walk(self) -> Iterator[Definition]:
        """This statement and all below it."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def _fill(template: str, captures: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: captures[found[1]], template)


@dataclass(frozen=True, eq=False)
class Table:
    """All statements of a platform below one root."""

    platform: str
    indent: int
    root: Definition
    ignored: tuple[re.Pattern[str], ...]

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Every statement by its path."""
        return {definition.path: definition for definition in self.root.walk() if definition.path}


def _retyped(template: str, patterns: Sequence[Pattern]) -> Pattern:
    """A command template as a pattern, its captures typed as in the statement's own line."""
    known = {f"@{name}": kind for pattern in reversed(patterns) for name, kind in pattern.types.items()}
    return compile_pattern(re.sub(r"\{(\w+)\}", r"{\1:@\1}", template), known)


def _define(name: str, row: StatementRow, parent: Definition | None, types: Mapping[str, ValueType]) -> Definition:
    path = f"{parent.path}/{name}" if parent and parent.path else name
    patterns = tuple(compile_pattern(source, types) for source in (row.line, *row.also)) if row.line else ()
    removal = _retyped(row.remove, patterns).regex if row.remove is not None else None
    if row.members and row.members.add != row.line:
        patterns = (*patterns, _retyped(row.members.add, patterns))
    children: dict[str, Definition] = {}
    definition = Definition(name, path, row, patterns, (removal,) if removal else (), children, parent)
    for child_name, child_row in row.statements.items():
        children[child_name] = _define(child_name, child_row, definition, types)
    if row.key != "all" and (unknown := set(row.key) - {n for p in patterns for n in p.types}):
        raise TableError(f"{path}: key names no capture of the line: {', '.join(sorted(unknown))}")
    if definition.defaults and row.default_on is not None:
        raise TableError(f"{path}: default and default_on exclude each other")
    return definition


@cache
def load_table(platform: str) -> Table:
    """Load the statement table of a platform.

    Raises TableError where a row contradicts itself, TrunklineError where the platform has no table.
    """
    path = PLATFORMS / platform / "statements.yml"
    if not path.exists():
        raise TrunklineError(f"platform {platform}: no statement table {path.name} in {path.parent}")
    file = TableFile.model_validate(YAML(typ="safe", pure=True).load(path.read_text()))
    types = {**TYPES, "interface": interface_name(file.interfaces)}
    root = _define("", StatementRow(line="", mode=True, statements=file.statements), None, types)
    return Table(platform, file.indent, root, tuple(re.compile(text) for text in file.ignored))
