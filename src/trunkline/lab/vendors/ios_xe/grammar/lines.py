"""The console and the virtual terminals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, block, flag, slot
from trunkline.lab.vendors.tree import Node

_BLOCKS = (4, 15, 31, 97)  # lines that end a block by themselves: the box prints 0 4 and 5 15 apart
BUILT_IN = 5


def _each(captures: Captures) -> list[Captures]:
    first, last = int(captures["first"]), int(captures.get("last", captures["first"]))
    return [{"line": str(line), "_first": captures["first"]} for line in range(first, last + 1)]


def _print(nodes: Sequence[Node], render: Callable[[Node], list[str]]) -> list[str]:
    """Print neighbours with the same content as one range."""
    lines: list[str] = []
    ordered = sorted(nodes, key=lambda node: int(node.captures["line"]))
    bodies = [render(node)[1:] for node in ordered]
    numbers = [int(node.captures["line"]) for node in ordered]
    start = 0
    for index, number in enumerate(numbers):
        last = index + 1 == len(numbers)
        if last or number in _BLOCKS or bodies[index + 1] != bodies[index] or numbers[index + 1] != number + 1:
            span = f"{numbers[start]}" if start == index else f"{numbers[start]} {number}"
            lines += [f"line vty {span}", *bodies[index]]
            start = index + 1
    return lines


def _removable(line: Entry) -> str | None:
    if line.negative and int(line.captures["_first"]) < BUILT_IN:
        return f"% Can't delete last {BUILT_IN} VTY lines"
    return None


RULES = (
    block(
        "line",
        "line {con|console} <number:0-0>",
        "line aux <number:0-0>",
        key=("number",),
        no=(),
        show="line con {number}",
        enters="line",
    ),
    block(
        "vty",
        "line vty <first:0-97> [<last:0-97>]",
        key=("line",),
        expand=_each,
        show="line vty {line}",
        before=(_removable,),
        present=_print,
        enters="line",
        bang="last",
    ),
)
MODES = (
    Mode(
        "line",
        "config-line",
        (
            slot("session_timeout", "session-timeout <minutes:0-35791>"),
            slot(
                "access_class",
                "access-class <name:name> <direction:direction> [vrf-also]",
                key=("direction",),
                no=("access-class [<_name:name>] <direction:direction> [<_:rest>]",),
                refers=(Reference("access_list", "name"),),
            ),
            slot(
                "exec_timeout",
                "exec-timeout <minutes:0-35791> [<seconds:0-2147483>]",
                show=lambda captures: f"exec-timeout {captures['minutes']} {captures.get('seconds', '0')}",
                default="exec-timeout 10 0",
            ),
            slot("privilege", "privilege level <level:0-15>", default="privilege level 1"),
            slot("password", "password [<type:0-7>] <value:rest>"),
            flag("logging_synchronous", "logging synchronous", default=False),
            slot("login", "login", "login local", "login authentication <list:name>", no=("login [<_:rest>]",)),
            slot("length", "length <lines:0-512>", default="length 24"),
            slot("width", "width <columns:0-512>", default="width 80"),
            slot("transport_preferred", "transport preferred <what:rest>"),
            slot("transport_input", "transport input <what:rest>"),
            slot("transport_output", "transport output <what:rest>"),
            slot("stopbits", "stopbits {1|1.5|2}"),
            flag("exec", "exec", default=True),
        ),
    ),
)
