"""Mistakes found inside one value, before anybody knows the file and line it came from."""

from __future__ import annotations

from collections.abc import Sequence

Step = str | int
FieldPath = tuple[Step, ...]


class Mistake(ValueError):
    """What is wrong with a value and what would be right; `at` leads from the value to the wrong part."""

    def __init__(self, what: str, right: str, at: FieldPath = ()) -> None:
        self.what = what
        self.right = right
        self.at = at
        super().__init__(f"{what}; {right}" if right else what)


class Mistakes(ValueError):
    """Several mistakes in one value."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
