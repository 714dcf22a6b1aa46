"""What can be made to go wrong on a virtual device, and the count of lines until it does."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import Enum


class Interruption(Enum):
    """What happens to the connection when a line arrives."""

    NONE = "none"
    DROP = "drop"
    HANG = "hang"


@dataclass
class Faults:
    """The faults that are set now. Zero, false and empty mean healthy.

    `drop_after_lines`/`hang_after_lines`: so many configuration lines are taken, the next one finds a dead
    line.
    """

    refuse_login: bool = False
    full_flash: bool = False
    drop_after_lines: int | None = None
    hang_after_lines: int | None = None
    refuse_match: str = ""
    refuse_answer: str = ""
    truncate_config: int | None = None
    vty_in_use: int = 0

    def set(self, kind: str, options: dict[str, str | int]) -> None:
        """Set one fault by the name that the control server uses; raises ValueError for an unknown one."""
        match kind:
            case "clear":
                self.clear()
            case "refuse_login" | "full_flash":
                setattr(self, kind, True)
            case "drop_after_lines" | "hang_after_lines" | "truncate_config" | "vty_in_use":
                setattr(self, kind, int(options["n"]))
            case "refuse_line":
                self.refuse_match, self.refuse_answer = str(options["match"]), str(options["answer"])
            case _:
                raise ValueError(f"no such fault: {kind}")

    def clear(self) -> None:
        """Be healthy again."""
        for each in fields(self):
            setattr(self, each.name, each.default)

    def refusal(self, line: str) -> str | None:
        """Return the answer that this line is to be refused with, or None."""
        if self.refuse_match and re.search(self.refuse_match, line):
            return self.refuse_answer
        return None

    def interruption(self) -> Interruption:
        """Count one configuration line that arrived over the wire; say what becomes of the connection."""
        for name, what in (("drop_after_lines", Interruption.DROP), ("hang_after_lines", Interruption.HANG)):
            left = getattr(self, name)
            if left is None:
                continue
            if left <= 0:
                return what
            setattr(self, name, left - 1)
        return Interruption.NONE
