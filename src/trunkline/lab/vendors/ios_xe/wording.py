"""How IOS XE words its refusals."""

from __future__ import annotations

from trunkline.lab.vendors.syntax import Failure, Reason

INVALID = "% Invalid input detected at '^' marker.\n"
INCOMPLETE = "% Incomplete command.\n"


def failure(line: str, found: Failure, prompt: str) -> str:
    """Return the answer to a line that does not parse; the caret counts the prompt before the line."""
    match found.reason:
        case Reason.INCOMPLETE:
            return INCOMPLETE
        case Reason.AMBIGUOUS:
            return f'% Ambiguous command:  "{line.strip()}"\n'
        case _:
            return f"{' ' * (len(prompt) + found.column)}^\n{INVALID}"
