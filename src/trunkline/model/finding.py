"""What a check of a typed site or policy finds, before it has a file and a line."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.model.mistakes import FieldPath


@dataclass(frozen=True)
class Finding:
    """A mistake that no single value shows.

    `needs` are the sections that have to be whole for it to be true, those of the policy as `policy.<section>`: a
    group member is not undefined when the line of the phone could not be read.
    """

    path: FieldPath
    what: str
    right: str
    needs: tuple[str, ...] = ()
