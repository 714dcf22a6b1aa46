"""Entering configuration lines one at a time, each in the mode that its indentation asks for."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline.devices.errors import CommandRefused, LineRefused, TimerTooShort
from trunkline.devices.lines import Line
from trunkline.devices.target import Target
from trunkline.devices.terminal import Terminal

_DEEPEST = 8


def enter_lines(target: Target, terminal: Terminal, lines: Sequence[Line], within: float) -> None:
    """Type the lines from the top of configuration mode; at the first refusal raise LineRefused and stop.

    After so many seconds no further line is typed: raises TimerTooShort.
    Which mode a line belongs in is learnt from the prompts: lines of equal indentation under the same parent
    are typed in the mode in which the first of them was.
    """
    deadline = terminal.clock() + within
    levels: list[tuple[int, str]] = []
    for sent, line in enumerate(lines):
        if terminal.clock() > deadline:
            raise TimerTooShort(target.host, sent, len(lines))
        while levels and levels[-1][0] > line.indent:
            levels.pop()
        if levels and levels[-1][0] == line.indent:
            _return_to(target, terminal, levels[-1][1])
        else:
            levels.append((line.indent, terminal.mode))
        answer = (terminal.ask_text if line.is_text else terminal.ask)(line.text, target.answer_timeout)
        if terminal.platform.refusal(answer):
            raise LineRefused(target.host, line.number, target.mask(line.text), target.mask(answer.strip()))


def _return_to(target: Target, terminal: Terminal, mode: str) -> None:
    for _ in range(_DEEPEST):
        if terminal.mode == mode:
            return
        answer = terminal.ask("exit", target.answer_timeout)
        if not terminal.mode or terminal.platform.refusal(answer):
            break
    if terminal.mode != mode:
        raise CommandRefused(target.host, "exit", f"the box does not go back to ({mode})")
