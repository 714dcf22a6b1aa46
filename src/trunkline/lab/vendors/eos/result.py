"""What one command gives back, at the console and over eAPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]
Model = Mapping[str, Json]


class Code(IntEnum):
    """The error codes of eAPI (Arista eAPI guide)."""

    OK = 0
    COULD_NOT_RUN = 1000
    INVALID = 1002
    UNCONVERTED = 1003


REASONS: Mapping[Code, str] = {
    Code.COULD_NOT_RUN: "could not run command",
    Code.INVALID: "invalid command",
    Code.UNCONVERTED: "unconverted command",
}


@dataclass(frozen=True)
class Result:
    """Text, the model behind it where the command has one, and the code of the error if it failed."""

    text: str = ""
    model: Model | None = None
    code: Code = Code.OK


def refused(words: str, code: Code = Code.COULD_NOT_RUN) -> Result:
    """A command that failed; WORDS begin with `% ` as on the screen."""
    return Result(words, code=code)
