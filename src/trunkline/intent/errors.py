"""What a box cannot do for its site, said at plan time with the line of the site file."""

from __future__ import annotations

from trunkline.errors import InvalidFiles, Problem
from trunkline.model.positions import Position


class CapabilityError(InvalidFiles):
    """A site asks of a box what it cannot do; every such wish, in the order of the files."""


def capability_problem(position: Position, field: str, what: str, right: str) -> Problem:
    """One wish that a box cannot fulfil, at its place in the site file."""
    return Problem(str(position.file), position.line, position.column, field, what, right)
