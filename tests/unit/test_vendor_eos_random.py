"""Random lines out of the grammar itself: whatever the virtual switch prints, it reads back as the same."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from importlib import resources

import pytest

from trunkline.lab.vendors.eos import Box
from trunkline.lab.vendors.eos.grammar import GRAMMAR
from trunkline.lab.vendors.eos.kinds import KINDS
from trunkline.lab.vendors.syntax import Capture, Word, expand

STATES = resources.files("trunkline.lab.vendors.eos") / "states"
CONFIGS = [(STATES / f"{name}.cfg").read_text() for name in ("factory", "customer")]
LINES = 60
VALUES: Mapping[str, Sequence[str]] = {
    "address": ["10.0.0.1", "192.0.2.9"],
    "banner": ["motd", "login"],
    "change": ["add", "remove", "except"],
    "detail": ["detail"],
    "direction": ["in", "out"],
    "dscp": ["ef", "46", "cs3", "0", "63"],
    "host": ["10.1.1.1", "srv1"],
    "interface": ["Ethernet3", "Vlan99"],
    "interface_type": ["Ethernet", "Vlan"],
    "interfaces": ["Ethernet1-3", "Vlan20", "Loopback0", "Port-Channel5", "Ethernet25", "Management1"],
    "length": ["10.2.3.4/24", "10.9.9.9/30"],
    "level": ["critical", "errors"],
    "mask": ["255.255.255.0", "255.255.0.0"],
    "name": ["FOO", "bar-1", "default", "admin", "class-default"],
    "network": ["10.0.0.0/8", "0.0.0.0/0", "10.1.1.1/24"],
    "null": ["null0"],
    "portfast": ["edge", "network", "auto"],
    "rest": ["some words here", "any any", "udp any any eq 53", "ip any host 10.1.1.1 log"],
    "vlan_list": ["10,20", "all", "none"],
    "vlans": ["10", "20,30", "1-5"],
    "watts": ["15.4", "30", "7"],
    "word": ["w1", "7", "$x"],
}


class Typing:
    """Types random lines at a box, most of them of the mode that it is in."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.box = Box("x", CONFIGS[seed % 2])
        self.patterns = {
            mode.name: [
                *((pattern, "") for rule in mode.rules for pattern in rule.patterns),
                *((pattern, "no ") for rule in mode.rules for pattern in rule.removals()),
            ]
            for mode in GRAMMAR.modes
        }

    def line(self) -> str:
        typist = self.box._console._typist
        assert typist is not None
        here = typist.frames[-1].mode.mode.name
        pattern, negation = self.random.choice(self.patterns[here if self.random.random() < 0.8 else "global"])
        words = [self.word(element) for element in self.random.choice(expand(pattern))]
        if negation and self.random.random() < 0.2:
            negation = "default "
        return negation + " ".join(words)

    def word(self, element: Word | Capture) -> str:
        if isinstance(element, Word):
            return element.text
        count = self.random.randint(1, 3) if element.repeated else 1
        return " ".join(self.value(element.kind) for _ in range(count))

    def value(self, kind: str) -> str:
        numbers = re.fullmatch(r"(\d+)-(\d+)", kind)
        if numbers is None:
            return self.random.choice(VALUES[kind])
        low, high = int(numbers[1]), int(numbers[2])
        return str(self.random.choice([low, high, self.random.randint(low, min(high, low + 8))]))

    def run(self, start: str) -> None:
        self.box.console(start)
        for _ in range(LINES):
            self.box.console(self.line())
            while self.box._console._typist.collecting:
                self.box.console("  ! text")
                self.box.console("EOF")
        self.box.console("end")
        self.box.console("configure session random commit")


@pytest.fixture(params=range(24))
def typed(request: pytest.FixtureRequest) -> Box:
    typing = Typing(request.param)
    typing.run("configure terminal" if request.param % 3 else "configure session random")
    return typing.box


def test_every_kind_has_values_to_try() -> None:
    assert set(KINDS) - {"address6", "detail"} <= set(VALUES)


def test_what_is_printed_reads_back_as_the_same(typed: Box) -> None:
    assert Box("x", typed.running()).running() == typed.running()


def test_what_is_printed_can_be_typed_into_a_clean_session(typed: Box) -> None:
    shell = typed.shell("trunkline")
    shell.type("configure session again")
    shell.type("rollback clean-config")
    refused = []
    for line in typed.running().splitlines():
        collecting = shell._typist is not None and shell._typist.collecting
        if not collecting and (not line.strip() or line.strip().startswith("!")):
            continue
        result = shell.type(line if collecting else line.strip())
        if result.code:
            refused.append((line, result.text))
    assert refused == []
    assert typed.console("show session-config named again diffs") == ""
