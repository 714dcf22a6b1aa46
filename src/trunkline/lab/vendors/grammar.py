"""The table that says what a platform's configuration lines mean: rules, modes, grammar.

A platform writes `Mode`s with `Rule`s **in the order in which the box prints them**; `machine.py` does the
rest. The kinds of rules:

- SLOT: one value per key; typed again, it overwrites in place (`description X`, `ip address A M`).
- ENTRY: a list entry; its identity is `key` (default: the whole line) (`ntp server A`, an ACL entry).
- FLAG: on or off, typed as the line or as `no` + line; only what differs from `default` is kept and printed.
- BLOCK: opens a sub-mode `enters`; its key tells which one (`interface X`, `class Y`).
- ACTION: does something (its `after` hooks) and keeps nothing (`ip access-list resequence …`).
- TEXT: takes the lines that follow until `collect` has enough (banners, certificates); kept as a SLOT.

Hooks are plain functions that get an `Entry`, so that a platform writes words of refusal next to the rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from trunkline.lab.vendors.syntax import Failure, Kind, Match, Reason, Syntax

if TYPE_CHECKING:
    from trunkline.lab.vendors.machine import Machine
    from trunkline.lab.vendors.tree import Node

Captures = Mapping[str, str]


class RuleKind(Enum):
    """What a rule's lines are; see the module."""

    SLOT = auto()
    ENTRY = auto()
    FLAG = auto()
    BLOCK = auto()
    TEXT = auto()
    ACTION = auto()


@dataclass
class Entry:
    """A line on its way into the configuration, as hooks see it.

    `block` is the block that the line goes into, `root` the whole configuration that is edited. `loading` is
    true while a start file is read: references and limits are not checked then.
    """

    machine: Machine
    root: Node
    block: Node
    rule: Rule
    captures: dict[str, str]
    line: str
    negative: bool
    loading: bool
    raw: str = ""
    prompt: str = ""

    def misfit(self, index: int, reason: Reason = Reason.INVALID) -> str:
        """Return the platform's refusal of one word of the line; index 0 is the first word after any `no`."""
        words = [(found.start(), found.group()) for found in re.finditer(r"\S+", self.raw or self.line)]
        at = index + int(self.negative)
        column, word = words[at] if at < len(words) else (len((self.raw or self.line).rstrip()) + 1, "")
        failure = Failure(at, reason, column, word)
        return self.machine.grammar.wording.failure(self.raw or self.line, failure, self.prompt)


class Collector(Protocol):
    """Takes the lines after a TEXT rule; `complete` holds the captures to keep as soon as it has enough."""

    complete: Captures | None

    def add(self, line: str) -> None:
        """Take one line exactly as typed."""
        ...


Hook = Callable[[Entry], "str | None"]
Fill = Callable[[Entry], Captures]
Present = Callable[[Sequence["Node"], Callable[["Node"], list[str]]], list[str]]


@dataclass(frozen=True)
class Reference:
    """That a line names an object: its kind, the capture with the name, the words if there is none.

    `missing` may use {name}; None = the box takes a name that does not exist (yet).
    """

    kind: str
    capture: str
    missing: str | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    """One row of the grammar.

    - `patterns`: see `syntax.py`. `no`: the patterns that remove it, without the word `no`; None = derived:
      SLOT, FLAG, TEXT: the words before the first capture that is not in `key`, then anything; ENTRY, BLOCK:
      the line. An empty tuple = cannot be removed.
    - `store`: rules with the same store share one place (several spellings of one setting); default: the
      name.
    - `show`: how it prints: a format of the captures, a function of them, or None = the line with words
      written out. May hold line ends, and leading or trailing spaces where the box has them.
    - `group`: neighbouring rules that print in order of entry among each other. `sort`: order of the nodes of
      the group instead. `present`: prints all nodes of the rule at once (ranges that are folded, …).
    - `default`: FLAG: the state that is not printed (None = both are); a function where it depends on
      captures. SLOT: the text that is not printed, except by `show running-config all`.
    - `absent`: printed while there is no value (` no ip address`); `applies` limits `absent` and the defaults
      to certain blocks.
    - `fill` completes or rewrites the captures before they are kept (sequence numbers, hashes, bits zeroed).
    - `merge(old, new)` computes the value from the one that is there (VLAN lists with add and remove); None =
      gone.
    - `expand` makes one block line stand for several blocks (`interface range`, `line vty 0 15`).
    - `before` refuses with the box's words; `after` acts once the line is in (or gone) and may return a
      notice. `matches` decides which nodes a `no` line means; default: those that agree on every capture
      given.
    - `defines`/`refers`/`in_use`: objects and references; `in_use` is the refusal to remove one that is
      referred to ({name}); None = the box removes it all the same. `missing`: the answer to a `no` that finds
      nothing.
    - `before_key`: name of the capture that holds the key of the sibling before which a BLOCK is inserted.
    - `bang`: the box prints `!` "after" each, after the "last" of the group, "between" (before each, unless
      nothing stands above it in its block), before the "first" of the group (likewise).
    """

    name: str
    patterns: tuple[str, ...]
    kind: RuleKind
    key: tuple[str, ...] = ()
    no: tuple[str, ...] | None = None
    store: str = ""
    show: str | Callable[[Captures], str] | None = None
    group: str = ""
    sort: Callable[[Node], tuple[int | str, ...]] | None = None
    present: Present | None = None
    enters: str = ""
    default: bool | str | Callable[[Captures], bool | None] | None = None
    absent: str = ""
    applies: Callable[[Node], bool] | None = None
    fill: Fill | None = None
    merge: Callable[[Captures | None, Captures], Captures | None] | None = None
    expand: Callable[[Captures], Sequence[Captures]] | None = None
    before: tuple[Hook, ...] = ()
    after: tuple[Hook, ...] = ()
    matches: Callable[[Entry, Node], bool] | None = None
    defines: str = ""
    refers: tuple[Reference, ...] = ()
    in_use: str | None = None
    missing: str | None = None
    before_key: str = ""
    collect: Callable[[Captures], Collector] | None = None
    bang: str = ""

    @property
    def place(self) -> str:
        """Name of the place where the value is kept."""
        return self.store or self.name

    def hidden_state(self, captures: Captures) -> bool | None:
        """Return the state of a FLAG that is not printed; None if both are."""
        state = self.default(captures) if callable(self.default) else self.default
        return state if isinstance(state, bool) else None

    def removals(self) -> tuple[str, ...]:
        """Return the patterns of the lines that remove it."""
        if self.no is not None:
            return self.no
        if self.kind is RuleKind.ACTION:
            return ()
        if self.kind in (RuleKind.ENTRY, RuleKind.BLOCK):
            return self.patterns
        return tuple(dict.fromkeys(_head(pattern, self.key) for pattern in self.patterns))


