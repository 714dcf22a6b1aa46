"""Where things stand in the files that people write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trunkline.model.mistakes import FieldPath


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands in a file that people write; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Positions:
    """Where every field of one file stands."""

    file: str
    of: Mapping[FieldPath, tuple[int, int]]

    def find(self, path: FieldPath) -> Position:
        """Return the place of a field, or of the nearest one around it that is written."""
        for length in range(len(path), -1, -1):
            place = self.of.get(path[:length])
            if place is not None:
                return Position(self.file, *place)
        return Position(self.file, 1, 1)
