"""Commands as a box takes them: the modes to enter, then the line; and how they are written below each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verb = Literal["add", "change", "remove"]


@dataclass(frozen=True)
class Command:
    """One line with the modes that lead to it, outermost first."""

    section: str
    verb: Verb
    lines: tuple[str, ...]

    @property
    def leaf(self) -> str:
        """The line that does something."""
        return self.lines[-1]


def to_lines(commands: Iterable[Command], indent: int = 1) -> list[str]:
    """Write commands as a person would type them: a mode that is open already is not entered again.

    One entry a command; a text of several lines is one entry with line ends in it.
    """
    written: list[str] = []
    mode: tuple[str, ...] = ()
    for command in commands:
        context, leaf = command.lines[:-1], command.lines[-1]
        if mode[: len(context)] == context and mode[len(context) : len(context) + 1] == (leaf,):
            continue
        shared = 0
        # A removal typed deeper than its own mode may be taken for one of that deeper mode: enter its mode anew.
        climbs = leaf.startswith("no ") and len(mode) - 1 > len(context)
        while not climbs and shared < min(len(context), len(mode)) and context[shared] == mode[shared]:
            shared += 1
        for depth in range(shared, len(context)):
            written.append(" " * (indent * depth) + context[depth])
        written.append(" " * (indent * len(context)) + leaf)
        mode = command.lines
    return written