def _head(pattern: str, key: tuple[str, ...]) -> str:
    """Return the words of a pattern up to the first value that is no key, followed by anything."""
    kept = []
    for token in pattern.replace("[", " [ ").replace("{", " { ").split():
        if token in "[{" or (token.startswith("<") and token.strip("<>+").split(":")[0] not in key):
            break
        kept.append(token)
    return " ".join([*kept, "[<_:rest>]"])


def _rule(kind: RuleKind) -> Callable[..., Rule]:
    def make(name: str, *patterns: str, **options: object) -> Rule:
        return Rule(name, patterns, kind, **options)  # type: ignore[arg-type]

    return make


slot = _rule(RuleKind.SLOT)
entry = _rule(RuleKind.ENTRY)
flag = _rule(RuleKind.FLAG)
block = _rule(RuleKind.BLOCK)
text = _rule(RuleKind.TEXT)
action = _rule(RuleKind.ACTION)


@dataclass(frozen=True)
class Mode:
    """A mode: its name, what stands in the prompt (`config-if`), its rules in printing order."""

    name: str
    prompt: str
    rules: tuple[Rule, ...]


class CompiledMode:
    """A mode with its patterns compiled: what typed lines mean, with and without `no`."""

    def __init__(self, mode: Mode, kinds: Mapping[str, Kind]) -> None:
        self.mode = mode
        self.lines: Syntax[Rule] = Syntax(kinds)
        self.removals: Syntax[Rule] = Syntax(kinds)
        self.rank: dict[str, int] = {}
        groups: dict[str, int] = {}
        for index, rule in enumerate(mode.rules):
            for pattern in rule.patterns:
                self.lines.add(pattern, rule)
            for pattern in rule.removals():
                self.removals.add(pattern, rule)
            self.rank[rule.name] = groups.setdefault(rule.group, index) if rule.group else index
        self.printed_when_absent = tuple(r for r in mode.rules if r.absent or isinstance(r.default, str))
        self.flags = tuple(r for r in mode.rules if r.kind is RuleKind.FLAG and not r.key)

    def parse(self, line: str, *, negative: bool) -> Match[Rule] | Failure:
        """Return what the line means in this mode; a removal is given without its `no`."""
        return (self.removals if negative else self.lines).parse(line)


@dataclass(frozen=True)
class Wording:
    """How a platform answers a line that it does not take; each gets the line, the failure and the prompt."""

    failure: Callable[[str, Failure, str], str]


@dataclass(frozen=True)
class Grammar:
    """Everything the machine needs of a platform. The first mode is the global one.

    `ascii_only`: the command line takes no other letters. `keeps_bangs`: unknown lines of a start file keep
    the `!` that stood before them.
    """

    modes: tuple[Mode, ...]
    kinds: Mapping[str, Kind]
    wording: Wording
    indent: str = " "
    negations: tuple[str, ...] = ("no", "default")
    keeps_bangs: bool = False
    ascii_only: bool = False
    compiled: Mapping[str, CompiledMode] = field(init=False)
    objects: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        compiled = {mode.name: CompiledMode(mode, self.kinds) for mode in self.modes}
        objects: dict[str, tuple[str, ...]] = {}
        for rule in self.modes[0].rules:
            if rule.defines:
                objects[rule.defines] = (*objects.get(rule.defines, ()), rule.place)
        object.__setattr__(self, "compiled", compiled)
        object.__setattr__(self, "objects", objects)

    @property
    def top(self) -> CompiledMode:
        """The global mode."""
        return self.compiled[self.modes[0].name]
