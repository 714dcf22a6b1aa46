"""The switch models: which ports they have and which of them feed power."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trunkline.lab.vendors.clock import Clock
from trunkline.lab.vendors.grammar import Grammar
from trunkline.lab.vendors.machine import Machine

DEFAULT_MODEL = "CCS-720XP-24ZY4"
_HEADER = re.compile(r"^! device: \S+ \((?P<model>[^,]+), EOS-", re.MULTILINE)


@dataclass(frozen=True)
class Model:
    """A model: copper ports with power, SFP ports behind them, QSFP ports with four lanes each behind those."""

    name: str
    copper: int
    sfp: int
    qsfp: int = 0

    @property
    def ports(self) -> tuple[str, ...]:
        """The names of all ports."""
        single = self.copper + self.sfp
        lanes = (f"{port}/{lane}" for port in range(single + 1, single + self.qsfp + 1) for lane in range(1, 5))
        return (
            *(f"Ethernet{port}" for port in range(1, single + 1)),
            *(f"Ethernet{each}" for each in lanes),
            "Management1",
        )

    def feeds(self, interface: str) -> bool:
        """Whether a port feeds power."""
        number = interface.removeprefix("Ethernet")
        return number.isdigit() and int(number) <= self.copper


# Arista 720XP series data sheet.
MODELS: Mapping[str, Model] = {
    model.name: model
    for model in (
        Model("CCS-720XP-24Y6", 24, 6),
        Model("CCS-720XP-24ZY4", 24, 4),
        Model("CCS-720XP-48Y6", 48, 6),
        Model("CCS-720XP-48ZC2", 48, 4, 2),
        Model("CCS-720XP-96ZC2", 96, 4, 2),
    )
}


def model_of(config: str) -> Model:
    """The model that a configuration's header names; of an unknown one only the ports in the configuration exist."""
    found = _HEADER.search(config)
    name = found["model"] if found else DEFAULT_MODEL
    return MODELS.get(name, Model(name, 0, 0))


class Switch(Machine):
    """A machine that knows its hardware."""

    def __init__(self, grammar: Grammar, config: str, *, clock: Clock | None, state: Path | None) -> None:
        self.model = model_of(config)
        super().__init__(grammar, config, clock=clock, state=state)

    def feeds(self, interface: str) -> bool:
        """Whether a port feeds power; of an unknown model every port does."""
        return self.model.feeds(interface) or self.model.name not in MODELS

    def copy(self) -> Switch:
        """Return an independent copy in memory."""
        twin = super().copy()
        assert isinstance(twin, Switch)
        return twin
