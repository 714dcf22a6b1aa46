"""A virtual device's memory: the configurations, the counters, the flash, the clock, the state directory.

How a platform uses it:

    GRAMMAR = Grammar(modes=(Mode("global", "config", (...rules in printing order...)), ...), kinds={...},
    ...) machine = Machine(GRAMMAR, config=start_text)
    typist = machine.typist()                    # somebody who typed `configure terminal`
    answer = typist.type("interface Vlan10")     # Answer(text, accepted); typist.mode is "config-if" now
    machine.lines()                              # the running configuration as the box prints it, without
    header

A candidate configuration (a session) is `machine.typist(root=machine.running.copy())`, and its commit is
`machine.running = typist.root`. `machine.load(text)` returns a tree out of a saved text. Everything that a
platform does in exec mode (show, copy, timers, prompts) is its own. See `grammar.py` for the rules and
`syntax.py` for the patterns.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from trunkline.lab.vendors.clock import Clock
from trunkline.lab.vendors.faults import Faults
from trunkline.lab.vendors.grammar import Grammar
from trunkline.lab.vendors.tree import Node, print_lines, root_node
from trunkline.lab.vendors.typist import Typist


class Machine:
    """The state that every platform has.

    `running`: tree of the running configuration. `startup`: saved text ("" = none). `files`: the flash, name
    → bytes. `writes`/`entered`: configuration lines that were entered and accepted, by any way; `saves`:
    times that the startup configuration was written. With a `state` directory, what a reload keeps (startup,
    flash) is kept there, and a machine made with the same directory starts from it.
    """

    def __init__(
        self, grammar: Grammar, config: str = "", *, clock: Clock | None = None, state: Path | None = None
    ) -> None:
        self.grammar = grammar
        self.clock = clock or Clock()
        self.faults = Faults()
        self.state = state
        self.files: dict[str, bytes] = {}
        self.startup = config
        self.entered: list[str] = []
        self.saves = 0
        if state is not None:
            self._read_state(state)
        self.running = self.load(self.startup)

    @property
    def writes(self) -> int:
        """How many configuration lines were entered and accepted."""
        return len(self.entered)

    def wrote(self, line: str) -> None:
        """Count an accepted configuration line."""
        self.entered.append(line)

    def typist(self, root: Node | None = None) -> Typist:
        """Return somebody in configuration mode, on the running configuration or on another tree."""
        return Typist(self, self.running if root is None else root)

    def load(self, text: str) -> Node:
        """Return the tree of a saved configuration; unknown lines are kept verbatim."""
        root = root_node()
        Typist(self, root, loading=True).load(text.replace("\r\n", "\n").split("\n"))
        return root

    def lines(self, root: Node | None = None, *, full: bool = False) -> list[str]:
        """Return a configuration as the box prints it, without header and `end`."""
        return print_lines(self.grammar, self.running if root is None else root, full=full)

    def configure(self, lines: Iterable[str], typist: Typist | None = None) -> list[str]:
        """Type lines in configuration mode from the top; return the answers that are refusals."""
        hand = typist or self.typist()
        answers = [hand.type(line) for line in lines]
        return [answer.text for answer in answers if not answer.accepted]

    def save(self, text: str) -> None:
        """Write the startup configuration."""
        self.startup = text
        self.saves += 1
        if self.state is not None:
            self.state.mkdir(parents=True, exist_ok=True)
            (self.state / "startup-config").write_text(text)

    def write_file(self, name: str, content: bytes) -> None:
        """Write a file to the flash."""
        self.files[name] = content
        if self.state is not None:
            flash = self.state / "flash"
            flash.mkdir(parents=True, exist_ok=True)
            (flash / name.replace("/", "_")).write_bytes(content)

    def delete_file(self, name: str) -> None:
        """Delete a file from the flash, if it is there."""
        self.files.pop(name, None)
        if self.state is not None:
            (self.state / "flash" / name.replace("/", "_")).unlink(missing_ok=True)

    def copy(self) -> Machine:
        """Return an independent copy in memory, without the state directory; cheap enough for thousands."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.state = None
        twin.faults = Faults()
        twin.files = dict(self.files)
        twin.entered = list(self.entered)
        twin.running = self.running.copy()
        return twin

    def _read_state(self, state: Path) -> None:
        startup = state / "startup-config"
        if startup.exists():
            self.startup = startup.read_text()
        flash = state / "flash"
        if flash.is_dir():
            self.files = {path.name: path.read_bytes() for path in sorted(flash.iterdir())}
