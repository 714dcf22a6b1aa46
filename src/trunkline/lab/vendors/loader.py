"""Reads a start file by its indentation; what the grammar does not know is kept verbatim where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trunkline.lab.vendors.syntax import Match
from trunkline.lab.vendors.tree import Node

if TYPE_CHECKING:
    from trunkline.lab.vendors.typist import Typist


class Loader:
    """Reads a start file into a typist's configuration."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.opaque: Node | None = None
        self.opaque_indent = -1
        self.indents: list[int] = [-1]
        self.bang: str | None = None
        self.count = 0

    def load(self, lines: Iterable[str]) -> None:
        """Type every line, keeping what is not known."""
        for line in lines:
            if self.typist.collecting:
                self.typist.type(line)
            elif line.strip() == "!":
                self.bang = line.rstrip()
            elif self._counts(line.strip()):
                self._line(line.rstrip("\r\n"))
                self.bang = None

    def _counts(self, line: str) -> bool:
        """Say whether a line is more than a comment; `!!` is one that boxes with `!` of their own keep."""
        kept = line.startswith("!!") and self.typist.machine.grammar.keeps_bangs
        return bool(line) and line != "end" and (kept or not line.startswith("!"))

    def _line(self, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        if self.opaque is not None and indent > self.opaque_indent:
            between = [] if self.bang is None else [self.bang]
            self.opaque.text = "\n".join([self.opaque.text, *(each[self.opaque_indent :] for each in (*between, line))])
            return
        self.opaque = None
        typist = self.typist
        while len(typist.frames) > 1 and indent <= self.indents[-1]:
            typist.frames.pop()
            self.indents.pop()
        depth = len(typist.frames)
        if not self._known(line.strip()):
            self._keep(line, indent)
            return
        typist.type(line)
        if len(typist.frames) > depth:
            self.indents.append(indent)

    def _known(self, line: str) -> bool:
        """Say whether the mode at this indentation knows the line; one further out does not count here."""
        word, _, rest = line.partition(" ")
        negative = word == "no" and bool(rest)
        mode = self.typist.frames[-1].mode
        return isinstance(mode.parse(rest if negative else line, negative=negative), Match)

    def _keep(self, line: str, indent: int) -> None:
        block = self.typist.frames[-1].blocks[0]
        rank = next(reversed(block.children.values())).rank if block.children else -1
        key = ("opaque", str(len(block.children)), line.strip())
        self.count += 1
        captures = {"order": f"{self.count:06d}"}
        if self.bang is not None and self.typist.machine.grammar.keeps_bangs:
            captures["bang"] = "between"
        self.opaque = Node(key, None, captures, line[indent:].rstrip(), rank)
        self.opaque_indent = indent
        block.put(self.opaque)
