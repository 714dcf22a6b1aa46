"""Staged lines: indentation says what stands in what, so where a sub-mode has to be left.

An entry with line ends in it is a text (a banner): a heading, then what is sent byte for byte, its end mark last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trunkline.devices.errors import CannotBeTyped

# On a command line these do something at once: help, completion, editing keys.
_KEYS = {"?": "`?` asks for help", "\t": "a tab completes a word"}


@dataclass(frozen=True)
class Line:
    """One line to enter: its number (from 1) among the staged ones, and how far it is indented."""

    number: int
    text: str
    indent: int

    @property
    def is_text(self) -> bool:
        """Whether it is a heading with a text of several lines."""
        return "\n" in self.text


def staged_lines(lines: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines that will be entered; empty lines, separators and comments (`!`) are left out."""
    return tuple(
        Line(number, text.lstrip() if "\n" in text else text.strip(), len(text) - len(text.lstrip(" ")))
        for number, text in enumerate(lines, start=1)
        if text.strip() and not text.lstrip().startswith("!")
    )


def with_exits(lines: Sequence[Line]) -> Iterator[tuple[Line | None, str]]:
    """Yield what to send: each line, and before it (with None) an `exit` for every sub-mode that it leaves.

    A line opens a sub-mode if the next one is indented deeper.

    >>> [text for _, text in with_exits(staged_lines(["interface A", " mtu 1500", "lldp run"]))]
    ['interface A', 'mtu 1500', 'exit', 'lldp run']
    """
    levels: list[int] = []
    for line in lines:
        while levels and line.indent < levels[-1]:
            levels.pop()
            if levels:
                yield None, "exit"
        if not levels or line.indent > levels[-1]:
            levels.append(line.indent)
        yield line, line.text


def refuse_keys(host: str, lines: Sequence[Line]) -> None:
    """Raise CannotBeTyped for a line with a letter that an interactive command line would act on."""
    for line in lines:
        for letter in line.text.replace("\n", "") if line.is_text else line.text:
            if letter in _KEYS and not line.is_text:
                raise CannotBeTyped(host, line.number, line.text, _KEYS[letter])
            if ord(letter) < 0x20 or ord(letter) == 0x7F:
                why = f"it holds the control character 0x{ord(letter):02x}"
                raise CannotBeTyped(host, line.number, line.text, why)
