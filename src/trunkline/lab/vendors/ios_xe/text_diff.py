"""The comparisons that the archive feature prints: of texts, line by line, within their blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Block:
    """A line with the lines below it."""

    line: str
    children: list[Block] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """Read a configuration by its indentation; comments, `end` and the header are left out."""
    root = Block("")
    stack: list[tuple[int, Block]] = [(-1, root)]
    raw = False
    for line in text.split("\n"):
        stripped = line.strip()
        if raw:
            stack[-1][1].children.append(Block(line))
            raw = "^C" not in line
            continue
        if not stripped or stripped.startswith("!") or stripped == "end":
            continue
        indent = len(line) - len(line.lstrip())
        while stack[-1][0] >= indent:
            stack.pop()
        block = Block(stripped)
        stack[-1][1].children.append(block)
        stack.append((indent, block))
        raw = stripped.startswith("banner ") and stripped.count("^C") == 1
    return root.children


def incremental(running: str, wanted: str) -> str:
    """Return what a merge would add: `show archive config incremental-diffs`."""
    lines = list(_new(blocks(running), blocks(wanted), 0))
    end = [] if lines else ["!No changes were found"]
    return "\n".join(["!List of Commands:", *lines, "end", *end])


def _new(old: list[Block], new: list[Block], depth: int) -> Iterator[str]:
    present = {_folded(block.line): block for block in old}
    for block in new:
        there = present.get(_folded(block.line))
        pad = " " * depth
        if there is None:
            if block.line.startswith("no ") and not block.children and not _undoes(block.line, present):
                continue
            yield pad + block.line
            yield from _new([], block.children, depth + 1)
            continue
        below = list(_new(there.children, block.children, depth + 1))
        if below:
            yield pad + block.line
            yield from below


def _undoes(line: str, present: dict[str, Block]) -> bool:
    """Say whether a `no` line would take something away."""
    gone = _folded(line.removeprefix("no "))
    return any(each == gone or each.startswith(f"{gone} ") for each in present)


def _folded(line: str) -> str:
    return " ".join(line.split()).lower()


def contextual(running: str, wanted: str) -> str:
    """Return what a replace would change: `show archive config differences`."""
    old, new = blocks(running), blocks(wanted)
    lines = [*_signed(old, new, "+", 0), *_signed(new, old, "-", 0)]
    return "\n".join(["!Contextual Config Diffs:", *lines] if lines else ["!No changes were found"])


def _signed(old: list[Block], new: list[Block], sign: str, depth: int) -> Iterator[str]:
    present = {_folded(block.line): block for block in old}
    for block in new:
        there = present.get(_folded(block.line))
        pad = " " * depth
        if there is None:
            yield from _whole(block, sign, depth)
            continue
        below = list(_signed(there.children, block.children, sign, depth + 1))
        if below:
            yield pad + block.line
            yield from below


def _whole(block: Block, sign: str, depth: int) -> Iterator[str]:
    yield f"{' ' * depth}{sign}{block.line}"
    for child in block.children:
        yield from _whole(child, sign, depth + 1)
