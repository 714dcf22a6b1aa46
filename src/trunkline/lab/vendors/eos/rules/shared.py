"""What the rules of several areas share: hooks that limit a line to some interfaces, orders, empty blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from trunkline.lab.vendors.eos.hardware import Switch
from trunkline.lab.vendors.eos.words import UNAVAILABLE
from trunkline.lab.vendors.grammar import Captures, Entry, Hook, Rule, slot
from trunkline.lab.vendors.syntax import Reason
from trunkline.lab.vendors.tree import Node

SWITCHED = ("Ethernet", "Port-Channel")


def interface_kind(node: Node) -> str:
    """The type of the interface that a block stands for."""
    return re.sub(r"\d.*", "", node.captures.get("name", ""))


def on(*kinds: str) -> Hook:
    """Refuse a line on interfaces of other types: there it is no command at all."""

    def hook(entry: Entry) -> str | None:
        known = "name" not in entry.block.captures or interface_kind(entry.block) in kinds
        return None if known else entry.misfit(0)

    return hook


def on_kind(*kinds: str) -> Callable[[Node], bool]:
    """Say whether a block is an interface of one of these types."""
    return lambda node: interface_kind(node) in kinds


def on_power_ports(entry: Entry) -> str | None:
    """Only the copper ports feed power."""
    if interface_kind(entry.block) != "Ethernet":
        return entry.misfit(0)
    assert isinstance(entry.machine, Switch)
    return None if entry.machine.feeds(entry.block.captures["name"]) else UNAVAILABLE


def unavailable(_: Entry) -> str:
    """Refuse what EOS has, but not on this switch."""
    return UNAVAILABLE


def incomplete_unless_no(words: int) -> Hook:
    """Refuse the line without `no`: it needs another word then."""

    def hook(entry: Entry) -> str | None:
        return None if entry.negative else entry.misfit(words, Reason.INCOMPLETE)

    return hook


def setting(name: str, head: str, values: str, **options: object) -> Rule:
    """One value: HEAD + VALUES sets it, `no` HEAD with anything behind takes it away."""
    return slot(name, f"{head} {values}", no=(f"{head} [<_:rest>]",), **options)


def printed_default(shown: str) -> Callable[[Entry], None]:
    """Put back the default of a setting that EOS prints even at its default, when a line takes the value away."""

    def hook(entry: Entry) -> None:
        place = (entry.rule.place,)
        if entry.negative and place not in entry.block.children:
            rank = entry.machine.grammar.top.rank[entry.rule.name]
            negative = shown.startswith("no ")
            entry.block.put(Node(place, entry.rule, {}, shown, rank, negative=negative))

    return hook


@lru_cache(maxsize=10_000)
def natural(text: str) -> tuple[int | str, ...]:
    """A key that sorts text with numbers as people do: 9 before 10."""
    parts: list[int | str] = []
    for part in re.split(r"(\d+)", text):
        parts += [1, int(part)] if part.isdigit() else [2, part]
    return tuple(parts)


def by_text(node: Node) -> tuple[int | str, ...]:
    """Order by what is printed."""
    return natural(node.text)


def by_key(node: Node) -> tuple[int | str, ...]:
    """Order by the name or number of the block."""
    return natural(node.key[-1])


def by_row(names: Sequence[str]) -> Callable[[Node], tuple[int | str, ...]]:
    """Order by row of the table first, then by what is printed."""

    def order(node: Node) -> tuple[int | str, ...]:
        assert node.rule is not None
        return (names.index(node.rule.name), *natural(node.text))

    return order


def grouped(name: str, *rules: Rule) -> tuple[Rule, ...]:
    """Rules whose lines print together, without `!` between them, row by row."""
    order = by_row([rule.name for rule in rules])
    return tuple(replace(rule, group=name, sort=order, bang="first") for rule in rules)


def unless_empty(nodes: Sequence[Node], show: Callable[[Node], list[str]]) -> list[str]:
    """Print the blocks that hold something, in order of their keys."""
    lines: list[str] = []
    for node in sorted(nodes, key=by_key):
        shown = show(node)
        if len(shown) > 1:
            lines += [*(["!"] if lines else []), *shown]
    return lines


class Heredoc:
    """Takes the lines of a text that ends with so many lines `EOF`."""

    def __init__(self, head: str, captures: Captures, parts: int = 1) -> None:
        self.complete: Captures | None = None
        self._captures = captures
        self._lines = [head]
        self._left = parts

    def add(self, line: str) -> None:
        """Take one line as typed."""
        self._lines.append(line)
        if line.strip() == "EOF":
            self._lines[-1] = "EOF"
            self._left -= 1
        if self._left == 0:
            self.complete = {**self._captures, "text": "\n".join(self._lines)}


def shown_text(captures: Captures) -> str:
    """Print a text as it was taken."""
    return captures["text"]
