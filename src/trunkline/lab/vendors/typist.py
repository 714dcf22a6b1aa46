"""Somebody in configuration mode: types lines into a configuration and reads the box's answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trunkline.lab.vendors.grammar import Captures, Collector, CompiledMode, Entry, Rule, RuleKind
from trunkline.lab.vendors.loader import Loader
from trunkline.lab.vendors.syntax import Failure, Match, Reason
from trunkline.lab.vendors.tree import Node, object_exists, text_of, users_of

if TYPE_CHECKING:
    from trunkline.lab.vendors.machine import Machine


@dataclass(frozen=True)
class Answer:
    """What the box says to one line: its words ("" = nothing), whether it took the line."""

    text: str = ""
    accepted: bool = True


@dataclass(frozen=True)
class Frame:
    """One level of the mode stack: the mode and the block(s) that lines go into (several for a range)."""

    mode: CompiledMode
    blocks: tuple[Node, ...]


@dataclass
class _Collecting:
    collector: Collector
    entry: Entry
    typed: str


@dataclass(frozen=True)
class _Typed:
    line: str
    raw: str
    prompt: str
    negative: bool
    reset: bool


class Typist:
    """A configuration session on one tree. `root` is changed in place; give a copy to make a candidate.

    `type` is for lines as a person or tool types them, `load` for a start file. A line that the current mode
    does not know is tried in the modes around it, as the boxes do; that leaves the sub-mode.
    """

    def __init__(self, machine: Machine, root: Node, *, loading: bool = False) -> None:
        self.machine = machine
        self.root = root
        self.loading = loading
        self.frames: list[Frame] = [Frame(machine.grammar.top, (root,))]
        self.ended = False
        self._collecting: _Collecting | None = None

    @property
    def mode(self) -> str:
        """What stands in the prompt, e.g. `config-if`."""
        return self.frames[-1].mode.mode.prompt

    @property
    def collecting(self) -> bool:
        """Whether the lines of a banner or certificate are being taken (no prompt then)."""
        return self._collecting is not None

    def type(self, line: str, prompt: str = "") -> Answer:
        """Take one line; `prompt` is what stood before it (the caret of a refusal counts it)."""
        if self._collecting is not None:
            return self._collect(line)
        stripped = line.strip()
        if not stripped or stripped.startswith("!"):
            return Answer()
        if self._navigate(stripped):
            return Answer()
        refused = None if self.loading else self.machine.faults.refusal(stripped)
        if refused is not None:
            return Answer(refused, accepted=False)
        answer = self._enter(line, stripped, prompt)
        if answer.accepted and not self.loading and not self.collecting:
            self.wrote(stripped)
        return answer

    def wrote(self, line: str) -> None:
        """Count an accepted line; a candidate configuration counts only when it is committed."""
        self.machine.wrote(line)

    def unwind(self, depth: int) -> None:
        """Leave the modes deeper than this; platforms whose modes save when they are left override this."""
        del self.frames[depth:]

    def unknown(self, line: str, *, negative: bool) -> Answer | None:  # noqa: ARG002
        """Answer a line that the grammar does not know (without its `no`); None = refused as usual."""
        return None

    def load(self, lines: Iterable[str]) -> None:
        """Read a start file: by indentation, nothing refused, unknown lines kept where they stand."""
        Loader(self).load(lines)

    def leave(self) -> None:
        """Leave the current mode (`exit`)."""
        if len(self.frames) > 1:
            self.unwind(len(self.frames) - 1)
        else:
            self.ended = True

    def end(self) -> None:
        """Leave configuration mode from wherever it is."""
        self.unwind(1)
        self.ended = True

    def _navigate(self, line: str) -> bool:
        if line in ("exit", "exi", "quit"):
            self.leave()
        elif line in ("end", "\x1a"):
            self.end()
        else:
            return False
        return True

    def find(self, line: str, *, negative: bool) -> tuple[int, Match[Rule]] | Failure:
        """Return the depth of the mode that knows the line, and its meaning; or the furthest failure."""
        furthest: Failure | None = None
        for depth in range(len(self.frames) - 1, -1, -1):
            found = self.frames[depth].mode.parse(line, negative=negative)
            if isinstance(found, Match):
                return depth, found
            if furthest is None or found > furthest:
                furthest = found
        assert furthest is not None
        return furthest

    def _enter(self, raw: str, line: str, prompt: str) -> Answer:
        if self.machine.grammar.ascii_only and not line.isascii() and not self.loading:
            return self._odd_letter(raw, prompt)
        word, _, rest = line.partition(" ")
        negative = word.lower() in self.machine.grammar.negations and bool(rest)
        start = len(raw) - len(raw.lstrip()) + (len(word) + 1 if negative else 0)
        body = line[len(word) + 1 :] if negative else line
        found = self.find(body, negative=negative)
        if isinstance(found, Failure):
            taken = self.unknown(body, negative=negative)
            if taken is not None:
                return taken
            moved = Failure(found.index + int(negative), found.reason, found.column + start, found.word)
            return Answer(self.machine.grammar.wording.failure(raw, moved, prompt), accepted=False)
        depth, match = found
        self.unwind(depth + 1)
        return self._apply(match, _Typed(line, raw, prompt, negative, word.lower() == "default"))

    def _odd_letter(self, raw: str, prompt: str) -> Answer:
        column = next(index for index, letter in enumerate(raw) if not letter.isascii())
        failure = Failure(len(raw[:column].split()), Reason.INVALID, column, raw[column])
        return Answer(self.machine.grammar.wording.failure(raw, failure, prompt), accepted=False)

    def _apply(self, match: Match[Rule], typed: _Typed) -> Answer:
        rule = match.target
        notices: list[str] = []
        opened: list[Node] = []
        several = [match.captures] if rule.expand is None else rule.expand(match.captures)
        for block in self.frames[-1].blocks:
            for captures in several:
                entry = Entry(
                    self.machine,
                    self.root,
                    block,
                    rule,
                    dict(captures),
                    typed.line,
                    typed.negative,
                    self.loading,
                    typed.raw,
                    typed.prompt,
                )
                answer = self._carry_out(entry, match.text, opened, typed)
                if not answer.accepted:
                    return answer
                if answer.text and answer.text not in notices:
                    notices.append(answer.text)
        if opened:
            self.frames.append(Frame(self.machine.grammar.compiled[rule.enters], tuple(opened)))
        return Answer("\n".join(notices))

    def _carry_out(self, entry: Entry, text: str, opened: list[Node], typed: _Typed) -> Answer:
        return self._remove(entry, typed.reset) if typed.negative else self._put(entry, text, opened)

    def _put(self, entry: Entry, typed: str, opened: list[Node]) -> Answer:
        rule = entry.rule
        refused = self._refusal(entry)
        if refused is not None:
            return Answer(refused, accepted=False)
        if rule.kind is RuleKind.ACTION:
            return self._after(entry)
        if rule.kind is RuleKind.TEXT:
            assert rule.collect is not None
            self._collecting = _Collecting(rule.collect(entry.captures), entry, typed)
            return self._collected()
        if rule.kind is RuleKind.BLOCK:
            opened.append(self._open(entry, typed))
            return self._after(entry)
        return self._keep(entry, typed)

    def _keep(self, entry: Entry, typed: str) -> Answer:
        rule, block = entry.rule, entry.block
        if rule.fill is not None:
            entry.captures = dict(rule.fill(entry))
        captures: Captures | None = entry.captures
        key = self._key(rule, entry.captures, typed)
        if rule.merge is not None:
            old = block.children.get(key)
            captures = rule.merge(None if old is None else old.captures, entry.captures)
        if captures is None:
            block.remove(key)
            return self._after(entry)
        text = text_of(rule, captures, typed)
        hidden = text == rule.default or (rule.kind is RuleKind.FLAG and rule.hidden_state(captures) is True)
        if hidden:
            block.remove(key)
        else:
            block.put(Node(key, rule, captures, text, self._rank(rule)))
        return self._after(entry)

    def _open(self, entry: Entry, typed: str) -> Node:
        rule = entry.rule
        if rule.fill is not None:
            entry.captures = dict(rule.fill(entry))
        key = self._key(rule, entry.captures, typed)
        node = entry.block.children.get(key)
        if node is None:
            node = Node(key, rule, entry.captures, text_of(rule, entry.captures, typed), self._rank(rule))
            sibling = entry.captures.get(rule.before_key) if rule.before_key else None
            entry.block.put(node, None if sibling is None else (rule.place, sibling))
        elif node.text != (shown := text_of(rule, {**node.captures, **entry.captures}, typed)):
            node.captures = {**node.captures, **entry.captures}
            node.text = shown
        return node

    def _remove(self, entry: Entry, reset: bool) -> Answer:
        rule, block = entry.rule, entry.block
        refused = self._refusal(entry)
        if refused is not None:
            return Answer(refused, accepted=False)
        if rule.kind is RuleKind.FLAG:
            return self._turn_off(entry, reset)
        if rule.fill is not None and rule.matches is not None:
            entry.captures = dict(rule.fill(entry))
        gone = [child for child in self._candidates(entry) if self._means(entry, child)]
        if not gone and rule.missing is not None:
            return Answer(rule.missing.format(**entry.captures), accepted=False)
        for child in gone:
            if rule.in_use is not None and rule.defines and not self.loading:
                name = child.key[1]
                if users_of(self.root, rule.defines, name):
                    return Answer(rule.in_use.format(name=name), accepted=False)
        for child in gone:
            if reset and rule.kind is RuleKind.BLOCK:
                child.children.clear()
            else:
                block.remove(child.key)
        return self._after(entry)

    def _turn_off(self, entry: Entry, reset: bool) -> Answer:
        rule, block = entry.rule, entry.block
        captures = {name: value for name, value in entry.captures.items() if not name.startswith("_")}
        key = self._key(rule, captures, rule.patterns[0])
        default = rule.hidden_state(captures)
        if reset or default is False:
            block.remove(key)
        else:
            shown = text_of(rule, captures, " ".join((rule.patterns[0].split("<")[0].split("[")[0]).split()))
            block.put(Node(key, rule, captures, f"no {shown}", self._rank(rule), negative=True))
        return self._after(entry)

    def _candidates(self, entry: Entry) -> Iterable[Node]:
        """Return the children that a removal can mean; with the whole key given there is at most one."""
        rule, children = entry.rule, entry.block.children
        if rule.matches is not None or not all(name in entry.captures for name in rule.key):
            return children.values()
        if not rule.key and rule.kind is RuleKind.ENTRY:
            return children.values()
        child = children.get((rule.place, *(entry.captures[name] for name in rule.key)))
        return () if child is None else (child,)

    def _means(self, entry: Entry, child: Node) -> bool:
        rule = entry.rule
        if child.rule is None or child.rule.place != rule.place:
            return False
        if rule.matches is not None:
            return rule.matches(entry, child)
        given = {name: value for name, value in entry.captures.items() if not name.startswith("_")}
        return all(child.captures.get(name) == value for name, value in given.items())

    def _refusal(self, entry: Entry) -> str | None:
        if self.loading:
            return None
        for hook in entry.rule.before:
            words = hook(entry)
            if words is not None:
                return words
        for reference in () if entry.negative else entry.rule.refers:
            name = entry.captures.get(reference.capture)
            if name is None or reference.missing is None:
                continue
            if not object_exists(self.machine.grammar, self.root, reference.kind, name):
                return reference.missing.format(name=name)
        return None

    def _after(self, entry: Entry) -> Answer:
        notices = [words for hook in entry.rule.after if (words := hook(entry))]
        return Answer("\n".join(notices))

    def _key(self, rule: Rule, captures: Captures, typed: str) -> tuple[str, ...]:
        if rule.key:
            return (rule.place, *(captures[name] for name in rule.key))
        return (rule.place, text_of(rule, captures, typed)) if rule.kind is RuleKind.ENTRY else (rule.place,)

    def _rank(self, rule: Rule) -> int:
        return self.frames[-1].mode.rank[rule.name]

    def _collect(self, line: str) -> Answer:
        assert self._collecting is not None
        self._collecting.collector.add(line)
        return self._collected()

    def _collected(self) -> Answer:
        assert self._collecting is not None
        done = self._collecting.collector.complete
        if done is None:
            return Answer()
        entry, typed = self._collecting.entry, self._collecting.typed
        self._collecting = None
        entry.captures = dict(done)
        answer = self._keep(entry, typed)
        if not self.loading:
            self.wrote(entry.line)
        return answer
