"""A derived number with everything that a person needs to check it: formula, inputs, source."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True)
class Input:
    """One number that goes into a figure; `unit` is empty for counts and ratios."""

    name: str
    value: float | str
    unit: str = ""

    def __str__(self) -> str:
        return quantity(self.value, self.unit)


@dataclass(frozen=True)
class Figure:
    """A derived number. `formula` names its inputs in braces, so that it can be read with names or with values.

    >>> share = Figure("voice share", 8, "%", "ceil({voice} / {line} * 100)", (Input("voice", 750, "kbit/s"),
    ...     Input("line", 9500, "kbit/s")), "the policer of the voice class")
    >>> share.symbolic
    'ceil(voice / line * 100)'
    >>> share.filled
    'ceil(750 kbit/s / 9500 kbit/s * 100)'
    >>> str(share)
    'voice share = 8 %'
    """

    name: str
    value: float | str
    unit: str
    formula: str
    inputs: tuple[Input, ...]
    source: str

    def __post_init__(self) -> None:
        named = {name for _, name, _, _ in Formatter().parse(self.formula) if name is not None}
        known = {item.name for item in self.inputs}
        if named != known:
            raise ValueError(f"{self.name}: the formula names {sorted(named)}, the inputs are {sorted(known)}")

    def __str__(self) -> str:
        return f"{self.name} = {quantity(self.value, self.unit)}"

    @property
    def symbolic(self) -> str:
        """The formula with the names of its inputs."""
        return self.formula.format(**{item.name: item.name for item in self.inputs})

    @property
    def filled(self) -> str:
        """The formula with the values of its inputs."""
        return self.formula.format(**{item.name: str(item) for item in self.inputs})

    def as_input(self, name: str) -> Input:
        """This figure as an input of the next one."""
        return Input(name, self.value, self.unit)


def quantity(value: float | str, unit: str) -> str:
    """Print a number without noise: whole numbers whole, others to four significant digits.

    >>> quantity(87.2, "kbit/s"), quantity(2.1, "E"), quantity(0.0099871, ""), quantity(19000.0, "kbit/s")
    ('87.2 kbit/s', '2.1 E', '0.009987', '19000 kbit/s')
    """
    if isinstance(value, str):
        text = value
    elif value == int(value):
        text = str(int(value))
    else:
        text = f"{value:.4g}"
    return f"{text} {unit}" if unit else text
