"""Somebody in EOS configuration mode: group-change modes, foreign lines, words written out over eAPI."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline.lab.vendors.grammar import CompiledMode, Entry, Rule, RuleKind
from trunkline.lab.vendors.machine import Machine
from trunkline.lab.vendors.syntax import Failure, Match, Reason
from trunkline.lab.vendors.tree import Key, Node, root_node
from trunkline.lab.vendors.typist import Answer, Typist

# Modes whose lines reach the configuration when the mode is left (EOS User Manual, Traffic Management).
GROUP_CHANGE = ("access_list", "class_map", "policy_map")

# What the box knows beyond the grammar: the unknown lines of its start configuration by mode and first line, and
# once more with the block that they stood in, for their place among each other.
Vocabulary = Mapping[tuple[str, Key, str], Node]


def vocabulary(*roots: Node) -> Vocabulary:
    """The unknown lines of configurations, so that they can be typed again and taken away."""
    found: dict[tuple[str, Key, str], Node] = {}
    for root in roots:
        for parent, node in root.walk():
            if node.rule is None:
                mode = parent.rule.enters if parent.rule is not None else "global"
                found[mode, (), _first(node)] = found[mode, parent.key, _first(node)] = node
    return found


class EosTypist(Typist):
    """Types lines; in a session they go into a candidate and count when it is committed."""

    def __init__(
        self,
        machine: Machine,
        root: Node,
        known: Vocabulary,
        *,
        session: bool = False,
        written_out: bool = False,
    ) -> None:
        super().__init__(machine, root)
        self.known = known
        self.session = session
        self.written_out = written_out
        self.lines: list[str] = []
        self._pending: list[tuple[int, Node, Node]] = []  # depth of the mode, its real parent, its stand-in
        self._foreign: _Foreign | None = None
        self._comment: list[str] | None = None

    @property
    def collecting(self) -> bool:
        """Whether the lines of a text are being taken."""
        return self._comment is not None or super().collecting

    def wrote(self, line: str) -> None:
        """Keep the line for the commit of a session; otherwise count it."""
        if self.session:
            self.lines.append(line)
        else:
            super().wrote(line)

    def type(self, line: str, prompt: str = "") -> Answer:
        """Take one line."""
        if self._comment is not None:
            self._take_comment(self._comment, line)
            return Answer()
        if line.strip() == "comment" and len(self.frames) > 1 and not self.collecting:
            self._comment = []
            return Answer()
        if self._foreign is not None and not self.collecting:
            if self._foreign.take(line.strip()):
                self.wrote(line.strip())
                return Answer()
            self._foreign = None
        if line.strip() == "abort" and self.aborts:
            self._drop()
            return Answer()
        return super().type(line, prompt)

    def _take_comment(self, lines: list[str], line: str) -> None:
        """A comment of a mode ends with EOF and prints first in its block, each line behind `!!`."""
        if line.strip() != "EOF":
            lines.append(line.rstrip())
            return
        self._comment = None
        for block in self.frames[-1].blocks:
            for key in [key for key, node in block.children.items() if node.text.startswith("!!")]:
                block.remove(key)
            text = "\n".join(f"!! {each}" for each in lines)
            block.put(Node(("comment",), None, {"order": ""}, text, -1))
        self.wrote("comment")

    def find(self, line: str, *, negative: bool) -> tuple[int, Match[Rule]] | Failure:
        """Return the innermost mode that knows the line, and its meaning.

        Words written out go before abbreviations, even those of a mode further in: in `router bgp`, `router ospf 1`
        is no `router-id`. Over eAPI a shortened word is no word.
        """
        shortened: tuple[int, Match[Rule]] | None = None
        ambiguous: Failure | None = None
        for depth in range(len(self.frames) - 1, -1, -1):
            found = self.frames[depth].mode.parse(line, negative=negative)
            if isinstance(found, Match) and found.shortened is None:
                return depth, found
            if isinstance(found, Match):
                shortened = shortened or (depth, found)
            elif found.reason is Reason.AMBIGUOUS:
                ambiguous = ambiguous or found
        if shortened is None:
            return ambiguous or super().find(line, negative=negative)
        failure = shortened[1].shortened
        return failure if self.written_out and failure is not None else shortened

    def unknown(self, line: str, *, negative: bool) -> Answer | None:
        """Take a line that only the start configuration knew."""
        for depth in range(len(self.frames) - 1, -1, -1):
            frame = self.frames[depth]
            mode = frame.mode.mode.name
            same, opposite = self.known.get((mode, (), line)), self.known.get((mode, (), f"no {line}"))
            original = same or opposite
            if original is None:
                continue
            self.unwind(depth + 1)
            for block in frame.blocks:
                here = self.known.get((mode, block.key, _first(original)), original)
                self._take_foreign(block, here, gone=(original is same) == negative)
            return Answer()
        return None

    def _take_foreign(self, block: Node, original: Node, *, gone: bool) -> None:
        first = _first(original)
        there = next((n for n in block.children.values() if n.rule is None and _first(n) == first), None)
        if gone:
            if there is not None:
                block.remove(there.key)
            return
        if there is None:
            there = original.copy()
            there.text = first
            block.put(there)
        self._foreign = _Foreign(there, original)

    def unwind(self, depth: int) -> None:
        """Leave modes; what was pending in them reaches the configuration."""
        while self._pending and self._pending[-1][0] >= depth:
            _, parent, stand_in = self._pending.pop()
            for node in stand_in.children.values():
                parent.put(node)
        super().unwind(depth)

    def _drop(self) -> None:
        depth, _, _ = self._pending.pop()
        super().unwind(depth)

    def _open(self, entry: Entry, typed: str) -> Node:
        """Let a group-change mode work on a stand-in until it is left."""
        if entry.rule.name not in GROUP_CHANGE:
            return super()._open(entry, typed)
        stand_in = root_node()
        real = entry.block.children.get(self._key(entry.rule, entry.captures, typed))
        if real is not None:
            stand_in.put(real.copy())
        self._pending.append((len(self.frames), entry.block, stand_in))
        entry.block = stand_in
        return super()._open(entry, typed)

    def _remove(self, entry: Entry, reset: bool) -> Answer:
        """`default` empties an interface; for every other block it is another word for `no`."""
        keeps = entry.rule.kind is not RuleKind.BLOCK or entry.rule.name == "interface"
        return super()._remove(entry, reset and keeps)

    @property
    def aborts(self) -> bool:
        """Whether `abort` means the current group-change mode; inside a session it means that mode as well."""
        return bool(self._pending) and self._pending[-1][0] < len(self.frames)

    @property
    def pending(self) -> tuple[Node | None, Node] | None:
        """The block of the current group-change mode as it is and as it will be."""
        if not self._pending:
            return None
        _, parent, stand_in = self._pending[-1]
        (node,) = stand_in.children.values()
        return parent.children.get(node.key), node

    @property
    def place(self) -> str:
        """What the prompt shows of the mode: `config`, `config-if-Et1`, `config-s-napalm-if-Et1`."""
        return _prompt(self.frames[-1].mode, self.frames[-1].blocks)


class _Foreign:
    """A block that the grammar does not know: takes the lines that stood in it at the start, in that order."""

    def __init__(self, node: Node, original: Node) -> None:
        self.node = node
        self.all = original.text.split("\n")
        taken = {line.strip() for line in node.text.split("\n")}
        self.taken = {index for index, line in enumerate(self.all) if line.strip() in taken and line.strip() != "!"}

    def take(self, line: str) -> bool:
        """Take a line, if it stood in the block."""
        places = [index for index, each in enumerate(self.all) if each.strip() == line and line != "!"]
        if not places:
            return False
        fresh = [index for index in places if index not in self.taken]
        self.taken.update(fresh[:1])
        self.node.text = "\n".join(self._shown())
        return True

    def _shown(self) -> list[str]:
        shown: list[str] = []
        for index, line in enumerate(self.all):
            separator = line.strip() == "!" and shown and shown[-1].strip() != "!"
            if index in self.taken or separator:
                shown.append(line)
        while shown and shown[-1].strip() == "!":
            shown.pop()
        return shown


def _first(node: Node) -> str:
    return node.text.partition("\n")[0]


SHORT = {"Ethernet": "Et", "Port-Channel": "Po", "Management": "Ma", "Loopback": "Lo", "Vlan": "Vl", "Vxlan": "Vx"}


def _prompt(mode: CompiledMode, blocks: tuple[Node, ...]) -> str:
    name = blocks[0].key[-1] if blocks and blocks[0].key else ""
    for long, short in SHORT.items():
        if mode.mode.name == "interface" and name.startswith(long):
            name = short + name.removeprefix(long)
    return mode.mode.prompt + (f"-{name}" if mode.mode.name != "global" and len(blocks[0].key) > 1 else "")
